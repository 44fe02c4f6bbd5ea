"""Writing a file whole or not at all: under another name first, then in its place."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from kpi.packages import CannotWrite

_READ_ONLY = "文件是只读的，没有改，请去掉“只读”后再试。"


def save(data: bytes, target: Path, like: Path) -> None:
    """Write `data` to `target` with the mode of `like`; a link stays one and what it points at is written.

    Raises CannotWrite for a file that is marked as read-only, and OSError for whatever the system says; in both cases
    there is nothing left of it.
    """
    real = Path(os.path.realpath(target))
    mode = stat.S_IMODE(like.stat().st_mode)
    if real.exists() and not (real.stat().st_mode & 0o222 and os.access(real, os.W_OK)):
        raise CannotWrite(_READ_ONLY)
    handle, name = tempfile.mkstemp(prefix=".kpi-", suffix=real.suffix, dir=real.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode | stat.S_IWUSR)
        _keep_owner(name, real)
        os.replace(name, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _keep_owner(name: str, real: Path) -> None:
    """A file that is replaced stays its owner's, where that can be had."""
    if hasattr(os, "chown") and real.exists():
        known = real.stat()
        with contextlib.suppress(OSError):
            os.chown(name, known.st_uid, known.st_gid)
