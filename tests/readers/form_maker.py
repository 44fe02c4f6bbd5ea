"""Made-up forms and the ways in which files of text print them: the description is the expected answer."""

import re
from dataclasses import dataclass, field
from random import Random

NAMES = {
    "数量指标": [
        ("新建蓄水池数量", "≥12座"),
        ("疏浚沟渠长度", "35公里"),
        ("培训护林员人次", "≥260人次"),
        ("购置消防水带", "80盘"),
        ("开展巡查次数", "每月4次"),
        ("维修村道面积", "≥1.2万平方米"),
    ],
    "质量指标": [
        ("蓄水池验收合格率", "=100%"),
        ("培训考核通过率", "≥95%"),
        ("设备完好率", "98%以上"),
        ("资金使用合规性", "严格按制度执行"),
    ],
    "时效指标": [
        ("项目完工时间", "2027年11月底前"),
        ("补助发放及时率", "100%"),
        ("设备到货时限", "合同签订后30日内"),
    ],
    "成本指标": [("单座蓄水池造价", "≤8.5万元"), ("人均培训费用", "≤350元/人"), ("项目总投入", "控制在预算以内")],
    "经济效益": [("带动农户增收", "≥1500元/户"), ("节约灌溉用水", "20%")],
    "社会效益": [("受益农户数", "≥3200户"), ("农村用水条件改善情况", "明显改善")],
    "生态效益": [("水土流失面积减少", "≥60公顷"), ("林区火情发生起数", "≤2起")],
    "可持续影响": [("设施使用年限", "≥15年"), ("管护机制健全性", "持续健全")],
    "服务对象满意度": [("受益农户满意度", "≥92%"), ("参训人员满意度", "≥90%")],
}
ONE = dict.fromkeys(("数量指标", "质量指标", "时效指标", "成本指标"), "产出指标") | dict.fromkeys(
    ("经济效益", "社会效益", "生态效益", "可持续影响"), "效益指标"
)
PROJECTS = ["山塘清淤", "护林防火能力提升", "乡镇敬老院修缮", "村级水厂改造", "河湖巡护"]


@dataclass
class Made:
    """A form: its project, its budget in 万元 and its rows (level1, level2, name, value, weight)."""

    project: str
    budget: str
    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    @property
    def expected(self):
        return [[one, two, name, value] for one, two, name, value, _ in self.rows]


def make(random: Random, names=None) -> Made:
    names = names or NAMES
    form = Made(random.choice(PROJECTS), str(random.choice([12, 35.5, 120, 8.25])))
    for two, pool in names.items():
        one = ONE.get(two, "满意度指标")
        for name, value in random.sample(pool, min(len(pool), random.choice([1, 1, 2, 3]))):
            form.rows.append((one, two, name, value, str(random.choice([5, 10, 15, 20]))))
    return form


def _label(two: str) -> str:
    return two if two.endswith("指标") else f"{two}指标"


PLAIN = ("一级指标", "二级指标", "三级指标", "指标值")
HEADS = {
    "plain": PLAIN,
    "names": ("一级指标", "二级指标", "指标名称", "年度指标值"),
    "contents": ("一级指标", "二级指标", "指标内容", "目标值"),
    "units": ("一级指标", "二级指标", "三级指标", "指标值及单位"),
}


def split_value(value: str) -> tuple[str, str, str]:
    """Sign, figure, unit; a value in words stands in the middle column."""
    found = re.fullmatch(r"([≥≤=<>]?)(\d[\d.]*)(\D*)", value)
    return found.groups() if found else ("", value, "")


def table(form: Made, *, kind="target", weights=False, repeat=False, points=False, split=False, heads="plain"):
    """The rows of the form as a grid; a cell that is part of a merged one is None."""
    heads = list(HEADS[heads])
    if split:
        heads[3:] = ["指标性质", "指标值", "度量单位"]
    if weights:
        heads.append("分值")
    if kind == "self":
        heads = [*heads[:3], "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    rows = [heads]
    before = ("", "")
    for one, two, name, value, weight in form.rows:
        first = one + ("(50分)" if points else "") if one != before[0] or repeat else None
        second = _label(two) if (one, two) != before or repeat else None
        row = [first, second, name, *(split_value(value) if split else [value])]
        if kind == "self":
            row += [value, weight, weight, ""]
        elif weights:
            row.append(weight)
        rows.append(row)
        before = (one, two)
    return rows


def head(form: Made, kind="target"):
    title = "项目支出绩效自评表" if kind == "self" else "项目支出绩效目标表"
    return [
        [title],
        ["(2027年度)"],
        ["项目名称", form.project],
        ["主管部门", "澄湖县水利局", "实施单位", "澄湖县水利站"],
        ["项目资金(万元)", "年度资金总额:", form.budget],
        [None, "其中:财政拨款", form.budget],
        ["年度目标", "完成全部工程并发挥效益"],
    ]


def tabs(form, **options):
    """Merged cells as blank ones: columns are kept."""
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "\n".join("\t".join(c or "" for c in row) for row in lines)


def pipes(form, **options):
    """Merged cells left out, as copies of web pages do."""
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "\n".join(" | ".join(c for c in row if c is not None) + " |" for row in lines)


def cells(form, **options):
    """One cell a line, each with a bar."""
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "\n".join(f"{c} |" for row in lines for c in row if c is not None)


def paragraphs(form, **options):
    """One cell a paragraph; a blank cell is a blank paragraph."""
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "\n\n".join(c for row in lines for c in row if c is not None)


def blanks(form, **options):
    """A row a line, cells with blanks between."""
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "\n".join(" ".join(c for c in row if c) for row in lines)


def one_line(form, **options):
    return blanks(form, **options).replace("\n", " ")


def glued(form, **options):
    """Nothing between cells or rows."""
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "".join(c for row in lines for c in row if c)


def sideways(form):
    """The table on its side: each indicator is a column."""
    columns = list(zip(*table(form, weights=True), strict=True))
    lines = head(form) + [list(column) for column in columns]
    return "\n".join("\t".join(c or "" for c in row) for row in lines)


def by_column(form):
    """A table that a PDF gave column by column."""
    columns = zip(*table(form), strict=True)
    return "\n".join(c for row in [*head(form), *columns] for c in row if c)


def glued_rows(form, **options):
    lines = head(form, options.get("kind", "target")) + table(form, **options)
    return "\n".join("".join(c for c in row if c) for row in lines)


PRINTS = (tabs, pipes, cells, paragraphs, blanks, one_line)
GLUED = (glued, glued_rows)
