"""The pictures of docs/quickstart.md, drawn from what `kpi` prints and writes today: `make pictures`.

The terminal is drawn as SVG, whose text the tests read back; the page and the worklist are photographed by Chromium
and LibreOffice.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from html import escape
from itertools import chain
from pathlib import Path

import kpi
from kpi.cli import main
from kpi.commands.statuses import status
from kpi.commands.watch import Screen
from kpi.reports import lint_changes, lint_text
from kpi.reports.lines import Line, Span, line, styled
from kpi.reports.view import View
from kpi.reports.width import width

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
FORM = "绩效目标表.txt"
SEVERAL = ("weights-farmland", "single-half-clinic", "stacked-road")
# What the clerk of the story puts right between two saves.
MENDED = {"≤860万元": "≤86万元", "≥100%": "=100%"}
_COLUMNS = 100
_COLOURS = 48  # a photograph of black letters on white needs no more
_SIZE, _HIGH, _EDGE = 14, 21, 16
_DPI = 200  # a sheet of small print has to stand enlarging
# The fonts of an office program, where there are none of its own: else letters of several fonts and widths are mixed.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><test qual="any" name="family" compare="not_eq"><string>OpenSymbol</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit></match>
</fontconfig>
"""
# No fonts from elsewhere and no fixed widths: letters stand as the reader's own fonts have them.
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<style>
text {{ font: {size}px Menlo, Consolas, "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace; fill: #d6dae0;
white-space: pre; }}
.error {{ fill: #ff7b72; font-weight: bold; }}
.warning {{ fill: #e3b341; }}
.info {{ fill: #79c0ff; }}
.good {{ fill: #7ee787; font-weight: bold; }}
.head, .strong {{ fill: #ffffff; font-weight: bold; }}
.dim {{ fill: #8f98a3; }}
</style>
<rect width="{width}" height="{height}" rx="8" fill="#1b1f24"/>
{rows}
</svg>
"""


def terminals() -> Mapping[str, list[Line]]:
    """The screens by the names of their pictures: what was typed, and what came."""
    with at_work():
        before = kpi.lint(FORM)
        Path(FORM).write_text(mended(), encoding="utf-8")
        after = kpi.lint(FORM)
        checked = [line("$ ", styled("strong", f"kpi lint {FORM}")), *lint_text.render(before)]
        first = lint_changes.known({}, before)
        found = lint_changes.changes(first, lint_changes.known(first, after), lint_changes.read(after))
        news = lint_changes.render(found, several=False)
        screen = Screen([FORM], View(), lambda outcome: status(outcome, "error"), lambda: datetime(2026, 3, 2, 9, 5, 7))
        watched = chain(lint_text.render(after, quiet=True), [line()], news, screen.waiting())
        return {"terminal": checked, "watch": [line("$ ", styled("strong", f"kpi lint -q --watch {FORM}")), *watched]}


def mended() -> str:
    text = Path(FORM).read_text(encoding="utf-8")
    for old, new in MENDED.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def at_work() -> Iterator[None]:
    """A folder of an office with a form, and beside it a folder of several."""
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        shutil.copy(ROOT / "examples" / "single-half-clinic.txt", home / FORM)
        (home / "申报材料").mkdir()
        for name in SEVERAL:
            shutil.copy(ROOT / "examples" / f"{name}.txt", home / "申报材料")
        os.chdir(home)
        try:
            yield
        finally:
            os.chdir(here)


def svg(lines: list[Line]) -> str:
    shown = [part for one in lines for part in folded(one)]
    rows = (
        f'<text x="{_EDGE}" y="{_EDGE + _HIGH * number}" xml:space="preserve">{"".join(map(_span, one))}</text>'
        for number, one in enumerate(shown, 1)
        if one
    )
    return _SVG.format(
        width=2 * _EDGE + _COLUMNS * 8, height=2 * _EDGE + _HIGH * len(shown) + _HIGH // 2, size=_SIZE,
        rows="\n".join(rows),
    )  # fmt: skip


def _span(span: Span) -> str:
    text = escape(span.text)
    return f'<tspan class="{span.style}">{text}</tspan>' if span.style else text


def folded(one: Line) -> Iterator[Line]:
    """As a terminal does it: at its edge, wherever that is."""
    parts: list[Span] = []
    used = 0
    for span in one:
        kept = ""
        for character in span.text:
            if used + width(character) > _COLUMNS:
                yield (*parts, span._replace(text=kept))
                parts, kept, used = [], "", 0
            kept, used = kept + character, used + width(character)
        parts.append(span._replace(text=kept))
    yield tuple(part for part in parts if part.text)


def photographs() -> Mapping[str, bytes]:
    """The outputs for a browser and for an office, as PNG."""
    with at_work():
        made = {"page.html": FORM, "worklist.xlsx": "申报材料"}
        for output, path in made.items():
            assert main(["lint", "--fail-on", "never", "-o", output, path]) == 0
        browser = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu")
        look = ("--force-prefers-color-scheme=light", "--window-size=1100,1060", "--screenshot=page.png")
        _run("chromium", *browser, *look, Path("page.html").resolve().as_uri())
        office = f"-env:UserInstallation={Path('office').resolve().as_uri()}"
        Path("fonts.conf").write_text(_FONTS, encoding="utf-8")
        fonts = str(Path("fonts.conf").resolve())
        _run("soffice", "--headless", office, "--convert-to", "pdf", "worklist.xlsx", FONTCONFIG_FILE=fonts)
        _run("pdftoppm", "-r", str(_DPI), "-png", "-singlefile", "-l", "1", "worklist.pdf", "worklist")
        return {name: _small(Path(f"{name}.png")) for name in ("page", "worklist")}


def _run(*words: str, **settings: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(words, check=True, timeout=120, env={**os.environ, **settings}, **quiet)


def _small(path: Path) -> bytes:
    """Without the margins of the paper, in few colours."""
    from io import BytesIO

    from PIL import Image, ImageChops

    picture = Image.open(path).convert("RGB")
    paper = Image.new("RGB", picture.size, (255, 255, 255))
    # the page number at the foot of the sheet is no part of what is shown
    printed = ImageChops.difference(picture, paper).crop((0, 0, picture.width, int(picture.height * 0.94))).getbbox()
    assert printed, path
    edge = 12
    box = (
        max(0, printed[0] - edge), max(0, printed[1] - edge),
        min(picture.width, printed[2] + edge), min(picture.height, printed[3] + edge),
    )  # fmt: skip
    target = BytesIO()
    picture.crop(box).quantize(_COLOURS).save(target, "PNG", optimize=True)
    return target.getvalue()


def draw() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, lines in terminals().items():
        (FOLDER / f"{name}.svg").write_text(svg(lines), encoding="utf-8")
    for name, data in photographs().items():
        (FOLDER / f"{name}.png").write_bytes(data)


if __name__ == "__main__":
    draw()
    print(*sorted(path.name for path in FOLDER.iterdir()), file=sys.stderr)
