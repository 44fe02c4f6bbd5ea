"""The pictures of the pages of review, monitor, evaluate and compare: every output that a person looks at."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kpi.cli import main
from kpi.reports.lines import Line
from tests.pictures import photo
from tests.pictures.desk import desk
from tests.pictures.screen import shown


class Screen(NamedTuple):
    """A command at the terminal; of what it prints the `first` and the `last` lines, or all where `first` is 0."""

    command: str
    first: int = 0
    last: int = 0


class Window(NamedTuple):
    """The upper part of a page that a command writes."""

    command: str
    width: int
    height: int


class Paper(NamedTuple):
    """A printed page of a workbook or letter that a command writes, down to the share `foot` of its height."""

    command: str
    page: int
    dpi: int
    foot: float = 0.94


FORMS = {
    "目标/教学楼维修.txt": "clean-school.txt",
    "目标/道路硬化.txt": "stacked-road.txt",
    "目标/高标准农田.txt": "weights-farmland.txt",
    "目标/超声设备.txt": "single-half-clinic.txt",
}
FILES = {
    **FORMS,
    "一稿.txt": "stacked-road.txt",
    "自评表.csv": "school-last-year.csv",
    "7月.csv": "7月.csv",
    "完成情况2026-04-30.csv": "完成情况2026-04-30.csv",
}
# What the bureau of the road changed in its second draft; the goal of the whole term stays.
SECOND_DRAFT = {
    "≥9.75公里": "≥9公里", "≤100%": "=100%", "≤84万元/公里": "≤80万元/公里", "约3000人": "≥2700人",
    "群众普遍满意": "≥90%",
}  # fmt: skip
_JULY = "kpi monitor 目标 --actuals 7月.csv --as-of 2026-07-31"
_SCHOOL = "kpi monitor 目标/教学楼维修.txt --actuals 7月.csv --as-of 2026-07-31"
SCREENS: Mapping[str, Screen] = {
    "review-terminal": Screen("kpi review 目标/超声设备.txt", 33, 4),
    "monitor-terminal": Screen(_SCHOOL),
    "evaluate-terminal": Screen("kpi evaluate 自评表.csv"),
    "compare-terminal": Screen("kpi compare 一稿.txt 二稿.txt"),
}
SEEN: Mapping[str, Window | Paper] = {
    "review-ranking": Paper("kpi review 目标 -o 审核表.xlsx", 1, 110),
    "review-form": Paper("kpi review 目标 -o 审核表.xlsx", 6, 110),
    "review-letter": Paper("kpi review 目标 -o 审核意见.docx", 1, 90),
    "review-page": Window("kpi review 目标 -o 审核.html", 1000, 1500),
    "monitor-list": Paper("kpi monitor 目标/教学楼维修.txt --template 完成情况.xlsx", 1, 120),
    "monitor-summary": Paper(f"{_JULY} -o 监控汇总.xlsx", 1, 110, 0.9),
    "monitor-sheet": Paper(f"{_SCHOOL} -o 监控表.xlsx", 3, 110, 0.92),
    "monitor-letter": Paper(f"{_JULY} -o 监控情况.docx", 2, 100, 0.9),
    "monitor-page": Window(f"{_JULY} --previous 完成情况2026-04-30.csv -o 监控.html", 1000, 1500),
    "evaluate-sheet": Paper("kpi evaluate 自评表.csv -o 自评结果.xlsx", 3, 110),
    "evaluate-letter": Paper("kpi evaluate 自评表.csv -o 自评情况.docx", 1, 100, 0.9),
    "evaluate-page": Window("kpi evaluate 自评表.csv -o 自评结果.html", 1000, 1200),
    "compare-sheet": Paper("kpi compare 一稿.txt 二稿.txt -o 对比.xlsx", 1, 120),
    "compare-letter": Paper("kpi compare 一稿.txt 二稿.txt -o 对比情况.docx", 1, 100, 0.9),
    "compare-page": Window("kpi compare 一稿.txt 二稿.txt -o 对比.html", 1000, 900),
}


@contextmanager
def at_work() -> Iterator[None]:
    with desk(FILES):
        Path("二稿.txt").write_text(_second_draft(Path("一稿.txt").read_text(encoding="utf-8")), encoding="utf-8")
        yield


def _second_draft(text: str) -> str:
    head, sign, annual = text.partition("\n年度目标")
    for old, new in SECOND_DRAFT.items():
        assert old in annual, old
        annual = annual.replace(old, new)
    return head + sign + annual


def terminals() -> Mapping[str, list[Line]]:
    with at_work():
        return {name: shown(*screen) for name, screen in SCREENS.items()}


def written(command: str) -> str:
    """Run a command that writes a file; its name."""
    *_, output = command.split()
    assert main([*command.split()[1:]]) in (0, 1), command
    assert Path(output).exists(), command
    return output


def photographs() -> Mapping[str, bytes]:
    with at_work():
        outputs = {command: written(command) for command in dict.fromkeys(one.command for one in SEEN.values())}
        photo.prints(path for path in outputs.values() if not path.endswith(".html"))
        return {name: _taken(one, Path(outputs[one.command])) for name, one in SEEN.items()}


def _taken(one: Window | Paper, path: Path) -> bytes:
    if isinstance(one, Window):
        return photo.browser(str(path), one.width, one.height)
    return photo.page(str(path.with_suffix(".pdf")), one.page, one.dpi, one.foot)
