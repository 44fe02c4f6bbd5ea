"""What earlier checks saw: the JSON of `kpi monitor`, or sheets of actual values named with their date."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kpi import readers
from kpi.progress.actuals import read_actuals
from kpi.progress.calendar import last_of_month
from kpi.progress.matching import project_key, squashed
from kpi.progress.monitor import Earlier, Key
from kpi.progress.reading import is_blank
from kpi.readers import ReadError

_SCHEMA = "kpi.monitor/"
_DAY = re.compile(r"(20\d\d)[-_.年/]?(\d{1,2})(?:[-_.月/]?(\d{1,2}))?(?!\d)")
_UNDATED = "文件名里没有日期，请写明是哪一天的情况，如“监控2026-04-30.xlsx”。"
_LATER = "是 {when} 的情况，不早于这次的监控日，不能当作前一次。"
_BROKEN = "不是 kpi monitor --format json 写出的文件，请重新生成。"


def read_previous(paths: Iterable[str], as_of: date) -> Mapping[Key, Earlier]:
    """The latest earlier actual value of each indicator. Raises ReadError."""
    checks = sorted((_read(path, as_of) for path in paths), key=lambda check: check[0])
    return {key: Earlier(text, when) for when, rows in checks for key, text in rows.items()}


def _read(path: str, as_of: date) -> tuple[date, dict[Key, str]]:
    data = readers.file_bytes(path)
    report = _report(data, path)
    when, rows = _of_report(report, path) if report is not None else _of_sheet(data, path)
    if when >= as_of:
        raise ReadError(path, _LATER.format(when=when.isoformat()))
    return when, rows


def _report(data: bytes, path: str) -> dict[str, Any] | None:
    """The JSON of an earlier check; None for other files."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        report = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError(path, _BROKEN) from error
    return report if isinstance(report, dict) and str(report.get("schema", "")).startswith(_SCHEMA) else None


def _of_report(report: dict[str, Any], path: str) -> tuple[date, dict[Key, str]]:
    rows: dict[Key, str] = {}
    try:
        when = date.fromisoformat(report["as_of"])
        for project in report["projects"]:
            for one in project["indicators"]:
                if not is_blank(one["actual"]):
                    rows[_key(str(project["project"]), str(one["level2"]), str(one["name"]))] = str(one["actual"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(path, _BROKEN) from error
    return when, rows


def _of_sheet(data: bytes, path: str) -> tuple[date, dict[Key, str]]:
    when = dated(Path(path).stem)
    if when is None:
        raise ReadError(path, _UNDATED)
    rows = read_actuals(path, data).rows
    return when, {_key(row.project, row.level2, row.name): row.text for row in rows if not is_blank(row.text)}


def _key(project: str, level2: str, name: str) -> Key:
    return project_key(project), level2, squashed(name)


def dated(name: str) -> date | None:
    """The day that a file's name tells; of a month its last one. None where it tells none."""
    found = _DAY.search(name)
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        return date(year, month, day) if day else last_of_month(year, month)
    except ValueError:
        return None
