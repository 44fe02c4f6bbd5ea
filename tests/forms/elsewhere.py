"""Forms in the words of other places and years: 投入 and 数量目标, grades, numbered names, a column for each town.

Each drawing gives the paper and the rows that must be read of it: level, name, value."""

from collections.abc import Callable

from tests.forms.layouts import HEADS, head, rows_of, split_value, titles
from tests.forms.paper import Paper, labelled
from tests.forms.spec import FormSpec, Target

Row = tuple[str, str, str]
Drawn = tuple[Paper, list[Row]]
ELSEWHERE: dict[str, Callable[[FormSpec], Drawn]] = {}


def drawing(draw: Callable[[FormSpec], Drawn]) -> Callable[[FormSpec], Drawn]:
    ELSEWHERE[draw.__name__] = draw
    return draw


def plain(form: FormSpec) -> list[Row]:
    return [(t.two, t.name, t.annual) for t in form.targets]


@drawing
def points_first(form: FormSpec) -> Drawn:
    """A self-evaluation with the full marks in front of the values."""
    heads = (*HEADS, "分值", "年度指标值", "全年实际值", "得分", "未完成原因及拟采取的改进措施")
    rows = [
        labelled(8, "项目名称", form.project),
        labelled(8, "主管部门", form.department, "实施单位", form.unit),
        ["资金情况(万元)", "", "全年预算数(A)", "<", "全年执行数(B)", "分值", "执行率(B/A)", "得分"],
        ["^", "年度资金总额：", form.total, "<", form.total, "10", "100%", "10"],
        list(heads),
        *rows_of(form, lambda t: (t.name, t.weight, t.annual, t.actual, t.score, t.reason)),
        ["总分", *"<<", "100", "<", "", "96", ""],
    ]
    return [*titles(form, "绩效目标自评表"), rows], plain(form)


@drawing
def inputs_and_outputs(form: FormSpec) -> Drawn:
    """投入, 产出, 效益 with 成本目标, 数量目标 …; what is wanted stands behind a standard."""
    first = {"成本指标": "投入", "时效指标": "投入", "数量指标": "产出", "质量指标": "产出"}
    order = sorted(form.targets, key=lambda t: ("投入", "产出", "效益").index(first.get(t.two, "效益")))
    form = form.only(*[t for t in order if t.two != "服务对象满意度"])
    rows, before = [["绩效目标", "评价指标", "绩效内容", "绩效标准", "全年绩效目标"]], ("", "")
    for t in form.targets:
        one, two = first.get(t.two, "效益"), t.two.removesuffix("指标") + "目标"
        rows.append(["^" if one == before[0] else one, "^" if (one, two) == before else two, t.name, t.basis, t.annual])
        before = (one, two)
    return [*titles(form, "财政支出项目绩效目标表"), [labelled(5, "项目名称", form.project), *rows]], plain(form)


@drawing
def graded(form: FormSpec) -> Drawn:
    """No second levels; the value, then what each grade would be."""
    kept = [t for t in form.targets if split_value(t.annual)[0] == "≥"]
    rows = [["指标类型", "绩效指标", "绩效目标", "绩效标准", "<", "<", "<"], ["^", "^", "^", "优", "良", "中", "差"]]
    before = ""
    for k, t in enumerate(kept):
        one = "产出指标" if k < len(kept) // 2 else "成效指标"
        _, figure, unit = split_value(t.annual)
        rows.append(["^" if one == before else one, f"指标{k + 1}：{t.name}", f"{figure}{unit}",
                     f"{figure}{unit}以上", f"9{unit}", f"8{unit}", f"7{unit}以下"])  # fmt: skip
        before = one
    want = [("", f"指标{k + 1}：{t.name}", "".join(split_value(t.annual)[1:])) for k, t in enumerate(kept)]
    paper: Paper = [*titles(form, "项目绩效目标表"), [labelled(7, "项目名称", form.project), *rows]]
    return [*paper, "注：以预算批复的绩效目标为准填列。"], want


@drawing
def numbered(form: FormSpec) -> Drawn:
    """指标1：… in front of every name, …… below the last one of a level."""
    named, count, before = [], 0, ""
    for t in form.targets:
        count = count + 1 if t.two == before else 1
        before = t.two
        named.append(f"指标{count}：{t.name}")
    rows = rows_of(form, lambda t: ("", ""))
    for row, name, t in zip(rows, named, form.targets, strict=True):
        row[2:] = [name, t.annual]
    grid = [*head(form, 4), [*HEADS, "指标值"], *rows]
    return [*titles(form), grid], [(t.two, n, t.annual) for n, t in zip(named, form.targets, strict=True)]


