from collections.abc import Callable
from pathlib import Path

import pytest
from engine_toys import TOYS, write

from kpi.rules import Ruleset, load
from kpi.rules.registry import CHECKS


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy checks, registered for one test."""
    for toy in TOYS:
        monkeypatch.setitem(CHECKS, toy.name, toy)


@pytest.fixture
def ruleset(toys: None, tmp_path: Path) -> Callable[[str], Ruleset]:
    """A ruleset from its text; the toy checks are known to it."""
    return lambda text: load(write(tmp_path, text))


@pytest.fixture(scope="session")
def national() -> Ruleset:
    return load("national")
