"""Whether projects are held against each other without each against each: ten times the forms, the same time a form.

The forms are one office's: every one is held against every other, which is the most that a run can ask for.
"""

import gc
import random
import sys
import time

from measure import ROOT, finish, table, verdict

sys.path.insert(0, str(ROOT))

from kpi.model import Document, Entry, Indicator, Location, TargetTable
from kpi.rules import Ruleset, load
from kpi.rules.context import RunContext
from kpi.rules.contexts import prepare

RULES = ["PFL001", "PFL002", "PFL003", "PFL008"]
FEW, MANY = 1_000, 10_000
ROUNDS = 2
LIMIT = 1.8  # blocks of a common run of characters grow with the number of forms, slowly
PLACES = "澄湖青岭石桥清溪白马云台临江望山东屏南浦西塘北渡"
TRADES = ["水库", "公路", "校舍", "诊所", "法庭", "茶园", "补贴", "档案", "统计", "信访", "征地", "警务", "图书"]
WORKS = ["维修改造", "运行维护", "购置更新", "建设补助", "宣传培训", "普查核查", "应急处置", "监测评估"]
HALVES = ["（上半年）", "（下半年）", "", "", ""]


def made(count: int, seed: int) -> list[TargetTable]:
    """Forms of one office; one in fifty is a half of the one before it."""
    pick = random.Random(seed)
    forms, name = [], ""
    for n in range(count):
        if n % 50 != 1:
            name = "".join(pick.choices(PLACES, k=5)) + pick.choice(TRADES) + pick.choice(WORKS)
        forms.append(form(name + pick.choice(HALVES), n, pick))
    return forms


def form(name: str, n: int, pick: random.Random) -> TargetTable:
    place = Location(line=n + 1)
    goal = f"完成{name}，全年安排{pick.randrange(10, 9999)}处，{pick.randrange(1, 12)}月底前验收。"
    text = "".join(pick.choices(PLACES, k=30)) + "。保障各项工作按计划推进，资金按规定使用，群众得到实惠。"
    values = {
        ("产出指标", "质量指标", "验收合格率"): f"≥{pick.randrange(90, 100)}%",
        ("效益指标", "社会效益", "带动就业人数"): "≥1200人",
        ("效益指标", "经济效益", "带动增收"): f"≥{pick.randrange(100, 2000)}元",
    }
    rows = tuple(Indicator(*key, annual=Entry(value, key[-1], place)) for key, value in values.items())
    return TargetTable(
        project=name, year=2027, unit="澄湖县", annual_goal=goal, sections={"项目概况": text}, indicators=rows
    )


def seconds(count: int) -> float:
    """The rules alone, without what a run costs before projects are held against each other."""
    ruleset = load("national")
    return min(_timed(Document("made", "made", tables=tuple(made(count, seed))), ruleset) for seed in range(ROUNDS))


def _timed(document: Document, ruleset: Ruleset) -> float:
    context = RunContext((prepare(document, ruleset).context,), ruleset.words)
    gc.collect()
    gc.disable()  # it walks through all forms that a run holds, which is no matter of these rules
    start = time.perf_counter()
    for code in RULES:
        rule = ruleset.rules[code]
        list(rule.check.function(context, rule.params))
    spent = time.perf_counter() - start
    gc.enable()
    return spent


def main() -> None:
    times = {count: seconds(count) for count in (FEW, MANY)}
    rows = [("张数", "用时", "每张")]
    rows += [(f"{n:,}", f"{spent:.2f} 秒", f"{spent / n * 1e6:.0f} 微秒") for n, spent in times.items()]
    table(rows)
    ratio = times[MANY] / MANY / (times[FEW] / FEW)
    finish([verdict("张数增到十倍，每张的用时增到", ratio, LIMIT)])


if __name__ == "__main__":
    main()
