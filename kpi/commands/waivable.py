"""What a waiver is written for: findings by their numbers, a project in the folders of its forms; and where it goes."""

import os
from argparse import Namespace
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kpi.beside import WAIVERS
from kpi.commands.errors import CommandError
from kpi.commands.reading import read_paths
from kpi.commands.rulesets import codes, judged, sentences
from kpi.reports.outcome import Reading
from kpi.rules import Finding, Ruleset
from kpi.rules.fingerprint import normal
from kpi.rules.likenames import similar
from kpi.rules.offices import office_key
from kpi.rules.waiver_notices import named
from kpi.rules.waivers import lies_within

_OTHERS = "编号是 kpi monitor 查出来的，请再写 --as-of 日期和 --actuals 文件；是 kpi evaluate 的，再写 --actuals 文件。"
_NO_FORMS = "{where}里没有读到绩效目标表，没能核对项目名称“{project}”：名称要和表里的一样，豁免才起作用。\n"
_UNKNOWN = "{where}的表里没有叫“{project}”的项目，没有写入。{meant}表在别处的，请在命令里写上它的路径。"
_OTHER_UNIT = "{what}的表里没有实施单位是“{unit}”的，没有写入；有的是{units}。请照表里的单位名称写 --unit。"
_FOR_ALL = (
    "同名的项目有几个单位的，都用这一条：{units}。"
    "只豁免其中一个单位的，请从文件里删去这一条，加 --unit 单位名称 重新登记。\n"
)
_IN_EACH = (
    "编号 {one} 在几个单位的表里都有，各写了一条：{units}。"
    "不该豁免的，从文件里删去它那一条；只登记一个单位的，加 --unit 单位名称。\n"
)
_ELSEWHERE = (
    "“{what}”不在 {file} 所在的文件夹里面，没有写入：豁免只对它所在的文件夹和下级文件夹起作用。请写 --file {there}。"
)


def beside(finding: Finding, file: str | None) -> Path:
    """The side file of a finding: the one that was asked for, else the one beside the form (or its archive)."""
    document = finding.document.partition("!/")[0]
    target = Path(file or os.path.join(os.path.dirname(document), WAIVERS))
    refuse_elsewhere(document, target, os.path.dirname(document))
    return target


def refuse_elsewhere(what: str, target: Path, there: str) -> None:
    """A side file counts for its own folder and below: what lies elsewhere it would never let stand."""
    if not lies_within(os.path.abspath(what), os.path.dirname(os.path.abspath(target))):
        raise CommandError(_ELSEWHERE.format(what=what, file=target, there=Path(there, WAIVERS)))


class Home(NamedTuple):
    """Where a waiver of a project goes: the side file, the unit as its form has it (None: all of them), and what is to
    be said besides."""

    file: Path
    unit: str | None
    note: str = ""


class _Form(NamedTuple):
    project: str
    unit: str
    path: str

    @property
    def folder(self) -> str:
        return os.path.dirname(self.path)


def home_of(options: Namespace, paths: Sequence[str]) -> Home:
    """The home of a rule in a project: the file asked for, else the one beside its forms (in the folder that they
    share). Raises CommandError for a name that no form has, or none that the side file counts for: such a waiver would
    never hold, and nobody would notice."""
    target = Path(options.file or WAIVERS)
    paths = paths or [str(target.parent)]
    forms = [_Form(table.project, table.unit or "", document.path.partition("!/")[0])
             for document in read_paths(paths, options.year).documents
             for table in document.tables if table.project]  # fmt: skip
    where = "、".join("当前文件夹" if path == "." else path for path in paths)
    if not forms:
        return Home(target, options.unit, _NO_FORMS.format(where=where, project=options.project))
    its = _its(forms, options, where)
    if not options.file:
        target = Path(_shared([form.folder for form in its]), WAIVERS)
    home = os.path.dirname(os.path.abspath(target))
    if not (here := [form for form in its if lies_within(os.path.abspath(form.folder), home)]):
        refuse_elsewhere(its[0].path, target, its[0].folder)
    if options.unit is not None:
        return Home(target, its[0].unit)
    units = [form.unit for form in here]
    return Home(target, None, _FOR_ALL.format(units=named(units)) if _several(units) else "")


