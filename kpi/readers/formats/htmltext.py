"""The words of a page as a browser runs them together: white space, line breaks, form controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kpi.readers.formats.htmltable import Item, Table

_BLANK = re.compile(r"[ \t\r\n\f\u00a0\u3000]+")
# A line of the page's source that ends between two Chinese characters is no gap in the text.
_CJK = r"[\u3400-\u9fff\u3001-\u301e\uff00-\uffef]"
_CJK_BREAK = re.compile(rf"(?<={_CJK})[ \t]*[\r\n]\s*(?={_CJK})")
_TYPED = frozenset({"text", "number", "date", "tel", ""})


class Words:
    """Collects the text of one cell, or of the page between its tables, into `items`."""

    def __init__(self, items: list[Item]) -> None:
        self._items = items
        self._parts: list[str] = []

    def add(self, text: str) -> None:
        self._parts.append(_BLANK.sub(" ", _CJK_BREAK.sub("", text)))

    def line(self) -> None:
        """The end of a line."""
        if self._parts and self._parts[-1] != "\n":
            self._parts.append("\n")

    def put(self, table: Table) -> None:
        """A table that stands here."""
        self.close()
        self._items.append(table)

    def close(self) -> None:
        """Deliver what has been said so far, without blank lines."""
        lines = (_BLANK.sub(" ", line).strip() for line in "".join(self._parts).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            self._items.append(text)
        self._parts.clear()


def shown(control: _Element) -> str:
    """What a form control shows: the text typed in, a tick, the chosen entry."""
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = next((node for node in options if node.get("selected") is not None), options[0] if options else None)
        return "" if chosen is None else "".join(str(part) for part in chosen.itertext())
    kind = str(control.get("type") or "").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if control.get("checked") is not None else "☐"
    return str(control.get("value") or "") if kind in _TYPED else ""
