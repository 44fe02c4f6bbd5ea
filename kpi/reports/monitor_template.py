"""The sheet that an officer fills in for `kpi monitor` and `kpi evaluate`: a line an indicator, read back as it stands.
What the form tells already is filled in; what a row is found again by cannot be typed over."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.model import TargetTable
from kpi.progress.actuals import MONEY_NAMES, MoneyKind
from kpi.progress.namesakes import need_units
from kpi.progress.nature import Kind
from kpi.progress.purse import budget_of
from kpi.progress.reading import text_of
from kpi.readers import money
from kpi.reports.monitor_words import NATURES
from kpi.reports.numbers import plain_number
from kpi.reports.ownwords import POINTS, TO_TELL
from kpi.reports.sheetcraft import Page, new_book
from kpi.reports.width import one_line, shorten
from kpi.values import parse

_TITLE = "绩效目标完成情况"
_HEADS = ("项目名称", "二级指标", "三级指标", "年度指标值", *TO_TELL, *POINTS)
_WIDTHS = (19, 11, 22, 17, 15, 14, 11, 24, 9, 13, 7, 7)
_UNIT, _UNIT_WIDTH = "实施单位", 15  # a second column where projects have one name; all others then stand one further
_FILLED = (4, 5, 6, 7, 8, 9, 10, 11)  # columns that the officer writes into
_ACTUAL = _AMOUNT = 4  # of an indicator, or of the money: the other columns say nothing of that
_CHANCE, _NATURE = 6, 8
_ANSWERS = ("达成", "部分达成", "未达成")
_CHANCES = ("确定能", "有可能", "完全不可能")
_KEPT = {"format_columns": True, "format_rows": True}  # what stays allowed
_MOST_PROMPT = 200  # characters; Excel takes 255
_GUIDE = (
    "黄色格填写，别的格锁住了，免得改了名称对不上；确要改的，先撤销工作表保护（没有密码）。",
    "实际完成值连同单位写，如“70公里”“95%”；日期写完成的那天；定性的写达成、部分达成或未达成。",
    "指标性质已按名称判断，不对的请改：累计（逐月增加）、水平（看现状，如满意度）、上限（成本）、节点（某日前做完）、定性。",
    "进度安排可以不填；各季度不平均的写到季末应完成的百分数，如“30/50/80/100”，或写“采暖季”。",
    "最后几行是钱：预算执行数是到现在已经支出的；年初预算数已按目标表填好；调整预算数只在追加或调减了预算时填。",
    "金额连同单位写，如“51.6万元”。",
    "分值、得分两列年中监控不用填，年末自评（kpi evaluate）用。",
    "分值：目标表有的已填好；没有的可以自己填，都不填的按常用权重试算。",
    "得分：只填要由人评的（定性指标、逾期完成的），其余由完成值算出来；填得分的，分值也要填。",
)
_HINTS: Mapping[MoneyKind, str] = {
    "spent": "已经支出的，不写单位的按{unit}",
    "budget": "有改动的请改，不写单位的按{unit}",
    "adjusted": "没有调整的不填，不写单位的按{unit}",
}


def render(forms: Sequence[tuple[TargetTable, Mapping[int, Kind]]]) -> bytes:
    book = new_book(_TITLE)
    units = need_units([table for table, _ in forms])
    heads, widths = ([*_HEADS], [*_WIDTHS])
    if units:
        heads.insert(1, _UNIT)
        widths.insert(1, _UNIT_WIDTH)
    page = book.sheet("完成情况", widths)
    for column, head in enumerate(heads):
        page.put(0, column, head, "head")
    row = 1
    for table, kinds in forms:
        row = _form(page, row, table, kinds, units=units)
    page.sheet.freeze_panes(1, 3 + units)
    page.sheet.repeat_rows(0)
    page.sheet.protect("", _KEPT)
    guide = book.sheet("填写说明", (100,))
    for number, text in enumerate(_GUIDE):
        guide.put(number, 0, text, "note")
        guide.height(number, [(text, 0, 0)])
    return book.bytes()


def _choice(values: tuple[str, ...]) -> dict[str, object]:
    return {"validate": "list", "source": list(values), "ignore_blank": True}


def _told(target: str, kind: Kind | None) -> dict[str, object]:
    """What is shown beside the cell for the actual value while it is filled in: its unit, or in which words."""
    value = parse(target)
    prompt: dict[str, object] = {"validate": "any", "input_title": "实际完成值"}
    said = f"目标“{shorten(target, _MOST_PROMPT // 2)}”。" if target else ""
    if kind == "milestone":
        said += "填完成的那天（如 2026年6月20日）、未完成，或完成百分之几；没有到期的可以不填。"
    elif value.unit_text:
        said += f"连同单位填，单位：{shorten((value.magnitude or '') + value.unit_text, _MOST_PROMPT // 4)}"
    elif kind == "qualitative":
        said += "选达成、部分达成或未达成，也可以写明情况。"
        prompt |= _choice(_ANSWERS) | {"show_error": False}
    else:
        said += "填数；有单位的连同单位填。"
    return prompt | {"input_message": said}


def _form(page: Page, row: int, table: TargetTable, kinds: Mapping[int, Kind], *, units: bool) -> int:
    whose = (table.project, table.unit or "") if units else (table.project,)
    for number, indicator in enumerate(table.indicators):
        if not indicator.filled:
            continue
        texts = (*whose, indicator.level2, indicator.name, text_of(indicator))
        nature = NATURES[kinds[number]] if number in kinds else ""
        actual = indicator.actual.text if indicator.actual else ""
        filled = (
            actual, indicator.expected_year_end, indicator.outlook, indicator.reason, nature, None,
            indicator.weight, indicator.score,
        )  # fmt: skip
        _line(page, row, texts, filled)
        asked = _told(text_of(indicator), kinds.get(number))
        choices = ((_ACTUAL, asked), (_CHANCE, _choice(_CHANCES)), (_NATURE, _choice(tuple(NATURES.values()))))
        for column, rule in choices:
            page.sheet.data_validation(row, column + units, row, column + units, rule)
        row += 1
    for kind, hint in _HINTS.items():
        texts = (*whose, "", MONEY_NAMES[kind], hint.format(unit=table.money_unit))
        _line(page, row, texts, (_amount(table, kind),), (_AMOUNT,))
        row += 1
    return row


def _amount(table: TargetTable, kind: MoneyKind) -> str:
    """What the form tells of its money, in its own unit."""
    own = table.execution
    told: Mapping[MoneyKind, Decimal | None] = {
        "spent": own.spent if own else None, "budget": budget_of(table), "adjusted": own.adjusted if own else None,
    }  # fmt: skip
    amount = told[kind]
    return "" if amount is None else f"{plain_number(amount / money.scale(table.money_unit))}{table.money_unit}"


def _line(
    page: Page, row: int, texts: Sequence[str], filled: Sequence[str | None], columns: Sequence[int] = _FILLED
) -> None:
    further = len(texts) - _ACTUAL
    for column, text in enumerate(texts):
        page.put(row, column, one_line(text))
    for column, cell in zip(columns, filled, strict=True):
        page.put(row, column + further, one_line(cell) if cell else None, "fill-text")
    for column in set(_FILLED) - set(columns):
        page.put(row, column + further, None)
    page.height(row, [(text, column, column) for column, text in enumerate(texts)])
