"""`python -m kpi.rules.keeping`: writes beside the shipped YAML files what they hold, for `kpi.resources` to find."""

import json
import re
import zlib
from decimal import Decimal
from typing import Any

from kpi.resources import KEPT, folder
from kpi.rules import plainyaml

FOLDERS = ("grammar", "rulesets")
_DECIMAL = "\0"  # in front of a figure that JSON has to write as it stands: 2.50 is no 2.5
_MARKED = re.compile(r'"\\u0000([^"]*)"')


def written(name: str) -> str:
    """What all YAML files of the folder `name` hold, by their path inside, with a mark of the bytes that say so."""
    files: dict[str, Any] = {}
    for path in sorted(folder(name).rglob("*.yaml")):
        raw = path.read_bytes()
        data, _ = plainyaml.load(raw.decode("utf-8"))
        files[path.relative_to(folder(name)).as_posix()] = [zlib.crc32(raw), data]
    lines = (f"{json.dumps(inside)}:{_json(held)}" for inside, held in files.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(held: object) -> str:
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), default=_decimal)
    return _MARKED.sub(r"\1", text)


def _decimal(figure: object) -> str:
    if isinstance(figure, Decimal):
        return f"{_DECIMAL}{figure}"
    raise TypeError(f"neither YAML nor JSON: {figure!r}")


if __name__ == "__main__":
    for name in FOLDERS:
        (folder(name) / KEPT).write_text(written(name), encoding="utf-8")
