"""The file on the disk: whole or not at all, in its place, with its mode; where copies go."""

import errno
import os
from pathlib import Path

import pytest

from kpi.fixes.destination import Wish, corrected, destination, place_under
from kpi.fixes.save import save
from kpi.packages import CannotWrite


def wish(**changes):
    return Wish(**{"output": None, "in_place": False, "paths": ["表.txt"], "files": {"表.txt"}, "writing": 1} | changes)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("表.txt").write_bytes(b"old")


def test_mode_and_links_are_kept():
    Path("表.txt").chmod(0o640)
    Path("链接.txt").symlink_to("表.txt")
    save(b"new", Path("链接.txt"), like=Path("链接.txt"))
    assert Path("链接.txt").is_symlink()
    assert Path("表.txt").read_bytes() == b"new"
    assert Path("表.txt").stat().st_mode & 0o777 == 0o640


def test_read_only():
    Path("表.txt").chmod(0o444)
    with pytest.raises(CannotWrite, match="只读"):
        save(b"new", Path("表.txt"), like=Path("表.txt"))
    assert Path("表.txt").read_bytes() == b"old"
    assert os.listdir() == ["表.txt"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_full_disk_leaves_nothing(step, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        save(b"new", Path("表.txt"), like=Path("表.txt"))
    assert Path("表.txt").read_bytes() == b"old"
    assert os.listdir() == ["表.txt"]


def test_copies_beside():
    assert destination("表.txt", wish(), b"new", ()) == Path("表-改.txt")
    Path("表-改.txt").write_bytes(b"new")
    assert destination("表.txt", wish(), b"new", ()) == Path("表-改.txt")
    with pytest.raises(CannotWrite, match="没有覆盖"):
        destination("表.txt", wish(), b"other", ())


@pytest.mark.parametrize(
    ("output", "writing", "want"),
    [("改好.txt", 1, "改好.txt"), ("夹/", 1, "夹/表.txt"), ("夹", 2, "夹/表.txt"), (".", 1, "表.txt")],
)
def test_copies_elsewhere(output, writing, want):
    if want == "表.txt":
        with pytest.raises(CannotWrite, match="--in-place"):
            destination("表.txt", wish(output=output), b"", ())
    else:
        assert destination("表.txt", wish(output=output, writing=writing), b"", ()) == Path(want)


@pytest.mark.parametrize(
    ("output", "writing", "said"), [("表.txt", 1, "--in-place"), ("改.docx", 1, "扩展名"), ("改.txt", 2, "写文件夹")]
)
def test_copies_that_would_cost_a_file(output, writing, said):
    with pytest.raises(CannotWrite, match=said):
        destination("表.txt", wish(output=output, writing=writing), b"", ())


@pytest.mark.parametrize(
    ("output", "want"), [("新夹", "新夹/乙/表.txt"), ("改好.txt", "改好.txt"), ("新夹/", "新夹/乙/表.txt")]
)
def test_a_folder_goes_to_a_folder_however_many_are_written(output, want):
    Path("甲/乙").mkdir(parents=True)
    assert destination("甲/乙/表.txt", wish(output=output, paths=["甲"], writing=1), b"", ()) == Path(want)


def test_copies_among_their_originals():
    paths = ["甲/表-改.txt", "甲/表.txt", "甲/表-改-改.txt", "乙/表-改.txt", "乙/表.docx", "-"]
    assert dict(corrected(paths)) == {"甲/表.txt": "甲/表-改.txt", "甲/表-改.txt": "甲/表-改-改.txt"}
    Path("甲").mkdir()
    under = ["甲/乙/表.txt", "甲/出/乙/表.txt", "甲/出/别的.txt"]
    assert dict(corrected(under, place_under("甲/出", ["甲"]))) == {"甲/乙/表.txt": "甲/出/乙/表.txt"}


def test_folders_keep_their_shape():
    Path("甲/乙").mkdir(parents=True)
    assert destination("甲/乙/表.txt", wish(output="出/", paths=["甲"]), b"", ()) == Path("出/乙/表.txt")
    with pytest.raises(CannotWrite, match="同名"):
        destination("甲/乙/表.txt", wish(output="出/", paths=["甲"]), b"", {Path("出/乙/表.txt")})
