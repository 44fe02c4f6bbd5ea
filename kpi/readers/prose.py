"""Targets in running text: "数量指标：种植面积≥60亩；时效指标：…", with or without marks between them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Indicator, Location, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.prosefoot import without_foot
from kpi.readers.prosehead import read_prose_head
from kpi.readers.proseitems import EDGE
from kpi.readers.proserows import CLOSING, NUMBERED, Texts, indicators_of
from kpi.values.normal import MARKS
from kpi.values.traditional import simplified

_OPENS = later(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十\d]+[)）]|指标\d)")
_PAIRED = later(rf"\s*[^:：,，。;；]{{2,40}}[:：]\s*(?:[{MARKS}]|\d)")  # 律师接访补助: ≤500元/场
_OUTPUTS = later("产出|投入")
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
@cache
def _labels() -> re.Pattern[str]:
    bulleted = "(?:(?<=[•●◆▪])|(?<=[•●◆▪] ))(?:(?:经济|社会|生态)效益|可持续影响)(?=[:：])"
    numbered = "(?<=[(（][1-9][)）])(?:(?:经济|社会|生态)效益|可持续影响)(?=。\n|[:：])"  # (3)可持续影响。
    return re.compile(f"{labels.level_stems()}(?:指标|目标|值)(?:等)?|{bulleted}|{numbered}")


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
    indicators = tuple(indicators_of(Texts(raw, text, cells, starts), found, lost))
    scrambled = _is_scrambled(indicators, counted=labels.SLOT.search(text) is not None)
    if len(indicators) < _LEAST or scrambled or not _is_form(text, found, _told(found, indicators)):
        return [], []
    last = indicators[-1].name
    at_end = text.rstrip().endswith(last) and not last.endswith((")", "）"))  # （请根据实际增加）: the template's
    cut = at_end and not indicators[-1].valued and len(indicators) > _LEAST
    cut = cut or _ends_in_figure(text, indicators)
    indicators = indicators[:-1] if cut else indicators  # 人均培训费, and the file ends
    cut = cut or _ends_in_level(text, found, indicators)
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


def _ends_in_figure(text: str, indicators: Sequence[Indicator]) -> bool:
    """投诉件比上年减少20, and the file ends amid the effects: the page went on with the unit and the rest."""
    row = indicators[-1]
    said = row.annual.text.strip() if row.annual else ""
    amid = row.level1 == "效益指标" and not any(one.level1 == "满意度指标" for one in indicators)
    return amid and len(indicators) > _LEAST and said[-1:].isdigit() and text.rstrip().endswith(said)


def _ends_in_level(text: str, found: Sequence[re.Match[str]], indicators: Sequence[Indicator]) -> bool:
    """(3)可持续影响。改善耕层结构,带动农机合, and the file ends: the last level has words that stop, and no row."""
    level = labels.level_of(found[-1].group())
    read = level is None or level.rank == 1 or any(level.two == row.level2 for row in indicators)
    return not read and not labels.CLOSED.search(text.rstrip()) and CLOSING.search(text, found[-1].end()) is None


def _without_contents(text: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The labels without those in a table of contents (2、效益指标 / 3、满意度指标 / 三、…); the outputs follow it."""
    first = next((k for k, m in enumerate(found) if _OUTPUTS.match(m.group())), 0)
    before = (text[text.rfind("\n", 0, m.start()) + 1 : text.find("\n", m.end())] for m in found[:first])
    contents = all(NUMBERED.sub("", line).strip(EDGE) == m.group() for line, m in zip(before, found, strict=False))
    return found[first:] if contents else found


def _titled(title: GridCell | None, project: str) -> dict[str, Location]:
    """Where the title stands, and the project's name where the title tells it: a text has no field to be left empty."""
    keys = ("title", "project") if project else ("title",)
    return {} if title is None else dict.fromkeys(keys, title.location)


def _is_scrambled(indicators: Sequence[Indicator], *, counted: bool) -> bool:
    """Whether so many names have no value that their values may stand anywhere else; a name that is all that its level
    says is none of them, where names are not `counted`."""
    levels = Counter((row.level1, row.level2) for row in indicators)
    indicators = [row for row in indicators if row.valued or counted or levels[row.level1, row.level2] > 1]
    left = (labels.TEMPLATE.fullmatch(row.name) or labels.SLOT.match(row.name) for row in indicators)
    blank = sum(not row.valued and not of_template for row, of_template in zip(indicators, left, strict=True))
    return _FEW * blank > sum(row.valued for row in indicators)


def _is_form(text: str, found: Sequence[re.Match[str]], told: int) -> bool:
    """Whether half of a text tells targets (less where it counts them: other years' values may stand between), or one
    sentence of it tells nothing else."""
    counted = sum(1 for _ in labels.SLOT.finditer(text, found[0].start())) >= _COUNTED
    closing = CLOSING.search(text, found[-1].end())  # what stands below them may be long
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
