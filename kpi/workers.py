"""Many jobs over several processes: results in the order of the jobs, and a process that dies costs its job only."""

from __future__ import annotations

import copyreg
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields, is_dataclass
from multiprocessing import get_context
from types import MappingProxyType
from typing import Generic, TypeVar

from kpi import model

_AHEAD = 4  # jobs under way for each process: enough to keep it busy, few enough to hold in memory
_MOST = 32
_ALLOCATIONS = 50_000

Task = TypeVar("Task")
Result = TypeVar("Result")


class Died(Exception):
    """The process that did the job ended without an answer, twice."""


def available() -> int:
    """The processors that this process may use."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(mine or 1, _MOST))


def spread(work: Callable[[Task], Result], tasks: Iterable[Task], workers: int) -> Iterator[tuple[Task, Result | Died]]:
    """Each task with its result, in the order of the tasks. `work` and the tasks travel to fresh interpreters."""
    crew = _Crew(work, workers)
    under_way: deque[tuple[Task, Future[Result]]] = deque()
    try:
        for task in tasks:
            under_way.append((task, crew.submit(task)))
            if len(under_way) >= _AHEAD * workers:
                yield crew.answer(*under_way.popleft())
        while under_way:
            yield crew.answer(*under_way.popleft())
    finally:
        crew.dismiss()


class _Crew(Generic[Task, Result]):
    """The processes. One that dies takes its pool along: what was under way is done again, one by one."""

    def __init__(self, work: Callable[[Task], Result], workers: int) -> None:
        self._work, self._workers = work, workers
        self._pool = _pool(workers)
        self._careful: ProcessPoolExecutor | None = None

    def submit(self, task: Task) -> Future[Result]:
        try:
            return self._pool.submit(self._work, task)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = _pool(self._workers)
            return self._pool.submit(self._work, task)

    def answer(self, task: Task, future: Future[Result]) -> tuple[Task, Result | Died]:
        try:
            return task, future.result()
        except BrokenProcessPool:
            return task, self._alone(task)

    def _alone(self, task: Task) -> Result | Died:
        self._careful = self._careful or _pool(1)
        try:
            return self._careful.submit(self._work, task).result()
        except BrokenProcessPool:
            self._careful.shutdown(wait=False)
            self._careful = None
            return Died()

    def dismiss(self) -> None:
        for pool in (self._pool, self._careful):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh interpreters: forking a process that draws a progress bar or was started on Windows does not work."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """An interrupt is the parent's to handle; see `kpi.cli` on garbage; what was read travels as plain tuples."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_ALLOCATIONS, 20, 20)
    copyreg.pickle(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))
    for kind in vars(model).values():
        if isinstance(kind, type) and is_dataclass(kind):
            _travel_light(kind)


def _frozen(items: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(items)


def _travel_light(kind: type) -> None:
    """A frozen dataclass as its fields in order: three times as fast as by their names."""
    names = tuple(one.name for one in fields(kind))
    copyreg.pickle(kind, lambda made: (kind, tuple(getattr(made, name) for name in names)))
