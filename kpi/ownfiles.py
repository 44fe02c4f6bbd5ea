"""Which files kpi wrote itself: reports, worklists, review sheets, copies with notes. Told by their bytes, not by name.

In a folder that is checked they would be taken for further forms. A copy that was put right (`kpi fix`) is the user's
own document and is not meant here, nor is the JSON of `kpi extract`, which is made to be read again.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from kpi.reports.office import PRODUCER
from kpi.reports.ownwords import CHECKED, NOTED

OWN = "这是 kpi 自己生成的文件，没有检查；真要检查，请直接写它的文件名"
_HEAD = 4096
_MOST_PART = 1 << 20  # bytes of a part that are looked at: a mark stands near its beginning
_LARGEST_TEXT = 8 << 20
_PARTS = re.compile(r"docProps/core\.xml|(?:word|xl)/(?:[^/]+/)?comments[^/]*\.xml", re.IGNORECASE)
_SCHEMA = re.compile(rb'\{\s*"schema"\s*:\s*"kpi\.(?!extract\b)[a-z]+/\d')
_TEXT_SIGNS = tuple(  # what stands in copies with notes and in reports as text, CSV and Markdown
    re.compile(pattern)
    for pattern in (
        NOTED,
        r"\A\ufeff?(?:[^\n,]{1,8},){0,3}级别,规则,问题,项目,",
        r"\n合计：错误 \d+ 处，警告 \d+ 处，提示 \d+ 处（查了 (?:.*\n)+结论：",
        r"(?m)^合计：审核 \d+ 张表，",
        r"(?m)^合计：\d+ 个项目，截至 \d{4}年\d+月\d+日：(?:(?:指标 )?[红黄绿蓝灰]灯 \d|没有项目)",
        r"(?m)^合计：\d+ 张自评表，(?:错误|警告|提示|没有发现问题)",
        r"(?m)^合计：\d+ 个项目两份都有.*；.*\n结论：",
        r"(?m)^合计：\d+ 个文件、\d+ 张表、\d+ 项指标$",
        rf"\A# {CHECKED}\n",
    )
)


def made_by_kpi(data: bytes) -> bool:
    """Whether a file bears the mark of a report or of a copy with notes. False for what cannot be read."""
    if data.startswith(b"PK"):
        return _office(data)
    if data.startswith(b"%PDF"):
        return PRODUCER.encode("utf-16-be") in data
    return _plain(data)


def _office(data: bytes) -> bool:
    mark = PRODUCER.encode()
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                if _PARTS.fullmatch(name):
                    with package.open(name) as part:
                        if mark in part.read(_MOST_PART):
                            return True
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False  # whoever reads it says what is wrong with it
    return False


def _plain(data: bytes) -> bool:
    head = data[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _SCHEMA.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None
    if b'<meta name="generator" content="' + PRODUCER.encode() in head:
        return True
    if b"\0" in head or len(data) > _LARGEST_TEXT:
        return False
    text = _decoded(data)
    return any(sign.search(text) for sign in _TEXT_SIGNS)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace").replace("\r\n", "\n")
