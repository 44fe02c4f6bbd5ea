"""The report of an earlier run as a baseline: what it found, and in which files it looked."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

from kpi.beside import BesideError
from kpi.oserrors import explain_os_error
from kpi.rules.spec import ReviewItem

_SCHEMA = "kpi.lint/1"
_UTF16 = (BOM_UTF16_LE, BOM_UTF16_BE)
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
_NOT_READ = "基线文件“{path}”打不开（{why}），请检查路径。"
_UNFIT = "“{path}”不能当基线：{why}。请用 kpi lint --format json -o 文件 重新生成一份。"
_HALF = "像是没有存全，或者改坏了"
_GBK = "它是 GBK 编码的，应是 UTF-8，像是用别的程序另存过"
_NO_TEXT = "它不是 UTF-8 编码的文本文件"
_NO_REPORT = f"它不是 kpi lint --format json 的结果（没有写 schema: {_SCHEMA}）"
_NO_END = "缺最后一行合计（summary），只存了前面一部分"
_ONLY_NEW = "它是带着 --baseline 查出来的，只有新增的，原有的 {known} 处不在里面"
_GARBLED = "里面的汉字已经成了乱码，像是在 PowerShell 里用 > 存的，不能用 > 代替 -o"


class Earlier(NamedTuple):
    """A finding of an earlier report: what a later run needs to know it by, or to see that it was not looked for.
    `judged`: what it was found on where it was about no cell; () also in reports that did not tell. `unit`: that of its
    form; "" where it had none, where it was about no form, and in reports that did not tell."""

    fingerprint: str
    rule: str
    project: str
    document: str
    judged: tuple[str, ...] = ()
    unit: str = ""


class Before(NamedTuple):
    """How often an earlier report has each finding, and all files that it is about, with or without findings."""

    findings: Mapping[Earlier, int]
    files: frozenset[str]


class _Unfit(ValueError):
    """Why a file is no baseline, as a Chinese clause."""


def baseline(path: str) -> Before:
    """An earlier report, JSON or JSON lines. Raises BesideError for what is none, or not a whole one."""
    try:
        data = Path(path).read_bytes()
    except OSError as reason:
        raise BesideError(_NOT_READ.format(path=path, why=explain_os_error(reason, reading=True))) from reason
    try:
        parts = _parts(_text(data))
        found = [finding for part in parts for finding in _list(part, "findings")]
        if data.startswith(_UTF16):
            _refuse_garbled(found)
        told = Counter(_finding(one, number) for number, one in enumerate(found, 1))
        return Before(told, frozenset(_files(parts)))
    except _Unfit as reason:
        raise BesideError(_UNFIT.format(path=path, why=reason)) from reason


def _text(data: bytes) -> str:
    """UTF-8, or UTF-16 as the `>` of PowerShell writes it."""
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as reason:
        raise _Unfit(_undecoded(data, reason)) from reason


def _undecoded(data: bytes, reason: UnicodeDecodeError) -> str:
    if reason.reason in ("unexpected end of data", "truncated data"):
        return f"最后一个字只有一半，{_HALF}"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return _NO_TEXT
    return _GBK if data.lstrip().startswith(b"{") else _NO_TEXT


def _parts(text: str) -> list[dict[str, Any]]:
    """A whole report, or the lines of one up to its last."""
    if not text.strip():
        raise _Unfit("它是空的")
    parts = _parsed(text)
    for part in parts:
        schema = part.get("schema") if isinstance(part, dict) else None
        if schema != _SCHEMA:
            named = isinstance(schema, str) and schema.startswith("kpi.")
            raise _Unfit(f"它是 {schema} 的结果，应是 {_SCHEMA}（kpi lint 的）" if named else _NO_REPORT)
        if known := _known(part):
            raise _Unfit(_ONLY_NEW.format(known=known))
    if "document" in parts[-1]:  # a line about one file; the one that closes the report is about none
        raise _Unfit(_NO_END)
    return parts


def _known(part: Mapping[str, Any]) -> int:
    """How many findings the report itself left out, since a baseline had them."""
    told: object = part
    for key in ("summary", "baseline", "known"):
        told = told.get(key) if isinstance(told, Mapping) else None
    return told if isinstance(told, int) else 0


def _parsed(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except RecursionError as reason:
        raise _Unfit(_NO_REPORT) from reason
    except ValueError as reason:
        wrong = getattr(reason, "lineno", 1)
    made = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                made.append(json.loads(line))
            except (ValueError, RecursionError) as reason:
                at = number if made else wrong  # no line of its own is one: it is a whole report that is torn
                torn = text.lstrip().startswith("{")
                raise _Unfit(f"第 {at} 行读不成 JSON，{_HALF}" if torn else _NO_REPORT) from reason
    return made


def _list(part: Mapping[str, Any], key: str) -> list[Any]:
    if key not in part:
        raise _Unfit(f"缺 {key}（问题的列表），{_HALF}")
    if not isinstance(part[key], list):
        raise _Unfit(f"{key} 应是问题的列表，{_HALF}")
    found: list[Any] = part[key]
    return found


def _finding(raw: object, number: int) -> Earlier:
    if not isinstance(raw, dict):
        raise _Unfit(f"第 {number} 处问题不是“键: 值”的形式，{_HALF}")
    for key in ("fingerprint", "rule", "project", "document"):
        if not isinstance(raw.get(key), str):
            raise _Unfit(f"第 {number} 处问题{f'的 {key} 不是文字' if key in raw else f'没有 {key}'}，{_HALF}")
    if not _FINGERPRINT.fullmatch(raw["fingerprint"]):
        raise _Unfit(f"第 {number} 处问题的 fingerprint 不是 12 位的编号，{_HALF}")
    judged = raw.get("judged") or []
    if not isinstance(judged, list):
        raise _Unfit(f"第 {number} 处问题的 judged 不是列表，{_HALF}")
    unit = raw.get("unit") or ""
    if not isinstance(unit, str):
        raise _Unfit(f"第 {number} 处问题的 unit 不是文字，{_HALF}")
    named = (raw["fingerprint"], raw["rule"], raw["project"], raw["document"])
    return Earlier(*named, tuple(map(str, judged)), unit)


def _files(parts: list[dict[str, Any]]) -> Iterator[str]:
    """The paths of all files of the report, as far as it tells them."""
    for part in parts:
        whole = part.get("documents")
        for one in (part.get("document"), *(whole if isinstance(whole, list) else ())):
            if isinstance(one, dict) and isinstance(one.get("path"), str):
                yield one["path"]


def _refuse_garbled(findings: list[Any]) -> None:
    """PowerShell takes the UTF-8 of a program for the code page of the console before it writes UTF-16."""
    known = frozenset(get_args(ReviewItem))
    items = [one.get("review_item") for one in findings if isinstance(one, dict)]
    if items and not any(item in known for item in items if isinstance(item, str)):
        raise _Unfit(_GARBLED)
