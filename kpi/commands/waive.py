"""`kpi waive`: writes into the side file what an office lets stand, why, who said so and until when."""

import os
import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from kpi.beside import WAIVERS
from kpi.commands import OK
from kpi.commands.errors import CommandError
from kpi.commands.options import Parser, add_help, add_ruleset, add_year, day
from kpi.commands.output import emit_text, write_file
from kpi.commands.rulesets import codes, ruleset_for
from kpi.commands.waivable import beside, found, home_of, of_several, refuse_elsewhere
from kpi.rules import Finding, Ruleset, RulesetError
from kpi.rules.fingerprint import normal
from kpi.rules.judged import told
from kpi.rules.offices import office_key
from kpi.rules.waiver_file import appended, load_waivers, renewed
from kpi.rules.waivers import Waiver, cannot_be_waived
from kpi.values.normal import squeezed

_NO_PATHS = "--folder 已经写了是哪个文件夹（{folder}），后面的“{path}”用不上，请去掉它，或者把 --folder 写窄些。"
Entry = dict[str, str]
Added = dict[Path, list[Entry]]  # by the side file that they go into
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")

_WIDE = "第 {wide} 行原来就没有写 unit：同名的项目，别的单位的也放过。只放过这一个单位的，请在里面加一行 unit。\n"
_OTHER_NAME = f"写进“{{file}}”没有用：kpi lint 只看名称正好是 {WAIVERS} 的文件，请写 --file {{there}}。"


