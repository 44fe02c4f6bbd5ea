"""指标值 of several years side by side: that of the form's own year is wanted now, those beside it stand aside."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kpi.lazyre import later
from kpi.readers import headwords, labels
from kpi.readers.columns import Header
from kpi.readers.lines import Line
from kpi.readers.roles import Role

_YEARS = later(r"(?<!\d)20\d\d(?!\d)")
_WANTED = later(r"值|目标|计划|20\d\d年度?$")
_WHOLE = later(r"^总|合计|总体|[两二三四五2-5]年(?!\d)")
_ALONE = re.compile(r"[(（\[]?\s*(20\d\d)\s*年?度?\s*[)）\]]?")
_TITLE = 80  # characters
_LEAST = 2


def of_own_year(header: Header, above: Sequence[Line]) -> Header:
    """The header with the column of the form's year, which the lines above it tell, as its values: 2025年指标值 |
    2026年指标值 in a form of 2026; where none is the form's, the first of those that rise. A column of the whole
    (三年指标值 | 2026年指标值) is that of the other half."""
    years = {role: told[0] for role in header.left if (told := _told(role))}
    if header.right or len(years) < _LEAST:
        return header
    own = _year_of(above)
    mine = [role for role, year in years.items() if year == own]
    rising = all(a < b for a, b in pairwise(years.values()))
    others = [role for role in header.left if role.kind == "value" and role not in years]
    if not mine and not others and rising:
        mine = [next(iter(years))]
    if len(mine) != 1 or len(others) > 1 or not all(map(_is_whole, others)):
        return header
    return header._replace(left=tuple(_placed(role, mine[0], years, bool(others)) for role in header.left))


def _told(role: Role) -> list[str]:
    """The one year of whose targets a column is; [] where it is none of those."""
    if role.kind not in ("value", "other") or not _WANTED.search(role.text) or headwords.PAST.search(role.text):
        return []
    found = _YEARS.findall(role.text)
    return found if len(found) == 1 else []


def _is_whole(role: Role) -> bool:
    return role.half == "period" or _WHOLE.search(labels.squeeze(role.text)) is not None


def _placed(role: Role, mine: Role, years: dict[Role, str], whole: bool) -> Role:
    if role is mine:
        return role._replace(kind="value", half="annual" if whole else None)
    if role in years:
        return role._replace(kind="other")
    return role._replace(half="period") if whole and role.kind == "value" else role


def _year_of(above: Sequence[Line]) -> str | None:
    """The year of the form by its title, or by a line or cell that tells nothing else."""
    cells = [cell.text.strip() for line in above for cell in line.filled]
    alone = (found[1] for text in cells if (found := _ALONE.fullmatch(text)))
    titles = (_YEARS.search(text) for text in cells if len(text) < _TITLE and labels.is_title(text))
    return next(alone, None) or next((found[0] for found in titles if found), None)
