"""Which file a result may replace: one that kpi wrote itself, and no other. Whatever writes a file asks here."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from kpi.commands.errors import CommandError
from kpi.fixes.destination import same_file
from kpi.oserrors import explain_os_error
from kpi.ownfiles import made_by_kpi, written_by_kpi

_INPUT = "{option} 指向了要检查的文件“{path}”，会把它覆盖，请换一个文件名。"
_FOLDER = "写不了“{path}”：它是一个文件夹。请换一个位置或文件名。"
_THERE = (
    "“{path}”已经有了，看不出是 kpi 写的（可能是您的文件，或者改过的结果），没有覆盖；"
    "请换一个文件名，或者先把它移走。"
)
_LARGE = 1 << 30  # bytes; kpi writes no such file


def refuse_overwriting(output: str | None, inputs: Sequence[str], option: str = "--output") -> None:
    """Before anything is read. Raises CommandError where the result would replace a document that it is made from, or
    any other file that is not kpi's own."""
    if output is None:
        return
    path = Path(output)
    if any(one != "-" and not os.path.isdir(one) and same_file(one, output) for one in inputs):
        raise CommandError(_INPUT.format(option=option, path=output))
    if os.path.isdir(output):
        raise CommandError(_FOLDER.format(path=output))
    if not _regular(path):
        return
    data = _bytes(path)
    folders = [os.path.realpath(one) for one in inputs if one != "-" and os.path.isdir(one)]
    inside = any(Path(os.path.realpath(output)).is_relative_to(folder) for folder in folders)
    if inside and data and _read_again(data):
        raise CommandError(_INPUT.format(option=option, path=output))
    _refuse(path, data, None)


def refuse_replacing(path: Path, content: str | bytes | None = None) -> None:
    """Raises CommandError where a file lies there that kpi did not write, unless it holds just the `content`. Nothing
    is lost with an empty file, and a pipe or a device takes what comes."""
    if _regular(path):
        _refuse(path, _bytes(path), content.encode("utf-8", "replace") if isinstance(content, str) else content)


def _refuse(path: Path, data: bytes, content: bytes | None) -> None:
    if data and data != content and not written_by_kpi(data):
        raise CommandError(_THERE.format(path=path))


def _read_again(data: bytes) -> bool:
    """Whether kpi wrote it and would read it as a document all the same: what was extracted."""
    return written_by_kpi(data) and not made_by_kpi(data) and b'"kpi.extract/' in data


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False  # nothing there, or whoever writes says what is wrong


def _bytes(path: Path) -> bytes:
    """What lies there. Raises CommandError where nobody can tell what it is."""
    try:
        if path.stat().st_size > _LARGE:
            raise CommandError(_THERE.format(path=path))
        return path.read_bytes()
    except OSError as reason:
        raise CommandError(f"写不了“{path}”：{explain_os_error(reason)}。请换一个位置或文件名。") from reason
