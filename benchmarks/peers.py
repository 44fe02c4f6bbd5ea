"""kpi beside other readers of quantities, on the hand-worked cases of cases.yaml: share right and time.

The peers read numbers, money or dates, not conditions. So each gets a small frame around it (`framed`) that takes the
comparison sign off and puts it back as an interval; what is compared is how much of the language each then covers.
数字对: the numbers or dates alone are right (none where the text states none). 全读对: the whole notation is.
"""

import contextlib
import importlib
import logging
import re
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from measure import finish, table

from kpi.values import Value, parse

Reader = Callable[[str], str]
CASES = Path(__file__).with_name("cases.yaml")
SILENT = {"qualitative", "reference", "text", "compound", "malformed", "empty"}
NO_FIGURE = "text"

PREFIXES = {
    "[,": r">=|≥|不低于|不少于|至少|大于等于|达到",
    "(,": r">|超过|大于|高于",
    ",]": r"<=|≤|不高于|不超过|小于等于",
    ",)": r"<|低于|小于|少于",
    "x": r"=|约|近",
}
SUFFIXES = {"[,": r"以上", ",]": r"以下|以内|内|前"}


@dataclass(frozen=True)
class Case:
    text: str
    reading: str


def cases() -> list[Case]:
    groups = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return [Case(text, reading) for group in groups.values() for text, reading in group]


def notation(value: Value) -> str:
    """A kpi reading in the notation of cases.yaml."""
    if value.kind == "date" and value.date:
        start, end = value.date.start, value.date.end
        return f"date {start or ''}..{end or ''}"
    if value.kind != "quantity":
        return value.kind
    low = ("[" if value.lower.inclusive else "(") + plain(value.lower.value) if value.lower else "("
    high = plain(value.upper.value) + ("]" if value.upper.inclusive else ")") if value.upper else ")"
    return " ".join(filter(None, [f"{low},{high}", "~" if value.approximate else "", value.unit or ""]))


def plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def figures(reading: str) -> frozenset[str]:
    """The numbers or dates that a reading states, without direction or unit."""
    if reading.split(" ")[0] in SILENT:
        return frozenset()
    if reading.startswith("date "):
        return frozenset(filter(None, reading[5:].split("..")))
    return frozenset(re.findall(r"\d+(?:\.\d+)?", reading.split(" ")[0]))


def framed(body_reader: Callable[[str], tuple[list[Decimal], str] | str]) -> Reader:
    """Give a peer the text without its sign and make a notation of what it returns: (numbers, unit) or "date …"."""

    def read(text: str) -> str:
        sign, body = _split(text)
        got = body_reader(body)
        if isinstance(got, str):
            return got
        numbers, unit = got
        if not numbers:
            return NO_FIGURE
        low, high = plain(min(numbers)), plain(max(numbers))
        spans = {"[,": f"[{low},)", "(,": f"({low},)", ",]": f"(,{high}]", ",)": f"(,{high})"}
        return f"{spans.get(sign, f'[{low},{high}]')} {unit}".strip()

    return read


def _split(text: str) -> tuple[str, str]:
    for sign, words in PREFIXES.items():
        if found := re.match(words, text):
            return sign, text[found.end() :]
    for sign, words in SUFFIXES.items():
        if found := re.search(f"(?:{words})$", text):
            return sign, text[: found.start()]
    return "", text


def jionlp() -> Reader:
    """JioNLP's parse_money and parse_time, the first that answers."""
    module = _quietly("jionlp")

    def read(body: str) -> tuple[list[Decimal], str] | str:
        with contextlib.suppress(Exception):  # it raises ValueError, TypeError and KeyError alike for "not mine"
            money = module.parse_money(body)
            numbers = money["num"] if isinstance(money["num"], list) else [money["num"]]
            return [Decimal(number) for number in numbers], money["case"]
        with contextlib.suppress(Exception):
            return _jionlp_time(module.parse_time(body))
        return NO_FIGURE

    return framed(read)


