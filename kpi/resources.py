"""Where the files that people edit (grammar, rulesets) are found: beside the package, or inside it in a wheel."""

from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder `name` ("grammar", "rulesets").

    Raises FileNotFoundError where the installation is incomplete.
    """
    for place in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"安装不完整：找不到 {name} 目录，请重新安装 kpi。")


def data(name: str, *inside: str) -> dict[str, Any]:
    """A YAML file of the folder `name`, with the C loader where PyYAML has one (it is six times as fast)."""
    import yaml  # noqa: PLC0415 - costs 10 ms, and not every command needs it

    text = folder(name).joinpath(*inside).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded
