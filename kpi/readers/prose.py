"""Targets in running text: "数量指标：种植面积≥60亩；时效指标：…", with or without marks between them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Entry, Indicator, Location, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.profile import cost_parent
from kpi.readers.prosefoot import without_foot
from kpi.readers.prosehead import read_prose_head
from kpi.readers.proseitems import EDGE, alone, left_alone, listed, state_of, words_alone
from kpi.values.normal import MARKS
from kpi.values.traditional import simplified

_ITEM = later(
    rf"(?P<name>[^;；。\n{MARKS}]{{1,60}}?)"
    rf"(?P<value>(?<=■)(?=[{MARKS}\s]*[^\W_])[^;；。,，\n]{{1,24}}|(?:[{MARKS}]{{1,2}}|不低于|不少于|不超过|不高于|不大于|不小于|达到|控制在)\s*\d[\d.,]*[^\s;；。,，\d{MARKS}]{{0,8}}"
    r"|(?<=\S{4})(?:按[^\s\d]{1,6}|全部|基本|有效|持续|逐步|明显|有所|得到)?"  # 日志填写|按要求完成 22.5
    r"(?:完成|提高|提升|改善|增强|到位|合格|达标|良好|优秀|稳定|及时|规范|按[月季年]|每月|每季度|全年|年内|当年|[上下]半年|[一二三四]季度)(?=\s+\d{1,3}(?:\.\d+)?(?:\s|$)))"
    r"(?:\s+(?P<weight>\d{1,3}(?:\.\d+)?)(?=\s|$))?"
)
_NUMBERED = later(r"[(（]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]")
_OPENS = later(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十\d]+[)）]|指标\d)")
_PAIRED = later(rf"\s*[^:：,，。;；]{{2,40}}[:：]\s*(?:[{MARKS}]|\d)")  # 律师接访补助: ≤500元/场
_OUTPUTS = later("产出|投入")
_EDGES = 12  # characters behind a label in which its first number stands
_BRACKETS = later(r"[(（][^()（）]*[)）]")
_ABOUT = later(r"关于(.{2,60}?)绩效目标")
#: 附件:…技术培训项目绩效目标表
_TITLED = later(
    r"(?:附件\d*\s*[:：]?\s*)?(?P<name>[^,，。;；:：]{2,50}?(?:项目|经费|资金|专项|补助|补贴|奖补))(?:(?:支出)?(?:财政)?绩效目标"
    r"(?:设定|申报表?|批复表?|表|公示|公开|情况)?|(?<=项目)实施情况公[告示])"
)
_YEAR = later(r"(?<!\d)(20\d\d)年")
_LONGEST = 200_000  # characters
_SHARE = 0.5  # of the text from the first label on
_SHARE_COUNTED, _COUNTED = 0.3, 5  # of one that counts so many targets (指标1:…)
_FEW = 4  # rows with a value for one without
_TOP = 10  # lines above the text, which a site has set as a table
_LEAST = 3  # levels and values that make a text a form
_SENTENCE = 4  # levels that one sentence of a longer text tells
_DENSE = 0.7  # of such a sentence
_EXAMPLE = later("例如|比如|譬如|示例|举例|样例|范例|参考|如[:：]")
_BEFORE = 40  # characters in front of it
_WIDTH = (30, 120)  # of a page's lines, in half characters
_FULL, _NEAR = 0.85, 3  # of the widest line near by
#: What stands below the last target of a notice.
_CLOSING = later(
    r"\s*(?:合计|总分)[:：]?\s*\d{2,3}(?![\d.])(?=\s*(?:评价结论|存在问题|$))|\s*评价结论(?=\S)"
    r"|\n\s*(?:公示(?:时间|期限|期)[:：]\s*[自从为]?\s*20\d\d年|附件\d*[:：]|扫一扫|特此公[示告])"
)


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(f"{labels.level_stems()}(?:指标|目标|值)(?:等)?")


_HOLED = later(r"[(（][^()（）]*\*{2}[^()（）]*[)）]$")
_IS = ("为", "是")  # 产出目标为泵站2座
NO_VALUE = "这一条分不清哪里是名称、哪里是指标值，没有读入"


def read_prose(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[Unread]]:
    """The form that a running text holds, and its items that are no row; two empty lists where it names too few levels
    and values to be one."""
    lines, signed, places = without_foot(lines)
    cells = [line.cells[0] for line in lines if line.grid is None and line.filled]
    raw, starts = _text(lines)
    text = simplified(raw)
    found = _without_contents(text, list(_labels().finditer(text)))
    if len({m.group() for m in found}) < _LEAST:
        return [], []
    lost: list[Unread] = []
    indicators = tuple(_indicators((raw, text), found, cells, starts, lost))
    if len(indicators) < _LEAST or _is_scrambled(indicators) or not _is_form(text, found, _told(found, indicators)):
        return [], []
    last = indicators[-1].name
    at_end = text.rstrip().endswith(last) and not last.endswith((")", "）"))  # （请根据实际增加）: the template's
    cut = at_end and not indicators[-1].valued and len(indicators) > _LEAST
    indicators = indicators[:-1] if cut else indicators  # 人均培训费, and the file ends
    cut = cut or bool(lost and text.endswith(simplified(lost[-1].text)) and not labels.CLOSED.search(text))
    title = next((c for c in cells if labels.is_title(c.text)), None)
    title = title or next((c for c in cells[:_TOP] if _TITLED.fullmatch(c.text.strip())), None)
    named = title.text.strip() if title else ""
    said = (c.text for line in lines[:_TOP] if line.grid is not None for c in line.filled)  # 标题: | 关于…绩效目标
    about = _ABOUT.search(named) or _TITLED.fullmatch(named) or next(filter(None, map(_ABOUT.search, said)), None)
    own = _YEAR.search(text)
    head = read_prose_head(cells[: bisect_right(starts, found[0].start())])
    project = head.fields.get("project") or (about.group(1) if about else "")
    table = TargetTable(
        title=title.text if title else "",
        year=year or (int(own.group(1)) if own else None),
        project=project,
        department=head.fields.get("department"),
        unit=head.fields.get("unit"),
        annual_funding=head.funding,
        term=head.fields.get("term"),
        sections=MappingProxyType(head.sections),
        period_goal=head.period_goal,
        annual_goal=head.goal,
        indicators=indicators,
        sign_off=MappingProxyType(signed),
        cut=cut,
        locations={**_titled(title, project), **head.places, **places},
    )
    return [table], [one._replace(project=table.project) for one in lost]


def _without_contents(text: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The labels without those in a table of contents (2、效益指标 / 3、满意度指标 / 三、…); the outputs follow it."""
    first = next((k for k, m in enumerate(found) if _OUTPUTS.match(m.group())), 0)
    before = (text[text.rfind("\n", 0, m.start()) + 1 : text.find("\n", m.end())] for m in found[:first])
    contents = all(_NUMBERED.sub("", line).strip(EDGE) == m.group() for line, m in zip(before, found, strict=False))
    return found[first:] if contents else found


def _titled(title: GridCell | None, project: str) -> dict[str, Location]:
    """Where the title stands, and the project's name where the title tells it: a text has no field to be left empty."""
    keys = ("title", "project") if project else ("title",)
    return {} if title is None else dict.fromkeys(keys, title.location)


def _is_scrambled(indicators: Sequence[Indicator]) -> bool:
    """Whether so many names have no value that their values may stand anywhere else."""
    left = (labels.TEMPLATE.fullmatch(row.name) or labels.SLOT.match(row.name) for row in indicators)
    blank = sum(not row.valued and not of_template for row, of_template in zip(indicators, left, strict=True))
    return _FEW * blank > sum(row.valued for row in indicators)


def _is_form(text: str, found: Sequence[re.Match[str]], told: int) -> bool:
    """Whether half of a text tells targets (less where it counts them: other years' values may stand between), or one
    sentence of it tells nothing else."""
    counted = sum(1 for _ in labels.SLOT.finditer(text, found[0].start())) >= _COUNTED
    closing = _CLOSING.search(text, found[-1].end())  # what stands below them may be long
    length = (closing.start() if closing else len(text)) - found[0].start()
    if told >= (_SHARE_COUNTED if counted else _SHARE) * length:
        return True
    end = text.find("。", found[-1].end())
    if _EXAMPLE.search(text[: found[0].start()][-_BEFORE:]):
        return False
    return end > 0 and len({m.group() for m in found}) >= _SENTENCE and told >= _DENSE * (end - found[0].start())


def _told(found: Sequence[re.Match[str]], indicators: Sequence[Indicator]) -> int:
    """How many characters are labels, names and values: an article about targets has few among its other words."""
    told = sum(len(i.name) + len(i.parent or "") + len(e.text) for i in indicators for _, e in i.entries())
    return told + sum(len(m.group()) for m in found)


