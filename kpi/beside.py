"""What stands beside the documents: an office's ruleset, its waivers, the report of an earlier run.

A file counts for the folder that it stands in and for all below it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kpi.files import walked
from kpi.oserrors import explain_os_error

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
_SCHEMA = "kpi.lint/1"
_NOT_A_REPORT = "“{path}”不是 kpi lint --format json 的结果，不能当基线；请用 kpi lint --format json -o 文件 生成。"
_NOT_READ = "基线文件“{path}”打不开（{why}），请检查路径。"
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
    """Raises BesideError for the first file in the paths' folders that is meant to be one of these and is not named
    so."""
    for folder in dict.fromkeys(map(_folder, paths)):
        for name, others in _MISNAMED.items():
            found = next((path for other in others if os.path.isfile(path := os.path.join(folder, other))), None)
            if found:
                raise BesideError(_RENAME.format(path=_shown(found), name=name))


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


class Earlier(NamedTuple):
    """A finding of an earlier report: what a later run needs to know it by, or to see that it was not looked for.
    `judged`: what it was found on where it was about no cell; () also in reports that did not tell."""

    fingerprint: str
    rule: str
    project: str
    judged: tuple[str, ...] = ()


def baseline(path: str) -> Counter[Earlier]:
    """How often each finding is in an earlier report, JSON or JSON lines. Raises BesideError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as reason:
        why = "不是 UTF-8 文本" if isinstance(reason, UnicodeDecodeError) else explain_os_error(reason, reading=True)
        raise BesideError(_NOT_READ.format(path=path, why=why)) from reason
    try:
        found = (finding for part in _parts(text) for finding in part.get("findings", ()))
        return Counter(
            Earlier(one["fingerprint"], one["rule"], one.get("project") or "", tuple(map(str, one.get("judged") or ())))
            for one in found
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as reason:
        raise BesideError(_NOT_A_REPORT.format(path=path)) from reason


def _parts(text: str) -> Iterator[dict[str, Any]]:
    """A whole report, or the lines of one. Raises ValueError for anything else."""
    import json  # few runs have a baseline

    try:
        parts = [json.loads(text)]
    except ValueError:
        parts = [json.loads(line) for line in text.splitlines() if line.strip()]
    if not parts or any(part.get("schema") != _SCHEMA for part in parts):
        raise ValueError("no report")
    yield from parts


def _upwards(folder: str, name: str) -> Iterator[str]:
    """The files of this name in the folder and above it, the nearest first."""
    while True:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            yield path
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def _folder(path: str) -> str:
    here = os.path.abspath("." if path == "-" else path)
    return here if os.path.isdir(here) else os.path.dirname(here)


def _shown(path: str) -> str:
    """As the user would write it: relative where it lies below."""
    relative = os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0] else path
    return path if relative.startswith(os.pardir + os.sep + os.pardir) else relative
