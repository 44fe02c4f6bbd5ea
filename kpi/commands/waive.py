"""`kpi waive`: writes into the side file what an office lets stand, why, who said so and until when."""

import os
import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kpi.beside import WAIVERS
from kpi.commands import OK
from kpi.commands.errors import CommandError
from kpi.commands.options import Parser, add_help, add_ruleset, add_year, day
from kpi.commands.output import emit_text, write_file
from kpi.commands.reading import read_paths
from kpi.commands.rulesets import codes, judged, ruleset_for, sentences
from kpi.reports.outcome import Reading
from kpi.rules import Finding, Ruleset, RulesetError
from kpi.rules.fingerprint import normal
from kpi.rules.judged import told
from kpi.rules.likenames import similar
from kpi.rules.waiver_file import appended, load_waivers, renewed
from kpi.rules.waivers import Waiver, cannot_be_waived, lies_within, unit_of
from kpi.values.normal import squeezed

_OTHERS = "编号是 kpi monitor 查出来的，请再写 --as-of 日期和 --actuals 文件；是 kpi evaluate 的，再写 --actuals 文件。"
_NO_FORMS = "{where}里没有读到绩效目标表，没能核对项目名称“{project}”：名称要和表里的一样，豁免才起作用。\n"
_UNKNOWN = "{where}的表里没有叫“{project}”的项目，没有写入。{meant}表在别处的，请在命令里写上它的路径。"
_ELSEWHERE = (
    "“{what}”不在 {file} 所在的文件夹里面，没有写入：豁免只对它所在的文件夹和下级文件夹起作用。请写 --file {there}。"
)
_NO_PATHS = "--folder 已经写了是哪个文件夹（{folder}），后面的“{path}”用不上，请去掉它，或者把 --folder 写窄些。"
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")

_OTHER_NAME = f"写进“{{file}}”没有用：kpi lint 只看名称正好是 {WAIVERS} 的文件，请写 --file {{there}}。"


def parser() -> Parser:
    made = Parser(
        "kpi waive",
        "kpi waive 编号… [路径…] --reason 理由 --by 同意人 --until 日期\n"
        "      kpi waive --rule 规则 --project 项目 [路径…] --reason 理由 --by 同意人 --until 日期\n"
        "      kpi waive --rule 规则 --folder 文件夹 --reason 理由 --by 同意人 --until 日期",
        f"把经同意先留着的问题写进 {WAIVERS}，到期之前 kpi lint 不再报。编号见 kpi lint --explain 或 JSON 结果。",
        (
            "kpi waive 3f9a0c12ab34 绩效目标表.docx --reason 上级文件未定标准 --by 王芳 --until 2026-12-31",
            "kpi waive --rule TXT004 --project 合同工经费 --reason 目标由市局统一下达 --by 王芳 --until 2026-12-31",
        ),
    )
    made.argument("words", "编号、路径…", "问题的编号（12 位），和表所在的文件、文件夹（不写为当前文件夹）", nargs="*")
    made.option("--rule", shown="规则", text="不指一处，而是一条规则或一类规则", metavar="规则")
    made.option("--project", shown="项目", text="这条规则在哪个项目里不报（项目名称）", metavar="项目")
    made.option("--folder", shown="文件夹", text="这条规则在哪个文件夹里不报", metavar="文件夹")
    made.option("--reason", shown="理由", text="为什么可以留着", metavar="理由", required=True)
    made.option("--by", shown="同意人", text="谁同意的", metavar="同意人", required=True)
    made.option("--until", shown="日期", text="到哪一天为止，如 2026-12-31", type=_day, metavar="日期", required=True)
    made.option("--file", shown="文件", text=f"写进哪个文件（不写时为表旁边的 {WAIVERS}）", metavar="文件")
    made.option("--as-of", shown="日期", text="编号是 kpi monitor 的：截至哪一天查出来的", type=day, metavar="日期")
    made.option("--actuals", shown="文件", text="编号是 kpi monitor、evaluate 的：当时的完成情况", metavar="文件")
    add_ruleset(made)
    add_year(made, "表中没写年度的，按这一年算")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    fingerprints = [word for word in options.words if _FINGERPRINT.fullmatch(word)]
    paths = _named(options.words) or ["."]
    if not options.reason.strip() or not options.by.strip():
        raise CommandError("--reason 和 --by 不能为空：豁免要写明理由和同意的人。")
    if bool(fingerprints) == bool(options.rule):
        raise CommandError("要么写问题的编号（12 位），要么用 --rule 写规则，二者选一。用 kpi waive --help 看用法。")
    if options.file and os.path.basename(options.file) != WAIVERS:
        there = os.path.join(os.path.dirname(options.file), WAIVERS)
        raise CommandError(_OTHER_NAME.format(file=options.file, there=there))
    if options.folder is not None and _named(options.words):
        raise CommandError(_NO_PATHS.format(folder=options.folder, path=_named(options.words)[0]))
    ruleset = ruleset_for(options.ruleset, paths if options.folder is None else [options.folder])
    unsure = ""
    if options.rule:
        entry = _of_rule(options, ruleset)
        target, unsure = (Path(options.file or WAIVERS), "") if options.project is None else _home(options)
        added = {target: [entry]}
    else:
        added = {}
        for finding, unit in _found(fingerprints, paths, ruleset, options):
            entries = added.setdefault(_beside(finding, options.file), [])
            if (entry := _of_finding(finding, unit, options, ruleset)) not in entries:
                entries.append(entry)
    for target, entries in added.items():
        again = _write(target, entries, ruleset)
        renewals = f"，其中 {again} 条是原来就有的，理由、同意人和期限照这次的写" if again else ""
        emit_text(f"已写入 {target}：{len(entries)} 条豁免，到 {options.until} 为止{renewals}。\n{unsure}", None)
    return OK


