"""The layouts that print a description as grids. Each is a function from forms to paper; LAYOUTS names them all."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.forms.paper import Grid, Paper, labelled, line, merged
from tests.forms.spec import FormSpec, Target

HEADS = ("一级指标", "二级指标", "三级指标")
Cells = Callable[[Target], Sequence[str]]


@dataclass(frozen=True)
class Layout:
    """`prints`: what the layout shows beside levels, names and values. `forms`: how many forms one file holds."""

    draw: Callable[..., Paper]
    tree: str = "legacy-2015"
    prints: tuple[str, ...] = ()
    halves: bool = False
    forms: int = 1
    kind: str = "target"
    grids: bool = True

    @property
    def name(self) -> str:
        return self.draw.__name__


LAYOUTS: dict[str, Layout] = {}
HEAD = ("department", "unit", "year", "totals", "sources", "goals", "sections")


def layout(**options) -> Callable[[Callable[..., Paper]], Callable[..., Paper]]:
    """Registers a drawing."""

    def register(draw: Callable[..., Paper]) -> Callable[..., Paper]:
        LAYOUTS[draw.__name__] = Layout(draw, **options)
        return draw

    return register


def two_words(two: str) -> str:
    """The second level as forms print it."""
    return two if two.endswith("指标") else f"{two}指标"


def split_value(value: str) -> tuple[str, str, str]:
    """Sign, figure, unit; a value in words stands in the middle column."""
    found = re.fullmatch(r"([≥≤=]?)(\d[\d.]*)(\D*)", value)
    return found.groups() if found else ("", value, "")


def titles(form: FormSpec, title: str = "项目支出绩效目标表") -> Paper:
    return [f"澄湖县{title}", f"({form.year}年度)"]


def head(form: FormSpec, width: int, unit: str = "项目资金(万元)") -> Grid:
    """The head of a form of one half."""
    rows = [
        labelled(width, "项目名称", form.project),
        labelled(width, "主管部门", form.department, "实施单位", form.unit),
        labelled(width, "项目概况", form.overview),
    ]
    amounts = [("年度资金总额", form.total), *form.sources]
    for k, (source, amount) in enumerate(amounts):
        label = source if k != 1 else f"其中：{source}"
        rows.append([unit if not k else "^", *line(width - 1, label, amount)])
    return [*rows, labelled(width, "年度目标", form.goal)]


def rows_of(form: FormSpec, cells: Cells, first: Callable[[str], str] = lambda one: one) -> Grid:
    """The indicators: levels merged, then the cells of each."""
    ones = merged([first(t.one) for t in form.targets])
    keys = [(t.one, t.two) for t in form.targets]
    twos = ["^" if k and keys[k] == keys[k - 1] else two_words(t.two) for k, t in enumerate(form.targets)]
    return [[one, two, *cells(t)] for one, two, t in zip(ones, twos, form.targets, strict=True)]


def whole(form: FormSpec, heads: Sequence[str], rows: Grid) -> Paper:
    """Titles, head and indicators as one grid, without a label left of the indicators."""
    return [*titles(form), [*head(form, len(heads)), list(heads), *rows]]


@layout(prints=HEAD)
def one_half(form: FormSpec) -> Paper:
    """A label left of all indicators, one value each, a foot."""
    rows = [["绩效指标", *HEADS, "指标值"]]
    rows += [["^", *row] for row in rows_of(form, lambda t: (t.name, t.annual))]
    foot = [c for pair in form.sign_off for c in (f"{pair[0]}：", pair[1])]
    return [*titles(form), [*head(form, 5), *rows, [*foot, "<"]]]


@layout(halves=True, prints=HEAD)
def two_halves(form: FormSpec) -> Paper:
    """实施期 left, 年度 right: second level, name and value twice."""
    rows = head(form, 8)[:3]
    period = [("实施期资金总额", form.period_total), *form.period_sources]
    annual = [("年度资金总额", form.total), *form.sources]
    for k, (left, right) in enumerate(zip(period, annual, strict=True)):
        a, b = (f"其中：{left[0]}", f"其中：{right[0]}") if k == 1 else (left[0], right[0])
        rows.append(["项目资金(万元)" if not k else "^", a, left[1], "<", b, right[1], "<", "<"])
    rows.append(["总体目标", "实施期目标", "<", "<", "年度目标", "<", "<", "<"])
    rows.append(["^", form.period_goal, "<", "<", form.goal, "<", "<", "<"])
    rows.append(["绩效指标", *HEADS, "指标值", "二级指标", "三级指标", "指标值"])
    for one, two, name, period_value, annual_value in rows_of(form, lambda t: (t.name, t.period, t.annual)):
        rows.append(["^", one, two, name, period_value, two, name, annual_value])
    return [*titles(form), rows]


@layout(halves=True, prints=("department", "unit", "year", "sections", "goals"))
def stacked(form: FormSpec) -> Paper:
    """The indicators of the term, below them those of the year."""
    rows = head(form, 4)[:3]
    for label, goal, half in (("实施期目标", form.period_goal, "period"), ("年度目标", form.goal, "annual")):
        rows.append(labelled(4, label, goal))
        rows.append([*HEADS, "指标值"])
        rows += rows_of(form, lambda t, half=half: (t.name, getattr(t, half)))
    return [*titles(form), rows]


@layout(halves=True, prints=HEAD[:3])
def value_each(form: FormSpec) -> Paper:
    """One name, a value column for each half."""
    heads = (*HEADS, "实施期指标值", "年度指标值")
    return [*titles(form), [*head(form, 5)[:2], list(heads), *rows_of(form, lambda t: (t.name, t.period, t.annual))]]


@layout(tree="national", prints=(*HEAD, "weights"))
def split_values(form: FormSpec) -> Paper:
    """Sign, value and unit in columns of their own, weights behind; the tree of 2021."""
    heads = (*HEADS, "指标性质", "指标值", "度量单位", "权重")
    return whole(form, heads, rows_of(form, lambda t: (t.name, *split_value(t.annual), t.weight)))


@layout(prints=(*HEAD, "weights"))
def weights_before(form: FormSpec) -> Paper:
    return whole(form, (*HEADS, "分值", "指标值"), rows_of(form, lambda t: (t.name, t.weight, t.annual)))


@layout(prints=(*HEAD, "weights"))
def weights_after(form: FormSpec) -> Paper:
    return whole(form, (*HEADS, "指标值", "分值"), rows_of(form, lambda t: (t.name, t.annual, t.weight)))


@layout(tree="national", prints=HEAD)
def scored_levels(form: FormSpec) -> Paper:
    """Score ranges inside the cells of the first level."""
    scores = {"成本指标": "(0-20分)", "产出指标": "(40分)", "效益指标": "(20分)", "满意度指标": "（10分）"}
    rows = rows_of(form, lambda t: (t.name, t.annual), lambda one: one + scores[one])
    return whole(form, (*HEADS, "指标值"), rows)


@layout(prints=HEAD)
def reversed_levels(form: FormSpec) -> Paper:
    """满意度 first."""
    return whole(form, (*HEADS, "指标值"), rows_of(turned(form), lambda t: (t.name, t.annual)))


def turned(form: FormSpec) -> FormSpec:
    """The form with its levels in reverse order."""
    order = {t.two: -k for k, t in enumerate(form.targets)}
    first = {t.two: order[t.two] for t in form.targets}
    return form.only(*sorted(form.targets, key=lambda t: first[t.two]))


@layout(prints=("weights",))
def transposed(form: FormSpec) -> Paper:
    """Each indicator is a column."""
    columns = rows_of(form, lambda t: (t.name, t.annual, t.weight))
    heads = (*HEADS, "指标值", "分值")
    rows = [[heads[k], *("<" if row[k] == "^" else row[k] for row in columns)] for k in range(len(heads))]
    return [*titles(form), [labelled(len(columns) + 1, "项目名称", form.project), *rows]]


@layout(prints=("department", "unit"))
def matrix(form: FormSpec) -> Paper:
    """One value column a village."""
    heads = (*HEADS, "上坪村", "下坪村", "石桥村")
    rows = rows_of(form, lambda t: (t.name, t.annual, t.annual, t.annual))
    return [*titles(form), [*head(form, 6)[:2], list(heads), *rows]]


@layout(forms=3, prints=("totals", "goals", "weights"))
def one_below_the_other(*forms: FormSpec) -> Paper:
    """The projects one below the other, name, amount and goal left of the indicators."""
    rows: Grid = [["项目名称", "预算数(万元)", "年度目标", *HEADS, "指标值", "权重"]]
    for form in forms:
        body = rows_of(form, lambda t: (t.name, t.annual, t.weight))
        rows += [[*((form.project, form.total, form.goal) if not k else "^^^"), *row] for k, row in enumerate(body)]
    return ["澄湖县2027年项目支出绩效目标表", rows]


@layout(forms=3, prints=("totals", "goals"))
def one_project_a_row(*forms: FormSpec) -> Paper:
    """The second levels are columns; a cell holds names and values together."""
    levels = list(dict.fromkeys(t.two for form in forms for t in form.targets))
    rows: Grid = [["项目名称", "预算数(万元)", "年度目标", *(two_words(two) for two in levels)]]
    for form in forms:
        cells = ["；".join(f"{t.name}：{t.annual}" for t in form.targets if t.two == two) for two in levels]
        rows.append([form.project, form.total, form.goal, *cells])
    return ["2027年澄湖县项目绩效目标汇总表", rows]


@layout(forms=3, prints=HEAD)
def several_forms(*forms: FormSpec) -> Paper:
    """One form after the other, each with its title."""
    return [part for form in forms for part in one_half(form)]


@layout(prints=(*HEAD, "weights"))
def over_two_pages(form: FormSpec) -> Paper:
    """The heads repeated where the next page begins, in a table of its own."""
    heads = [*HEADS, "指标值", "分值"]
    body = rows_of(form, lambda t: (t.name, t.annual, t.weight))
    at = next(k for k in range(len(body) // 2, len(body)) if body[k][1] != "^")
    one = next(row[0] for row in reversed(body[: at + 1]) if row[0] != "^")
    second = [[one, *body[at][1:]], *body[at + 1 :]]
    return [*titles(form), [*head(form, 5), heads, *body[:at]], "第2页", [heads, *second]]


@layout(kind="self-evaluation", prints=("year", "weights", "actuals", "scores", "reasons"))
def self_evaluation(form: FormSpec) -> Paper:
    """Actual values, points and reasons; money as planned, as changed, as spent."""
    heads = ["绩效指标", *HEADS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    width = len(heads)
    rows = [
        labelled(width, "项目名称", form.project),
        labelled(width, "主管部门", form.department, "实施单位", form.unit),
        ["项目资金(万元)", "", "<", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["^", "年度资金总额", "<", form.total, form.total, form.total, "10", "100%", "10"],
        heads,
    ]
    cells = rows_of(form, lambda t: (t.name, t.annual, t.actual, t.weight, t.score, t.reason))
    rows += [["^", *row] for row in cells]
    rows.append(["总分", *"<<<<<", "100", "96", ""])
    return [*titles(form, "项目支出绩效自评表"), rows]


@layout(kind="monitoring", prints=("year", "actuals", "reasons", "outlooks", "forecasts"))
def monitoring(form: FormSpec) -> Paper:
    heads = [*HEADS, "年度指标值", "1-7月执行情况", "全年预计完成情况", "偏差原因分析", "完成目标可能性"]
    cells = rows_of(form, lambda t: (t.name, t.annual, t.actual, t.expected, t.reason, t.outlook))
    head_rows = [
        labelled(8, "项目名称", form.project),
        labelled(8, "主管部门", form.department, "实施单位", form.unit),
    ]
    return [*titles(form, "项目支出绩效运行监控表"), [*head_rows, heads, *cells]]


@layout(kind="department", prints=("year", "weights"))
def department(form: FormSpec) -> Paper:
    """The form of a whole department: tasks, then indicators."""
    heads = ["绩效指标", *HEADS, "指标值", "分值"]
    rows = [
        labelled(6, "部门名称", form.project),
        ["年度主要任务", *line(5, "任务名称", "主要内容", "预算金额(万元)")],
        ["^", *line(5, "水利设施管护", "管护山塘与水渠", "20")],
        ["^", *line(5, "防汛抗旱", "巡查与抢险", "15.5")],
        labelled(6, "年度总体目标", form.goal),
        heads,
        *(["^", *row] for row in rows_of(form, lambda t: (t.name, t.annual, t.weight))),
    ]
    return [*titles(form, "部门整体支出绩效目标表"), rows]


@layout(prints=(*HEAD, "columns"))
def explained(form: FormSpec) -> Paper:
    """Columns that only explain."""
    heads = (*HEADS, "指标值", "指标值设定依据", "备注")
    return whole(form, heads, rows_of(form, lambda t: (t.name, t.annual, t.basis, "")))


@layout(prints=(*HEAD, "weights"))
def under_two_heads(form: FormSpec) -> Paper:
    """A head of two rows: 指标值 spans sign, value and unit."""
    top = [*HEADS, "年度指标值", "<", "<", "权重"]
    below = ["^", "^", "^", "指标性质", "指标值", "度量单位", "^"]
    cells = rows_of(form, lambda t: (t.name, *split_value(t.annual), t.weight))
    return [*titles(form), [*head(form, 7), top, below, *cells]]


@layout(prints=HEAD)
def level_by_row(form: FormSpec) -> Paper:
    """No merged levels: each row names both."""
    rows = [[t.one, two_words(t.two), t.name, t.annual] for t in form.targets]
    return whole(form, (*HEADS, "指标值"), rows)


@layout(halves=True, prints=("department", "unit", "year", "sections", "goals"))
def halves_named_in_heads(form: FormSpec) -> Paper:
    """Two halves that nothing but the heads tell apart: 二级指标(长期) … 指标值(年度)."""
    rows = head(form, 7)[:3]
    rows += [labelled(7, "长期目标", form.period_goal), labelled(7, "年度目标", form.goal)]
    heads = [f"{head_}({half})" for half in ("长期", "年度") for head_ in ("二级指标", "三级指标", "指标值")]
    rows.append(["一级指标", *heads])
    for one, two, name, period_value, annual_value in rows_of(form, lambda t: (t.name, t.period, t.annual)):
        rows.append([one, two, name, period_value, two, name, annual_value])
    return [*titles(form), rows]


@layout(prints=HEAD)
def levels_with_notes(form: FormSpec) -> Paper:
    """Levels with a remark or another word for them in brackets."""
    notes = {"数量指标": "(或工程量指标)", "质量指标": "(必填)", "时效指标": "(工期指标)"}
    rows = rows_of(form, lambda t: (t.name, t.annual))
    rows = [[one, f"{two}{notes.get(two, '')}", *rest] for one, two, *rest in rows]
    return whole(form, [*HEADS, "指标值(或计划水平)"], rows)


@layout(prints=("totals", "goals"), grids=False)
def bracketed_list(form: FormSpec) -> Paper:
    """【产出指标-数量指标】 and numbered lines, without a grid."""
    lines: Paper = ["澄湖县项目支出绩效目标表", form.project, f"{float(form.total) * 10000:.2f}"]
    lines += ["【年度绩效目标】", form.goal]
    before = ""
    for t in form.targets:
        if t.two != before:
            lines.append(f"【{t.one}-{two_words(t.two)}】")
        lines.append(f"指标{1 if t.two != before else 2}：{t.name}({t.annual})")
        before = t.two
    return lines


@layout(prints=("department", "unit", "totals", "goals"), grids=False)
def one_cell_a_line(form: FormSpec) -> Paper:
    """A table copied out cell by cell."""
    return ["澄湖县项目支出绩效目标表", *(c for row in _plain(form) for c in row if c not in ("<", "^"))]


@layout(prints=("department", "unit", "totals", "goals"), grids=False)
def blanks_between(form: FormSpec) -> Paper:
    """A row a line, cells with blanks between."""
    return ["澄湖县项目支出绩效目标表", *(" ".join(c for c in row if c not in ("<", "^")) for row in _plain(form))]


@layout(prints=("department", "unit", "totals", "goals"), grids=False)
def nothing_between(form: FormSpec) -> Paper:
    """A row a line, nothing between its cells."""
    return ["澄湖县项目支出绩效目标表", *("".join(c for c in row if c not in ("<", "^")) for row in _plain(form))]


def _plain(form: FormSpec) -> Grid:
    return [*head(form, 4), [*HEADS, "指标值"], *rows_of(form, lambda t: (t.name, t.annual))]