@drawing
def towns(form: FormSpec) -> Drawn:
    """Explanation, direction, then a column for each town; the direction is the sign of all of them."""
    places = ("石桥街道办", "柳河镇", "青岭乡")
    kept = [t for t in form.targets if split_value(t.annual)[0]]
    form = form.only(*kept)

    def cells(t: Target) -> tuple[str, ...]:
        sign, figure, unit = split_value(t.annual)
        value = f"{figure}%" if unit == "%" else "1"
        return (f"{t.name}({unit})", f"反映{t.name}的情况", sign, *(value for _ in places))

    grid = [
        labelled(8, "项目名称", form.project),
        labelled(8, "主管部门", form.department),
        [*HEADS, "指标解释", "指标方向", *places],
        *rows_of(form, cells),
    ]
    want = []
    for t in kept:
        sign, figure, unit = split_value(t.annual)
        want.append((t.two, f"{t.name}({unit})", f"{sign}{figure}%" if unit == "%" else f"{sign}1"))
    return [*titles(form, "专项资金绩效目标表"), grid], want


@drawing
def marks_and_remarks(form: FormSpec) -> Drawn:
    """Direction, sign, unit, marks and remarks round the value."""
    heads = (*HEADS, "指标性质", "指标方向", "指标值", "度量单位", "权重(分)", "评分标准", "备注")

    def cells(t: Target) -> tuple[str, ...]:
        sign, figure, unit = split_value(t.annual)
        nature = "定量" if figure[:1].isdigit() else "定性"
        return (t.name, nature, sign, figure, unit, t.weight, "完成得满分，每低1%扣1分", "")

    return [*titles(form), [*head(form, 10), list(heads), *rows_of(form, cells)]], plain(form)


@drawing
def blank_levels(form: FormSpec) -> Drawn:
    """Levels that nobody filled in, printed all the same."""
    form = form.only(*[t for t in form.targets if t.two not in ("生态效益", "经济效益")])
    rows = rows_of(form, lambda t: (t.name, t.annual, t.weight))
    at = next(k for k, t in enumerate(form.targets) if t.one == "效益指标")
    rows[at][0] = "^"
    rows[at:at] = [["效益指标", "经济效益指标", "", "", ""], ["^", "生态效益指标", "", "", ""]]
    return [*titles(form), [*head(form, 5), [*HEADS, "指标值", "分值"], *rows]], plain(form)


@drawing
def long_values(form: FormSpec) -> Drawn:
    """Values in sentences, names with brackets and figures."""
    said = {
        "质量指标": ("设备、设施管理到位(含2027年新增)", "环境整洁，车辆停放有序"),
        "时效指标": ("按时完成12个小区的物业服务", "2027年全年"),
        "社会效益": ("改善18个小区居民生活质量", "显著改善"),
        "可持续影响": ("持续提供人力物力保障", "长期"),
    }
    targets = []
    for t in form.targets:
        name, value = said.pop(t.two, (t.name, t.annual))
        targets.append(Target(t.one, t.two, name, value, value, t.weight, t.actual, t.score))
    form = form.only(*targets)
    grid = [*head(form, 4), [*HEADS, "指标值"], *rows_of(form, lambda t: (t.name, t.annual))]
    return [*titles(form), grid], plain(form)


@drawing
def other_words(form: FormSpec) -> Drawn:
    """项目完成指标, 项目效益指标 and other words for levels and heads."""
    ones = {"产出指标": "项目完成指标(50分)", "效益指标": "项目效益指标(30分)", "满意度指标": "满意度指标(10分)"}
    rows = rows_of(form, lambda t: (t.name, t.annual), lambda one: ones[one])
    grid = [*head(form, 4), ["一级指标", "二级指标", "指标内容", "指标值(包含数字及文字描述)"], *rows]
    return [*titles(form, "项目支出绩效目标申报表"), grid], plain(form)


@drawing
def yearly_results(form: FormSpec) -> Drawn:
    """The result of the year before between unit and value, explanations behind."""
    heads = (*HEADS, "计量单位", "上年完成值", "本年目标值", "指标解释")

    def cells(t: Target) -> tuple[str, ...]:
        sign, figure, unit = split_value(t.annual)
        return (t.name, unit, figure if unit else "", f"{sign}{figure}", f"反映{t.name}")

    return [*titles(form), [*head(form, 7), list(heads), *rows_of(form, cells)]], plain(form)
