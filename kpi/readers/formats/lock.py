"""One at a time on the whole machine: a lock on a file, which the system gives back whatever becomes of its holder."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.1  # seconds between two tries


class Busy(Exception):
    """Others held the lock all the time."""


@contextmanager
def alone(patience: float, name: str = "kpi-libreoffice") -> Iterator[None]:
    """Wait for the lock, hold it, give it back; Busy where it was not to be had for `patience` seconds."""
    user = os.getuid() if sys.platform != "win32" else os.environ.get("USERNAME", "")
    path = Path(tempfile.gettempdir()) / f"{name}-{user}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        end = time.monotonic() + patience
        while not _take(handle):
            if time.monotonic() > end:
                raise Busy(name)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)  # gives the lock back


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - not on every system

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on every system

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
