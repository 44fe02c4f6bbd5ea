"""The sheet that an officer fills in for `kpi monitor`: a line an indicator, read back as it stands."""

from collections.abc import Mapping, Sequence

from kpi.model import Indicator, TargetTable
from kpi.progress.nature import Kind
from kpi.reports.monitor_words import NATURES
from kpi.reports.sheetcraft import Page, new_book
from kpi.reports.width import one_line

_TITLE = "绩效目标完成情况"
_HEADS = (
    "项目名称", "二级指标", "三级指标", "年度指标值", "实际完成值", "全年预计完成", "完成可能性",
    "偏差原因", "指标性质", "进度安排",
)  # fmt: skip
_WIDTHS = (19, 11, 22, 15, 15, 14, 11, 24, 9, 13)
_FILLED = (4, 5, 6, 7, 8, 9)  # columns that the officer writes into
_GUIDE = (
    "黄色格填写。实际完成值连同单位写，如“70公里”“95%”；日期写完成的那天；定性的写达成、部分达成或未达成。",
    "指标性质已按名称判断，不对的请改：累计（逐月增加）、水平（看现状，如满意度）、上限（成本）、节点（某日前做完）、定性。",
    "进度安排可以不填；各季度不平均的写到季末应完成的百分数，如“30/50/80/100”，或写“采暖季”。",
)
_MONEY = ("预算执行数", "年初预算数")


def render(forms: Sequence[tuple[TargetTable, Mapping[int, Kind]]]) -> bytes:
    book = new_book(_TITLE)
    page = book.sheet("完成情况", _WIDTHS)
    for column, head in enumerate(_HEADS):
        page.put(0, column, head, "head")
    row = 1
    for table, kinds in forms:
        row = _form(page, row, table, kinds)
    page.sheet.freeze_panes(1, 3)
    page.sheet.data_validation(1, 6, row, 6, _choice(("确定能", "有可能", "完全不可能")))
    page.sheet.data_validation(1, 8, row, 8, _choice(tuple(NATURES.values())))
    guide = book.sheet("填写说明", (100,))
    for number, text in enumerate(_GUIDE):
        guide.put(number, 0, text, "note")
        guide.height(number, [(text, 0, 0)])
    return book.bytes()


def _choice(values: tuple[str, ...]) -> dict[str, object]:
    return {"validate": "list", "source": list(values), "ignore_blank": True}


def _form(page: Page, row: int, table: TargetTable, kinds: Mapping[int, Kind]) -> int:
    for number, indicator in enumerate(table.indicators):
        if not indicator.filled:
            continue
        texts = (table.project, indicator.level2, indicator.name, _target(indicator))
        nature = NATURES[kinds[number]] if number in kinds else ""
        actual = indicator.actual.text if indicator.actual else ""
        filled = (
            actual, indicator.expected_year_end, indicator.outlook, indicator.reason, nature, None,
        )  # fmt: skip
        _line(page, row, texts, filled)
        row += 1
    for kind in _MONEY:
        _line(page, row, (table.project, "", kind, f"单位：{table.money_unit}"), (None,) * len(_FILLED))
        row += 1
    return row


def _target(one: Indicator) -> str:
    entries = [entry.text for entry in (one.annual, one.period) if entry and entry.text.strip()]
    return entries[0] if entries else ""


def _line(page: Page, row: int, texts: Sequence[str], filled: Sequence[str | None]) -> None:
    for column, text in enumerate(texts):
        page.put(row, column, one_line(text))
    for column, cell in zip(_FILLED, filled, strict=True):
        page.put(row, column, one_line(cell) if cell else None, "fill-text")
    page.height(row, [(text, column, column) for column, text in enumerate(texts)])
