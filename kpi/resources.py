"""Where the files that people edit (grammar, rulesets) are found, and what they hold.

They are YAML, which takes longer to read than a short run may last. What they hold is kept beside them as JSON
(`make docs` writes it, a test holds it fresh); a file that was changed since is read itself, and only the start is
slower.
"""

import json
import zlib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
KEPT = "kept.json"


@cache
def folder(name: str) -> Path:
    """The folder `name` ("grammar", "rulesets").

    Raises FileNotFoundError where the installation is incomplete.
    """
    for place in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"安装不完整：找不到 {name} 目录，请重新安装 kpi。")


def kept(name: str, inside: str, written: bytes) -> Any | None:  # noqa: ANN401 - in the shape of the file
    """What the YAML file `inside` of the folder `name` holds, whose bytes are `written`; None where that is not known.

    Figures with a point are Decimal. Everyone gets the same objects: nobody changes them.
    """
    mark, data = _kept(name).get(inside, (None, None))
    return data if mark == zlib.crc32(written) else None


@cache
def _kept(name: str) -> Mapping[str, tuple[int, Any]]:
    try:
        files: dict[str, tuple[int, Any]] = json.loads((folder(name) / KEPT).read_bytes(), parse_float=Decimal)
        return {inside: (mark, data) for inside, (mark, data) in files.items()}
    except (OSError, ValueError, AttributeError, TypeError):  # damaged, or left out of an installation
        return {}


def data(name: str, *inside: str) -> dict[str, Any]:
    """A YAML file of the folder `name`."""
    written = folder(name).joinpath(*inside).read_bytes()
    found: dict[str, Any] | None = kept(name, "/".join(inside), written)
    if found is not None:
        return found
    import yaml  # noqa: PLC0415 - costs 10 ms, and what is kept makes do without

    loaded: dict[str, Any] = yaml.load(written.decode("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded
