"""What a cell says about the form: a level, a column head, a field. The words are data (words/forms.yaml)."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import COST_LEVELS, EFFECT_LEVELS, LEVEL2, Half
from kpi.readers.vocabulary import patterns, vocabulary
from kpi.values.traditional import simplified

LONGEST = 40  # no label of a form is longer
#: (≥**%): where the template left a figure open
HOLE = r"[(（][^()（）]*\*{2}[^()（）]*[)）]"
SLOT = re.compile(r"(?:指标|目标)\d{1,2}\s*[:：、.．]?")  # in front of a name, or a line of the template by itself
TEMPLATE = later(rf"{SLOT.pattern}\s*(?:…+|\.{{3,}})?|…+|\.{{3,}}")  # what a printed row says where nobody filled it in
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_SCORE = re.compile(
    r"[(\[]\s*(满分|共计?|合计|分值|权重)?:?\s*\d+(\.\d+)?\s*([-—~至]\s*\d+(\.\d+)?)?\s*(分|%)?\s*[)\]]分?$"
    r"|(?<=指标)[-—:]?\d{1,3}(\.\d+)?分$"
)
_POINTS_FIRST = re.compile(r"^[(\[]\d{1,3}(\.\d+)?分[)\]](?=.{4})")
_NOTE = re.compile(r"[(\[](必填|选填|可选|限填|非必填)[^()]*[)\]]$")  # how the template wants the row filled in
#: What the whole term of a project and the form's own year are called, for a pattern.
TERM, YEAR = "实施期|实施周期|项目期|全周期|中期|中长期|长期", "年度|本年度?|当年度?|全年"
SEVERAL_YEARS = "[两二三四五2-5]年"
_HALF = re.compile(rf"\(({TERM}|总体|{YEAR})[^()]*\)$")
_HALF_FIRST = later(
    rf"^(?:{TERM}|总体|{YEAR}|预算年度|20\d\d年度?)的?(?=.{{2}})"
)
_BY_HALF = frozenset(("level2", "name", "sign", "nature", "unit", "weight", "explanation"))
_YEAR_TOLD = later(r"[(（]?20\d\d年度?[)）]?$")  # 预计当年实现(2019年)
_ASIDE = re.compile(r"\([^()\d%]*\)")
_LETTER = re.compile(rf"(?<={HAN})\(?[A-F]([/÷][A-F])?[)\]]?$|(?<={HAN})\d+分\)$")  # 预算数(A), 执行数B)
_LEAD = re.compile(r"^[★☆*·•◆■□]+|^[(]?[一二三四五六七八九十]{1,2}[)、.]|^\d{1,2}[、.](?!\d)")
_JOINT = re.compile(r"[-—–―－/、·:>→(]+")
_BLOCK = re.compile(
    rf"({TERM}|总体|20\d\d年度|{YEAR})?(绩效)?指标(体系|情况)?(及目标值)?"
    r"|实施效果指标|(?:年度)?绩效指标(?:实际)?完成情况"
)
_UNIT_SAID = re.compile(r"单位[:：]\s*(?:人民币)?(万?元)")
CLOSED = later("[。;；:：!！?？%％]$")  # a line that goes on does not end so
LINE = 80  # characters of one that is no running text
_HALF_TITLE = re.compile(r"(实施期|中长?期|长期|年度|全年|本年度?)(项目)?绩效目标表")
_SCORED_BLOCK = re.compile(r"(年度)?绩效目标\d?\(\d{1,3}分\)")  # its indicators share these points
_BRACKET_END = re.compile(r"\(.*\)$")
_TAIL = ":;,、。|"
_GOALS = ("成本", "质量", "时间", "进度", "完成")  # 质量目标 may open a text and be no level
_BROKEN = "社会公众或服务"  # 社会公众或服务|对象满意度指标: a merged cell that a page broke in two
_MONEY_UNIT = re.compile(r"\(?(?:金额)?(?:单位)?:?(?:人民币)?(万?元|亿元)\)?$")
_CLOSES = re.compile(
    r"\(?(盖章|签字|签章|公章)\)?:?(年月日)?$|(盖章|签字|签章|公章)\)|^(金额)?单位:(人民币)?(万|亿)?元$|年月日$"
)
_POINTS_ONLY = re.compile(r"[(\[]?(权重)?\d{1,3}(\.\d+)?([-—~至]\d{1,3})?(分[)\]]?|[)\]]分)|[(\[][1-9]\d[)\]]")
LEVEL_OF_TWO = (
    {"数量指标": "产出指标", "质量指标": "产出指标", "时效指标": "产出指标", "服务对象满意度": "满意度指标"}
    | dict.fromkeys(EFFECT_LEVELS, "效益指标")
    | dict.fromkeys(COST_LEVELS[1:], "成本指标")
)


class Level(NamedTuple):
    """A level label. `rank` 1 or 2; 12 where the words serve at both (成本指标). `sure`: nothing but a label."""

    rank: Literal[1, 2, 12]
    one: str
    two: str
    sure: bool


@lru_cache(maxsize=1 << 15)
def squeeze(text: str) -> str:
    """The text without white space, in half-width and simplified forms, without end marks: what labels compare by."""
    if len(text) > 4 * LONGEST:
        return ""
    return _SPACE.sub("", simplified(unicodedata.normalize("NFKC", text))).strip(_TAIL)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """A squeezed label without its score, star, number or note: 成本指标(0-20分), 一、成本指标 → 成本指标."""
    label = _POINTS_FIRST.sub("", _LEAD.sub("", squeeze(text)))
    for ending in (_SCORE, _NOTE, _LETTER):
        label = ending.sub("", label)
    return label.strip(_TAIL + "*")  # 指标值*: must be filled in


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(f"(?:{vocabulary()['suffix'].pattern})$")


@cache
def level_stems() -> str:
    """The words of all levels without 指标, as an expression."""
    return f"(?:{'|'.join(pattern for part in ('level2', 'level1') for pattern in patterns(part).values())})"


@lru_cache(maxsize=1 << 14)
def level_of(text: str) -> Level | None:
    """The level that a cell names, or None."""
    label = "" if text.isascii() else bare(text)  # amounts are most of what a file holds
    if not label or len(label) > 24:
        return None
    if found := _level(label) or _joined(label):
        return found
    plain = _ASIDE.sub("", label)  # 数量指标(或建筑规模指标), 产出(工作量)指标
    found = _level(plain) if plain != label else None
    return found if found and found.sure else None


def is_level(text: str, rank: int = 0) -> bool:
    """Whether a cell is a level and nothing else; with `rank`, one of that rank."""
    level = level_of(text)
    return bool(level and level.sure and rank in (0, level.rank))


def _level(label: str) -> Level | None:
    words = vocabulary()
    tail = _suffix().search(label)
    stem = label[: tail.start()] if tail else label
    lead = words["prefix"].match(stem)
    whole, stem = stem, stem[lead.end() :] if lead and lead.end() < len(stem) else stem
    one, two = (_first(rank, stem) or _first(rank, whole) or "" for rank in ("level1", "level2"))
    two = "" if not tail and words["level2_in_full"].fullmatch(two) else two
    if (not one and not two) or _first("fields", label) == "money":
        return None  # 投入目标 heads amounts
    rank: Literal[1, 2, 12] = 12 if one and two else 1 if one else 2
    may_open = bool(tail) and tail.group(0) == "目标" and stem in _GOALS  # type: ignore[union-attr]
    asked = two == "服务对象满意度" and ("服务对象" in stem or stem == _BROKEN)
    sure = (bool(tail) and not may_open) or two in EFFECT_LEVELS or asked
    return Level(rank, one or LEVEL_OF_TWO.get(two, ""), two, sure)


def _joined(label: str) -> Level | None:
    """Both levels in one cell: 产出指标-数量, 效益指标(社会效益指标)."""
    parts = _JOINT.split(label.removesuffix(")"), maxsplit=1)
    one, two = (_level(part) if part else None for part in (*parts, "")[:2])
    if not one or not two or one.rank == 2 or two.rank == 1 or not (one.sure or two.sure):
        return None
    return Level(2, one.one, two.two, True)


def _first(part: str, label: str) -> str | None:
    found = _one_of(part).fullmatch(label)
    return found.lastgroup if found else None


@cache
def _one_of(part: str) -> re.Pattern[str]:
    """The expressions of a list in one, the first that fits by its name: half as long to compile and to try."""
    return re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in patterns(part).items()))


@lru_cache(maxsize=1 << 14)
def head_of(text: str) -> str | None:
    """The column that a cell heads in the indicator part ("name", "value", "sign" …), or None."""
    label = "" if text.isascii() else bare(text)  # amounts are most of what a file holds
    if not 0 < len(label) <= LONGEST:
        return None
    plain = _YEAR_TOLD.sub("", _HALF.sub("", label))  # 二级指标(长期)
    return _first("heads", label) or (_first("heads", plain) if plain != label else None) or _head_of_half(label)


def _head_of_half(label: str) -> str | None:
    """实施期指标名称, 年度计量单位: the head of one half's column."""
    plain = _HALF_FIRST.sub("", label)
    kind = _first("heads", plain) if plain != label else None
    return kind if kind in _BY_HALF else None


