"""From the rules of `grammar/value.lark` to intervals and dates. Methods bear the names of the rules."""

from itertools import takewhile
from typing import Any

from lark import Token, Transformer

from kpi.values import dates, interval, numerals
from kpi.values.dates import Moment
from kpi.values.interval import Amount, Interval, Measure, Number, Rejected
from kpi.values.units import table, unknown
from kpi.values.value import Comparator, Spelling

#: What a rule yields: a token, or one of the tuples of `interval` and `dates`.
Node = Any
_SIGNS: dict[str, Comparator] = {"GE": ">=", "GT": ">", "LE": "<=", "LT": "<", "EQ": "="}
_ABOVE = ("上", "外", "多", "≥", "不低于")
_IN_FIGURES = frozenset("0123456789一二两三四五六七八九十")
_PERCENT_PARTS = {"百分之": 1, "千分之": 10, "万分之": 100}


def _fraction(token: Token) -> Number:
    """百分之九十五, 三分之二, 2/3, 一半, 九成五, 八五折: all in per cent."""
    text, offset = str(token), int(token.start_pos or 0)
    code = "percent-word" if text[:3] in _PERCENT_PARTS else "fraction-ratio"
    percent = Measure(table().spelled["%"].unit, "%", offset)
    if text in ("一半", "半数"):
        value = numerals.number("50")
    elif text[-1] == "折":
        value = numerals.chinese(text[:-1])
    elif least := numerals.about(text.removesuffix("成")):  # 七八成
        return Number(numerals.chinese(least) * 10, offset, None, True, (Spelling(code, offset, text),), percent)
    elif text[1] == "成":
        value = numerals.chinese(text[0]) * 10 + (5 if text[2] == "半" else numerals.chinese(text[2]))
    else:
        below, above = text.split("分之") if "分之" in text else reversed(text.split("/"))
        if numerals.number(below) == 0:
            raise Rejected("zero-denominator", offset, "分母是 0；这里应是大于 0 的数")
        value = numerals.quotient(numerals.number(above) * 100, numerals.number(below))
    return Number(value, offset, None, False, (Spelling(code, offset, text),), percent)


def _chinese(token: Token) -> Number:
    text, offset = str(token), int(token.start_pos or 0)
    if text in ("百分百", "百分之百"):
        percent = Measure(table().spelled["%"].unit, "%", offset)
        return Number(numerals.number("100"), offset, None, False, (Spelling("percent-word", offset, text),), percent)
    magnitude = text[-1] if text[-1] in "百千万亿" and len(text) > 1 else None
    note = Spelling("chinese-numeral", offset, text)
    least = numerals.about(text)
    return Number(numerals.chinese(least or text), offset, magnitude, least is not None, (note,))


def _number(child: Node) -> Number:
    if not isinstance(child, Token):
        return child  # type: ignore[no-any-return]
    if child.type == "NUMBER":
        return Number(numerals.digits(child), child.start_pos or 0)
    if child.type == "MIXED":
        last = child[-1] if child[-1] in "百千万亿" else None
        return Number(numerals.mixed(child), child.start_pos or 0, last)
    return _fraction(child) if child.type == "FRACTION" else _chinese(child)


def _measure(child: Node) -> Measure:
    if not isinstance(child, Token):
        return child  # type: ignore[no-any-return]
    offset = int(child.start_pos or 0)
    if child.type == "ODD_UNIT":
        return Measure(unknown(str(child)), str(child), offset)
    return interval.measure(str(child), offset)


def _interval(child: Node) -> Interval:
    return interval.point(child) if isinstance(child, Amount) else child


