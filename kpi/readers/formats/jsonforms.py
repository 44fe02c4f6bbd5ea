"""The JSON of `kpi extract` as the documents that it was made from: what was read once need not be read again."""

import json
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from kpi.model import Document
from kpi.readers.errors import ReadError
from kpi.readers.formats.plain import WrongField, build
from kpi.readers.formats.text import decoded
from kpi.readers.readings import plain, spells_out, texts_of, with_texts

_SCHEMA = "kpi.extract/"
_BROKEN = "不是完整的 JSON（第 {line} 行附近不对），请用 kpi extract --format json 重新生成。"
_WRONG = "里面的“{field}”写得不对，请改正，或用 kpi extract --format json 重新生成。"
_DEEP = "JSON 嵌套得太深，不像 kpi extract 写出的，请用原来的表格文件检查。"


def documents(data: bytes, path: str) -> tuple[Document | ReadError, ...]:
    """The documents of a report, and what it says could not be read; other JSON is a document without a form.

    Raises ReadError where it is no JSON at all.
    """
    text, encoding = decoded(data, path)
    reported = _reported(text.removeprefix("\ufeff"), path)
    if reported is None:
        return (Document(path, "json", encoding=encoding),)
    return tuple(_outcome(one, path) for one in reported)


def _reported(text: str, path: str) -> list[object] | None:
    """The documents as plain data: of a report, or one a line with the summary last."""
    try:
        return _of_report(json.loads(text))
    except json.JSONDecodeError as error:
        try:
            lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            raise ReadError(path, _BROKEN.format(line=error.lineno)) from error
        return lines[:-1] if lines and _is_ours(lines[-1]) else None
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        raise ReadError(path, _DEEP) from error


def _of_report(report: object) -> list[object] | None:
    found = report.get("documents") if isinstance(report, dict) and _is_ours(report) else None
    return found if isinstance(found, list) else None


def _is_ours(report: object) -> bool:
    return isinstance(report, dict) and str(report.get("schema", "")).startswith(_SCHEMA)


def _outcome(data: object, path: str) -> Document | ReadError:
    if not isinstance(data, dict):
        raise ReadError(path, _WRONG.format(field="documents"))
    if isinstance(data.get("error"), str):
        return ReadError(str(data.get("path", path)), data["error"])
    tables = data.get("tables")
    try:
        if not isinstance(tables, list):
            raise WrongField("tables")
        document = build(Document, {**data, "tables": [_flat(table) for table in tables]}, "documents")
    except WrongField as error:
        raise ReadError(path, _WRONG.format(field=error)) from error
    texts = [text for table in document.tables for text in texts_of(table)]
    return _plain(document, texts) if data.get("readings") is True or spells_out(texts) else document


def _plain(document: Document, texts: Sequence[str]) -> Document:
    """The document without the readings that its file printed, which the report tells as they are."""
    known = {without: text for text in texts if (without := plain(text)) != text}
    tables = tuple(with_texts(table, plain) for table in document.tables)
    return document._replace(tables=tables, printed=MappingProxyType(known))


def _flat(table: object) -> object:
    """A form with its halves of money and goals as the model has them."""
    if not isinstance(table, dict):
        raise WrongField("tables")
    made: dict[str, Any] = dict(table)
    for name, field in (("funding", "funding"), ("goals", "goal")):
        halves = table.get(name, {})
        if not isinstance(halves, dict):
            raise WrongField(name)
        made |= {f"{half}_{field}": halves.get(half) for half in ("period", "annual")}
    made.setdefault("torn", made.get("cut", False))  # earlier reports do not tell where in its last row a file ends
    return made
