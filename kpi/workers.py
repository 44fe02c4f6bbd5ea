"""Many jobs over several processes: results in the order of the jobs, and a process that dies costs its job only."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from typing import Generic, TypeVar

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
    except BaseException:  # an interrupt, or whoever asked wants no more: nobody waits for what is under way
        crew.dismiss(at_once=True)
        raise
    crew.dismiss()


class _Crew(Generic[Task, Result]):
    """The processes. One that dies takes its pool along: what was under way is done again, one by one."""

    def __init__(self, work: Callable[[Task], Result], workers: int) -> None:
        self._work, self._workers = work, workers
        self._pool = _pool(workers)
        self._careful: ProcessPoolExecutor | None = None

    def submit(self, task: Task) -> Future[Result]:
        try:
            return self._given(self._pool, task)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = _pool(self._workers)
            return self._given(self._pool, task)

    def _given(self, pool: ProcessPoolExecutor, task: Task) -> Future[Result]:
        """Where there is no process yet for a task, it is started here."""
        with _deaf():
            return pool.submit(self._work, task)

    def answer(self, task: Task, future: Future[Result]) -> tuple[Task, Result | Died]:
        try:
            return task, future.result()
        except BrokenProcessPool:
            return task, self._alone(task)

    def _alone(self, task: Task) -> Result | Died:
        self._careful = self._careful or _pool(1)
        try:
            return self._given(self._careful, task).result()
        except BrokenProcessPool:
            self._careful.shutdown(wait=False)
            self._careful = None
            return Died()

    def dismiss(self, *, at_once: bool = False) -> None:
        """`at_once`: also who is still at work; such a process would outlive this one and wait for tasks for ever."""
        for pool in (self._pool, self._careful):
            if pool is not None:
                processes = list((pool._processes or {}).values()) if at_once else []
                pool.shutdown(wait=False, cancel_futures=True)
                for process in processes:
                    process.kill()
                if at_once:
                    pool.shutdown(wait=True)  # what the pool holds of the system is given back


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh interpreters: forking a process that draws a progress bar or was started on Windows does not work."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # it would let the signal through again where it is started later
    with _deaf():
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_settle)


@contextmanager
def _deaf() -> Iterator[None]:
    """An interrupt waits until the block is over. A process started in it never hears one, not even before it has come
    as far as `_settle`, where it would end with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """An interrupt is the parent's to handle; see `kpi.cli` on garbage."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_ALLOCATIONS, 20, 20)