def _beside(finding: Finding, file: str | None) -> Path:
    """The side file of a finding: the one that was asked for, else the one beside the form (or its archive)."""
    document = finding.document.partition("!/")[0]
    target = Path(file or os.path.join(os.path.dirname(document), WAIVERS))
    _refuse_elsewhere(document, target, os.path.dirname(document))
    return target


def _refuse_elsewhere(what: str, target: Path, there: str) -> None:
    """A side file counts for its own folder and below: what lies elsewhere it would never let stand."""
    if not lies_within(os.path.abspath(what), os.path.dirname(os.path.abspath(target))):
        raise CommandError(_ELSEWHERE.format(what=what, file=target, there=Path(there, WAIVERS)))


def _named(words: Iterable[str]) -> list[str]:
    """The paths among the words."""
    return [word for word in words if not _FINGERPRINT.fullmatch(word)]


def _home(options: Namespace) -> tuple[Path, str]:
    """The side file for a rule in a project: the one asked for, else the one beside its forms (in the folder that they
    share); and what to say where there are no forms to look the name up in. Raises CommandError for a name that no form
    has, or none that the side file counts for: such a waiver would never hold, and nobody would notice."""
    project, target = options.project, Path(options.file or WAIVERS)
    paths = _named(options.words) or [str(target.parent)]
    forms = [(table.project, document.path.partition("!/")[0])
             for document in read_paths(paths, options.year).documents
             for table in document.tables if table.project]  # fmt: skip
    known = [name for name, _ in forms]
    where = "、".join("当前文件夹" if path == "." else path for path in paths)
    if not known:
        return target, _NO_FORMS.format(where=where, project=project)
    its = [os.path.dirname(path) for name, path in forms if normal(name) == normal(project)]
    if not its:
        like = similar(project, known)
        meant = f"您是不是要写“{'”或“'.join(like)}”？" if like else "请照表里的项目名称写。"
        raise CommandError(_UNKNOWN.format(where=where, project=project, meant=meant))
    if not options.file:
        target = Path(_shared(its), WAIVERS)
    home = os.path.dirname(os.path.abspath(target))
    if not any(lies_within(os.path.abspath(folder), home) for folder in its):
        path = next(path for name, path in forms if normal(name) == normal(project))
        _refuse_elsewhere(path, target, os.path.dirname(path))
    return target, ""


def _shared(folders: Sequence[str]) -> str:
    """The nearest folder that all of these lie in, written as they are."""
    return folders[0] if len(set(folders)) == 1 else os.path.relpath(os.path.commonpath(map(os.path.abspath, folders)))


def _found(
    wanted: Collection[str], paths: Sequence[str], ruleset: Ruleset, options: Namespace
) -> list[tuple[Finding, str | None]]:
    """The findings of these fingerprints, each with the unit of its form; the same one in several folders is several,
    each for a side file of its own. Raises CommandError where one is not there."""
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
    forms = {document.path: document for document in reading.documents}
    return [(one, unit_of(one, forms[one.document]) if one.document in forms else None) for one in found]


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


