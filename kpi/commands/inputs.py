"""What comes in from outside: arguments and standard input, whatever encoding they arrive in."""

import sys

from kpi.commands.errors import CommandError


def standard_input(what: str) -> bytes:
    """All of standard input; on a terminal with a word on how to end it."""
    if sys.stdin is None or sys.stdin.closed:
        raise CommandError(f"没有写{what}，也没有标准输入可读。")
    if sys.stdin.isatty():
        print(f"请输入{what}；结束按 Ctrl-D（Windows 按 Ctrl-Z 再回车）。", file=sys.stderr, flush=True)
    return sys.stdin.buffer.read()


def decode(data: bytes) -> str:
    """UTF-8, else GB18030 as older Windows programs write, else UTF-8 with marks for what is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def argument(text: str) -> str:
    """An argument as the user typed it: bytes that are no UTF-8 arrive as half characters."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return decode(text.encode("utf-8", "surrogateescape"))
        except UnicodeEncodeError:
            return text.encode("utf-8", "replace").decode("utf-8")
    return text


def lines(text: str) -> list[str]:
    """Split at line ends only: other separators belong to the text. A last line end starts no further line."""
    parts = text.split("\n")
    if parts[-1] == "":
        parts.pop()
    return [part.removesuffix("\r") for part in parts]
