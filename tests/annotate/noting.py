"""One file through the whole of an annotation, in memory: read, judged, marked, written."""

from dataclasses import dataclass
from functools import cache

from kpi.annotate.marks import Marks, marks_of
from kpi.annotate.writers import annotated
from kpi.fixes.reading import reading
from kpi.readers import document_of, source_of
from kpi.rules import lint, load
from kpi.rules.result import DocumentResult


@cache
def national():
    return load("national")


def judged(data: bytes, name: str) -> DocumentResult:
    (result,) = lint((document_of(source_of(data, name)),), national()).documents
    return result


@dataclass(frozen=True)
class Noted:
    before: DocumentResult
    marks: Marks
    data: bytes
    name: str

    @property
    def again(self) -> DocumentResult:
        return judged(self.data, self.name)

    def reads_as_before(self) -> bool:
        after = self.again
        told = [(one.rule, one.message, one.evidence) for one in after.findings]
        same = told == [(one.rule, one.message, one.evidence) for one in self.before.findings]
        return same and reading(after.document) == reading(self.before.document)


def note(data: bytes, name: str) -> Noted:
    result = judged(data, name)
    marks = marks_of(result)
    return Noted(result, marks, annotated(data, result.document, marks), name)
