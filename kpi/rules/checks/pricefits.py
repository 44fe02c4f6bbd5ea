"""What would make prices and quantities fit the money: zeros too many, a lost 万, another price or quantity."""

from decimal import ROUND_DOWN, Decimal

from kpi.rules.checks.products import Product, price_of
from kpi.rules.text import grouped, to_step, yuan

_WAN = 10_000
_ZEROS = (1, 2, 3, 4)


def fitting(products: list[Product], total: Decimal, slack: Decimal) -> str:
    """What would fit: a price that is only some zeros too long; else the quantity that the money is enough for at the
    stated price, or the price at the stated quantity, where only one of each is in play."""
    if slipped := _slipped(products, total, slack):
        return slipped
    if short := shortened(products, total, slack):
        meant = f"{grouped(short.cost.price)}万{short.cost.unit}"
        return f"“{short.cost.row.indicator.name}”像是漏了“万”字，写成{meant}就对得上"
    if wan_lost(products, total):
        return "单价或者数量像是漏了“万”字，补上一个“万”就对得上"
    if len(products) != 1 or len(products[0].used) != 1 or products[0].low != products[0].high:
        return ""
    row, product = products[0].used[0], products[0]
    figure = row.value.figure or Decimal(1)
    count = total * figure / product.low
    whole = int(count)
    if whole == int(figure):
        wan = product.cost.row.value.magnitude == "万"  # as the form writes it
        price = to_step(product.cost.price * total / product.low / (_WAN if wan else 1), "0.01", ROUND_DOWN)
        why = f"{yuan(total)}÷{grouped(figure)}{row.value.unit}"
        unit = f"{'万' if wan else ''}{product.cost.unit}"
        return f"按现有资金和数量，“{product.cost.row.indicator.name}”应是{grouped(price)}{unit}（{why}）"
    about = "" if count == whole else "约"
    why = f"{yuan(total)}÷{price_of(product.cost)}"
    return f"按现有资金和单价，“{row.indicator.name}”能做到{about}{whole}{row.value.unit}（{why}）" if whole else ""


def _slipped(products: list[Product], total: Decimal, slack: Decimal) -> str:
    """The one price that fits when it loses one to four zeros: 元 written as 万元, a point lost."""
    fits: list[str] = []
    for one in products:
        others = [other for other in products if other is not one]
        low, high = (sum((getattr(other, end) for other in others), Decimal(0)) for end in ("low", "high"))
        for power in _ZEROS if one.low > total else ():
            factor = Decimal(10) ** power
            if low + one.low / factor - slack <= total <= high + one.high / factor + slack:
                price, name = f"{grouped(one.cost.price / factor)}{one.cost.unit}", one.cost.row.indicator.name
                fits.append(f"“{name}”像是大了{grouped(factor)}倍，写成{price}就对得上")
    return fits[0] if len(fits) == 1 else ""


def shortened(products: list[Product], total: Decimal, slack: Decimal) -> Product | None:
    """The one price of several that fits when it gains four zeros: 3.5元/户 that was meant as 3.5万元/户."""
    fits: list[Product] = []
    for one in products if len(products) > 1 else ():
        others = [other for other in products if other is not one]
        low, high = (sum((getattr(other, end) for other in others), Decimal(0)) for end in ("low", "high"))
        meant = low + one.low * _WAN - slack <= total <= high + one.high * _WAN + slack
        fits += [one] if meant and not one.cost.row.value.magnitude else []
    return fits[0] if len(fits) == 1 else None


def wan_lost(products: list[Product], total: Decimal) -> bool:
    """84元/亩 × 52亩 for 4368万元: the price or the quantity that is the only one has lost its 万."""
    return len(products) == 1 and products[0].low == products[0].high and products[0].high * _WAN == total
