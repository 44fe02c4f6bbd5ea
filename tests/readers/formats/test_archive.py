"""Archives: every form inside, names of Chinese Windows, archives in archives, limits, damaged and locked members."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from reader_forms import CASES, as_docx, as_text

from kpi import api
from kpi.cli import main
from kpi.model import Document
from kpi.readers import ReadError, read, read_all
from kpi.readers.formats import archive

TEXT = as_text(CASES[0]).encode()


def zipped(members):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            made.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def in_gbk(members):
    """As Windows writes it: the name's bytes in GBK, no mark that says so."""
    plain = {f"{'x' * len(name.encode('gbk'))}": data for name, data in members.items()}
    data = zipped(plain)
    for name in members:
        data = data.replace(b"x" * len(name.encode("gbk")), name.encode("gbk"))
    return data


def outcomes(data, name="甲.zip"):
    return [(one.path, None if isinstance(one, Document) else one.message) for one in read_all(name, data)]


def test_every_readable_member_by_name():
    inner = zipped({"丁.docx": as_docx(CASES[0])})
    data = zipped({"丙/乙.txt": TEXT, "丙/~$乙.docx": b"x", "__MACOSX/乙.txt": b"x", "图.jpg": b"x", "内.zip": inner})
    assert outcomes(data) == [("甲.zip!/丙/乙.txt", None), ("甲.zip!/内.zip!/丁.docx", None)]


def test_names_of_chinese_windows():
    assert outcomes(in_gbk({"项目支出.txt": TEXT})) == [("甲.zip!/项目支出.txt", None)]


def test_bad_members_are_failures_of_their_own():
    inner = zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": TEXT})}), "坏.docx": b"PK\x03\x04"})
    data = zipped(
        {"内.zip": inner, "好.txt": TEXT, "版.ofd": zipped({"OFD.xml": ""}), "空.zip": zipped({}), "坏.zip": b"PK"}
    )
    got = dict(outcomes(data))
    assert got.pop("甲.zip!/好.txt") is None
    assert {path: message[:5] for path, message in got.items()} == {
        "甲.zip!/内.zip!/a.zip": "压缩包套了",
        "甲.zip!/内.zip!/坏.docx": "不是有效的",
        "甲.zip!/版.ofd": "这是 OF",
        "甲.zip!/空.zip": "压缩包里没",
        "甲.zip!/坏.zip": "不是有效的",
    }


def test_a_damaged_and_a_locked_member():
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    at = data.index(b"a.txt") + 5
    data[at + 10 : at + 40] = b"\xff" * 30
    locked = data.rindex(b"PK\x01\x02")
    data[locked + 8] |= 1
    assert [message and message[:6] for _, message in outcomes(bytes(data))] == ["在压缩包里已", "压缩包加了密"]


def test_limits(monkeypatch):
    data = zipped({f"{n}.txt": TEXT for n in range(5)} | {"z.txt": b"\x20" * (11 << 20)})
    assert "压缩得太厉害" in outcomes(data)[-1][1]
    monkeypatch.setattr(archive, "MOST_UNPACKED", 3 * len(TEXT))
    assert [bool(message) for _, message in outcomes(data)] == [False] * 3 + [True] * 3
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    assert outcomes(data)[-1] == ("甲.zip", "压缩包里的文件太多（超过 2 个），后面的没有读，请分成几个压缩包。")
    monkeypatch.setattr(archive, "LARGEST_FILE", 5)
    assert "解压后太大" in outcomes(data)[0][1]


def test_one_document_or_several(tmp_path):
    path = tmp_path / "甲.zip"
    path.write_bytes(zipped({"a.txt": TEXT}))
    assert read(path).path == f"{path}!/a.txt"
    path.write_bytes(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    with pytest.raises(ReadError, match="几份材料"):
        read(path)


def test_a_run_over_archives(tmp_path, capsys):
    (tmp_path / "甲.zip").write_bytes(zipped({"a.txt": TEXT, "b.docx": b"PK", "c.docx": as_docx(CASES[1])}))
    (tmp_path / "坏.zip").write_bytes(b"PK")
    (tmp_path / "实为文档.zip").write_bytes(as_docx(CASES[2]))
    done, found = [], []
    reading = api.read_files(api.collect([str(tmp_path)]), each=done.append, found=found.append)
    assert [d.path for d in reading.documents] == [
        str(tmp_path / name) for name in ("实为文档.zip", "甲.zip!/a.txt", "甲.zip!/c.docx")
    ]
    assert [f.path for f in reading.failures] == [str(tmp_path / "坏.zip"), str(tmp_path / "甲.zip!/b.docx")]
    assert len(done) == 3 + sum(found) == 5
    assert main(["lint", "--fail-on", "never", str(tmp_path / "甲.zip")]) == 2
    assert "甲.zip!/b.docx：不是有效的 Word 文件" in capsys.readouterr().out


def test_mutated_archives_are_read_or_refused():
    chance = random.Random(20264)
    sample = zipped({"甲/a.txt": TEXT, "b.docx": as_docx(CASES[0]), "c.zip": zipped({"d.txt": TEXT})})
    read_some = 0
    for _ in range(100):
        data = bytearray(sample)
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(ReadError):
            read_some += any(isinstance(one, Document) for one in read_all("甲.zip", bytes(data)))
    assert read_some > 20
