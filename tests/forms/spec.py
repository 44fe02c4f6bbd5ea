"""What a test form says: made-up projects of made-up bureaus. The description is the expected answer."""

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

LEGACY = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益", "社会效益", "生态效益", "可持续影响"),
    "满意度指标": ("服务对象满意度",),
}
OF_2021 = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益", "社会效益", "生态效益"),
    "满意度指标": ("服务对象满意度",),
}
TREES = {"legacy-2015": LEGACY, "national": OF_2021}
# name, value of the year, value of the whole term
POOL = {
    "数量指标": [
        ("新建蓄水池数量", "≥12座", "≥36座"),
        ("疏浚沟渠长度", "35公里", "105公里"),
        ("培训护林员人次", "≥260人次", "≥780人次"),
        ("购置消防水带", "80盘", "240盘"),
        ("开展巡查次数", "≥48次", "≥144次"),
        ("维修村道面积", "≥1.2万平方米", "≥3.6万平方米"),
        ("编制防汛预案", "3份", "9份"),
    ],
    "质量指标": [
        ("蓄水池验收合格率", "=100%", "=100%"),
        ("培训考核通过率", "≥95%", "≥96%"),
        ("设备完好率", "≥98%", "≥98%"),
        ("资金使用合规性", "严格按制度执行", "严格按制度执行"),
    ],
    "时效指标": [
        ("项目完工时间", "2027年11月底前", "2029年11月底前"),
        ("补助发放及时率", "=100%", "=100%"),
        ("设备到货时限", "≤30天", "≤45天"),
    ],
    "成本指标": [
        ("单座蓄水池造价", "≤8.5万元", "≤8.6万元"),
        ("人均培训费用", "≤350元/人", "≤360元/人"),
        ("沟渠疏浚单价", "≤4.2万元/公里", "≤4.2万元/公里"),
    ],
    "经济成本指标": [("单座蓄水池造价", "≤8.5万元", "≤8.6万元"), ("人均培训费用", "≤350元/人", "≤360元/人")],
    "社会成本指标": [("施工扰民投诉起数", "≤3起", "≤9起")],
    "生态环境成本指标": [("临时占用林地面积", "≤2公顷", "≤6公顷")],
    "经济效益": [("带动农户增收", "≥1500元/户", "≥4500元/户"), ("节约灌溉用水", "≥20%", "≥20%")],
    "社会效益": [("受益农户数", "≥3200户", "≥9600户"), ("农村用水条件改善情况", "明显改善", "明显改善")],
    "生态效益": [("水土流失面积减少", "≥60公顷", "≥180公顷"), ("林区火情发生起数", "≤2起", "≤6起")],
    "可持续影响": [("设施使用年限", "≥15年", "≥15年"), ("管护机制健全性", "持续健全", "持续健全")],
    "服务对象满意度": [("受益农户满意度", "≥92%", "≥92%"), ("参训人员满意度", "≥90%", "≥90%")],
}
PROJECTS = ("山塘清淤", "护林防火能力提升", "乡镇敬老院修缮", "村级水厂改造", "河湖巡护", "渡口航标维护")


@dataclass(frozen=True)
class Target:
    """One indicator. `period`: its value for the whole term, where the form has two halves."""

    one: str
    two: str
    name: str
    annual: str
    period: str
    weight: str
    actual: str
    score: str
    reason: str = ""
    expected: str = ""
    outlook: str = "确定能"
    basis: str = "按实施方案"  # of a column that only explains


@dataclass(frozen=True)
class FormSpec:
    """A form. Money is in the unit that it prints (万元)."""

    project: str
    tree: str
    targets: tuple[Target, ...]
    department: str = "澄湖县水利局"
    unit: str = "澄湖县水利站"
    year: int = 2027
    total: str = "35.5"
    sources: tuple[tuple[str, str], ...] = (("财政拨款", "30"), ("其他资金", "5.5"))
    period_total: str = "106.5"
    period_sources: tuple[tuple[str, str], ...] = (("财政拨款", "90"), ("其他资金", "16.5"))
    goal: str = "完成本年全部工程并发挥效益"
    period_goal: str = "三年内完成全部工程并长期发挥效益"
    overview: str = "全县山塘淤积，需分年清理"
    sign_off: tuple[tuple[str, str], ...] = (("负责人", "周远"), ("经办人", "何秋"))

    def only(self, *targets: Target) -> "FormSpec":
        return replace(self, targets=targets)


def make(seed: int, tree: str = "legacy-2015", most: int = 2, project: str = "") -> FormSpec:
    """The form of a seed: one to `most` indicators of each level of the tree."""
    random = Random(seed)
    targets = []
    for one, levels in TREES[tree].items():
        for two in levels:
            pool = POOL[two]
            for name, annual, period in random.sample(pool, min(len(pool), random.randint(1, most))):
                weight = str(random.choice([5, 10, 15]))
                missed = random.random() < 0.3
                targets.append(
                    Target(
                        one,
                        two,
                        name,
                        annual,
                        period,
                        weight,
                        actual="九成" if missed else annual.lstrip("≥≤="),
                        score="4" if missed else weight,
                        reason="汛期停工" if missed else "",
                        expected=annual.lstrip("≥≤="),
                        outlook="有可能" if missed else "确定能",
                    )
                )
    form = FormSpec(project or random.choice(PROJECTS), tree, tuple(targets))
    return replace(form, period_goal=form.goal) if random.random() < 0.5 else form  # many forms say the same twice


def yuan(amount: str) -> Decimal:
    return Decimal(amount) * 10_000
