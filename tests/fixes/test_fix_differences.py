"""The stretches of a change that really differ."""

import pytest

from kpi.fixes.differences import differences
from kpi.fixes.edits import Span, spliced


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (">=24次", "≥24次", [">="]),
        ("≤3360元/盏.年", "≤3360元/(盏·年)", ["盏.年"]),
        ("按[1]号和(2)号", "按〔1〕号和（2）号", ["[1]", "(2)"]),
        ("≥24\n次", "≥24次", ["4\n次"]),
        ("≥95", "约≥95", ["≥"]),
        ("≥95", "≥95%", ["5"]),
        ("≥95%", "≥95%", []),
        ("８", "80", ["８"]),
    ],
)
def test_only_what_differs(old, new, changed):
    text = f"共{old}。"
    spans = differences(text, Span(1, len(text) - 1, new))
    assert [text[span.start : span.end] for span in spans] == changed
    assert spliced(text, spans) == f"共{new}。"
