"""A number as a spreadsheet shows it under its number format: 0.98 under 0% is 98%."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite

from kpi.readers.formats import dates

GENERAL = "General"
LONGEST = 255  # characters of a format code, Excel's own limit
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<pad>[_*].)|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)'
    r"|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_FORM = re.compile(r"(L*)(#,##)?0(?:\.(0+))?((?:L*%)?L*)")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_MOST_PLACES = 15  # significant digits of a binary float
_EXACT = Context(prec=600, rounding=ROUND_HALF_UP)  # the largest float with as many decimals as a code can ask for
_PLAIN = Decimal("1e21")  # from here on a number is written with an exponent


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format code: literals ("lit"), placeholders ("dig") and marks, in order."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None
    date: dates.Pattern | None = None
    plain: tuple[str, str, int, str, bool] | None = None  # what stands before; "," or ""; decimals; behind; percent

    def has(self, kind: str) -> bool:
        return any(k == kind for k, _ in self.tokens)

    def count(self, mark: str) -> int:
        return self.tokens.count(("mark", mark))


def shown(number: float, code: str, epoch: int = 1900) -> str:
    """The number as text under the format code `code`; `epoch` is the year that dates count from."""
    digits = format(number, f".{_MOST_PLACES}g")
    if not isfinite(number) or (code == GENERAL and "e" not in digits):
        return digits
    sections, value = compiled(code), Decimal(digits)
    section, signed = _choose(sections, value)
    if section is None or section.has("general"):
        digits = general(value if signed else abs(value))
        return _around(section, digits) if section else digits
    if section.date:
        return dates.shown(number, section.date, epoch) or general(value)
    text = _number(abs(value), section) if section.plain is None else _plainly(abs(value), section.plain)
    return "-" + text if signed and value < 0 and re.search("[1-9]", text) else text


def shown_text(text: str, code: str) -> str:
    """A text under a format that adds something to texts (@"元")."""
    if "@" not in code or code == "@":
        return text
    sections = compiled(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not section.count("@"):
        return text
    return "".join(text if t == ("mark", "@") else t[1] for t in section.tokens)


def general(value: Decimal) -> str:
    """The number without binary noise: 98.00000000000001 is 98."""
    if value and not Decimal("1e-15") <= abs(value) < _PLAIN:
        return f"{value.normalize():E}"
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=1024)
def compiled(code: str) -> tuple[Section, ...]:
    """The sections of a format code: positive; negative; zero; text."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code[:LONGEST]):
        if match.group() == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(p) for p in parts[:4])


def _section(matches: Sequence[re.Match[str]]) -> Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    for match in matches:
        kind, text = match.lastgroup or "other", match.group(match.lastgroup or 0)
        if kind == "bracket":
            found = _CONDITION.fullmatch(text)
            condition = (found.group(1), Decimal(found.group(2))) if found else condition
            if text.startswith("$"):
                tokens.append(("lit", text[1:].partition("-")[0]))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("lit", text))
        elif kind == "pad":
            tokens.append(("lit", " " if text[0] == "_" else ""))
        else:
            tokens.append(({"digit": "dig"}.get(kind, kind), text))
    pattern = dates.pattern("".join(m.group() for m in matches))
    return Section(tuple(tokens), condition, pattern, _plain_form(tokens))


def _plain_form(tokens: Sequence[tuple[str, str]]) -> tuple[str, str, int, str, bool] | None:
    """0, 0.00 and #,##0.00 with literals before and behind, in which nearly all numbers are shown."""
    code = "".join(t if k in ("dig", "mark") else "L" if k == "lit" else "X" for k, t in tokens)
    found = _PLAIN_FORM.fullmatch(code)
    if not found:
        return None
    before, behind = ("".join(t for _, t in part) for part in (tokens[: found.end(1)], tokens[found.start(4) :]))
    return before, "," if found.group(2) else "", len(found.group(3) or ""), behind, "%" in code


def _plainly(value: Decimal, form: tuple[str, str, int, str, bool]) -> str:
    before, comma, places, behind, percent = form
    if percent:
        value *= 100
    value = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return (before + format(value, f"{comma}f") + behind).strip()


