"""Which sheet of a reviewer's workbook is of which form, and what is to be said of one that is of none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi.model import TargetTable
from kpi.scoring.content import content_of
from kpi.scoring.judged import KEY, MOST_SHOWN, PROJECT, UNIT, YEAR, Judged
from kpi.scoring.keys import Key, base_for
from kpi.scoring.result import Review
from kpi.values.normal import squeezed

_UNUSED = "它的评分没有用上"
_MOST_NAMED = 3  # forms in a sentence
_MOST_ORDINALS = 20
_Bases = Mapping[str, Sequence[Review]]


class Paired(NamedTuple):
    """`sheets`: by the numbers of their forms; `problems`: one Chinese sentence for each sheet that is not used."""

    sheets: Mapping[Key, Judged]
    problems: tuple[str, ...]


def pair(reviews: Sequence[Review], judged: Iterable[Judged]) -> Paired:
    """A blank sheet that is of no form says nothing and is passed over."""
    bases: dict[str, list[Review]] = {}
    for review in reviews:
        bases.setdefault(review.key.base, []).append(review)
    came = list(judged)
    unsure = _ordinal(came)
    found: dict[Key, list[Judged]] = {}
    lost: list[Judged] = []
    for one in came:
        form = None if one.key in unsure else _form(one, bases)
        if form is not None:
            found.setdefault(form.key, []).append(one)
        elif one.filled or (one.lacking and one.key is None):
            lost.append(one)
    sheets: dict[Key, Judged] = {}
    problems: list[str] = []
    for key, own in found.items():
        filled = [one for one in own if one.filled or one.lacking] or own[:1]
        if len(filled) == 1:
            sheets[key] = filled[0]
        else:
            named, alike = "和".join(one.sheet for one in filled), len({one.key for one in filled}) == 1
            same = "的审核编号相同" if alike else "是同一张表的审核表"
            problems.append(f"{named}{same}（“{filled[0].project}”），都没有用上；每个项目只留一张审核表")
    waiting = [review for review in reviews if review.key not in found]
    return Paired(sheets, (*problems, *(_why(one, bases, waiting) for one in lost)))


def _ordinal(judged: Iterable[Judged]) -> frozenset[Key | None]:
    """Numbers of an older workbook that tell forms of one name apart by the order of files, which says nothing."""
    by_name: dict[str, set[Key | None]] = {}
    for one in judged:
        if one.key and one.content is None and not one.key.content:
            by_name.setdefault(_own_base(one), set()).add(one.key)
    formers = (keys for base, keys in by_name.items() if len(keys) > 1 and Key(base) in keys)
    return frozenset(key for keys in formers for key in keys)


def _form(judged: Judged, bases: _Bases) -> Review | None:
    """The form of a sheet by its number. Where forms of one name are or were several, what the form said decides."""
    if judged.key is None:
        return None
    same: Sequence[Review] = bases.get(judged.key.base, ())
    content = judged.key.content
    if not content and any(review.key.content for review in same):
        content = judged.content.whole if judged.content else "?"
    for review in same:
        alike = not content or content_of(review.table).whole == content
        if alike and review.key.ordinal == judged.key.ordinal and _is_of(judged, review):
            return review
    return None


def _is_of(judged: Judged, review: Review) -> bool:
    """Whether a sheet names the project, the unit and the year of a form; what it does not name may be any."""
    return not any(_unlike(judged, review.table))


def _unlike(judged: Judged, table: TargetTable) -> Iterator[tuple[str, str, str]]:
    """Where a sheet says something else than a form: the label, what stands there, what it should be."""
    if not _names(judged.project, table.project):
        yield PROJECT, judged.project, table.project.strip()
    if not _names(judged.unit, table.unit or ""):
        yield UNIT, judged.unit, (table.unit or "").strip()
    if None not in (judged.year, table.year) and judged.year != table.year:
        yield YEAR, f"（{judged.year}年度）", f"（{table.year}年度）"


def _names(printed: str, whole: str) -> bool:
    start, _, end = squeezed(printed).partition("…")
    text = squeezed(whole)
    return not start or not text or (text.startswith(start) and text.endswith(end) if end else text == start)


def _why(judged: Judged, bases: _Bases, waiting: Sequence[Review]) -> str:
    """Why a sheet is not used, and what to do. `waiting`: forms that no sheet was found for."""
    named = [review for review in waiting if judged.project and review.table.project and _is_of(judged, review)]
    only = named[0] if len(named) == 1 else None
    if judged.key is None and not judged.number:
        right = f"“{only.key}”" if only else ""
        lacks = f"{judged.sheet}没有审核编号（“{judged.project}”），{_UNUSED}"
        return f"{lacks}；请照原来的审核表补上审核编号{right}"
    own = bases.get(judged.key.base, ()) if judged.key else ()
    alike = [review for review in own or _of_ordinal(judged, bases) if _is_of(judged, review)]
    if alike:
        return _several(judged, [review for review in alike if review in waiting])
    if only and judged.key and judged.key.base == _own_base(judged):  # nobody has changed the number or what it is of
        if bool(judged.unit) != bool((only.table.unit or "").strip()):
            return _renamed(judged, only)
        only = None
    number = f"{judged.sheet}的审核编号“{judged.number[:MOST_SHOWN]}”{_at(judged, KEY)}"
    if only:
        unlike = f"对不上这次审核的“{judged.project}”"
        return f"{number}{unlike}，{_UNUSED}；编号被改动过的，请改回“{only.key}”"
    if own:
        return _edited(judged, own[0])
    if judged.key:
        return f"{judged.sheet}的“{judged.project}”{_told(judged.unit, judged.year)}不在这次审核的表里，{_UNUSED}"
    return f"{number}不是审核编号（“{judged.project}”），{_UNUSED}；请照原来的审核表改回"


def _several(judged: Judged, waiting: Sequence[Review]) -> str:
    """Forms of one name are or were several, and none says what the one said that was judged. `waiting`: those that
    may be meant."""
    keys = ((review, Key(review.key.base, content_of(review.table).whole)) for review in waiting[:_MOST_NAMED])
    ways = "，".join(f"{review.document} 那张的改为“{key}”" for review, key in keys)
    known = f"；确知评的是哪一张的，也可以改审核编号{_at(judged, KEY)}：{ways}" if ways else ""
    return (
        f"{judged.sheet}的“{judged.project}”{_told(judged.unit, judged.year)}：同名、同单位、同年度的表不止一张，"
        f"要靠资金、目标和指标区分，评分时的那张改过或不在这次的表里，分不清是哪一张，{_UNUSED}。"
        f"请在目标表里填清实施单位，或同名的只留一稿，再生成审核表评分{known}"
    )


def _own_base(judged: Judged, ordinal: int = 0) -> str:
    """What the number should be by what the sheet says beside it."""
    return base_for(judged.project, judged.year, judged.unit or judged.department, ordinal)


def _of_ordinal(judged: Judged, bases: _Bases) -> Sequence[Review]:
    """The forms of the name that an older workbook told by an ordinal."""
    further = judged.key and any(judged.key.base == _own_base(judged, number) for number in range(1, _MOST_ORDINALS))
    return bases.get(_own_base(judged), ()) if further else ()


def _renamed(judged: Judged, review: Review) -> str:
    """The form names a unit now, or names none any more."""
    then = f"评分时写的是“{judged.unit}”" if judged.unit else "评分时没有填"
    unit = (review.table.unit or "").strip()
    now = f"这次的同名项目（{review.document}）是“{unit}”" if unit else f"这次的同名项目（{review.document}）没有填"
    also = f"、实施单位{_at(judged, UNIT)}改为“{unit}”" if unit and judged.unit else ""
    number = f"审核编号{_at(judged, KEY)}改为“{review.key}”"
    return f"{judged.sheet}的“{judged.project}”，实施单位{then}，{now}，{_UNUSED}；确是同一个项目的，请把{number}{also}"


def _edited(judged: Judged, review: Review) -> str:
    """The number is a form's, but the sheet names another."""
    table = review.table
    wrong = list(_unlike(judged, table))
    said = "，".join(f"{label}{_at(judged, label)}写的是“{printed}”" for label, printed, _ in wrong)
    right = "，".join(f"{label}改回“{whole}”" for label, _, whole in wrong)
    whose = f"审核编号{_at(judged, KEY)}却是“{table.project.strip()}”{_told((table.unit or '').strip(), table.year)}的"
    return f"{judged.sheet}的{said}，{whose}，{_UNUSED}；请把{right}；编号是从别的表贴来的，请照原来的审核表改回编号"


def _at(judged: Judged, label: str) -> str:
    place = judged.places.get(label, "")
    return f"（{place} 格）" if place else ""


def _told(unit: str, year: int | None) -> str:
    told = "，".join(filter(None, (unit, f"{year} 年度" if year else "")))
    return f"（{told}）" if told else ""
