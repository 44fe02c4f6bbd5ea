"""What stands beside the documents: an office's ruleset, its waivers.

A file counts for the folder that it stands in and for all below it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpi.files import walked

if TYPE_CHECKING:  # the rules are loaded by whoever checks
    from kpi.rules.ruleset import Ruleset
    from kpi.rules.waivers import Waiver

RULESET = "kpi-rules.yaml"
WAIVERS = "kpi-waivers.yaml"
#: What people and editors call them instead; a file of such a name would silently not count.
_MISNAMED = {
    RULESET: ("kpi-rules.yml", "kpi-rule.yaml", "kpi-rule.yml", "kpi-rules.yaml.txt"),
    WAIVERS: ("kpi-waivers.yml", "kpi-waiver.yaml", "kpi-waiver.yml", "kpi-waivers.yaml.txt"),
}
_RENAME = "“{path}”用不上：名称要正好是 {name}。请改名；不用的，移到别的文件夹去。"
_MANY_RULESETS = "这些路径旁边有不止一份 {name}：{found}。一次只能用一份，请用 --ruleset 指定，或者分开检查。"
_SOME_RULESET = (
    "{found} 管一部分路径，“{bare}”旁边没有 {name}。一次只能用一份，"
    "请用 --ruleset 指定（全国通用的写 national），或者分开检查。"
)


class BesideError(ValueError):
    """What stands beside cannot be used; the text is one Chinese sentence."""


def ruleset_beside(paths: Iterable[str]) -> str | None:
    """The path of the one `kpi-rules.yaml` that counts for all paths. Raises BesideError where it is not the same for
    all: neither is one office's ruleset for another's forms, nor for those that have none."""
    found = {path: next(_upwards(_folder(path), RULESET), None) for path in paths}
    files = list(dict.fromkeys(filter(None, found.values())))
    bare = [path for path, nearest in found.items() if nearest is None]
    if len(files) > 1:
        raise BesideError(_MANY_RULESETS.format(name=RULESET, found="、".join(map(_shown, files))))
    if files and bare:
        raise BesideError(_SOME_RULESET.format(found=_shown(files[0]), name=RULESET, bare=bare[0]))
    return _shown(files[0]) if files else None


def rulesets_below(paths: Iterable[str], used: str | None) -> tuple[str, ...]:
    """The files of that name inside the folders among the paths, but for the one that is used: they do not count."""
    kept = os.path.realpath(used) if used else ""
    found: dict[str, None] = {}
    for path in covered(paths):
        for folder, name in walked(path):
            if name == RULESET and os.path.realpath(one := os.path.join(folder, name)) != kept:
                found[_shown(one)] = None
    return tuple(found)


def refuse_misnamed(paths: Iterable[str]) -> None:
    """Raises BesideError for the first file, beside a path or in a folder above it, that is meant to be one of these
    and is not named so, be it in capitals alone. A ruleset above another that is nearer would not count anyway."""
    meant = {other: name for name, others in _MISNAMED.items() for other in (name, *others)}
    for folder, ruled in dict.fromkeys(step for path in paths for step in _steps(_folder(path))):
        for there in _names(folder):
            name, path = meant.get(there.casefold()), os.path.join(folder, there)
            if not name or there == name or (ruled and name == RULESET) or not os.path.isfile(path):
                continue
            if not _same(path, os.path.join(folder, name)):
                small = "（全用小写字母）" if there.casefold() == name else ""
                raise BesideError(_RENAME.format(path=_shown(path), name=name + small))


def _steps(folder: str) -> Iterator[tuple[str, bool]]:
    """The folder and those above it; each with whether a ruleset stands in one before it."""
    ruled = False
    for above in _above(folder):
        yield above, ruled
        ruled = ruled or os.path.isfile(os.path.join(above, RULESET))


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:  # whoever reads the folder says what is wrong with it
        return []


def _same(path: str, other: str) -> bool:
    """Whether the disk finds one file by both names: to some, capitals are no difference."""
    return os.path.exists(other) and os.path.samefile(path, other)


def waivers_beside(documents: Iterable[str], ruleset: Ruleset) -> tuple[Waiver, ...]:
    """The waivers that count for any of the documents. Raises WaiverError with every mistake of a side file."""
    folders = dict.fromkeys(os.path.dirname(os.path.abspath(path)) for path in documents)
    files = dict.fromkeys(found for folder in folders for found in _upwards(folder, WAIVERS))
    if not files:
        return ()
    from kpi.rules.waiver_file import load_waivers  # most folders have none

    return tuple(waiver for file in files for waiver in load_waivers(Path(file), _shown(file), ruleset))


def covered(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders, absolute, that are among the paths as a whole."""
    return tuple(os.path.abspath(path) for path in paths if path != "-" and os.path.isdir(path))


def _upwards(folder: str, name: str) -> Iterator[str]:
    """The files of this name in the folder and above it, the nearest first."""
    return (path for above in _above(folder) if os.path.isfile(path := os.path.join(above, name)))


def _above(folder: str) -> Iterator[str]:
    """The folder itself and those above it, the nearest first."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def _folder(path: str) -> str:
    here = os.path.abspath("." if path == "-" else path)
    return here if os.path.isdir(here) else os.path.dirname(here)


def _shown(path: str) -> str:
    """As the user would write it: relative where it lies below."""
    relative = os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0] else path
    return path if relative.startswith(os.pardir + os.sep + os.pardir) else relative
