"""argparse in Chinese: help, usage and errors, and the options that the commands share."""

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any, NamedTuple, NoReturn
from unicodedata import normalize

from kpi.commands.errors import CommandError, did_you_mean
from kpi.commands.output import emit_text
from kpi.lazyre import later
from kpi.reports.width import left, width

FORMATS = ("text", "json", "jsonl")
FAIL_ON = ("error", "warning", "info", "never")
_COLUMNS = 26
_TOLD = "_told"  # among what was found, while it is being found: the options that have had their value
_GUARD = "\0"  # no argument of a process can hold it
_DATES = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
_MINUS = later(r"-\.?\d")
_DASH = later("[—–―－]{1,2}(?P<name>[a-z][a-z-]*)(?:=.*)?")  # as an input method for Chinese writes --
_SEPARATORS = later(r"[,，、;；\s]+")

# argparse words its own errors in English; the first pattern that fits gives the sentence.
_SENTENCES = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"argument (?P<what>[^:]+): expected one argument", "{what} 后面要写一个值"),
        (r"argument (?P<what>[^:]+): expected at least one argument", "{what} 至少要写一个"),
        (r"argument (?P<what>[^:]+): ignored explicit argument (?P<value>.+)", "{what} 后面不能带值，请去掉 {value}"),
        (r"argument (?P<what>[^:]+): (?P<value>.+)", "{what}：{value}"),
        (r"the following arguments are required: (?P<missing>.+)", "缺少{missing}"),
        (r"unrecognized arguments: (?P<what>.+)", "不认识 {what}"),
    )
)


class _Once(argparse._StoreAction):
    """A value that is told once: of two rulesets or two files the first would be passed over without a word."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *said: Any) -> None:  # noqa: ANN401
        told = namespace.__dict__.setdefault(_TOLD, set())
        if self.option_strings and self.dest in told:
            raise argparse.ArgumentError(self, "写了不止一次，只能写一次，请留下要用的那一个")
        told.add(self.dest)
        super().__call__(parser, namespace, *said)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and raises CommandError instead of leaving the program."""

    def __init__(self, prog: str, usage: str, description: str, examples: Sequence[str]) -> None:
        super().__init__(prog=prog, add_help=False, allow_abbrev=False)
        self._usage, self._about, self._examples = usage, description, examples
        self._rows: dict[str, list[tuple[str, str]]] = {"参数": [], "选项": []}
        self._flags: list[str] = []
        # "-5%" is a value and no option: more than the plain numbers that argparse lets through.
        self._negative_number_matcher = _MINUS
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def argument(self, name: str, shown: str, text: str, **settings: Any) -> None:  # argparse's own keywords  # noqa: ANN401
        self._rows["参数"].append((shown, text))
        self.add_argument(name, metavar=shown.rstrip("…"), **settings)

    def option(self, *flags: str, text: str, shown: str = "", **settings: Any) -> None:  # noqa: ANN401
        self._rows["选项"].append((f"{', '.join(flags)} {shown}".rstrip(), text))
        self._flags += flags
        self.add_argument(*flags, **settings).help = text

    def parse_args(self, args: Sequence[str], namespace: None = None) -> argparse.Namespace:  # type: ignore[override]
        """An option that is not known is told first: argparse would rather miss an argument."""
        for word in takewhile("--".__ne__, args):
            if (dashed := _DASH.fullmatch(word)) and (flag := f"--{dashed['name']}") in self._flags:
                self.error(f"“{word}”开头是中文的破折号，应写成两个减号：{flag}")
            flag = word.partition("=")[0] if word.startswith("--") else word[:2]
            if flag.startswith("-") and flag not in ("-", *self._flags) and not _MINUS.match(word):
                self.error(f"unrecognized arguments: {word}")
        # argparse takes every "--" for the end of the options, and where positionals stand last also looks for options
        # behind it: after the first one every word is a file or what a cell may hold, whatever it begins with.
        words = list(args)
        end = words.index("--") + 1 if "--" in words else len(words)
        guarded = (f"{_GUARD}{word}" if word.startswith("-") else word for word in words[end:])
        found = self.parse_intermixed_args([*words[:end], *guarded])
        vars(found).pop(_TOLD, None)
        for name, value in vars(found).items():
            setattr(found, name, _unguarded(value))
        return found

    @property
    def taken(self) -> Sequence[argparse.Action]:
        """Every argument and option, for whoever has to list them."""
        return self._actions

    def print_help(self, file: object = None) -> None:
        emit_text(self.format_help(), None)

    def format_usage(self) -> str:
        return f"用法：{self._usage}\n"

    def format_help(self) -> str:
        parts = [self.format_usage(), self._about + "\n"]
        for head, rows in self._rows.items():
            if rows:
                parts.append(f"{head}：\n" + "".join(_row(*row) for row in rows))
        parts.append("例：\n" + "".join(f"  {example}\n" for example in self._examples))
        return "\n".join(parts)

    def error(self, message: str) -> NoReturn:
        sentence = self._sentence(message.replace(_GUARD, ""))
        end = "" if sentence.endswith("？") else "。"
        raise CommandError(f"{sentence}{end}用 {self.prog} --help 看用法。")

    def _sentence(self, message: str) -> str:
        for pattern, sentence in _SENTENCES:
            if found := pattern.fullmatch(message):
                said = found.groupdict()
                missing = said.get("missing", "").replace(", ", "、")
                said["missing"] = f" {missing}" if missing.startswith("-") else missing
                return sentence.format(**said).rstrip("。") + self._nearest(message)
        return message if message.startswith("“") else f"命令写法不对（{message}）"

    def _nearest(self, message: str) -> str:
        if not message.startswith("unrecognized"):
            return ""
        word = next(iter(message.partition(": ")[2].split()), "")
        if not word.startswith("-"):
            return ""
        near = did_you_mean(word.partition("=")[0], self._flags)
        return f"，{near}" if near else "" if word.startswith("--") else "；值以“-”开头时，请在前面写 --"


