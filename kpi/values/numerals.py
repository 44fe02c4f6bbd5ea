"""Figures in digits and in Chinese, exactly: whatever their length, no rounding."""

from decimal import ROUND_HALF_UP, Context, Decimal

from kpi.lazyre import later

#: Room for every digit of the longest text that is read.
EXACT = Context(prec=2000)

DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
MAGNITUDES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}
_MIXED = later(r"零?(\d+(?:\.\d+)?)([亿万千百]?)")
_MINUS = later("零下|负")
#: two digits with nothing between, and no row of digits: 二零二六
_PAIR = later(r"(?<![零一二两三四五六七八九])[一二两三四五六七八九]{2}(?![零一二两三四五六七八九十])")
_SIGNIFICANT = Context(prec=4, rounding=ROUND_HALF_UP)


def times(left: Decimal, right: Decimal) -> Decimal:
    return EXACT.multiply(left, right)


def plain(value: Decimal) -> str:
    """Plain notation without trailing zeros: "98", "85910.7"."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def digits(text: str) -> Decimal:
    """ "5,463,360" → 5463360; 零下5 is less than nought."""
    return Decimal(_MINUS.sub("-", text).replace(",", ""))


def magnitude(text: str) -> Decimal:
    """ "百万" → 1000000."""
    value = 1
    for character in text:
        value *= MAGNITUDES[character]
    return Decimal(value)


def mixed(text: str) -> Decimal:
    """ "1万2千" → 12000, "1亿2000万" → 120000000."""
    total = Decimal(0)
    for number, name in _MIXED.findall(text):
        total = EXACT.add(total, times(Decimal(number), Decimal(MAGNITUDES.get(name, 1))))
    return total


def _sections(text: str) -> int:
    """一百二十 → 120; 两万三千 → 23000; 十 → 10; 一百二 → 120."""
    total = section = digit = 0
    last = 1
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
            last = 1 if character == "零" else last
            continue
        size = MAGNITUDES[character]
        if size >= 10_000:
            total = (total + section + digit) * size if total < size else total + (section + digit) * size
            section = 0
        else:
            section += (digit or (0 if section else 1)) * size
        digit, last = 0, size
    colloquial = digit * last // 10 if last > 10 and digit else digit  # 一百二 says 120, 两万三 says 23000
    return total + section + colloquial


def about(text: str) -> str | None:
    """两三, 十五六, 五六百, 三五: about so many, told by the lesser of two; None for a numeral that says one number."""
    found = _PAIR.search(text)
    if found is None:
        return None
    near = found[0] == "三五" or DIGITS[found[0][1]] - DIGITS[found[0][0]] == 1
    return text[: found.start() + 1] + text[found.end() :] if near else None


def chinese(text: str) -> Decimal:
    """A numeral in Chinese. A row of digits (二零二六) is read digit by digit."""
    if text == "半":
        return Decimal("0.5")
    whole, _, fraction = text.partition("点")
    if all(character in DIGITS for character in whole) and len(whole) > 1:
        value = Decimal("".join(str(DIGITS[character]) for character in whole))
    elif whole[0] not in "十拾" and all(character in MAGNITUDES for character in whole):
        value = magnitude(whole)
    else:
        value = Decimal(_sections(whole))
    if fraction:
        value = EXACT.add(value, Decimal("0." + "".join(str(DIGITS[character]) for character in fraction)))
    return value


def number(text: str) -> Decimal:
    """Digits or Chinese numeral."""
    return digits(text) if text[0].isascii() else chinese(text)


def quotient(left: Decimal, right: Decimal) -> Decimal:
    """A share or ratio: exact where it ends soon, else four significant digits (2/3 → 0.6667)."""
    exact = Context(prec=28).divide(left, right)
    return exact if -exact.normalize().as_tuple().exponent <= 8 else _SIGNIFICANT.divide(left, right)  # type: ignore[operator]