def _choose(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, bool]:
    """The section for a number, and whether its sign is still to be written."""
    conditioned = [s for s in sections[:3] if s.condition]
    for section in conditioned:
        if section.condition and _holds(value, *section.condition):
            return section, value < 0
    if conditioned:
        return next((s for s in sections[:3] if not s.condition), None), value < 0
    if len(sections) == 1 and sections[0].count("@"):
        return None, True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _around(section: Section, digits: str) -> str:
    """General with literals about it: "≥"General."""
    return "".join(digits if k == "general" else t for k, t in section.tokens if k in ("general", "lit")).strip()


def _number(value: Decimal, section: Section) -> str:
    tokens = section.tokens
    if section.count("/") and section.has("dig"):
        return _fraction(value, tokens)
    value *= Decimal(100) ** section.count("%")
    point = tokens.index(("mark", ".")) if section.count(".") else len(tokens)
    whole = [i for i, (k, _) in enumerate(tokens[:point]) if k == "dig"]
    parts = [i for i, (k, _) in enumerate(tokens) if k == "dig" and i > point]
    if section.has("exponent") and section.has("dig"):
        places = len([i for i in parts if i < next(n for n, t in enumerate(tokens) if t[0] == "exponent")])
        return _plain(tokens, re.sub(r"(E[+-])(\d)$", r"\g<1>0\2", f"{value:.{places}E}"))
    last = max(whole + parts, default=0)
    commas = [i for i, t in enumerate(tokens) if t == ("mark", ",")]
    grouped = any(whole and whole[0] < i < whole[-1] for i in commas)
    for i in commas:
        if whole and (whole[-1] < i < point or i > last):
            value /= 1000
    value = value.quantize(Decimal(1).scaleb(-len(parts)), context=_EXACT)
    digits, _, decimals = f"{value:f}".partition(".")
    filled = _integer(digits, [tokens[i][1] for i in whole], grouped)
    ends = _decimals(decimals, [tokens[i][1] for i in parts])
    return _written(tokens, dict(zip(whole + parts, filled + ends, strict=True)), pointed=any(ends))


def _written(tokens: Sequence[tuple[str, str]], digits: dict[int, str], pointed: bool) -> str:
    out = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "dig":
            out.append(digits[i])
        elif kind == "lit" or text == "%" or (text == "." and pointed):
            out.append(text)
    return "".join(out).strip()


def _integer(digits: str, places: Sequence[str], grouped: bool) -> list[str]:
    """The digits of the whole part on its placeholders: from the right, the first takes all that are left."""
    if not places:
        return []
    digits = digits.lstrip("0")
    filled: list[str] = []
    for n, place in enumerate(reversed(places)):
        final = n == len(places) - 1
        taken, digits = (digits, "") if final else (digits[-1:], digits[:-1])
        taken = taken or ("0" if place == "0" else "")
        filled.append(_grouped(taken, n) if grouped else taken)
    return filled[::-1]


def _grouped(digits: str, before: int) -> str:
    """Digits with thousands separators, `before` digits standing to their right."""
    out = []
    for n, digit in enumerate(reversed(digits), before):
        out.append(digit + ("," if n and n % 3 == 0 else ""))
    return "".join(reversed(out))


def _decimals(digits: str, places: Sequence[str]) -> list[str]:
    needed = max((i for i, p in enumerate(places) if p == "0"), default=-1) + 1
    needed = max(needed, len(digits.rstrip("0")))
    return [digits[i] if i < needed else "" for i in range(len(places))]


def _plain(tokens: Sequence[tuple[str, str]], digits: str) -> str:
    """`digits` in place of all placeholders, with the literals around them."""
    first = next(i for i, (k, _) in enumerate(tokens) if k == "dig")
    kept = ((i, t) for i, (k, t) in enumerate(tokens) if i == first or k == "lit" or t == "%")
    return "".join(digits if i == first else t for i, t in kept).strip()


def _fraction(value: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """# ?/?: the nearest fraction with a denominator of so many digits, or the one that the code prints."""
    under = "".join(t for _, t in tokens[tokens.index(("mark", "/")) + 1 :]).strip()
    exact = Fraction(value)
    if under.isdigit() and int(under):
        near = Fraction(round(exact * int(under)), int(under))
    else:
        near = exact.limit_denominator(10 ** min(len(under) or 1, 4) - 1)
    whole, rest = divmod(near, 1)
    return " ".join(filter(None, (str(whole) if whole or not rest else "", str(rest) if rest else "")))
