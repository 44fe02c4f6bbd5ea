"""Which sheet of a reviewer's workbook is of which form, and what is to be said of one that is of none."""

from collections import Counter
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
_AGAIN = "；这样的审核表不止一张，分不清哪一张才是它的，请按这次的表重新生成审核表，把要用的评分填进去"
_Bases = Mapping[str, Sequence[Review]]


class Paired(NamedTuple):
    """`sheets`: by the numbers of their forms; `problems`: one Chinese sentence for each sheet that is not used."""

    sheets: Mapping[Key, Judged]
    problems: tuple[str, ...]


class _Said(NamedTuple):
    """Why a sheet is not used. `remedy`: what to do, which names `numbers`, one of them to be written; `sure`: what
    the form said bears them out; `otherwise`: what to do where other sheets have as good a claim to them."""

    why: str
    remedy: str = ""
    numbers: tuple[Key, ...] = ()
    sure: bool = False
    otherwise: str = ""


def pair(reviews: Sequence[Review], judged: Iterable[Judged]) -> Paired:
    """A blank sheet that is of no form says nothing and is passed over."""
    bases: dict[str, list[Review]] = {}
    said: dict[str, list[Review]] = {}
    for review in reviews:
        bases.setdefault(review.key.base, []).append(review)
        said.setdefault(content_of(review.table).whole, []).append(review)
    came = list(judged)
    unsure = _ordinal(came)
    found: dict[Key, list[Judged]] = {}
    lost: list[tuple[Judged, Review | None, Review | None]] = []  # with the forms that its number and its content name
    held: set[Key | None] = set()  # numbers of filled sheets that stay as they are
    for one in came:
        form, own = None if one.key in unsure else _form(one, bases), _by_content(one, said)
        swapped = form is not None and own is not None and content_of(form.table).whole != content_of(own.table).whole
        if form is not None and not swapped:
            found.setdefault(form.key, []).append(one)
        elif one.filled or (one.lacking and one.key is None):
            lost.append((one, form, own))
        if one.filled and not swapped and one.key not in unsure:
            held.add(one.key)
    sheets: dict[Key, Judged] = {}
    problems: list[str] = []
    for key, several in found.items():
        filled = [one for one in several if one.filled or one.lacking] or several[:1]
        if len(filled) == 1:
            sheets[key] = filled[0]
        else:
            named, alike = "和".join(one.sheet for one in filled), len({one.key for one in filled}) == 1
            same = "的审核编号相同" if alike else "是同一张表的审核表"
            problems.append(f"{named}{same}（“{filled[0].project}”），都没有用上；每个项目只留一张审核表")
    waiting = [review for review in reviews if review.key not in found and held.isdisjoint((review.key, _full(review)))]
    return Paired(sheets, (*problems, *_sentences([_why(*one, bases, waiting) for one in lost])))


def _sentences(said: Sequence[_Said]) -> Iterator[str]:
    """No number is named to more sheets than can have it."""
    claims = Counter((key, one.sure) for one in said for key in one.numbers)
    for one in said:
        most = max((claims[key, one.sure] for key in one.numbers), default=0)
        taken = most > len(one.numbers) or (not one.sure and any(claims[key, True] for key in one.numbers))
        yield one.why + (one.otherwise if taken else one.remedy)


def _full(review: Review) -> Key:
    """The number with the content, which is good whether other forms have the name or not."""
    return Key(review.key.base, content_of(review.table).whole)


def _by_content(judged: Judged, said: _Bases) -> Review | None:
    """The one form of a sheet's project that says what the form said when it was judged."""
    same: Sequence[Review] = said.get(judged.content.whole, ()) if judged.content and judged.project else ()
    alike = [review for review in same if review.table.project and _is_of(judged, review)]
    return alike[0] if len(alike) == 1 else None


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


def _why(
    judged: Judged, numbered: Review | None, said: Review | None, bases: _Bases, waiting: Sequence[Review]
) -> _Said:
    """Why a sheet is not used, and what to do. `numbered`, `said`: the forms that its number and its content name;
    `waiting`: forms that no sheet was found for."""
    sure = said if said in waiting else None
    if numbered and said:
        return _swapped(judged, numbered, said, sure)
    named = [review for review in waiting if judged.project and review.table.project and _is_of(judged, review)]
    only = sure or (named[0] if len(named) == 1 else None)
    numbers = (only.key,) if only else ()
    if judged.key is None and not judged.number:
        lacks = f"{judged.sheet}没有审核编号（“{judged.project}”），{_UNUSED}"
        remedy = "；请照原来的审核表补上审核编号"
        return _Said(lacks, remedy + (f"“{only.key}”" if only else ""), numbers, bool(sure), remedy)
    unchanged = judged.key is not None and judged.key.base == _own_base(judged)  # neither the number nor what it is of
    if sure and unchanged and _unit_came_or_went(judged, sure):
        return _renamed(judged, sure, sure=True)
    own = bases.get(judged.key.base, ()) if judged.key else ()
    alike = [review for review in own or _of_ordinal(judged, bases) if _is_of(judged, review)]
    if alike:
        return _several(judged, [review for review in alike if review in waiting])
    if only and unchanged:
        if _unit_came_or_went(judged, only):
            return _renamed(judged, only)
        only = None
    number = _number(judged)
    if only:
        unlike = f"{number}对不上这次审核的“{judged.project}”，{_UNUSED}"
        return _Said(unlike, f"；编号被改动过的，请改回“{only.key}”", numbers, bool(sure), _AGAIN)
    if own:
        return _Said(_edited(judged, own[0]))
    if judged.key:
        named_so = f"“{judged.project}”{_told(judged.unit, judged.year)}"
        return _Said(f"{judged.sheet}的{named_so}不在这次审核的表里，{_UNUSED}")
    return _Said(f"{number}不是审核编号（“{judged.project}”），{_UNUSED}；请照原来的审核表改回")


