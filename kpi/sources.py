"""Files → documents: each file on its own, in as many processes as there are, what failed beside what was read."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from kpi.files import File, Job, jobs
from kpi.model import Document, dated
from kpi.ownfiles import OWN, made_by_kpi
from kpi.reports.outcome import Failure, Reading

_NO_FORM = "没有找到绩效目标表，请确认选对了文件。"
_DIED = "读这个文件时程序意外退出（可能内存不够或文件已损坏），没有检查，请另存后单独检查。"
_BROKE = "读这个文件时程序出错（{kind}），没有检查，请把文件发给维护人员。"
_FEW = 40  # files that are read before other processes would have started
_ONLY_UNREAD = "有像绩效目标的内容，但没有一张表能读出来，请看“没有读懂的内容”。"
_TEMPLATE = "这是还没有填的模板，没有可检查的内容，填好以后再检查。"


def read_files(
    files: Sequence[File],
    *,
    year: int | None = None,
    stdin: bytes | None = None,
    each: Callable[[str], None] = lambda path: None,
    found: Callable[[int], None] = lambda count: None,
    workers: int | None = 1,
) -> Reading:
    """Read the files; one that fails never stops the others.

    `each` is told the path after every file, `found` how many more there are than `files` says (archives hold several).
    `workers`: how many processes read, None for as many as there are processors; the result is the same. They are
    started only where there is enough to read, and need a main module that may be imported again.
    """
    documents: list[Document] = []
    failures: list[Failure] = []
    for job, outcomes in _outcomes(_counted(jobs(files, stdin), found), workers):
        for outcome in outcomes:
            if isinstance(outcome, Document):
                _sort(dated(outcome, year), job.file, documents, failures)
            else:
                failures.append(outcome)
        each(job.path)
    if not any(document.tables for document in documents):
        failures = [failure._replace(blocks=True) for failure in failures]
    return Reading(tuple(documents), tuple(failures))


def _counted(todo: Iterable[Job], found: Callable[[int], None]) -> Iterator[Job]:
    before: File | None = None
    for job in todo:
        if job.file is before:
            found(1)
        before = job.file
        yield job


def _outcomes(todo: Iterator[Job], workers: int | None) -> Iterator[tuple[Job, list[Document | Failure]]]:
    """Every job with what it came to, in order; in this process where there are few."""
    first = list(islice(todo, _FEW))
    if workers is None and len(first) == _FEW:
        from kpi.workers import available

        workers = available()
    if len(first) < _FEW or workers is None or workers < 2:
        yield from ((job, _read(job)) for job in chain(first, todo))
        return
    from kpi.workers import Died, spread

    for job, result in spread(_read, chain(first, todo), workers):
        yield job, [Failure(job.path, _DIED)] if isinstance(result, Died) else result


def _read(job: Job) -> list[Document | Failure]:
    """What a job comes to. Whatever goes wrong with one file, the others are read."""
    from kpi import readers

    if job.problem:
        return [Failure(job.path, job.problem)]
    try:
        data = readers.file_bytes(job.path) if job.data is None else job.data
        if job.in_folder and made_by_kpi(data):
            return [Failure(job.path, OWN, blocks=False, own=True)]
        found = readers.read_all(job.path, data)
    except readers.ReadError as problem:
        return [Failure(problem.path, problem.message)]
    except Exception as problem:
        # The edge of one file: a mistake of a reader must not cost the files after it.
        if os.environ.get("KPI_TRACEBACK"):
            raise
        return [Failure(job.path, _BROKE.format(kind=type(problem).__name__))]
    return [Failure(one.path, one.message) if isinstance(one, readers.ReadError) else one for one in found]


def _sort(document: Document, file: File, documents: list[Document], failures: list[Failure]) -> None:
    if document.tables or document.unread:
        documents.append(document)
    if not document.tables:
        reason = _ONLY_UNREAD if document.unread else _NO_FORM
        reason = _TEMPLATE if document.unread and all(part.blank for part in document.unread) else reason
        failures.append(Failure(document.path, reason, file.named or bool(document.unread), document.explain))


def without(reading: Reading, paths: Iterable[str], named: Iterable[str]) -> Reading:
    """What was read but for these files, which lie among the others and are no part of them; those that were `named`
    themselves stay."""
    others = {os.path.realpath(path) for path in paths} - {os.path.realpath(path) for path in named}
    if not others:
        return reading
    documents = tuple(one for one in reading.documents if os.path.realpath(one.path) not in others)
    failures = tuple(one for one in reading.failures if os.path.realpath(one.path) not in others)
    return Reading(documents, failures)
