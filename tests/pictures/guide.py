"""The pictures of docs/quickstart.md."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path

import kpi
from kpi.cli import main
from kpi.commands.statuses import status
from kpi.commands.watch import Screen
from kpi.reports import lint_changes, lint_text
from kpi.reports.lines import Line, line
from kpi.reports.view import View
from tests.pictures import photo
from tests.pictures.desk import desk
from tests.pictures.screen import shown, typed

FORM = "绩效目标表.txt"
SEVERAL = ("weights-farmland", "single-half-clinic", "stacked-road")
# What the clerk of the story puts right between two saves.
MENDED = {"≤860万元": "≤86万元", "≥100%": "=100%"}


@contextmanager
def at_work() -> Iterator[None]:
    """A folder of an office with a form, and beside it a folder of several."""
    with desk({FORM: "single-half-clinic.txt", **{f"申报材料/{name}.txt": f"{name}.txt" for name in SEVERAL}}):
        yield


def mended() -> str:
    text = Path(FORM).read_text(encoding="utf-8")
    for old, new in MENDED.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def terminals() -> Mapping[str, list[Line]]:
    with at_work():
        checked = shown(f"kpi lint {FORM}")
        before = kpi.lint(FORM)
        Path(FORM).write_text(mended(), encoding="utf-8")
        after = kpi.lint(FORM)
        first = lint_changes.known({}, before)
        found = lint_changes.changes(first, lint_changes.known(first, after), lint_changes.read(after))
        news = lint_changes.render(found, several=False)
        screen = Screen([FORM], View(), lambda outcome: status(outcome, "error"), lambda: datetime(2026, 3, 2, 9, 5, 7))
        watched = chain(lint_text.render(after, quiet=True), [line()], news, screen.waiting())
        return {"terminal": checked, "watch": [typed(f"kpi lint -q --watch {FORM}"), *watched]}


def photographs() -> Mapping[str, bytes]:
    with at_work():
        made = {"page.html": FORM, "worklist.xlsx": "申报材料"}
        for output, path in made.items():
            assert main(["lint", "--fail-on", "never", "-o", output, path]) == 0
        photo.prints(["worklist.xlsx"])
        # a sheet of small print has to stand enlarging
        return {"page": photo.browser("page.html", 1100, 1060), "worklist": photo.page("worklist.pdf", 1, 200)}
