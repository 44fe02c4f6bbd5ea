"""A Word form with one value and one running text, in cells as a test writes them."""

from collections.abc import Mapping
from io import BytesIO
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

from tests.fixes.fixing import fix
from tests.forms.layouts import LAYOUTS
from tests.forms.spec import Target, make
from tests.forms.writers import small_docx

_NAME = "渠道验收合格率"
_ROW = Target("产出指标", "质量指标", _NAME, "≥９５％", "≥９５％", "10", "95%", "10")
CELL = '<w:p><w:r><w:t xml:space="preserve">≥９５％</w:t></w:r></w:p>'
OVERVIEW = '<w:p><w:r><w:t xml:space="preserve">全县山塘淤积，需分年清理</w:t></w:r></w:p>'
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(
    cell: str = CELL, *, overview: str = OVERVIEW, more: Mapping[str, bytes] | None = None, strict: bool = False
) -> bytes:
    """A form whose one value stands in `cell`; `more`: other parts of the file."""
    form = make(1, project="澄湖县渠道衬砌").only(_ROW)
    made, target = small_docx(LAYOUTS["one_half"].draw(form)), BytesIO()
    with ZipFile(BytesIO(made)) as old, ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                assert text.count(CELL) == text.count(OVERVIEW) == 1
                text = text.replace(CELL, cell).replace(OVERVIEW, overview)
                data = (text.replace(_W, STRICT) if strict else text).encode()
            new.writestr(info, data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return target.getvalue()


def xml(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def cell_of(data: bytes) -> str:
    """What stands in the cell of the value, every element with its end."""
    rest = canonicalize(xml(data)).split(_NAME)[1].split("</w:tc>")[1]
    return rest.partition("</w:tcPr>")[2].replace(' xml:space="preserve"', "")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def by_hand(data: bytes) -> str:
    """Why nothing in a file is changed."""
    done = fix(data, "form.docx")
    assert done.data is None
    (one,) = done.plan.manual
    return one.reason
