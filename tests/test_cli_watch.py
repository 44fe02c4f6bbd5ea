"""`kpi lint --watch`, with the saves and the waiting played: nothing here sleeps."""

import io
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from kpi.cli import main
from kpi.commands import watch
from kpi.commands.watch import settled, stamps

ROOT = Path(__file__).resolve().parents[1]
FORM = """项目名称\t{project}
主管部门\t青禾县水务局
年度资金总额\t1200000元
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t疏浚河道长度\t≥38公里
\t质量指标\t验收合格率\t{rate}
满意度指标\t服务对象满意度指标\t沿河村民满意度\t{happy}
"""
WRONG, WORSE, RIGHT = ">100%", "100元", "=100%"


class Clerk:
    """Plays the waiting: before each look one thing may happen to the files, and in the end Ctrl-C."""

    def __init__(self, *acts):
        self.acts, self.waits = list(acts), 0

    def __call__(self, seconds):
        self.waits += 1
        if not self.acts:
            raise KeyboardInterrupt
        if act := self.acts.pop(0):
            act()


@pytest.fixture
def at_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ticks = iter(range(10**6))

    def save(name="表.txt", *, rate=WRONG, happy="≥90%", project="青禾河清淤", data=None):
        path = tmp_path / name
        path.write_bytes(FORM.format(rate=rate, happy=happy, project=project).encode() if data is None else data)
        os.utime(path, ns=(next(ticks) * 10**9,) * 2)  # a disk may keep times too coarsely for a test

    def run(*acts, words=("表.txt",)):
        clerk = Clerk(*acts)
        monkeypatch.setattr(watch.time, "sleep", clerk)
        status = main(["lint", "--watch", "--select", "VAL", *words])
        return status, clerk

    save()
    return save, run


def test_says_what_is_gone_and_what_is_new(at_work, capsys):
    save, run = at_work
    status, _ = run(lambda: save(rate=RIGHT, happy="≥190%"), None)
    out = capsys.readouterr().out
    before, after = out.split("─" * 40)
    assert "比上一次" not in before
    assert "验收合格率" in after.split("比上一次：")[1]
    assert "改好 VAL" in after
    assert "新出现 VAL" in after
    assert after.rstrip().endswith("正在看着 表.txt，存盘后自动再查一次；结束按 Ctrl-C。")
    assert status in (0, 1)


def test_a_cell_that_was_changed_and_is_still_wrong(at_work, capsys):
    save, run = at_work
    run(lambda: save(rate="≥120%"), None)
    told = capsys.readouterr().out.split("比上一次：")[1]
    assert told.startswith("改过，仍有问题 1 处。")
    assert "≥120%" in told


@pytest.mark.parametrize(("rate", "status"), [(RIGHT, 0), ("≥120%", 1)])
def test_the_status_is_that_of_the_last_check(at_work, rate, status):
    save, run = at_work
    assert run(lambda: save(rate=rate), None)[0] == status


def test_nothing_is_checked_while_nothing_is_saved(at_work, capsys):
    run = at_work[1]
    run(*[None] * 20)
    assert capsys.readouterr().out.count("合计：") == 1


def test_many_steps_of_one_save_are_one_check(at_work, capsys):
    save, run = at_work
    name = Path("表.txt")
    run(name.unlink, save, lambda: save(rate=WORSE), lambda: save(rate=RIGHT), None, None)
    assert capsys.readouterr().out.count("合计：") == 2


def test_a_half_written_file_is_tried_again(at_work, capsys):
    """Old findings of a file that cannot be read are not put right."""
    save, run = at_work
    half = b"PK\x03\x04 half a package"
    save("申报.docx", data=half)
    status, clerk = run(
        lambda: save("表.docx", data=half), None, None, None, lambda: save("表.docx", data=_docx(RIGHT)), None,
        words=("表.docx",),
    )  # fmt: skip
    out = capsys.readouterr().out
    assert out.count("没能检查的文件") == 1  # the first check: there was none yet
    assert status == 0
    assert clerk.waits == 7


def _docx(rate):
    """The form as the least that is a Word file."""
    rows = [line.split("\t") for line in FORM.format(rate=rate, happy="≥90%", project="青禾河清淤").splitlines()]
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row) + "</w:tr>"
        for row in rows
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    main_part = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Override PartName="/word/document.xml" '
        f'ContentType="{main_part}"/></Types>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return made.getvalue()


def test_what_stays_damaged_is_told_and_its_findings_are_not_called_put_right(at_work, capsys):
    save, run = at_work
    save("表.docx", data=_docx(WRONG))
    status, _ = run(
        lambda: save("表.docx", data=b"PK\x03\x04"), *[None] * 7, lambda: save("表.docx", data=_docx(WRONG)), None,
        words=("表.docx",),
    )  # fmt: skip
    out = capsys.readouterr().out
    assert out.count("没能检查的文件") == 1
    assert "改好" not in out
    assert "比上一次：没有读到表，没法比。\n  这次没有读到：表.docx，它原有的 1 处问题没有比" in out
    assert out.count("问题没有增减") == 1
    assert status == 1


