"""Formats that only an office program can read (.doc, .wps, .rtf, .odt …): by LibreOffice, where it is installed.

One conversion at a time on the whole machine, each with a profile of its own that runs no macros and follows no links,
in a folder that is gone afterwards. What got lost on the way is told.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from kpi.model import Location, Unread
from kpi.readers.errors import LARGEST_FILE, ReadError
from kpi.readers.formats.lock import Busy, alone
from kpi.readers.formats.losses import lost
from kpi.readers.formats.sniff import real_kind, spaced, told_apart
from kpi.readers.grid import Source

TIME_LIMIT = 90  # seconds that one conversion may take
PATIENCE = 900  # seconds to wait for other conversions on this machine
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_SHEETS = frozenset({"xls", "xlsb", "sheet-xml"})
_SUFFIX = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt", "xls": ".xls", "xlsb": ".xlsb"}
_WHAT = {
    "doc": "旧版 Word 文件（.doc）", "rtf": "RTF 文件", "odt": "ODT 文件", "xls": "旧版 Excel 表格（.xls）",
    "xlsb": "二进制 Excel 表格（.xlsb）", "sheet-xml": "XML 格式的 Excel 表格", "text-xml": "XML 格式的 Word 文件",
}  # fmt: skip
_WPS = {".wps": "WPS 文字文件", ".et": "WPS 表格文件"}
_HARDENED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{name}" oor:op="fuse">'
        "<value>true</value></prop></item>"
        for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent")
    )
    + "</oor:items>\n"
)


@dataclass(frozen=True, slots=True)
class _Job:
    """One conversion: the office program, the bytes, what they are, what they are to become, whose they are."""

    program: str
    data: bytes
    kind: str
    target: str
    path: str


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a document that only an office program can read. Raises ReadError."""
    kind = _kind(data)
    program = find()
    if program is None:
        raise ReadError(path, f"{_told(kind, path)}，这台电脑没有装 LibreOffice，不能转换，请{_advice(kind)}。")
    target = "xlsx" if kind in _SHEETS else "docx"
    made = _converted(_Job(program, data, kind, target, path))
    source: Source = _reader(target).read_rows(made, path)
    notes = (*source.notes, *lost(data, kind, source.rows), *renamed(data, path))
    return source._replace(reader=_SUFFIX.get(kind, ".xml").lstrip("."), notes=notes)


def find() -> str | None:
    """The office program: on the path, or where it is usually installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _kind(data: bytes) -> str:
    kind = real_kind(data)
    return kind if kind in _WHAT else "doc"


def _told(kind: str, path: str) -> str:
    named = _WPS.get(Path(path).suffix.lower())
    return f"这是{spaced(named or _WHAT[kind])}"


def _advice(kind: str) -> str:
    return "在 Excel 或 WPS 里另存为 .xlsx 后再检查" if kind in _SHEETS else "在 Word 或 WPS 里另存为 .docx 后再检查"


def _reader(target: str) -> ModuleType:
    return import_module(f"kpi.readers.formats.{'sheets' if target == 'xlsx' else 'docx'}")


def renamed(data: bytes, path: str) -> tuple[Unread, ...]:
    """A word on a name that says something else; the file could be read all the same."""
    suffix = Path(path).suffix.lower()
    real = told_apart(data, suffix)
    reason = f"文件名的后缀是 {suffix}，内容实际是{real}，已按实际内容读入；报送前请另存为真正的 {suffix} 文件。"
    return (Unread(Path(path).name, Location(), reason),) if real else ()


def _converted(job: _Job) -> bytes:
    kind, path = job.kind, job.path
    try:
        with alone(PATIENCE), tempfile.TemporaryDirectory(prefix="kpi-", ignore_cleanup_errors=True) as folder:
            return _run(job, Path(folder))
    except Busy as error:
        raise ReadError(path, "LibreOffice 一直被别的检查占用，没能转换，请稍后再试。") from error
    except OSError as error:
        raise ReadError(path, f"{_told(kind, path)}，没能启动 LibreOffice 转换，请{_advice(kind)}。") from error


def _run(job: _Job, folder: Path) -> bytes:
    kind, target = job.kind, job.target
    profile, given = folder / "profile", folder / f"form{_SUFFIX.get(kind, '.xml')}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_HARDENED, encoding="utf-8")
    given.write_bytes(job.data)
    name = "Calc MS Excel 2007 XML" if target == "xlsx" else "MS Word 2007 XML"
    command = [
        job.program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nodefault",
        "--nolockcheck", "--convert-to", f"{target}:{name}", "--outdir", str(folder / "made"), str(given),
    ]  # fmt: skip
    if not _finishes(command, folder):
        raise ReadError(job.path, f"转换用了 {TIME_LIMIT} 秒还没有完成，请{_advice(kind)}。")
    made = folder / "made" / f"form.{target}"
    if not made.is_file():
        raise ReadError(job.path, f"{_told(kind, job.path)}，但打不开，可能已损坏或加了密码，请{_advice(kind)}。")
    with made.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _finishes(command: list[str], folder: Path) -> bool:
    """Run the office program with everything it starts; False where the time is up."""
    settings = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=settings, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(TIME_LIMIT)
        except BaseException as error:  # also an interrupt: the office program must not outlive its folder
            _stop(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            return False
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and its children: soffice is a script that starts the real one."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
