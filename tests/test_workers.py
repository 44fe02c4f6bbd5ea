"""Reading over several processes: the same result, in the same order, whoever dies."""

import os
import signal
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from kpi import api
from kpi.model import Document
from kpi.workers import Died, available, spread

sys.path.insert(0, str(Path(__file__).parent / "readers"))
from reader_forms import CASES, as_docx, as_text


def work(task):
    if task == "die":
        os._exit(3)
    return task * 2


def test_results_in_order_and_a_dead_process_costs_its_task():
    tasks = [*range(10), "die", *range(10, 20)]
    got = list(spread(work, tasks, 2))
    assert [task for task, _ in got] == tasks
    assert [result for task, result in got if task != "die"] == [task * 2 for task in range(20)]
    assert isinstance(dict(got)["die"], Died)


def test_the_number_of_workers_changes_nothing(tmp_path):
    for number, case in enumerate(CASES * 4):
        (tmp_path / f"{number:02}.txt").write_text(as_text(case), encoding="utf-8")
        (tmp_path / f"{number:02}.docx").write_bytes(as_docx(case))
    (tmp_path / "05.txt").write_bytes(b"\x00\x01\x02\x03\x00\x00\x00")
    files = api.collect([str(tmp_path)])
    alone, together = api.read_files(files, workers=1), api.read_files(files, workers=2)
    assert alone == together
    assert len(alone.failures) == 1


def test_a_dead_process_is_a_failure(monkeypatch):
    monkeypatch.setattr("kpi.workers.spread", lambda work, jobs, workers: ((job, Died()) for job in jobs))
    files = [api.File(f"{n}.txt", True) for n in range(50)]
    reading = api.read_files(files, workers=2)
    assert len(reading.failures) == 50
    assert all("意外退出" in failure.message for failure in reading.failures)


def waiting(task):
    time.sleep(task)
    return task


def test_who_wants_no_more_leaves_nobody_at_work():
    before = set(active_children())
    running = spread(waiting, [0, *[600] * 20], 2)
    assert next(running) == (0, 0)
    helpers = set(active_children()) - before
    assert helpers
    running.close()
    for _ in range(600):  # whoever asks while another thread takes the news hears for a moment that it still runs
        if not any(helper.is_alive() for helper in helpers):
            break
        time.sleep(0.1)
    assert not any(helper.is_alive() for helper in helpers)


def mask(task):
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no masks of signals on Windows")
def test_an_interrupt_is_not_for_helpers_from_their_first_moment():
    assert [heard for _, heard in spread(mask, range(3), 2)] == [True] * 3
    assert not mask(0)


def test_processors_are_counted():
    assert 1 <= available() <= 32


@pytest.mark.parametrize("workers", [1, None])
def test_few_files_start_no_process(workers, tmp_path, monkeypatch):
    monkeypatch.setattr("kpi.workers.spread", None)
    (tmp_path / "甲.txt").write_text(as_text(CASES[0]), encoding="utf-8")
    assert isinstance(api.read_files(api.collect([str(tmp_path)]), workers=workers).documents[0], Document)
