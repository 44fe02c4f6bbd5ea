"""The sign-off at the end of a running text: 单位负责人：      填表人：李明      填报日期：2027年1月5日."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Location
from kpi.readers import labels
from kpi.readers.lines import Line

_PAIR = later(r"\s*(?P<label>[^\s:：]{2,12})[:：]\s*(?P<value>[^:：]*?)(?=\s+[^\s:：]{2,12}[:：]|\s*$)")
_LINES = 6  # at the end of a text that may sign it off


def without_foot(lines: Sequence[Line]) -> tuple[list[Line], dict[str, str], dict[str, Location]]:
    """The lines without the last ones that sign a form off, what these say, and where."""
    kept, said, places = list(lines), dict[str, str](), dict[str, Location]()
    for line in reversed(lines[-_LINES:]):
        pairs = _signed(line)
        if not pairs and line.filled:
            break
        kept.pop()
        for label, value in pairs.items():
            said.setdefault(label, value)
            places.setdefault(f"sign_off.{label}", line.filled[0].location)
    return (kept, said, places) if said else (list(lines), {}, {})


def _signed(line: Line) -> dict[str, str]:
    """The labels and values of a line that has nothing else, and one of them at least that signs; {} for any other."""
    text = " ".join(c.text for c in line.filled)
    found = list(_PAIR.finditer(text)) if line.grid is None else []
    if not found or found[0].start() or found[-1].end() < len(text.rstrip()):
        return {}
    kinds = [labels.field_of(one["label"]) for one in found]
    told = {labels.squeeze(one["label"]): one["value"].strip() for one in found}
    return told if "sign_off" in kinds and None not in kinds else {}