def _of_finding(finding: Finding, unit: str | None, options: Namespace, ruleset: Ruleset) -> dict[str, str]:
    _refuse([finding.rule], ruleset)
    value = finding.value if finding.value is not None else told(finding.judged) or None
    known = {
        "fingerprint": finding.fingerprint, "rule": finding.rule, "project": finding.project,
        "unit": unit or None, "indicator": finding.indicator or "", "value": value,
    }  # fmt: skip
    return {key: text for key, text in known.items() if text is not None} | _agreed(options)


def _of_rule(options: Namespace, ruleset: Ruleset) -> dict[str, str]:
    _refuse(codes(ruleset, [options.rule]), ruleset)
    if (options.project is None) == (options.folder is None):
        raise CommandError("--rule 要和 --project（项目名称）或 --folder（文件夹）一起用，二者选一。")
    if options.folder is not None:
        home = os.path.dirname(os.path.abspath(options.file or WAIVERS))
        if not os.path.isdir(options.folder):
            raise CommandError(f"没有文件夹“{options.folder}”，请检查路径。")
        _refuse_elsewhere(options.folder, Path(options.file or WAIVERS), options.folder)
        where = {"folder": Path(os.path.relpath(options.folder, home)).as_posix()}
    else:
        where = {"project": options.project}
    return {"rule": options.rule, **where, **_agreed(options)}


def _agreed(options: Namespace) -> dict[str, str]:
    return {"reason": options.reason, "by": options.by, "until": options.until.isoformat()}


def _refuse(rules: Iterable[str], ruleset: Ruleset) -> None:
    for rule in rules:
        if cannot_be_waived(rule, ruleset):
            why = "它说的是检查本身的问题" if ruleset.rules[rule].heard else f"规则集 {ruleset.name} 规定必须改好"
            raise CommandError(f"规则 {rule} 不能豁免（{why}）。")


def _write(target: Path, entries: Sequence[Mapping[str, str]], ruleset: Ruleset) -> int:
    """Adds the entries; one that is there already is renewed. How many were. Raises CommandError where the file has
    mistakes."""
    if not target.is_file():
        write_file(target, appended("", entries))
        return 0
    try:
        present = load_waivers(target, str(target), ruleset)
    except RulesetError as problem:
        lines = "\n".join(f"  {message}" for message in problem.messages)
        raise CommandError(f"{target} 里有 {len(problem.messages)} 处要先改好，没有写入：\n{lines}") from problem
    text = target.read_text(encoding="utf-8-sig")
    fresh = []
    for entry in entries:
        same = [waiver for waiver in present if _same(waiver, entry, target, ruleset)]
        fresh += [] if same else [entry]
        for waiver in same:
            changed = renewed(text, waiver.line, entry)
            if changed is None:
                raise CommandError(f"{target} 第 {waiver.line} 行已经有这条豁免，没有改成，请打开文件改它的期限。")
            text = changed
    write_file(target, appended(text, fresh) if fresh else text)
    return len(entries) - len(fresh)


def _same(waiver: Waiver, entry: Mapping[str, str], target: Path, ruleset: Ruleset) -> bool:
    """Whether a waiver is for the same finding with the same value, or for the same rules in the same place."""
    if "fingerprint" in entry:
        value = squeezed(waiver.value or "") == squeezed(entry.get("value", ""))
        units = [normal(unit) for unit in (waiver.unit, entry.get("unit")) if unit]
        return waiver.fingerprint == entry["fingerprint"] and (value or waiver.value is None) and len({*units}) <= 1
    if waiver.fingerprint is not None or waiver.rules != frozenset(ruleset.find(entry["rule"])):
        return False
    if "project" in entry:
        return waiver.project is not None and normal(waiver.project) == normal(entry["project"])
    home = os.path.dirname(os.path.abspath(target))
    return waiver.project is None and waiver.folder == os.path.normpath(os.path.join(home, entry["folder"]))


def _day(word: str) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f"“{word}”不是日期，请写成 2026-12-31 的样子") from None
    if day < date.today():
        raise ArgumentTypeError(f"{word} 已经过去了，请写今天或以后的日期")
    return day
