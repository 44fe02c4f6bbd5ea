"""A row that a page break has cut in two: the rest of its name or value stands in the first row of the next page."""


from kpi.lazyre import later
from kpi.model import Entry, Indicator
from kpi.readers.rows import Body
from kpi.values.normal import MARKS

_UNIT_ONLY = later(rf"[^\d{MARKS}]{{1,6}}")
_ENDS_OPEN = later(r"[(（《“][^)）》”]*$")


def continued(last: Indicator, body: Body) -> Indicator | None:
    """The last indicator before the break with what `body` adds to it; None where `body` is a row of its own."""
    halves = [entry for _, entry in last.entries()]
    if body.left_label or body.one or body.right is not None or len(halves) != 1:
        return None
    name, value = (body.left[k].text if k in body.left else "" for k in ("name", "value"))
    entry = halves[0]
    if not (name or value) or not _is_rest(entry, name, value):
        return None
    whole = entry._replace(name=entry.name + name, text=entry.text + value)
    return last._replace(
        name=last.name + name,
        period=whole if last.period else None,
        annual=whole if last.annual else None,
    )


def _is_rest(entry: Entry, name: str, value: str) -> bool:
    if not name:
        return bool(entry.text or entry.name)
    if _ENDS_OPEN.search(entry.name):
        return True
    if not entry.text:
        return bool(value and entry.name)
    return bool(value) and entry.text[-1].isdigit() and bool(_UNIT_ONLY.fullmatch(value))
