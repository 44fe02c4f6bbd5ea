"""Plain text as rows: cells separated by tabs or pipes or set in columns, every other line as one cell of its own."""

import re
from collections.abc import Iterator, Sequence

from kpi.lazyre import HAN, later
from kpi.model import Location, Unread
from kpi.readers.errors import LONGEST_LINE, MOST_LINES, ReadError, bounded
from kpi.readers.formats.textbars import broken_rows, ended_rows
from kpi.readers.formats.textcells import bars, whole_cells, whole_rows
from kpi.readers.formats.textcolumns import column_rows
from kpi.readers.formats.textshort import outer_rows, short_rows
from kpi.readers.grid import GridCell, Row, Source

_RULE = later(r"^[\s|:+=-]*-{2,}[\s|:+=-]*$")  # the line under a Markdown head
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
#: 绩????? 效????? 目: what a page had for blanks
_HOLES = later(rf"(?<={HAN})\?{{4,}}[ \u3000]*(?={HAN})")
_LEAST_HOLES = 3  # such holes in a page that has lost its blanks
_BREAK = later(r"<br\s?/?>")  # in a cell of a Markdown table
_BROKEN, _BAR = "\ue004", "\ue005"  # for such a break, and for a bar that parts no cells (A\\|B)
_MOST_CELLS = 512  # of one line; a form has less than thirty columns
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_SAMPLE = 1 << 16  # bytes that a guess at the encoding looks at
_MOSTLY = 0.9
_TORN = (
    (later(r"\d(?:年|月)?(?:底|[上中下]旬|日)\s*$"), later(r"前(?=\s|$)")),
    (
        later(r"(?:逐步|不断|持续|有所|明显|显著|进一步)\s*$"),
        later(r"(?:提高|提升|增加|增强|改善|减少|下降|降低|扩大)\s*$"),
    ),
)
_SURE = 0.6
# What a guess may come to: any bytes at all are Latin letters of some kind, and no form is written in those.
_GUESSES = later(r"utf|gb|big5|cp950|hz|iso-?2022-cn|euc-?tw", re.IGNORECASE)
_MOST_DAMAGE = 0.002  # of the characters; a file cut in the middle of one has a single one
_FEW_DAMAGED, _SHORT_FORM = 2, 100  # characters that may be damaged however short a form is, and of a text that is one
_DAMAGED = "有的字已损坏，认不出来，请对照原件核对。"
_UNKNOWN = "文字编码无法识别，请另存为 UTF-8 编码的文本后再检查。"
_LONG = "有一行超过 {limit} 万字，不像绩效目标表，请用原程序另存为 .docx 或 .xlsx 后再检查。"


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a text file. Raises ReadError."""
    text, encoding = decoded(data, path)
    return source(text, path, encoding)


def decoded(data: bytes, path: str) -> tuple[str, str]:
    """The text of a file and its encoding; ReadError where there is none, or more than a form ever holds."""
    try:
        text, encoding = decode(data)
    except UnicodeDecodeError as error:
        raise ReadError(path, _UNKNOWN) from error
    if text.count("\n") > MOST_LINES:
        raise ReadError(path, f"行数太多（超过 {MOST_LINES} 行），请只留绩效目标表再检查。")
    if len(text) > LONGEST_LINE and max(map(len, _lines(text))) > LONGEST_LINE:
        raise ReadError(path, _LONG.format(limit=LONGEST_LINE // 10_000))
    return text, encoding


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, as strict UTF-8, as strict GB18030, else by its statistics.

    Raises UnicodeDecodeError where it is none of those in use.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name), name
    if name := widest(data[:_SAMPLE]):
        return data.decode(name), name
    if wide(data[:_SAMPLE]):
        name = "utf-16-le" if data[1:_SAMPLE:2].count(0) > data[:_SAMPLE:2].count(0) else "utf-16-be"
        return data.decode(name), name
    for name in ("utf-8", "gb18030"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    return _guessed(data)


def widest(data: bytes) -> str:
    """UTF-32 without its mark: of each four bytes the one at the end (or the beginning) is zero, its neighbour nearly
    always; "" where that is not so."""
    size = len(data) // 4
    data = data[: 4 * size]
    if size > 1 and data[3::4].count(0) == size and data[2::4].count(0) > _MOSTLY * size:
        return "utf-32-le"
    if size > 1 and data[::4].count(0) == size and data[1::4].count(0) > _MOSTLY * size:
        return "utf-32-be"
    return ""


def wide(data: bytes) -> bool:
    """UTF-16 without its mark: letters, figures and line ends have a zero byte, nearly always on the same side."""
    even, odd = sorted((data[::2].count(0), data[1::2].count(0)))
    return odd > max(2, 3 * even) and b"\x00\x00\x00" not in data


def _guessed(data: bytes) -> tuple[str, str]:
    import chardet  # noqa: PLC0415 - its tables take a while, and few files need them

    found = chardet.detect(data[:_SAMPLE])
    guess, sure = found["encoding"] or "", found["confidence"] or 0
    name = guess.lower() if _GUESSES.match(guess) and sure >= _SURE else "utf-8"
    name = "gb18030" if name.startswith("gb") else name
    try:
        return data.decode(name), name
    except UnicodeDecodeError as error:
        for damaged in (name, "utf-8", "gb18030"):
            text = data.decode(damaged, "replace")
            few = _FEW_DAMAGED if len(text) >= _SHORT_FORM else 0
            if text.count("\ufffd") <= max(few, _MOST_DAMAGE * len(text)):
                return text, damaged
        raise error


def source(text: str, path: str, encoding: str | None = None) -> Source:
    """The rows of a text, in order."""
    rows = whole_rows(whole_cells(_rows(text)))
    return Source(path, "text", tuple(bounded(rows, path)), encoding, tuple(_damage(text)))


def _damage(text: str) -> Iterator[Unread]:
    if "\ufffd" in text:
        for number, line in enumerate(_lines(text), 1):
            if "\ufffd" in line:
                yield Unread(line.strip()[:80], Location(line=number, column=1 + line.index("\ufffd")), _DAMAGED)


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """The lines, each with the last character or word of a value that broke off at its end: 2027年11月底 / 前 …, 逐步 /
    增加. Only where blanks part the cells; what it was taken from stays a line, so that places remain what they are."""
    made = list(lines)
    for at, line in enumerate(made[:-1]):
        if " " not in line.strip() or "\t" in line or "|" in line:
            continue
        for end, rest in _TORN:
            if (found := rest.match(made[at + 1])) and end.search(line):
                more = made[at + 1][found.end() :].strip()
                made[at], made[at + 1] = f"{line.rstrip()}{found[0].strip()} {more}".rstrip(), ""
                break
    return made


def _rows(text: str) -> Iterator[Row]:
    if text.count("????") >= _LEAST_HOLES and len(_HOLES.findall(text)) >= _LEAST_HOLES:  # one may be a question
        text = _HOLES.sub(lambda hole: " " * len(hole[0]), text)
    text = _BREAK.sub(_BROKEN, text) if "<br" in text else text
    text = text.replace("\\|", _BAR) if "\\|" in text else text
    lines: Sequence[str] = bars(_lines(_CONTROL.sub(" ", text)))
    if "**" in text or "#" in text or "`" in text:
        from kpi.readers.formats.markdown import plain  # noqa: PLC0415 - few texts have its marks

        lines = plain(lines)
    if "&" in text or "\\" in text:
        from kpi.readers.formats.markdown import unescaped  # noqa: PLC0415 - few texts have such characters

        lines = unescaped(lines)
    lines = _whole_lines(lines)
    broken = _broken(lines) if any("|" in line for line in lines) else {}
    columns = column_rows(lines) if "三级" in text else {}
    grid, inside, blanks, done = -1, False, 0, 0
    for number, line in enumerate(lines, 1):
        if number <= done:
            continue
        if not line.strip():
            blanks += 1
            continue
        yield from _missing(blanks, number)
        blanks = 0
        if number in columns:
            grid += not inside
            inside = True
            if columns[number]:
                yield Row(columns[number], grid, Location(line=number, column=1))
            continue
        mark = "\t" if "\t" in line else "|" if "|" in line else ""
        if mark == "|" and _RULE.match(line):
            continue
        done = broken.get(number - 1, number)
        mark = "|" if done > number else mark
        if mark and not inside:
            grid += 1
        inside = bool(mark)
        cells = _whole(lines, number, done) if done > number else _cells(line, mark, number)
        yield Row(cells, grid if mark else None, Location(line=number, column=1))


def _broken(lines: Sequence[str]) -> dict[int, int]:
    """The first line of each row of bars that stands on several lines, and the one behind its last."""
    if outer := outer_rows(lines):
        return outer
    broken = ended_rows(lines) or broken_rows(lines)
    return {**short_rows(lines, broken), **broken}


def _whole(lines: Sequence[str], number: int, end: int) -> tuple[GridCell, ...]:
    """The cells of a row that stands on several lines; without a bar at its end a line goes on in the next one."""
    cells: list[GridCell] = []
    open_end = False
    for k in range(number, end + 1):
        line = lines[k - 1]
        if not line.strip():
            continue
        first, *more = _cells(line, "|" if "|" in line else "", k)
        if open_end and cells:
            text = "\n".join(part for part in (cells[-1].text, first.text) if part)
            cells[-1] = cells[-1]._replace(text=text)
        else:
            cells.append(first._replace(column=len(cells)))
        for cell in more:
            cells.append(cell._replace(column=len(cells)))
        open_end = not line.rstrip().endswith("|")
    return tuple(cells)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _missing(blanks: int, number: int) -> Iterator[Row]:
    """Where each cell is a line of its own between blank lines, further blank lines stand for empty cells."""
    for i in range(min((blanks - 1) // 2, 50)):
        place = Location(line=number - blanks + 2 * i + 1, column=1)
        yield Row((GridCell("", 0, place),), None, place)


def _cells(line: str, mark: str, number: int) -> tuple[GridCell, ...]:
    if not mark:
        return (GridCell(_plain(line.strip()), 0, Location(line=number, column=1 + len(line) - len(line.lstrip()))),)
    if mark == "|":
        line = line.rstrip().removesuffix("|")
    cells, at = [], 1
    for column, part in enumerate(line.split(mark, _MOST_CELLS)):
        text = part.strip()
        lead = part.index(text) if text and text is not part else 0
        cells.append(GridCell(_plain(text), column, Location(number, at + lead)))
        at += len(part) + 1
    return tuple(cells)


def _plain(text: str) -> str:
    """A cell's text with its own breaks and bars."""
    return text.replace(_BROKEN, "\n").replace(_BAR, "|") if _BROKEN in text or _BAR in text else text
