"""Photographs of what a browser and an office program show, as small PNG files. All in the working folder."""

import os
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

_COLOURS = 48  # a photograph of black letters on white needs no more
_EDGE = 12
_TIME = 180
# The fonts of an office program, where there are none of its own: else letters of several fonts and widths are mixed.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><test qual="any" name="family" compare="not_eq"><string>OpenSymbol</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit></match>
</fontconfig>
"""


def browser(path: str, width: int, height: int) -> bytes:
    """The upper part of a page, as large as the window."""
    look = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--force-prefers-color-scheme=light")
    _run("chromium", *look, f"--window-size={width},{height}", "--screenshot=seen.png", Path(path).resolve().as_uri())
    return _small(Path("seen.png"), foot=1)


def prints(paths: Iterable[str]) -> None:
    """Workbooks and letters as PDF beside them: a sheet or a page a page. One start of the office program for all."""
    office = f"-env:UserInstallation={Path('office').resolve().as_uri()}"
    Path("fonts.conf").write_text(_FONTS, encoding="utf-8")
    fonts = str(Path("fonts.conf").resolve())
    _run("soffice", "--headless", office, "--convert-to", "pdf", *paths, FONTCONFIG_FILE=fonts)


def page(path: str, number: int, dpi: int, foot: float = 0.94) -> bytes:
    """A page of what `prints` made, the first being 1, down to the share `foot` of its height."""
    first, last = ("-f", str(number)), ("-l", str(number))
    _run("pdftoppm", "-r", str(dpi), "-png", "-singlefile", *first, *last, path, "seen")
    return _small(Path("seen.png"), foot)


def _run(*words: str, **settings: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(words, check=True, timeout=_TIME, env={**os.environ, **settings}, **quiet)


def _small(path: Path, foot: float) -> bytes:
    """Without the margins of the paper and the page number at its foot, in few colours."""
    picture = Image.open(path).convert("RGB")
    paper = Image.new("RGB", picture.size, (255, 255, 255))
    picture = picture.crop((0, 0, picture.width, int(picture.height * foot)))
    printed = ImageChops.difference(picture, paper.crop((0, 0, *picture.size))).getbbox()
    assert printed, path
    box = (
        max(0, printed[0] - _EDGE), max(0, printed[1] - _EDGE),
        min(picture.width, printed[2] + _EDGE), min(picture.height, printed[3] + _EDGE),
    )  # fmt: skip
    target = BytesIO()
    picture.crop(box).quantize(_COLOURS).save(target, "PNG", optimize=True)
    return target.getvalue()