def _swapped(judged: Judged, numbered: Review, said: Review, sure: Review | None) -> _Said:
    """The number is of one form, and what the form said when it was judged is of another. `sure`: the latter, where no
    other sheet has it."""
    unlike = f"{_number(judged)}是 {numbered.document} 那张的，评分时的内容却是 {said.document} 那张的"
    plain = "；请照原来的审核表改回编号"
    remedy = f"；请把编号改回“{said.key}”" if sure else plain
    return _Said(f"{unlike}（“{judged.project}”），{_UNUSED}", remedy, (said.key,) if sure else (), True, plain)


def _several(judged: Judged, waiting: Sequence[Review]) -> _Said:
    """Forms of one name are or were several, and none says what the one said that was judged. `waiting`: those that
    may be meant."""
    keys = {_full(review): review for review in reversed(waiting)}
    named = [*reversed(keys.items())][:_MOST_NAMED]
    ways = "，".join(f"{review.document} 那张的改为“{key}”" for key, review in named)
    known = f"；确知评的是哪一张的，也可以改审核编号{_at(judged, KEY)}：{ways}" if ways else ""
    return _Said(
        f"{judged.sheet}的“{judged.project}”{_told(judged.unit, judged.year)}：同名、同单位、同年度的表不止一张，"
        f"要靠资金、目标和指标区分，评分时的那张改过或不在这次的表里，分不清是哪一张，{_UNUSED}。"
        "请在目标表里填清实施单位，或同名的只留一稿，再生成审核表评分",
        known, tuple(key for key, _ in named),
    )  # fmt: skip


def _own_base(judged: Judged, ordinal: int = 0) -> str:
    """What the number should be by what the sheet says beside it."""
    return base_for(judged.project, judged.year, judged.unit or judged.department, ordinal)


def _of_ordinal(judged: Judged, bases: _Bases) -> Sequence[Review]:
    """The forms of the name that an older workbook told by an ordinal."""
    further = judged.key and any(judged.key.base == _own_base(judged, number) for number in range(1, _MOST_ORDINALS))
    return bases.get(_own_base(judged), ()) if further else ()


def _unit_came_or_went(judged: Judged, review: Review) -> bool:
    return bool(judged.unit) != bool((review.table.unit or "").strip())


def _renamed(judged: Judged, review: Review, *, sure: bool = False) -> _Said:
    """The form names a unit now, or names none any more."""
    then = f"评分时写的是“{judged.unit}”" if judged.unit else "评分时没有填"
    unit = (review.table.unit or "").strip()
    now = f"这次的同名项目（{review.document}）是“{unit}”" if unit else f"这次的同名项目（{review.document}）没有填"
    also = f"、实施单位{_at(judged, UNIT)}改为“{unit}”" if unit and judged.unit else ""
    number = f"审核编号{_at(judged, KEY)}改为“{review.key}”"
    why = f"{judged.sheet}的“{judged.project}”，实施单位{then}，{now}，{_UNUSED}"
    return _Said(why, f"；确是同一个项目的，请把{number}{also}", (review.key,), sure, _AGAIN)


def _edited(judged: Judged, review: Review) -> str:
    """The number is a form's, but the sheet names another."""
    table = review.table
    wrong = list(_unlike(judged, table))
    said = "，".join(f"{label}{_at(judged, label)}写的是“{printed}”" for label, printed, _ in wrong)
    right = "，".join(f"{label}改回“{whole}”" for label, _, whole in wrong)
    whose = f"审核编号{_at(judged, KEY)}却是“{table.project.strip()}”{_told((table.unit or '').strip(), table.year)}的"
    return f"{judged.sheet}的{said}，{whose}，{_UNUSED}；请把{right}；编号是从别的表贴来的，请照原来的审核表改回编号"


def _number(judged: Judged) -> str:
    return f"{judged.sheet}的审核编号“{str(judged.key or '') or judged.number[:MOST_SHOWN]}”{_at(judged, KEY)}"


def _at(judged: Judged, label: str) -> str:
    place = judged.places.get(label, "")
    return f"（{place} 格）" if place else ""


def _told(unit: str, year: int | None) -> str:
    told = "，".join(filter(None, (unit, f"{year} 年度" if year else "")))
    return f"（{told}）" if told else ""
