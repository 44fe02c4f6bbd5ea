"""Where a result goes: the terminal in colours, a pipe or a file without."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from kpi.commands.errors import CommandError
from kpi.commands.filled import refuse_losing
from kpi.oserrors import explain_os_error
from kpi.reports.lines import Line, plain

__all__ = [
    "complain", "emit_bytes", "emit_lines", "emit_text", "explain_os_error", "refuse_overwriting", "refuse_suffix",
    "refuse_terminal", "speak_utf8", "write_file", "written",
]  # fmt: skip
# Names under which people expect a file of another program, and what kpi writes instead.
_NO_FORMATS = {
    ".pdf": ("docx", "html"), ".doc": ("docx",), ".docm": ("docx",), ".wps": ("docx",), ".rtf": ("docx",),
    ".odt": ("docx",), ".xls": ("xlsx",), ".xlsm": ("xlsx",), ".et": ("xlsx",), ".ods": ("xlsx",), ".csv": ("xlsx",),
    ".htm": ("html",), ".mht": ("html",), ".markdown": ("md",), ".xml": ("junit",), ".yaml": ("json",),
    ".yml": ("json",), ".docx": ("docx",), ".xlsx": ("xlsx",), ".html": ("html",), ".md": ("md", "txt"),
}  # fmt: skip
_OFFICE = frozenset({".pdf", ".doc", ".docm", ".wps", ".rtf", ".odt", ".xls", ".xlsm", ".et", ".ods", ".docx", ".xlsx"})


def speak_utf8() -> None:
    """Chinese Windows consoles and pipes default to other encodings; half characters of damaged texts become "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def emit_lines(lines: Iterable[Line], output: str | None) -> None:
    """A report for people."""
    if output is None and sys.stdout.isatty():
        _show(lines)
    else:
        emit_text(plain(lines), output)


def emit_text(text: str, output: str | None) -> None:
    """A finished text, the same in a pipe and in a file."""
    if output is not None:
        written(Path(output), text)
        return
    with _writing():
        sys.stdout.write(text)
        sys.stdout.flush()


def emit_bytes(data: bytes, output: str | None) -> None:
    """A finished file for a program, into a pipe or under its name."""
    if output is not None:
        written(Path(output), data)
        return
    with _writing():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def refuse_terminal(output: str | None, form: str) -> None:
    """Bytes of an office file would only garble a screen."""
    if output is None and sys.stdout.isatty():
        raise CommandError(f"{form} 是文件，屏幕上看不了，请加 --output 文件名.{form}。")


def complain(message: str) -> None:
    """One sentence on stderr."""
    with contextlib.suppress(BrokenPipeError):
        print(f"错误：{message}", file=sys.stderr, flush=True)


def refuse_overwriting(output: str | None, inputs: Sequence[str]) -> None:
    """A report must not replace a document that it reports on."""
    if output is None:
        return
    if any(path != "-" and _same_file(path, output) for path in inputs):
        raise CommandError(f"--output 指向了要检查的文件“{output}”，会把它覆盖，请换一个文件名。")


def _same_file(one: str, other: str) -> bool:
    """By whatever name: links of both kinds count."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return os.path.realpath(one) == os.path.realpath(other)


def refuse_suffix(output: str | None, form: str, asked: str | None, formats: Sequence[str]) -> None:
    """A name that promises another kind of file than what would be in it. `asked`: the format that was asked for."""
    suffix = Path(output or "").suffix.lower()
    if suffix not in _NO_FORMATS or suffix == f".{form}" or (asked and suffix not in _OFFICE):
        return
    if suffix.lstrip(".") in formats:
        raise CommandError(f"--format {asked} 写出来的不是 {suffix} 文件，请改 --output 的扩展名，或者去掉 --format。")
    instead = [one for one in _NO_FORMATS[suffix] if one in formats] or ["txt"]
    named = "、".join("txt" if one == "text" else one for one in instead)
    if instead == ["junit"]:
        raise CommandError(f"{suffix} 可以是好几种文件；要 JUnit XML 请加 --format junit。")
    raise CommandError(f"kpi 写不了 {suffix} 文件；请把 --output 的扩展名改成 {named}。")


def _show(lines: Iterable[Line]) -> None:
    from rich.console import Console

    from kpi.reports.terminal import show

    with _writing():
        show(lines, Console())
        sys.stdout.flush()


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Whoever read the output has gone (`| head`): that is no error. A full disk is one."""
    try:
        yield
    except BrokenPipeError:
        _stop_writing(sys.stdout)
    except OSError as reason:
        _stop_writing(sys.stdout)
        raise CommandError(f"结果没有写完：{explain_os_error(reason)}。请换一个地方输出，再运行一次。") from reason


def written(path: Path, content: str | bytes) -> None:
    """A result as a file, and a word of where it went. What people filled into the file before is not lost."""
    refuse_losing(path, content)
    write_file(path, content)
    with contextlib.suppress(BrokenPipeError):
        print(f"结果已写入 {path}", file=sys.stderr, flush=True)


def write_file(path: Path, content: str | bytes) -> None:
    """All of it or nothing: under a name of its own first, then renamed. Raises CommandError.

    A pipe or a device takes it as it comes. A link is followed, and the mode of what was there is kept."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        try:
            beside.write_bytes(data)
            if target.exists():
                if not os.access(target, os.W_OK):
                    raise PermissionError(errno.EACCES, "read-only")
                beside.chmod(target.stat().st_mode & 0o7777)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as reason:
        raise CommandError(f"写不了“{path}”：{explain_os_error(reason)}。请换一个位置或文件名。") from reason


def _stop_writing(stream: TextIO) -> None:
    """The exit must not try to write the rest again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
