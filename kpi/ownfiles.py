"""Which files kpi wrote itself: reports, worklists, review sheets, copies with notes. Told by their bytes, not by name.

In a folder that is checked they would be taken for further forms (`made_by_kpi`), and they alone may be replaced by the
next result (`written_by_kpi`, which asks for more: a user's notes may quote a report). A copy that was put right
(`kpi fix`) is the user's own document and is meant by neither; the JSON of `kpi extract` is made to be read again.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile

from kpi.lazyre import later
from kpi.reports.office import PRODUCER
from kpi.reports.ownwords import CHECKED, COLUMNS, NOTED

OWN = "这是 kpi 自己生成的文件，没有检查；真要检查，请直接写它的文件名"
_HEAD = 4096
_MOST_PART = 1 << 20  # bytes of a part that are looked at: a mark stands near its beginning
_LARGEST_TEXT = 8 << 20
_LARGEST_RESULT = 256 << 20  # of what a batch of many thousand forms gives
_PARTS = later(r"docProps/core\.xml|(?:word|xl)/(?:[^/]+/)?comments[^/]*\.xml", re.IGNORECASE)
_SCHEMA = later(rb'\{\s*"schema"\s*:\s*"kpi\.(?!extract\b)[a-z]+/\d')
_TEXT_SIGNS = tuple(  # what stands in copies with notes and in reports as text, CSV and Markdown
    later(pattern)
    for pattern in (
        NOTED,
        r"\A\ufeff?(?:[^\n,]{1,8},){0,3}级别,规则,问题,项目,",
        r"(?m)^合计：错误 \d+ 处，警告 \d+ 处，提示 \d+ 处（查了 (?:.*\n){1,60}?结论：",
        r"(?m)^合计：审核 \d+ 张表，",
        r"(?m)^合计：\d+ 个项目，截至 \d{4}年\d+月\d+日：(?:(?:指标 )?[红黄绿蓝灰]灯 \d|没有项目)",
        r"(?m)^合计：\d+ 张自评表，(?:错误|警告|提示|没有发现问题)",
        r"(?m)^合计：\d+ 个项目两份都有[^\n；]*；[^\n]*\n结论：",
        r"(?m)^合计：\d+ 个文件、\d+ 张表、\d+ 项指标$",
        rf"\A# {CHECKED}\n",
    )
)
# A report as text from its first line to its last: a user's own notes around one are worth keeping.
_OPENS = later(
    r"\A(?:━━ |序号 |排名|文件：|合计：|结论：|规则集：|没有|没能|跳过 kpi |原来的|现在的|整份文件|"
    r"各项目|各部门|评分没有|另有|完成情况里|对不上目标的)"
)
_CLOSES = later(r"(?m)^(?:合计|结论)：[^\n]*\n*\Z")
_NOTHING_DONE = later(
    r"(?m)^(?:合计：没有审核成，请先|结论：没有检查成(?:，(?:不能据此提交|什么也没有算)；请先|：(?:有一份|这里只有))|结论：没有找到)"
    r"[^\n]*。\n*\Z"
)
_COPY_CLOSES = later(rf"{NOTED}。\n(?:(?:(?:【注|　)[^\n]*)?\n)*\Z")
_WHOLE = tuple(
    later(pattern)
    for pattern in (
        rf"\A\ufeff?类别,{COLUMNS}\n(?s:.*)\n说明,[^\n]*\n\Z",
        rf"\A# {CHECKED}\n\n\*\*结论：(?s:.*)\n- 问题：错误 \d+ 处[^\n]*\n\Z",
        r"\A(?:::(?:error|warning|notice) (?:file|title)=[^\n]*::[^\n]*\n)+\Z",
        r"\A<\?xml [^\n]*\n<testsuites name=\"kpi lint\"",
        r"\A(?:[^\n]+ → (?:数量，|时间|另有所指，|一值多标，|不合语法：|定性，|空白，|文字，)[^\n]*\n"
        r"(?:    [^\n]*\n)*)+\Z",
        r"\A# 规则一览\n\n规则集 ",
        r"\A规则集 [^\n]*条规则\n(?:.*\n)*看一条规则的说明：kpi rules show 代码\n\Z",
        r"\A[A-Z]{3}\d{3} [^\n]*\n  级别：[^\n]*\n(?:(?:  [^\n]*|[A-Z]{3}\d{3} [^\n]*)?\n)*\Z",
        r"\A(?:#compdef kpi\n)?# [^\n]*kpi completion (?:bash|zsh|fish|powershell)\b",
    )
)
_JSON = later(
    rb'\{\s*"schema"\s*:\s*"kpi\.(?:lint|monitor|evaluate|compare|extract|fix|review|rules|parse)/\d|'
    rb'\{\s*"\$schema"\s*:\s*"https://json-schema\.org/draft/2020-12/schema",\s*"title"\s*:\s*"kpi[ -]'
    rb'(?:[a-z]+ --format json|waivers\.yaml|\xe8\xa7\x84\xe5\x88\x99\xe9\x9b\x86\xe6\x96\x87\xe4\xbb\xb6)"|'
    rb'\{\s*"\$schema"\s*:\s*"[^"]*sarif[^"]*"[^{]*\{\s*"tool"\s*:\s*\{\s*"driver"\s*:\s*\{\s*"name"\s*:\s*"kpi"|'
    rb'\{"path":"(?:[^"\\]|\\.)*","reader":"|'
    rb'\{"rule":"[A-Z]{3}\d{3}","name":"|'
    rb'(?:\[\s*)?\{\s*"text"\s*:\s*"(?:[^"\\]|\\.)*",\s*"kind"\s*:\s*"[a-z]+",\s*"comparator"'
)


def made_by_kpi(data: bytes) -> bool:
    """Whether a file bears the mark of a report or of a copy with notes. False for what cannot be read."""
    if data.startswith(b"PK"):
        return _office(data)
    if data.startswith(b"%PDF"):
        return PRODUCER.encode("utf-16-be") in data
    return _plain(data)


def written_by_kpi(data: bytes) -> bool:
    """Whether a file is nothing but what some command of kpi wrote, so that the next result may take its place."""
    if data.startswith((b"PK", b"%PDF")) or b'<meta name="generator" content="' in data[:_HEAD]:
        return made_by_kpi(data)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return _JSON.match(head) is not None
    if b"\0" in head or len(data) > _LARGEST_RESULT:
        return False
    text = _decoded(data)
    if any(whole.match(text) for whole in _WHOLE) or _COPY_CLOSES.search(text):
        return True
    if not (_OPENS.match(text) and _CLOSES.search(text)):
        return False
    return _NOTHING_DONE.search(text) is not None or any(sign.search(text) for sign in _TEXT_SIGNS)


def _office(data: bytes) -> bool:
    mark = PRODUCER.encode()
    try:
        with ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                if _PARTS.fullmatch(name):
                    with package.open(name) as part:
                        if mark in part.read(_MOST_PART):
                            return True
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error, LZMAError):
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