def _unguarded(value: object) -> object:
    if isinstance(value, list):
        return [_unguarded(one) for one in value]
    return value[1:] if isinstance(value, str) and value.startswith(f"{_GUARD}-") else value


def _row(shown: str, text: str) -> str:
    if width(shown) > _COLUMNS - 2:
        return f"  {shown}\n  {' ' * _COLUMNS}{text}\n"
    return f"  {left(shown, _COLUMNS)}{text}\n"


class OneOf(NamedTuple):
    """A type for argparse: one of the known words, else an error that names them."""

    known: Sequence[str]

    def __call__(self, word: str) -> str:
        if word not in self.known:
            raise argparse.ArgumentTypeError(f"没有“{word}”这一种，可以写 {'、'.join(self.known)}")
        return word


one_of = OneOf


def year(word: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", word, re.ASCII):
        raise argparse.ArgumentTypeError(f"“{word}”不是年份，请写四位数字，如 2026")
    return int(word)


def words(texts: Sequence[str] | None) -> tuple[str, ...]:
    """ "REQ,VAL001" and repeated options as one tuple; letters may be as wide as a Chinese keyboard makes them."""
    return tuple(word for text in texts or () for word in _SEPARATORS.split(normalize("NFKC", text)) if word)


def add_output(parser: Parser, formats: Sequence[str] = FORMATS) -> None:
    text = f"输出格式：{'、'.join(formats)}（不写时看 -o 的后缀）"
    parser.option("--format", shown="格式", text=text, type=one_of(formats), metavar="格式")
    parser.option("-o", "--output", shown="文件", text="写入文件，不显示在屏幕上", metavar="文件")


def add_ruleset(parser: Parser) -> None:
    text = "规则集的名称或文件（不写时用文件旁边的 kpi-rules.yaml，没有就用 national；写 national 就不理会旁边的）"
    parser.option("--ruleset", shown="规则集", text=text, metavar="规则集")


def add_selection(parser: Parser) -> None:
    text = "只用这些规则：代码、类别或英文名，逗号分隔，如 REQ,VAL001"
    parser.option("--select", shown="规则", text=text, action="append", metavar="规则")
    parser.option("--ignore", shown="规则", text="不用这些规则，写法同上", action="append", metavar="规则")


def add_fail_on(parser: Parser) -> None:
    text = "到哪一级算不通过（退出状态 1）：error、warning、info、never（不写时为 error）"
    parser.option("--fail-on", shown="级别", text=text, type=one_of(FAIL_ON), default="error", metavar="级别")


def add_no_waivers(parser: Parser) -> None:
    parser.option("--no-waivers", text="不理会 kpi-waivers.yaml 里的豁免", action="store_true")


def day(word: str) -> date:
    """A day, however clerks write it."""
    for form in _DATES:
        try:
            return datetime.strptime(word.strip(), form).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"“{word}”不是日期，请写年月日，如 2026-07-31")


def add_year(parser: Parser, text: str) -> None:
    parser.option("--year", shown="年份", text=text, type=year, metavar="年份")


def add_help(parser: Parser) -> None:
    parser.option("-h", "--help", text="显示这份说明", action="help")
