"""Where a result goes: the terminal in colours, a pipe or a file without."""

import contextlib
import errno
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from kpi.commands.errors import CommandError
from kpi.commands.filled import refuse_losing
from kpi.commands.replacing import refuse_replacing
from kpi.oserrors import explain_os_error
from kpi.reports.lines import Line, plain

__all__ = [
    "BINARY", "complain", "emit_bytes", "emit_lines", "emit_text", "explain_os_error", "form_of", "refuse_terminal",
    "speak_utf8", "tell", "write_file", "written",
]  # fmt: skip
# What the name of a file promises, where that is not the name of a format.
_ALIASES = {"": "text", "txt": "text", "text": "text", "log": "text", "htm": "html", "markdown": "md"}
_OFFICE = frozenset({"pdf", "doc", "docm", "wps", "rtf", "odt", "xls", "xlsm", "et", "ods", "docx", "xlsx"})
BINARY = frozenset({"xlsx", "docx"})  # formats that no terminal can show
# What to write in place of files of other programs.
_NEAREST = {
    "pdf": ("docx", "html"), "doc": ("docx",), "docm": ("docx",), "wps": ("docx",), "rtf": ("docx",), "odt": ("docx",),
    "xls": ("xlsx",), "xlsm": ("xlsx",), "et": ("xlsx",), "ods": ("xlsx",), "csv": ("xlsx",), "tsv": ("csv", "xlsx"),
    "mht": ("html",), "yaml": ("json",), "yml": ("json",),
}  # fmt: skip
# Formats whose suffix nothing else may have, and those that are another one's inside.
_TOLD_BY_NAME = frozenset({"html", "csv", "md", "json", "jsonl", "sarif", "xml"})
_WITHIN = {"sarif": "json", "junit": "xml"}
_NAMELESS = frozenset({"junit", "github"})  # formats that no suffix tells
_OWN = {"text": "txt", "junit": "xml", "github": "txt"}
_SUFFIX = re.compile(r"\.([0-9]*[a-z][0-9a-z]*)$")


def speak_utf8() -> None:
    """Chinese Windows consoles and pipes default to other encodings; half characters of damaged texts become "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def emit_lines(lines: Iterable[Line], output: str | None) -> None:
    """A report for people."""
    if output is None and sys.stdout.isatty():
        with _writing():
            _show(lines, sys.stdout)
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


def tell(lines: Iterable[Line]) -> None:
    """Beside a result that is no report on the screen, such as what a report in a file comes to: nobody must be left
    with "written" alone."""
    if sys.stderr is None:
        return
    with contextlib.suppress(BrokenPipeError):
        if sys.stderr.isatty():
            _show(lines, sys.stderr)
        else:
            print(plain(lines), end="", file=sys.stderr, flush=True)


def refuse_terminal(output: str | None, form: str) -> None:
    """Bytes of an office file would only garble a screen."""
    if output is None and sys.stdout.isatty():
        raise CommandError(f"{form} 是文件，屏幕上看不了，请加 --output 文件名.{form}。")


def complain(message: str) -> None:
    """One sentence on stderr."""
    with contextlib.suppress(BrokenPipeError):
        print(f"错误：{message}", file=sys.stderr, flush=True)


def form_of(output: str | None, asked: str | None, formats: Collection[str]) -> str:
    """The format asked for, else what the name of the output file says, else the plain one.

    Raises CommandError for a name that promises another kind of file than what would be in it, and for bytes that
    would only garble a screen. `formats`: what the command writes, its plain format being the first or "text"."""
    suffix = _suffix(output)
    told = _ALIASES.get(suffix, suffix)
    if asked is None and told != "text" and told not in formats:
        raise CommandError(_cannot(suffix, formats))
    form = asked or (told if told in formats else next(iter(formats)) if "text" not in formats else "text")
    promised = suffix in _OFFICE or told in _TOLD_BY_NAME or (form in BINARY and suffix != "")
    if asked and promised and told not in (form, _WITHIN.get(form)):
        own = _OWN.get(asked, asked)
        raise CommandError(
            f"--format {asked} 写出来的不是 .{suffix} 文件；请把 --output 的扩展名改成 .{own}，或者去掉 --format。"
        )
    if form in BINARY:
        refuse_terminal(output, form)
    return form


def _suffix(output: str | None) -> str:
    """In small letters, without its dot. A figure or Chinese words behind a dot are part of the name (第2.1稿)."""
    found = _SUFFIX.search(os.path.basename(output or "").lower())
    return found[1] if found and found.start() else ""


def _cannot(suffix: str, formats: Collection[str]) -> str:
    if suffix == "xml" and "junit" in formats:
        return ".xml 可以是好几种文件；要 JUnit XML 请加 --format junit。"
    nearest = [f".{one}" for one in _NEAREST.get(suffix, ()) if one in formats]
    known = [".txt" if one == "text" else f".{one}" for one in formats if one not in _NAMELESS]
    others = [one for one in dict.fromkeys((*([".txt"] if "text" in formats else []), *known)) if one not in nearest]
    if nearest:
        rest = f"（还能写 {'、'.join(others)}）" if others else ""
        return f"这个命令写不了 .{suffix} 文件；请把 --output 的扩展名改成 {' 或 '.join(nearest)}{rest}。"
    return f"这个命令写不了 .{suffix} 文件，能写的是 {'、'.join(others)}；请改 --output 的扩展名。"


def _show(lines: Iterable[Line], stream: TextIO) -> None:
    from rich.console import Console

    from kpi.reports.terminal import show

    show(lines, Console(file=stream))
    stream.flush()


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
    """A result as a file, and a word of where it went. Neither other people's files are lost, nor what they filled into
    one of kpi's."""
    refuse_replacing(path, content)
    refuse_losing(path, content)
    _make_room(path)
    write_file(path, content)
    with contextlib.suppress(BrokenPipeError):
        print(f"结果已写入 {path}", file=sys.stderr, flush=True)


def _make_room(path: Path) -> None:
    """The folder of a result, where there is none yet, as `kpi fix` and `--annotate` make it."""
    with contextlib.suppress(OSError):  # whoever writes says what is wrong with it
        path.parent.mkdir(parents=True, exist_ok=True)


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