def _text(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """The lines as one text, and where each begins; a line that the page's edge broke goes on without a break."""
    told = [" ".join(c.text for c in line.filled) for line in lines if line.grid is None and line.filled]
    widths = list(map(_width, told))
    parts, starts, at = [], [], 0
    for k, part in enumerate(told):
        if at >= _LONGEST:
            break
        widest = max(widths[max(k - _NEAR, 0) : k + _NEAR + 1])
        mark = "" if k + 1 < len(told) and _is_broken(part, told[k + 1], widest) else "\n"
        parts.append(part + mark)
        starts.append(at)
        at += len(part) + len(mark)
    return "".join(parts)[:_LONGEST].removesuffix("\n"), starts


def _width(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def _is_broken(text: str, below: str, widest: int) -> bool:
    """Whether a line ends at the edge of its page, amid a sentence."""
    least, most = _WIDTH
    full = least <= widest <= most and _width(text) >= _FULL * widest
    begins = _labels().match(below) or _OPENS.match(below) or _PAIRED.match(below)
    return full and not labels.CLOSED.search(text) and begins is None


def _indicators(
    texts: tuple[str, str],
    found: Sequence[re.Match[str]],
    cells: Sequence[GridCell],
    starts: Sequence[int],
    lost: list[Unread],
) -> Iterator[Indicator]:
    """`texts`: as it stands, and in simplified characters. What a list holds that is no row goes to `lost`."""
    raw, text = texts
    one = two = ""
    weighed = False
    levels = [labels.level_of(label.group()) for label in found]
    cost = cost_parent([level.two for level in levels if level and level.rank != 1])
    masked = _BRACKETS.sub(_mask, text)
    ends = [m.start() for m in found[1:]] + [len(text)]
    openings = [raw[m.end() : m.end() + _EDGES].lstrip(EDGE) for m in found]
    numbered = any(_NUMBERED.match(one) or labels.SLOT.match(one) for one in openings)
    for label, level, end in zip(found, levels, ends, strict=True):
        if level is None:
            continue
        start = label.end() + (text[label.end() : label.end() + 1] in _IS)
        above = cost if level.two == "成本指标" else one
        one, two = (level.one, "") if level.rank == 1 else labels.canonical(level, above)
        second = two or labels.second_alone(one)
        closing = _CLOSING.search(text, start, end)
        end = closing.start() if closing else end  # noqa: PLW2901
        said = raw[start : end]
        told, rest = listed(said, numbered) if second else ([], [])
        items = [] if told else list(_ITEM.finditer(masked, start, end))
        state = None if told or items or not two else state_of(said)
        if second and not (told or state):
            each, left = alone(said)
            if len(each) > len(items):  # 开工时间，4月30日前；完工时间，11月底前；支付进度≥80%
                told, rest, items = each, left, []
            elif not items:
                told, rest = each, left
        if two and not (told or state or items or rest) and (how := words_alone(said)):
            told = [how]
        if two and not (told or state or items or rest):
            told, rest = left_alone(said, weighed)
        lost += (Unread(part, _place(start + at, cells, starts), NO_VALUE, None, second) for part, at in rest)
        for name, value, at, period in told:
            place = _place(start + at, cells, starts)
            whole = Entry(period, name, place) if period else None
            points = _POINTS.search(said) if weighed and len(told) == 1 else None
            weight = points[1] if points else None
            yield Indicator(one, second, name, period=whole, annual=Entry(value, name, place), weight=weight)
        if state:
            name = state["name"].strip(EDGE)
            entry = Entry(state["value"], name, _place(start, cells, starts))
            yield Indicator(one, two, name, annual=entry)
        for item in items:
            name, parent = _name(raw[item.start("name") : item.end("name")])
            value = raw[item.start("value") : item.end("value")].strip()
            name, value = _with_manner(name, value)
            weighed = weighed or item.group("weight") is not None
            place = _place(item.start("value"), cells, starts)
            made = Indicator(one, second, name, annual=Entry(value, name, place), parent=parent)
            yield made._replace(weight=item.group("weight") or "") if weighed else made


def _mask(bracket: re.Match[str]) -> str:
    """As many characters; the last one tells the hole of a template, behind which the value begins: (≥**万元)."""
    return "□" * (len(bracket.group()) - 1) + ("■" if _HOLED.fullmatch(bracket.group()) else "□")


_POINTS = later(r"\s(\d{1,3}(?:\.\d+)?)\s*\Z")  # 到位资金6.5亿元 20
_MANNER = later(r"(?P<how>按[^\s\d]{1,6})(?P<value>(?:完成|及时|到位|规范))")
_LEAST_NAME = 4  # characters


def _with_manner(name: str, value: str) -> tuple[str, str]:
    """工资|按月发放及时: what so short a name leaves to its value is what is done (工资按月发放|及时)."""
    manner = _MANNER.fullmatch(value) if len(name) < _LEAST_NAME else None
    return (name + manner["how"], manner["value"]) if manner else (name, value)


def _name(text: str) -> tuple[str, str | None]:
    """A name, and the parent that stands before it with a comma between ("★种植数量，葡萄种植数量"); of two names, the
    one that the template gave a hole (补助标准,菌棒补助成本(≤**元/棒))."""
    mark = _NUMBERED.match(text.strip(EDGE)) or labels.SLOT.match(text.strip(EDGE))
    text = text.strip(EDGE)[mark.end() if mark else 0 :]
    before, comma, name = text.strip(EDGE).replace("，", ",").rpartition(",")
    starred = before.lstrip(EDGE).startswith("★")
    if comma and (starred or (_HOLED.search(name) and not _HOLED.search(before))):
        return name.strip(EDGE), before.strip(EDGE)
    return (text.strip(EDGE), None)


def _place(at: int, cells: Sequence[GridCell], starts: Sequence[int]) -> Location:
    index = max(bisect_right(starts, at) - 1, 0)
    return cells[index].location.after(at - starts[index])
