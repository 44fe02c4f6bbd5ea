"""Where the files that people edit (grammar, rulesets) are found: beside the package, or inside it in a wheel."""

from functools import cache
from pathlib import Path

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