@lru_cache(maxsize=1 << 14)
def row_head_of(text: str) -> str | None:
    """The column that a cell heads left of the levels, in tables with one project a row."""
    label = "" if text.isascii() else bare(text)  # amounts are most of what a file holds
    return _first("row_heads", label) if 0 < len(label) <= LONGEST else None


@lru_cache(maxsize=1 << 14)
def field_of(text: str) -> str | None:
    """The field of the form's head or foot that a cell labels, or None."""
    label = "" if text.isascii() else bare(text)  # amounts are most of what a file holds
    return _first("fields", label) if 0 < len(label) <= LONGEST else None


@lru_cache(maxsize=1 << 13)
def goal_of(text: str) -> str | None:
    """Whose goals a cell labels: "period", "annual", "any" or "other" (actual results); None where it labels none."""
    label = bare(text)
    if not 0 < len(label) <= LONGEST:
        return None
    return next(
        (key for key in ("period", "annual", "other", "any") if vocabulary()["goals"][key].fullmatch(label)), None
    )


def year_in(years: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The year of a title; of 2026年度绩效自评及2027年度绩效目标 that of the targets."""
    found = list(years.finditer(text))
    before = [year for year in found if year.end() <= text.rfind("目标")]
    return before[-1] if len(found) > 1 and before else next(iter(found), None)


@lru_cache(maxsize=1 << 12)
def half_in(text: str) -> Half | None:
    """The half that a label belongs to by its words (实施期…, 年度…)."""
    label = squeeze(text)
    half = vocabulary()["half"]
    return "period" if half["period"].search(label) else "annual" if half["annual"].search(label) else None


@lru_cache(maxsize=1 << 13)
def is_total(text: str) -> bool:
    """A label of the whole amount (年度资金总额)."""
    label = _BRACKET_END.sub("", bare(text))
    return 0 < len(label) <= LONGEST and bool(vocabulary()["total"].fullmatch(label))


def is_known(text: str) -> bool:
    """Whether the cell is a label of any kind."""
    return bool(level_of(text) or head_of(text) or field_of(text) or goal_of(text) or is_total(text))


@lru_cache(maxsize=1 << 14)
def matches(part: str, text: str) -> bool:
    """Whether the whole cell is one of the words of a plain list of the vocabulary (blank, nature, stop …)."""
    label = squeeze(text)
    return bool(label) and len(label) <= 2 * LONGEST and bool(vocabulary()[part].fullmatch(label))


@lru_cache(maxsize=1 << 13)
def is_title(text: str) -> bool:
    """A line that names a form (…绩效目标表, …绩效自评表)."""
    label = squeeze(text)
    return 5 <= len(label) <= 2 * LONGEST and bool(vocabulary()["title"].fullmatch(label)) and not field_of(text)


def unit_said(text: str) -> str | None:
    """The unit that a line says to count in: 单位:万元, also in brackets behind a title."""
    found = _UNIT_SAID.search(text) if "单位" in text else None
    return found[1] if found else None


@lru_cache(maxsize=1 << 13)
def half_title(text: str) -> Half | None:
    """长期绩效目标表, 年度绩效目标表 inside a form: the half whose rows follow."""
    return half_in(text) if _HALF_TITLE.fullmatch(bare(text)) else None


@lru_cache(maxsize=1 << 13)
def is_block_label(text: str) -> bool:
    """绩效指标, 年度绩效指标, 年度绩效目标1(80分): the label left of a whole block."""
    return bool(_BLOCK.fullmatch(bare(text)) or _SCORED_BLOCK.fullmatch(squeeze(text)))


@lru_cache(maxsize=1 << 13)
def closes(text: str) -> bool:
    """A seal, a signature or the unit of money: no cell of an indicator row says that."""
    label = squeeze(text)
    return 3 <= len(label) <= LONGEST and bool(_CLOSES.search(label))


def has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def is_points(text: str) -> bool:
    """A score in brackets that has lost its level: (30分)."""
    label = squeeze(text)
    return 0 < len(label) <= 12 and bool(_POINTS_ONLY.fullmatch(label))


def opens_with_points(text: str) -> bool:
    """(80分)一级指标: a score in brackets that the line above has lost."""
    return _POINTS_FIRST.match(squeeze(text)) is not None


@lru_cache(maxsize=1 << 13)
def is_money_unit(text: str) -> bool:
    """(万元), 金额单位:万元: nothing but the unit of the money around it."""
    label = squeeze(text)
    return 0 < len(label) <= 12 and label not in ("元", "万元", "亿元") and bool(_MONEY_UNIT.fullmatch(label))


def money_unit(text: str) -> str | None:
    """元 or 万元 where a label ends in it."""
    found = _MONEY_UNIT.search(bare(text))
    return found.group(1) if found else None


def second_alone(one: str) -> str:
    """The second level of rows that have a first one only: its own one, or the first once more."""
    return "服务对象满意度" if one == "满意度指标" else one


def canonical(level: Level, parent: str) -> tuple[str, str]:
    """First and second level of a row under `level` when the first-level cell last said `parent`."""
    if level.two in LEVEL2 and level.two != "成本指标":
        return LEVEL_OF_TWO[level.two], level.two
    return parent or level.one, level.two
