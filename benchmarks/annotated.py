"""What an annotated copy costs beside reading the file: Excel, Word, text and, where LibreOffice is installed, PDF."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from measure import fastest, finish, forms, table, verdict

import kpi
from kpi.annotate.marks import marks_of
from kpi.annotate.writers import annotated

COUNT, PRINTED = 240, 48
ROUNDS = 3
LIMIT = 1.0


def rows(text: str) -> list[list[list[str]]]:
    """The cells of every form, line by line."""
    lines = [line.split("\t") for line in text.split("\n") if line.strip()]
    starts = [n for n, line in enumerate(lines) if "绩效目标表" in line[0]]
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def workbook(path: Path, count: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        for number, form in enumerate(rows(forms(count))):
            sheet = book.add_worksheet(f"表{number + 1}")
            for r, line in enumerate(form):
                for c, text in enumerate(line):
                    sheet.write_string(r, c, text)  # a leading "=" is a sign here


def letter(path: Path, count: int) -> None:
    import docx

    document = docx.Document()
    for form in rows(forms(count)):
        document.add_paragraph(form[0][0])
        body = form[1:]
        made = document.add_table(len(body), max(map(len, body)))
        made.style = "Table Grid"
        cells = made._cells  # asking for each cell builds the whole grid every time
        for r, line in enumerate(body):
            for c, text in enumerate(line):
                cells[r * len(made.columns) + c].text = text
    target = BytesIO()
    document.save(target)
    path.write_bytes(target.getvalue())


def printed(path: Path, count: int) -> None:
    source = path.with_suffix(".docx")
    letter(source, count)
    office = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    run = ("soffice", "--headless", office, "--convert-to", "pdf", "--outdir", str(path.parent), str(source))
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def plain(path: Path, count: int) -> None:
    path.write_text(forms(count), encoding="utf-8")


def main() -> None:
    makers: Mapping[str, tuple[Callable[[Path, int], None], int]] = {
        "xlsx": (workbook, COUNT), "docx": (letter, COUNT), "txt": (plain, COUNT),
        **({"pdf": (printed, PRINTED)} if shutil.which("soffice") else {}),
    }  # fmt: skip
    told, kept = [("格式", "张数", "批注", "读", "批注与读之比")], []
    with tempfile.TemporaryDirectory() as folder:
        for name, (make, count) in makers.items():
            path = Path(folder) / f"目标表.{name}"
            make(path, count)
            [result] = kpi.lint(path).result.documents
            data, marks = path.read_bytes(), marks_of(result)
            read = fastest(lambda path=path: kpi.read(path), ROUNDS)
            write = fastest(lambda data=data, one=result.document, marks=marks: annotated(data, one, marks), ROUNDS)
            shown = (f"{write:.2f} 秒", f"{read:.2f} 秒", f"{write / read:.2f}")
            told.append((name, str(len(result.document.tables)), f"{marks.count}，{shown[0]}", *shown[1:]))
            kept.append((name, write / read))
    table(told)
    finish([verdict(f"{name} 的批注与读的用时之比", share, LIMIT) for name, share in kept])


if __name__ == "__main__":
    main()