def _jionlp_time(answer: dict[str, Any]) -> tuple[list[Decimal], str] | str:
    if answer["type"] == "time_delta":
        names = {"workday": "工作日", "day": "天", "hour": "小时", "minute": "分钟", "month": "月", "year": "年"}
        delta = answer["time"] if isinstance(answer["time"], list) else [answer["time"]]
        unit = next(iter(delta[0]))
        return [Decimal(str(one[unit])) for one in delta], names.get(unit, unit)
    start, end = (str(moment)[:10] for moment in answer["time"])
    return f"date {'' if 'inf' in start else start}..{'' if 'inf' in end else end}"


def quantulum3() -> Reader:
    """quantulum3 knows English and the signs of units."""
    parser = _quietly("quantulum3.parser")
    names = {"percentage": "%", "kilometre": "公里", "metre": "米", "square metre": "平方米", "dimensionless": ""}

    def read(body: str) -> tuple[list[Decimal], str] | str:
        found = parser.parse(body)
        if not found:
            return NO_FIGURE
        return [Decimal(str(one.value)) for one in found], names.get(found[0].unit.name, found[0].unit.name)

    return framed(read)


def cn2an() -> Reader:
    """cn2an turns Chinese numerals into figures; a regex finds the numeral, its magnitude and the unit after it."""
    module = _quietly("cn2an")
    pattern = re.compile(r"([\d,，.]+|[零一二两三四五六七八九十百千]+)([万亿]?)([^\d\-~至]*)")

    def read(body: str) -> tuple[list[Decimal], str] | str:
        numbers, unit = [], ""
        for numeral, magnitude, rest in pattern.findall(body):
            try:
                figure = Decimal(str(module.cn2an(numeral.replace(",", "").replace("，", ""), "smart")))
            except (ValueError, InvalidOperation):
                return NO_FIGURE
            numbers.append(figure * {"万": 10**4, "亿": 10**8}.get(magnitude, 1))
            unit = rest
        return numbers, unit

    return framed(read)


def _quietly(name: str) -> Any:
    with warnings.catch_warnings(), contextlib.redirect_stdout(None):
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def measured(reader: Reader, asked: list[Case]) -> tuple[int, int, float]:
    """(figures right, readings right, seconds) over all cases, each read once and for the first time."""
    for case in asked:  # what a tool loads on first use is not the reading
        _answer(reader, re.sub(r"\d+", lambda found: str(int(found[0]) + 1), case.text))
    answers, seconds = [], 0.0
    for case in asked:
        start = time.perf_counter()
        answer = _answer(reader, case.text)
        seconds += time.perf_counter() - start
        answers.append(answer)
    numbers = sum(figures(got) == figures(case.reading) for got, case in zip(answers, asked, strict=True))
    return numbers, sum(got == case.reading for got, case in zip(answers, asked, strict=True)), seconds


def _answer(reader: Reader, text: str) -> str:
    try:
        return reader(text)
    except Exception as error:  # a peer that breaks on a text has not read it
        return f"malformed {type(error).__name__}"


def main() -> None:
    logging.disable()  # JioNLP logs a traceback for every text that is no time
    asked = cases()
    ours = measured(lambda text: notation(parse(text)), asked)
    rows = [("工具", "数字对", "全读对", "用时（kpi 为 1）"), _row("kpi", ours, ours, len(asked))]
    skipped = []
    for name, build in (("JioNLP", jionlp), ("quantulum3", quantulum3), ("cn2an + 正则", cn2an)):
        try:
            rows.append(_row(name, measured(build(), asked), ours, len(asked)))
        except ImportError as error:
            skipped.append(f"跳过 {name}：没有装上（{error}）；可用 pip install 装后再测")
    table(rows)
    print(*skipped, sep="\n", end="\n" if skipped else "")
    for case in asked:
        if (got := notation(parse(case.text))) != case.reading:
            print(f"kpi 读错：{case.text} 应为 {case.reading}，读成 {got}")
    kept = ours[1] >= 0.95 * len(asked)
    print(f"{'达标' if kept else '未达标'}：kpi 全读对 {ours[1]}/{len(asked)}，应不少于 95 %")
    finish([kept])


def _row(name: str, got: tuple[int, int, float], ours: tuple[int, int, float], total: int) -> tuple[str, ...]:
    return name, f"{got[0] / total:.1%}", f"{got[1] / total:.1%}", f"{got[2] / ours[2]:.2f}"


if __name__ == "__main__":
    main()
