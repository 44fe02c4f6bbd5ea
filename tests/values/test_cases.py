"""Values with their readings worked by hand (cases/*.yaml)."""

from pathlib import Path

import pytest
import yaml

from tests.values.notation import agrees, told

CASES = {
    construct: cases
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for construct, cases in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("construct", CASES)
def test_readings(construct):
    wrong = {text: (told(text), wanted) for text, wanted in CASES[construct].items() if not agrees(told(text), wanted)}
    assert wrong == {}


def test_every_construct_has_cases():
    assert all(len(cases) >= 5 for cases in CASES.values())
    assert sum(map(len, CASES.values())) >= 600