def _its(forms: Sequence[_Form], options: Namespace, where: str) -> list[_Form]:
    """The forms of the project, of one unit where the command names it."""
    project, unit = options.project, options.unit
    its = [form for form in forms if normal(form.project) == normal(project)]
    if not its:
        like = similar(project, [form.project for form in forms])
        meant = f"您是不是要写“{'”或“'.join(like)}”？" if like else "请照表里的项目名称写。"
        raise CommandError(_UNKNOWN.format(where=where, project=project, meant=meant))
    own = [form for form in its if unit is None or office_key(form.unit) == office_key(unit)]
    if not own:
        units = named(form.unit for form in its)
        raise CommandError(_OTHER_UNIT.format(what=f"项目“{project}”", unit=unit, units=units))
    return own


def _several(units: Iterable[str]) -> bool:
    return len(set(map(office_key, units))) > 1


def _shared(folders: Sequence[str]) -> str:
    """The nearest folder that all of these lie in, written as they are."""
    return folders[0] if len(set(folders)) == 1 else os.path.relpath(os.path.commonpath(map(os.path.abspath, folders)))


def found(wanted: Collection[str], paths: Sequence[str], ruleset: Ruleset, options: Namespace) -> list[Finding]:
    """The findings of these fingerprints, of one unit where the command names it; the same one in several folders is
    several, each for a side file of its own. Raises CommandError where one is not there."""
    reading = read_paths(paths, options.year)
    outcome = judged(reading, ruleset, paths, (), (), waivers=False, before=None)
    found = [finding for finding in outcome.findings if finding.fingerprint in wanted]
    known = {finding.fingerprint for finding in found}
    if not known.issuperset(wanted):
        more = _of_progress(reading, paths, ruleset, options)
        found += [finding for finding in more if finding.fingerprint in wanted and finding.fingerprint not in known]
        known |= {finding.fingerprint for finding in found}
    missing = [one for one in dict.fromkeys(wanted) if one not in known]
    if missing:
        where = "、".join(paths)
        said = f"在 {where} 里没有编号为 {'、'.join(missing)} 的问题，请写上它所在的文件，或核对编号。"
        hint = "" if options.as_of or options.actuals else _OTHERS
        raise CommandError(said + hint)
    if options.unit is None:
        return found
    own = [finding for finding in found if office_key(finding.unit or "") == office_key(options.unit)]
    if left := [one for one in wanted if one not in {finding.fingerprint for finding in own}]:
        units = named(finding.unit or "" for finding in found if finding.fingerprint in left)
        raise CommandError(_OTHER_UNIT.format(what=f"编号 {'、'.join(left)} ", unit=options.unit, units=units))
    return own


def of_several(findings: Sequence[Finding]) -> str:
    """What is to be said of numbers that several units have."""
    said = []
    for one in dict.fromkeys(finding.fingerprint for finding in findings):
        units = [finding.unit or "" for finding in findings if finding.fingerprint == one]
        said += [_IN_EACH.format(one=one, units=named(units))] if _several(units) else []
    return "".join(said)


def _of_progress(
    reading: Reading, paths: Sequence[str], ruleset: Ruleset, options: Namespace
) -> Sequence[Finding]:
    """What monitoring (with a day) or evaluating finds in the same forms."""
    from kpi import api

    if options.as_of is not None:
        with sentences("监控不了"):
            return api.watched(
                reading, ruleset, options.actuals, options.as_of, named=paths, select=codes(ruleset, ("MON",)),
                waivers=False,
            ).findings  # fmt: skip
    with sentences("自评算不了"):
        return api.evaluated(reading, ruleset, options.actuals, year=options.year, waivers=False).findings
