"""The points that a form prints beside its first levels: 产出指标(40分)."""

from collections.abc import Iterable, Sequence

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.lines import Line
from kpi.values.normal import squeezed

_POINTS = later(r"\((\d{1,3}(?:\.\d+)?)分?\)$")
_LEVELS = 3  # cells at the front of a row


#: The key under which the points of all targets stand: 年度绩效指标完成情况(80分).
TARGETS = "绩效指标"
_OF_TARGETS = later(r"(?:年度)?绩效指标(?:完成情况)?")
_IN_RUN = later(
    r"(?:(?P<all>年度绩效(?:目标|指标))|(?P<level>(?:成本|产出|效益|满意度)指标))\((?P<points>\d{1,3}(?:\.\d+)?)分\)"
)
_OF_HEAD = later(r"((?:成本|产出|效益|满意度)指标)(?:权重)?分值(?:为|共)?(\d{1,3}(?:\.\d+)?)分")
_ALONE = later(r"\((\d{1,3}(?:\.\d+)?)分\)")


def printed_points(rows: Sequence[Line], lines: Sequence[Line], mixed: bool) -> dict[str, str]:
    """All points that a form prints, by first level and for its targets: beside the levels of its rows, in its heads,
    or (`mixed`) somewhere in a text of mixed columns."""
    points = points_in_run(lines) if mixed else level_points(rows) or points_of_head(lines)
    return points | points_of_targets(lines)


def points_of_targets(lines: Iterable[Line]) -> dict[str, str]:
    """The points that a head prints for its targets altogether, in their label or right behind it; {} for none."""
    before = ""
    for line in lines:
        for cell in line.filled:
            text = labels.squeeze(cell.text)
            found = _ALONE.match(text) if _OF_TARGETS.fullmatch(before) else None
            inside = _POINTS.search(text) if _OF_TARGETS.fullmatch(_POINTS.sub("", text)) else None
            if told := found or inside:
                return {TARGETS: told[1]}
            before = text
    return {}


def level_points(lines: Iterable[Line]) -> dict[str, str]:
    """The points by first level, as printed; a level that prints two different figures has none."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for cell in line.filled[:_LEVELS]:
            if not labels.has_figure(cell.text):
                continue
            level, points = labels.level_of(cell.text), _POINTS.search(labels.squeeze(cell.text))
            if level and level.rank != 2 and level.one and points:
                found.setdefault(level.one, set()).add(points[1])
    return {level: told.pop() for level, told in found.items() if len(told) == 1}


def points_of_head(lines: Iterable[Line]) -> dict[str, str]:
    """绩效指标(权重分值90分,其中产出指标权重分值50分,效益指标权重分值30分): what a head says of each first level."""
    for line in lines:
        for cell in line.filled:
            if len(told := _OF_HEAD.findall(squeezed(cell.text))) > 1:
                return dict(told)
    return {}


def points_in_run(lines: Iterable[Line]) -> dict[str, str]:
    """The points that a text of mixed columns prints behind its heads, of which blanks have parted the words: 年度 绩效
    目标 (80 分) … 产出指标 (60 分). A head that prints two different figures has none."""
    found: dict[str, set[str]] = {}
    text = "".join(squeezed(c.text) for line in lines if line.packed for c in line.filled)
    for told in _IN_RUN.finditer(text):
        found.setdefault(TARGETS if told["all"] else told["level"], set()).add(told["points"])
    return {head: points.pop() for head, points in found.items() if len(points) == 1}