def test_lock_files_and_what_is_no_form_change_nothing(at_work, capsys):
    run = at_work[1]
    acts = [
        (lambda name=name: Path(name).write_bytes(b"x"))
        for name in ("~$表.docx", ".~表.et", ".表.txt.swp", "~WRD0001.tmp", "说明.log")
    ]
    run(*acts, None, None, words=(".",))
    assert capsys.readouterr().out.count("合计：") == 1


def test_a_folder(at_work, capsys):
    save, run = at_work
    save("乙.txt", project="青禾县学校食堂")
    run(lambda: save("丙.txt", project="青禾县门诊改造"), None, lambda: save("乙.txt", rate=RIGHT), None, words=(".",))
    out = capsys.readouterr().out
    assert "第一次检查的文件：丙.txt" in out.replace("\\", "/")
    assert "改好 乙.txt" in out.replace("\\", "/")


def test_a_file_that_goes_away_from_a_folder_is_told(at_work, capsys):
    save, run = at_work
    save("乙.txt", project="青禾县学校食堂")
    run(lambda: Path("乙.txt").unlink(), None, words=(".",))
    told = capsys.readouterr().out.replace("\\", "/").split("比上一次：")[1]
    assert told.startswith("问题没有增减。\n  这次没有读到：乙.txt，它原有的 1 处问题没有比\n")


def test_a_file_that_goes_away_is_no_finding_put_right(at_work, capsys):
    save, run = at_work
    save("乙.txt", project="青禾县学校食堂")
    run(Path("乙.txt").unlink, None, words=(".",))
    assert "问题没有增减" in capsys.readouterr().out


def test_a_file_that_was_away_is_compared_with_its_last_state(at_work, capsys):
    save, run = at_work
    save("乙.txt", project="青禾县学校食堂")
    run(Path("乙.txt").unlink, None, lambda: save("乙.txt", project="青禾县学校食堂", rate=RIGHT), None, words=(".",))
    out = capsys.readouterr().out
    assert "第一次检查" not in out
    assert "改好 " in out


def test_the_rules_and_waivers_beside_are_watched_too(at_work, capsys):
    run = at_work[1]
    ruleset = Path("kpi-rules.yaml")
    status, _ = run(
        lambda: ruleset.write_text("name: 本局\nextends: national\noff: [VAL008]\n", encoding="utf-8"), None,
        lambda: ruleset.write_text("name: 本局\nextends: nation", encoding="utf-8"), None,
    )  # fmt: skip
    shown = capsys.readouterr()
    assert "改好 VAL008" in shown.out
    assert shown.err.startswith("错误：规则集")
    assert status == 2


def test_a_mistake_of_the_command_line_ends_it_at_once(at_work, capsys):
    run = at_work[1]
    assert run(words=("表.txt", "--ruleset", "没有.yaml"))[0] == 2
    assert capsys.readouterr().err.startswith("错误：")


@pytest.mark.parametrize(
    ("words", "part"), [(["-o", "a.html"], "--output"), (["--format", "json"], "--format"), (["-"], "标准输入")]
)
def test_what_does_not_go_with_watching(at_work, words, part, capsys):
    assert main(["lint", "--watch", "表.txt", *words]) == 2
    assert part in capsys.readouterr().err


def test_waits_for_a_file_that_is_not_there_yet(at_work, capsys):
    save, run = at_work
    status, _ = run(lambda: save("新表.txt", rate=RIGHT), None, words=("新表.txt",))
    assert status == 0


@pytest.mark.parametrize(
    ("looks", "waits"),
    [("aab.bb", 5), ("abb", 2), ("abcdd", 4), ("ababb", 4), ("aa.a.bb", 6)],
    ids=["away-between", "at-once", "growing", "there-and-back", "twice-away"],
)
def test_settled(looks, waits):
    """One letter a look, the first is what was seen: a change counts when two looks agree on it."""
    seen, *rest = ({"表": None if one == "." else (ord(one), 1)} for one in looks)
    looking, paused = iter(rest), []
    settled(lambda: next(looking), lambda: paused.append(1), seen)
    assert len(paused) == waits


def test_any_path_can_be_looked_at(tmp_path):
    assert stamps(["", "a\0b", str(tmp_path / "没有"), "*没有*"])
    assert stamps([str(tmp_path)], ["没有.yaml"])["没有.yaml"] is None


def test_the_clock_of_the_last_line(at_work, monkeypatch, capsys):
    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 3, 2, 9, 5, 7)

    monkeypatch.setattr(watch.Screen.__init__, "__defaults__", (Noon.now,))
    at_work[1]()
    assert "09:05:07 查过" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="a test cannot press Ctrl-C there")
def test_ctrl_c_of_a_real_run(at_work, tmp_path):
    import signal

    # what a shell starts in the background does not hear Ctrl-C, nor does what that starts
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kpi.cli import run; run()"
    words = [sys.executable, "-c", heard, "lint", "--watch", "--quiet", "表.txt"]
    with subprocess.Popen(
        words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        encoding="utf-8",
    ) as running:  # fmt: skip
        try:
            assert running.stdout
            for line in running.stdout:
                if "Ctrl-C" in line:
                    break
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 1
        finally:
            running.kill()