class Reader(Transformer[Token, Any]):
    """Called by the parser as each rule is complete."""

    # ── figures and units
    def more(self, children: list[Any]) -> Number:
        return _number(children[0])._replace(approximate=True)

    def scaled(self, children: list[Any]) -> Number:
        number, name = _number(children[0]), str(children[1])
        value = numerals.times(number.value, numerals.magnitude(name))
        return number._replace(value=value, magnitude=name, approximate=number.approximate or len(children) > 2)

    def scaled_more(self, children: list[Any]) -> Number:
        """三十多万: MORE stands before the magnitude."""
        return self.scaled([children[0], children[2]])._replace(approximate=True)

    def scaled_twice(self, children: list[Any]) -> Number:
        """2百余万: MORE stands between two magnitudes."""
        whole = Token("MAGNITUDE", f"{children[1]}{children[3]}")
        return self.scaled([children[0], whole])._replace(approximate=True)

    def amount(self, children: list[Any]) -> Amount:
        return interval.amount(_number(children[0]), _measure(children[1]) if len(children) > 1 else None)

    def halved(self, children: list[Any]) -> Amount:
        """一年半, 3个半月: half of the unit more."""
        written, offset = str(children[0]), int(children[0].start_pos or 0)
        figure = "".join(takewhile(_IN_FIGURES.__contains__, written))
        value = numerals.number(figure) if figure.isdecimal() else numerals.chinese(figure)
        unit = written[len(figure) :].replace("个半", "").replace("半", "")
        note = Spelling("chinese-numeral", offset, written)
        number = Number(value + numerals.number("0.5"), offset, None, False, (note,))
        return interval.amount(number, interval.measure(unit, offset))

    def money(self, children: list[Any]) -> Amount:
        """￥5000, 人民币30万元: the mark says 元 where no unit does."""
        mark, number = children[0], _number(children[1])
        name = "美元" if "$" in mark else "元"
        unit = _measure(children[2]) if len(children) > 2 else interval.measure(name, int(mark.start_pos or 0))
        return interval.amount(number, unit)

    def of_noun(self, children: list[Any]) -> Measure:
        unit = _measure(children[0])
        if unit.unit.dimension != "count" or unit.text == "级":
            raise Rejected("prose", children[1].start_pos)
        written = f"{unit.text}数"
        if str(children[1]) != "数":
            return unit
        return unit._replace(notes=(*unit.notes, Spelling("unit-spelling", unit.offset, written)))  # 9间数

    def odd(self, children: list[Any]) -> Measure:
        unit = _measure(children[0])
        return unit if len(children) == 1 else self.compound([unit, children[1]])

    def several(self, children: list[Any]) -> Measure:
        first = children[0]
        text = (first.text if isinstance(first, Measure) else str(first)) + "".join(map(str, children[1:]))
        offset = first.offset if isinstance(first, Measure) else int(first.start_pos or 0)
        return Measure(unknown(text), text, offset)

    def compound(self, children: list[Any]) -> Measure:
        text, below = children[-1]
        if len(children) == 1:
            return interval.per(None, below, text, below[0].offset - 1)
        above = _measure(children[0])
        return interval.per(above, below, above.text + text, above.offset)

    def product(self, children: list[Any]) -> Measure:
        """人·天 is 人天; metres times minutes are left as written."""
        first, dot, last = children
        text, written = f"{first}{last}", f"{first}{dot}{last}"
        offset = int(first.start_pos or 0)
        if text not in table().spelled:
            return Measure(unknown(written), written, offset)
        one = interval.measure(text, offset)
        return one._replace(text=written, notes=(Spelling("unit-spelling", offset, written),))

    def per(self, children: list[Any]) -> tuple[str, list[Measure]]:
        text, below = children[1]
        return f"/{text}", below

    def each(self, children: list[Any]) -> tuple[str, list[Measure]]:
        if isinstance(children[0], Token) and children[0].type == "AVERAGE":
            word = str(children[0])
            return word, [interval.measure(word[0], int(children[0].start_pos or 0))]
        text, below = children[0] if len(children) > 2 else ("", [])
        told, last = (children[-1].text, [children[-1]]) if isinstance(children[-1], Measure) else children[-1]
        return f"{text}{children[-2]}{told}", [*below, *last]

    def denominators(self, children: list[Any]) -> tuple[str, list[Measure]]:
        if len(children) == 1:
            return (children[0].text, [children[0]]) if isinstance(children[0], Measure) else children[0]
        text, below = children[0]
        last = _measure(children[-1])
        return text + "".join(map(str, children[1:-1])) + last.text, [*below, last]

    def denominator(self, children: list[Any]) -> Measure:
        unit = _measure(children[-1])
        return unit if len(children) == 1 else self._so_many([str(children[0])], unit, str(children[0]))

    def counted(self, children: list[Any]) -> Measure | tuple[str, list[Measure]]:
        figure, unit = _number(children[0]).value, _measure(children[-1])
        if figure <= 0:
            raise Rejected("zero-denominator", children[0].start_pos, "分母应是大于 0 的数")
        if figure == 1 and len(children) == 2:
            return f"{children[0]}{unit.text}", [unit]  # as written: the places of what is told count on it
        words = list(map(str, children[:-1]))
        return self._so_many([numerals.plain(figure), *words[1:]], unit, "".join(words))

    @staticmethod
    def _so_many(words: list[str], one: Measure, written: str) -> Measure:
        """万人, 100平方米: a unit of its own, which converts to none. Its text stays as it was written."""
        unit = "".join(words) + one.unit.canonical
        return one._replace(unit=one.unit.__class__(unit, one.unit.dimension, unit), text=written + one.text)

    # ── intervals
    def range(self, children: list[Any]) -> Interval:
        held = len(children) == 3 or not children[1].startswith("(不")
        return interval.between(children[0], children[-1], (held, True))

    def tolerance(self, children: list[Any]) -> Interval:
        return interval.tolerance(children[0] if len(children) == 3 else None, children[-1])

    def span_of(self, children: list[Any]) -> Interval:
        """(70,85]分: a square bracket holds its end in."""
        written, offset = str(children[0]), int(children[0].start_pos or 0)
        unit = _measure(children[1]) if len(children) > 1 else None
        low, high = (
            interval.amount(Number(numerals.number(figure), offset), unit) for figure in written[1:-1].split(",")
        )
        return interval.between(low, high, (written[0] == "[", written[-1] == "]"))

    def ratio(self, children: list[Any]) -> Interval:
        token = children[0]
        left, right = (numerals.digits(part) for part in str(token).replace("比", ":").split(":"))
        if right == 0:
            raise Rejected("zero-denominator", token.end_pos - 1, "比的后项是 0；这里应是大于 0 的数")
        unit = None
        one = interval.point(interval.amount(Number(numerals.quotient(left, right), token.start_pos), unit))
        return one._replace(dimension="ratio")

    def frequency(self, children: list[Any]) -> Interval:
        return interval.frequency(children[0], children[1])

    def each_amount(self, children: list[Any]) -> Interval:
        return self._spread(children[0], _interval(children[1]))

    def each_claim(self, children: list[Any]) -> Interval:
        """每年不少于2次 is 次/年; 每月合格率≥95% is a share, which is not counted by the month."""
        inner: Interval = children[1]
        share = inner.measure is not None and inner.measure.unit.canonical == "%"
        return inner if share else self._spread(children[0], inner)

    def spread(self, children: list[Any]) -> Interval:
        return self._spread(children[1], _interval(children[0]))

    def spread_on(self, children: list[Any]) -> Interval:
        return self._spread(children[2], _interval(children[0]))

    @staticmethod
    def _spread(each: tuple[str, list[Measure]], inner: Interval) -> Interval:
        above = inner.measure
        unit = interval.per(above, each[1], "", above.offset if above else inner.offset)
        return inner._replace(measure=unit._replace(text=unit.unit.canonical))

    def approx(self, children: list[Any]) -> Interval:
        return _interval(children[1])._replace(approximate=True)

    def limited(self, children: list[Any]) -> Interval:
        inner, word = _interval(children[0]), children[1]
        if word.type == "AROUND":
            return inner._replace(approximate=True)
        if word.type == "NOTE" and inner.measure is None and inner.dimension is None:
            inner = interval.bracketed(inner, str(word), word.start_pos)
        if word.type == "NOTE" and word.startswith(("(含", "(包含", "(包括")):
            return inner._replace(included=True)
        open_end = word.type == "NOTE" and word.startswith(("(不含)", "(不包")) and inner.comparator == "between"
        if open_end and inner.upper:
            return inner._replace(upper=inner.upper._replace(inclusive=False))
        if word.type != "LIMIT" or inner.comparator == "between":
            return inner
        strict = "不含" in word or "不包" in word or "以外" in word
        above = word == "+" or any(said in word for said in _ABOVE)
        sign: Comparator = (">" if strict else ">=") if above else ("<" if strict else "<=")
        return interval.compare(sign, inner, word.start_pos)

    def signed(self, children: list[Any]) -> Interval:
        sign, inner = children[0], _interval(children[1])
        if sign[-1] in "前第":  # 前三名 is how a rank is written
            inner = inner._replace(notes=())
        return interval.compare(_SIGNS[sign.type], inner, sign.start_pos, str(sign))

    def led(self, children: list[Any]) -> Interval:
        word, inner = children[0].type, _interval(children[1])
        if word == "APPROX_SIGN":
            return inner._replace(approximate=True)
        if word in ("REACH", "CAP") and inner.comparator is None and not inner.approximate:
            return interval.compare(">=" if word == "REACH" else "<=", inner, children[0].start_pos)
        return inner

    def both(self, children: list[Any]) -> Interval:
        return interval.joined(children[0], children[-1])

    def sandwich(self, children: list[Any]) -> Interval:
        low, high = children[0], children[-1]
        first, second = (_SIGNS[child.type] for child in children if getattr(child, "type", "") in _SIGNS)
        if first[0] != second[0] or "=" in (first, second):
            raise Rejected("contradictory-signs", children[1].start_pos, "两个比较符号方向不一；应写成“下限≤X≤上限”")
        if first[0] == ">":
            low, high, first, second = high, low, second, first
        return interval.between(low, high, ("=" in first, "=" in second))

    # ── dates
    def firm(self, children: list[Any]) -> Moment:
        return dates.firm(children)

    def loose(self, children: list[Any]) -> Moment:
        return dates.loose(children)

    def festival(self, children: list[Any]) -> Moment:
        return dates.loose(children)

    def part(self, children: list[Any]) -> Moment:
        return dates.loose(children)

    def span(self, children: list[Any]) -> Moment:
        return dates.span(children[0], children[2])

    def date(self, children: list[Any]) -> Moment:
        return dates.period(children)
