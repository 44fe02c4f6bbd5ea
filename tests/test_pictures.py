"""The pictures of the guide and of the pages of each job: there, small and of today; the commands run."""

import re
import shlex
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from kpi.cli import main
from kpi.commands import watch
from tests import pictures
from tests.pictures import guide, jobs

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]
GUIDE = (ROOT / "docs" / "quickstart.md").read_text(encoding="utf-8")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
COMMANDS = [
    line for text in re.findall(r"^```\n(.*?)^```$", GUIDE, re.M | re.S)
    for line in text.splitlines() if line.startswith("kpi ")
]  # fmt: skip
MADE_LATER = {"rules.md", "accuracy.md"}  # written by `make accuracy`


def _letters(text):
    """Without white space: lines are folded at the edge of the picture."""
    return "".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_that_are_named_are_there_and_described(page):
    for told, path in PICTURE.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / path).is_file(), path
        assert len(told) > 5  # for those who cannot see it


def test_no_picture_is_left_over_and_all_are_small():
    named = {Path(path).name for page in PAGES for _, path in PICTURE.findall(page.read_text(encoding="utf-8"))}
    files = list(pictures.FOLDER.iterdir())
    assert {path.name for path in files} == named
    assert sum(path.stat().st_size for path in files) < 1_500_000


@pytest.fixture(scope="module")
def terminals():
    return pictures.terminals()


@pytest.mark.parametrize("name", ["terminal", "watch", *jobs.SCREENS])
def test_the_terminal_shows_what_is_printed_today(name, terminals):
    """Drawn by an older version? `make pictures` draws it anew."""
    drawn = ElementTree.parse(pictures.FOLDER / f"{name}.svg")
    shown = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    wanted = ["".join(span.text for span in one) for one in terminals[name]]
    assert _letters("".join(shown)) == _letters("".join(wanted))


def test_the_first_terminal_is_what_the_command_prints(capsys, terminals):
    with guide.at_work():
        assert main(["lint", guide.FORM]) == 1
    printed = capsys.readouterr().out
    lines = ["".join(span.text for span in one) for one in terminals["terminal"]]
    assert lines[0] == f"$ {COMMANDS[0]}"
    assert _letters("".join(lines[1:])) == _letters(printed)


def test_the_second_terminal_is_what_watching_prints(capsys, monkeypatch, terminals):
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == 1:
            Path(guide.FORM).write_text(guide.mended(), encoding="utf-8")
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch.time, "sleep", wait)
    with guide.at_work():
        assert main(shlex.split(COMMANDS[1])[1:]) == 0
    printed = capsys.readouterr().out.partition("─" * 40)[2]
    lines = ["".join(span.text for span in one) for one in terminals["watch"]]
    assert lines[0] == f"$ {COMMANDS[1]}"
    assert _untimed(lines[1:]) == _untimed(printed.splitlines())


def _untimed(lines):
    return re.sub(r"\d\d:\d\d:\d\d", "", _letters("".join(lines)))


def test_the_commands_of_the_guide_run(capsys, monkeypatch):
    def stop(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(watch.time, "sleep", stop)
    assert len(COMMANDS) == 4
    inline = [text for text in re.findall(r"`(kpi [^`]+)`", GUIDE) if not text.endswith("kpi")]
    with guide.at_work():
        for command in [*COMMANDS, *inline]:
            assert main(shlex.split(command)[1:]) in (0, 1), command
        assert {"检查结果.html", "问题清单.xlsx"} <= {path.name for path in Path().iterdir()}


def test_the_links_of_the_guide_lead_somewhere():
    for path in re.findall(r"\]\(([^)#]+\.md)", GUIDE):
        assert (ROOT / "docs" / path).exists() or path in MADE_LATER, path
    (anchor,) = re.findall(r"\(ci\.md#([^)]+)\)", GUIDE)
    assert f"## {anchor}\n" in (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def test_no_picture_asks_for_anything_from_elsewhere():
    for path in pictures.FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}
        assert "url(" not in text
        assert "<script" not in text


@pytest.mark.slow
@pytest.mark.skipif(
    not all(map(shutil.which, ("chromium", "soffice", "pdftoppm"))), reason="没有装 Chromium、LibreOffice 或 poppler"
)
def test_photographs_can_be_taken_again():
    for name, data in pictures.photographs().items():
        assert data.startswith(b"\x89PNG")
        assert 10_000 < len(data) < 150_000, name
