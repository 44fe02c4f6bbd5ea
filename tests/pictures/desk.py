"""Where the stories of the pictures happen: a folder with copies of the samples, under names an office would give."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_SAMPLES = Path(__file__).resolve().parents[2] / "examples"
_OWN = Path(__file__).resolve().parent / "samples"


@contextmanager
def desk(files: Mapping[str, str]) -> Iterator[None]:
    """The working folder holds `files`, by their names there: samples of examples/, else of this package."""
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as place:
        for name, sample in files.items():
            target = Path(place) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(next(home / sample for home in (_SAMPLES, _OWN) if (home / sample).exists()), target)
        os.chdir(place)
        try:
            yield
        finally:
            os.chdir(here)
