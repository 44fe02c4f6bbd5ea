"""Spreadsheets made for the tests: forms with merged cells, bare packages of XML, .ods and .xls without an office."""

import struct
import sys
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.forms.paper import spans

sys.path.insert(0, str(Path(__file__).parent.parent))

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_ODF = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def as_xlsx(*sheets, write=None):
    """Sheets of (title lines, grid) as a workbook; `write` may add more to it."""
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for title, grid in sheets:
            sheet = book.add_worksheet()
            for r, line in enumerate(title):
                sheet.write_string(r, 0, line)
            for r, c, text, height, width in spans(grid):
                top = r + len(title)
                if height * width > 1:
                    sheet.merge_range(top, c, top + height - 1, c + width - 1, text)
                elif text:
                    sheet.write_string(top, c, text)
        if write:
            write(book)
    return target.getvalue()


def package(**parts):
    """A zip of parts by name."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return target.getvalue()


def bare_xlsx(sheet, more=None, epoch=False):
    """A workbook of one sheet with this XML, and no more than a program needs to find it."""
    relation = "<Relationship Id={0} Type='http://x/{1}' Target='{2}'/>"
    return package(**{
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships {_REL}>{relation.format(quoteattr('a'), 'officeDocument', 'xl/workbook.xml')}"
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {_NS} xmlns:r="http://x/relationships">'
        f"{'<workbookPr date1904=' + quoteattr('1') + '/>' if epoch else ''}<sheets>"
        '<sheet name="表一" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_REL}>{relation.format(quoteattr('b'), 'worksheet', 's.xml')}"
        f"{relation.format(quoteattr('c'), 'sharedStrings', 't.xml')}"
        f"{relation.format(quoteattr('d'), 'styles', 'y.xml')}</Relationships>",
        "xl/s.xml": sheet,
        **(more or {}),
    })  # fmt: skip


def sheet_xml(rows, before="", after=""):
    return f"<worksheet {_NS}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def as_ods(grid, rows=None, styles="", attributes=""):
    """A grid as .ods; `rows`: attributes of a row by its number."""
    lines = []
    tops = {(r, c): (text, h, w) for r, c, text, h, w in spans(grid)}
    for r, row in enumerate(grid):
        cells = []
        for c in range(len(row)):
            if (r, c) not in tops:
                cells.append("<table:covered-table-cell/>")
                continue
            text, high, wide = tops[r, c]
            span = (
                f' table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"' if high * wide > 1 else ""
            )
            body = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
            cells.append(f"<table:table-cell{span}>{body}</table:table-cell>")
        lines.append(f"<table:table-row{(rows or {}).get(r, '')}>{''.join(cells)}</table:table-row>")
    return ods("".join(lines), styles, attributes)


def ods(rows, styles="", attributes=""):
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="表一"{attributes}>{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return package(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def as_xls(
    cells, merges=(), formats=(), hidden_rows=(), hidden_columns=(), hidden=False, globals_=b"", shared=b"", more=b""
):
    """Cells by (row, column) as .xls: a text, or a number and its format (a number among `formats`)."""
    texts = [v for v in cells.values() if isinstance(v, str)]
    body = record(0x809, struct.pack("<HHHH", 0x600, 0x10, 0, 0))
    body += b"".join(record(0x208, struct.pack("<HHHHIHH", r, 0, 9, 255, 0, 0x20, 0)) for r in hidden_rows)
    body += b"".join(record(0x7D, struct.pack("<HHHHHH", c, c, 9, 0, 1, 0)) for c in hidden_columns)
    for (r, c), value in sorted(cells.items()):
        if isinstance(value, str):
            body += record(0xFD, struct.pack("<HHHI", r, c, 0, texts.index(value)))
        else:
            body += record(0x203, struct.pack("<HHHd", r, c, 1 + value[1], value[0]))
    body += more
    spans_ = b"".join(struct.pack("<HHHH", *m) for m in merges)
    body += record(0xE5, struct.pack("<H", len(merges)) + spans_) + record(0x0A, b"")
    head = record(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0)) + globals_
    for n, code in enumerate(formats):
        head += record(0x41E, struct.pack("<HHB", 164 + n, len(code), 1) + code.encode("utf-16-le"))
    head += b"".join(record(0xE0, struct.pack("<HH16x", 0, f)) for f in (0, *(164 + n for n in range(len(formats)))))
    strings = b"".join(struct.pack("<HB", len(t), 1) + t.encode("utf-16-le") for t in texts)
    head += shared or record(0xFC, struct.pack("<II", len(texts), len(texts)) + strings)
    name = "表一".encode("utf-16-le")
    at = len(head) + 4 + 8 + len(name) + 4
    head += record(0x85, struct.pack("<IBBBB", at, hidden, 0, 2, 1) + name) + record(0x0A, b"")
    return compound((head + body).ljust(4096, b"\0"))


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def compound(stream, name="Workbook"):
    """A compound file of one stream of at least 4096 bytes."""
    size = -(-len(stream) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, size + 2), 0xFFFFFFFE]
    blocks = -(-len(table) // 128)
    assert blocks == 1
    table += [0xFFFFFFFF] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * (108 * 4)

    def entry(name, kind, first, length):
        raw = name.encode("utf-16-le")
        ids = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
        tail = ids + bytes(36) + struct.pack("<IQ", first, length)
        return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + tail

    folder = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(name, 2, 2, len(stream))
    return head + struct.pack("<128I", *table) + folder.ljust(512, b"\0") + stream.ljust(size * 512, b"\0")