def parser() -> Parser:
    made = Parser(
        "kpi waive",
        "kpi waive 编号… [路径…] --reason 理由 --by 同意人 --until 日期\n"
        "      kpi waive --rule 规则 --project 项目 [--unit 单位] [路径…] --reason 理由 --by 同意人 --until 日期\n"
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
    made.option("--unit", shown="单位", text="同名的项目有几个单位的，只豁免这个实施单位的", metavar="单位")
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
    added, note = _of_rule(options, ruleset) if options.rule else _of_findings(fingerprints, paths, options, ruleset)
    for target, entries in added.items():
        again, wide = _write(target, entries, ruleset)
        renewals = f"，其中 {again} 条是原来就有的，理由、同意人和期限照这次的写" if again else ""
        said = f"已写入 {target}：{len(entries)} 条豁免，到 {options.until} 为止{renewals}。\n"
        emit_text(said + (_WIDE.format(wide=wide) if wide else ""), None)
    if note:
        emit_text(note, None)
    return OK


def _named(words: Iterable[str]) -> list[str]:
    """The paths among the words."""
    return [word for word in words if not _FINGERPRINT.fullmatch(word)]


def _of_findings(
    fingerprints: Sequence[str], paths: Sequence[str], options: Namespace, ruleset: Ruleset
) -> tuple[Added, str]:
    """Entries for findings by their numbers, each with the unit of its form."""
    added: Added = {}
    findings = found(fingerprints, paths, ruleset, options)
    for finding in findings:
        target = beside(finding, options.file)
        _refuse([finding.rule], _governing(target, options, ruleset))
        entries = added.setdefault(target, [])
        if (entry := _of_finding(finding, options, ruleset)) not in entries:
            entries.append(entry)
    return added, of_several(findings)


def _of_finding(finding: Finding, options: Namespace, ruleset: Ruleset) -> Entry:
    _refuse([finding.rule], ruleset)
    value = finding.value if finding.value is not None else told(finding.judged) or None
    known = {
        "fingerprint": finding.fingerprint, "rule": finding.rule, "project": finding.project,
        "unit": finding.unit, "indicator": finding.indicator or "", "value": value,
    }  # fmt: skip
    return {key: text for key, text in known.items() if text is not None} | _agreed(options)


def _of_rule(options: Namespace, ruleset: Ruleset) -> tuple[Added, str]:
    """The entry for a rule in a project or in a folder, and what is to be said of the project's forms."""
    rules = codes(ruleset, [options.rule])
    _refuse(rules, ruleset)
    if (options.project is None) == (options.folder is None):
        raise CommandError("--rule 要和 --project（项目名称）或 --folder（文件夹）一起用，二者选一。")
    if options.folder is None:
        home = home_of(options, _named(options.words))
        _refuse(rules, _governing(home.file, options, ruleset))
        where = {"project": options.project} | ({} if home.unit is None else {"unit": home.unit})
        return {home.file: [{"rule": options.rule, **where, **_agreed(options)}]}, home.note
    if options.unit is not None:
        raise CommandError("--unit 要和 --project（项目名称）或者编号一起用，不和 --folder 一起用。")
    target = Path(options.file or WAIVERS)
    if not os.path.isdir(options.folder):
        raise CommandError(f"没有文件夹“{options.folder}”，请检查路径。")
    refuse_elsewhere(options.folder, target, options.folder)
    folder = Path(os.path.relpath(options.folder, os.path.dirname(os.path.abspath(target)))).as_posix()
    return {target: [{"rule": options.rule, "folder": folder, **_agreed(options)}]}, ""


def _governing(target: Path, options: Namespace, ruleset: Ruleset) -> Ruleset:
    """The ruleset of the folder that the waiver stands in, by which it will be judged."""
    return ruleset if options.ruleset else ruleset_for(None, [str(target)], look_below=False)


def _agreed(options: Namespace) -> dict[str, str]:
    return {"reason": options.reason, "by": options.by, "until": options.until.isoformat()}


def _refuse(rules: Iterable[str], ruleset: Ruleset) -> None:
    for rule in rules:
        if cannot_be_waived(rule, ruleset):
            why = "它说的是检查本身的问题" if ruleset.rules[rule].heard else f"规则集 {ruleset.name} 规定必须改好"
            raise CommandError(f"规则 {rule} 不能豁免（{why}）。")


def _write(target: Path, entries: Sequence[Entry], ruleset: Ruleset) -> tuple[int, str]:
    """Adds the entries; one that is there already is renewed. How many were, and the lines of those that stay good for
    all units. Raises CommandError where the file has mistakes."""
    if not target.is_file():
        write_file(target, appended("", entries))
        return 0, ""
    try:
        present = load_waivers(target, str(target), ruleset)
    except RulesetError as problem:
        lines = "\n".join(f"  {message}" for message in problem.messages)
        raise CommandError(f"{target} 里有 {len(problem.messages)} 处要先改好，没有写入：\n{lines}") from problem
    text = target.read_text(encoding="utf-8-sig")
    again = [(one, entry) for entry in entries for one in present if _same(one, entry, target, ruleset)]
    fresh = [entry for entry in entries if not any(entry is renewal for _, renewal in again)]
    for waiver, entry in sorted(again, key=lambda pair: -pair[0].line):  # what is below does not move
        changed = renewed(text, waiver.line, entry)
        if changed is None:
            raise CommandError(f"{target} 第 {waiver.line} 行已经有这条豁免，没有改成，请打开文件改它的期限。")
        text = changed
    write_file(target, appended(text, fresh) if fresh else text)
    wide = sorted({waiver.line for waiver, entry in again if waiver.unit is None and "unit" in entry})
    return len(entries) - len(fresh), "、".join(map(str, wide))


def _same(waiver: Waiver, entry: Entry, target: Path, ruleset: Ruleset) -> bool:
    """Whether a waiver is for the same finding with the same value, or for the same rules in the same place. One of a
    finding that names no unit is good for all, and so for this one."""
    whose = office_key(entry["unit"]) if "unit" in entry else None
    if "fingerprint" in entry:
        value = waiver.value is None or squeezed(waiver.value) == squeezed(entry.get("value", ""))
        return waiver.fingerprint == entry["fingerprint"] and value and waiver.whose in (None, whose)
    if waiver.fingerprint is not None or waiver.rules != frozenset(ruleset.find(entry["rule"])):
        return False
    if waiver.whose != whose:
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
