"""What earlier checks saw: the JSON of `kpi monitor`, or sheets of actual values named with their date."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kpi import readers
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow, read_actuals
from kpi.progress.calendar import last_of_month
from kpi.progress.figures import day
from kpi.progress.matching import Matching
from kpi.progress.monitor import Earlier
from kpi.progress.reading import is_blank, shown
from kpi.readers import ReadError

_SCHEMA = "kpi.monitor/"
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.年/]?(\d{1,2})(?:[-_.月/]?(\d{1,2}))?(?!\d)")
_UNDATED = "文件名里没有日期，请写明是哪一天的情况，如“监控2026-04-30.xlsx”。"
_LATER = "是 {when} 的情况，不早于这次的监控日，不能当作前一次。"
_BROKEN = "不是 kpi monitor --format json 写出的文件，请重新生成。"


class Check(NamedTuple):
    """An earlier check: its day, and what was achieved by then."""

    when: date
    actuals: Actuals


def read_checks(paths: Iterable[str], as_of: date) -> tuple[Check, ...]:
    """The earlier checks by their days. Raises ReadError."""
    return tuple(sorted((_read(path, as_of) for path in paths), key=lambda check: check.when))


class Looked(NamedTuple):
    """An earlier check with its lines given to the forms of today, by the same rules as the present ones."""

    check: Check
    matching: Matching


def latest(looked: Sequence[Looked], form: int) -> Mapping[int, Earlier]:
    """The latest earlier actual value of each indicator of a form, by its number. `looked`: in the order of days."""
    return {
        number: Earlier(row.text, check.when)
        for check, matching in looked
        for number, row in matching.forms[form].rows.items()
        if not is_blank(row.text)
    }


def lost(looked: Iterable[Looked], form: int) -> Iterator[str]:
    """The lines of a form's earlier checks that fit none of its indicators, a sentence a check."""
    for check, matching in looked:
        yield from _told(check, [(row.name, why) for row, why in matching.forms[form].lost if not is_blank(row.text)])


def strayed(looked: Iterable[Looked]) -> Iterator[str]:
    """The lines of earlier checks that fit no form at all, a sentence a check."""
    for check, matching in looked:
        rows = [(row.name, why) for row, why in matching.stray if isinstance(row, ActualRow) and not is_blank(row.text)]
        yield from _told(check, rows)


def _told(check: Check, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        name, why = rows[0]
        more = f"等 {len(rows)} 行" if len(rows) > 1 else ""
        yield f"前次（{day(check.when)}）的“{shown(name)}”{more}没有对上，没有同这次比：{why}"


def _read(path: str, as_of: date) -> Check:
    data = readers.file_bytes(path)
    report = _report(data, path)
    made = _of_report(report, path) if report is not None else _of_sheet(data, path)
    if made.when >= as_of:
        raise ReadError(path, _LATER.format(when=made.when.isoformat()))
    return made


def _report(data: bytes, path: str) -> dict[str, Any] | None:
    """The JSON of an earlier check; None for other files."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        report = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError(path, _BROKEN) from error
    return report if isinstance(report, dict) and str(report.get("schema", "")).startswith(_SCHEMA) else None


def _of_report(report: dict[str, Any], path: str) -> Check:
    rows: list[ActualRow] = []
    money: list[MoneyRow] = []
    try:
        when = date.fromisoformat(report["as_of"])
        for project in report["projects"]:
            name, unit = str(project["project"]), str(project.get("unit") or "")
            for one in project["indicators"]:
                if not is_blank(one["actual"]):
                    rows.append(
                        ActualRow(name, str(one["level2"]), str(one["name"]), str(one["actual"]), unit=unit)
                    )
            money += _money(name, unit, project.get("execution") or {})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(path, _BROKEN) from error
    return Check(when, Actuals(path, tuple(rows), tuple(money)))


def _money(project: str, unit: str, execution: dict[str, Any]) -> Iterator[MoneyRow]:
    for kind in ("budget", "spent"):
        if execution.get(kind) is not None:
            yield MoneyRow(project, kind, f"{execution[kind]}元", unit=unit)


def _of_sheet(data: bytes, path: str) -> Check:
    when = dated(Path(path).stem)
    if when is None:
        raise ReadError(path, _UNDATED)
    return Check(when, read_actuals(path, data))


def dated(name: str) -> date | None:
    """The day that a file's name tells; of a month its last one. None where it tells none."""
    found = _DAY.search(name)
    if not found:
        return None
    year, month, number = (int(part or 0) for part in found.groups())
    try:
        return date(year, month, number) if number else last_of_month(year, month)
    except ValueError:
        return None
