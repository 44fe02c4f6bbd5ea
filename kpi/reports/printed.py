"""Forms and findings in the words of the file, where it prints characters with readings: for programs, which look the
texts up in it. People are told the plain ones."""

from collections.abc import Mapping

from kpi.model import Document
from kpi.readers.readings import with_texts
from kpi.rules.finding import Finding


def as_printed(document: Document) -> Document:
    """The document with its names and values as the file prints them."""
    if not document.printed:
        return document
    tables = tuple(with_texts(table, lambda text: document.printed.get(text, text)) for table in document.tables)
    return document._replace(tables=tables)


def finding_as_printed(finding: Finding, known: Mapping[str, str]) -> Finding:
    """The finding with what it names and quotes as the file prints it; its sentences stay readable."""
    if not known:
        return finding

    def said(text: str | None) -> str | None:
        return known.get(text, text) if text else text

    quotes = tuple(quote._replace(text=known.get(quote.text, quote.text)) for quote in finding.evidence)
    return finding._replace(project=known.get(finding.project, finding.project), indicator=said(finding.indicator),
        value=said(finding.value), evidence=quotes,
    )  # fmt: skip
