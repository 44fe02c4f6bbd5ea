"""`kpi fix`: what the rules can put right themselves, in a copy, with every change listed."""

from argparse import Namespace
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from kpi import api
from kpi.commands import OK, UNCHECKED
from kpi.commands.errors import CommandError
from kpi.commands.options import Parser, add_help, add_no_waivers, add_ruleset, add_selection, add_year, one_of
from kpi.commands.output import emit_lines, emit_text, explain_os_error
from kpi.commands.reading import read_paths
from kpi.commands.replacing import refuse_replacing
from kpi.commands.rulesets import judged, ruleset_for, selection
from kpi.fixes.destination import Wish, corrected, destination, place_under
from kpi.fixes.drafts import opened, why_not
from kpi.fixes.edits import Draft, FilePlan, Fixed
from kpi.fixes.plan import Planner
from kpi.fixes.save import save
from kpi.fixes.writers import written
from kpi.model import Document
from kpi.packages import CannotWrite
from kpi.readers import ReadError, file_bytes
from kpi.reports.outcome import Reading
from kpi.rules.finding import Finding
from kpi.rules.ruleset import Ruleset
from kpi.rules.runner import PROGRESS

_FORMATS = ("text", "json")
_BOTH = "--in-place 是改原文件，--output 是另写一份，只能用一个。"
_ONLY_SHOWN = "--diff 只列出要改的，不写文件，不能和 --in-place、--output 同用，请去掉一个。"
_FAILED = "写不了“{}”：{}。"
Dated = Callable[[Document], Document]


def parser() -> Parser:
    made = Parser(
        "kpi fix",
        "kpi fix [选项] 路径…",
        "改正能自动改的问题，逐处列出。不写选项时只改写法（含义不变），写进旁边的“原名-改”，原文件不动。",
        (
            "kpi fix --diff 绩效目标表.docx",
            "kpi fix 绩效目标表.docx",
            "kpi fix --unsafe --output 改好.xlsx 绩效目标表.xlsx",
            "kpi fix --in-place --select VAL017 申报材料/",
        ),
    )
    made.argument("paths", "路径…", "文件或文件夹", nargs="+")
    made.option("--diff", text="只列出要改的，不写文件", action="store_true")
    made.option("--unsafe", text="也填入算出来的值（会改变含义，改后请逐处核对）", action="store_true")
    made.option("--in-place", text="直接改原文件，不另存", action="store_true")
    made.option("-o", "--output", shown="路径", text="改好的文件写到这里：文件名，或文件夹", metavar="路径")
    made.option(
        "--format", shown="格式", text=f"清单的格式：{'、'.join(_FORMATS)}（不写时为 text）",
        type=one_of(_FORMATS), default="text", metavar="格式",
    )  # fmt: skip
    add_ruleset(made)
    add_selection(made)
    add_no_waivers(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("-q", "--quiet", text="只显示合计", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    if options.in_place and options.output is not None:
        raise CommandError(_BOTH)
    if options.diff and (options.in_place or options.output is not None):
        raise CommandError(_ONLY_SHOWN)
    ruleset = ruleset_for(options.ruleset, options.paths)
    wanted = _wanted(ruleset, options)
    found = api.collect(options.paths)
    copies = _copies(found, options)
    reading = api.without(read_paths(options.paths, options.year), copies, options.paths)
    files = {file.path for file in found}.difference(copies)
    dated = partial(api.dated, year=options.year)
    planner = Planner(
        reading.documents, partial(_judge, ruleset=ruleset, options=options),
        partial(opened, files=files, dated=dated), wanted, options.unsafe, dated,
    )  # fmt: skip
    fixed = _carried_out(planner.drafts(), files, dated, options)
    _emit(fixed, reading, copies, options)
    return UNCHECKED if reading.blocked or any(one.error for one in fixed) else OK


def _copies(found: Sequence[api.File], options: Namespace) -> tuple[str, ...]:
    """The files of a folder that are corrected copies of others in it, from an earlier run: fixed once more they would
    get copies again."""
    paths = [file.path for file in found]
    pairs = [*corrected(paths)]
    if options.output is not None:
        pairs += corrected(paths, place_under(options.output, options.paths))
    by_name = {file.path for file in found if file.named}
    return tuple(dict.fromkeys(copy for _, copy in pairs if copy not in by_name))


def _wanted(ruleset: Ruleset, options: Namespace) -> frozenset[str]:
    select, ignore = selection(ruleset, options.select, options.ignore, idle=PROGRESS)
    return frozenset(select or ruleset.rules) - frozenset(ignore)


def _judge(documents: Sequence[Document], ruleset: Ruleset, options: Namespace) -> list[tuple[Finding, ...]]:
    """What the whole ruleset says: which fixes are asked for chooses no rules."""
    outcome = judged(
        Reading(tuple(documents)), ruleset, options.paths, (), (), waivers=not options.no_waivers, before=None
    )
    return [one.findings for one in outcome.result.documents]


def _carried_out(
    drafts: Sequence[tuple[Draft, FilePlan]], files: Collection[str], dated: Dated, options: Namespace
) -> tuple[Fixed, ...]:
    """Every file written, or with `--diff` only made ready; one that fails never stops the others."""
    wish = Wish(options.output, options.in_place, options.paths, files, writing=0)
    wish = wish._replace(writing=sum(_is_written(draft, plan, wish) for draft, plan in drafts))
    taken: set[Path] = set()
    return tuple(_file(draft, plan, wish, None if options.diff else taken, dated) for draft, plan in drafts)


def _barred(draft: Draft, plan: FilePlan, wish: Wish) -> str:
    """Why a file cannot be changed, or written elsewhere as it is; of one that nobody named only where it should be."""
    named = any(Path(path) == Path(plan.path) for path in wish.paths)
    missing = wish.output is not None and plan.path not in wish.files and bool(draft.document.tables)
    return plan.barred or (why_not(draft.document, wish.files) if named or missing else "")


def _is_written(draft: Draft, plan: FilePlan, wish: Wish) -> bool:
    """Whether there is something to write: changes, or with `--output` the file as it is, for what is asked for
    elsewhere is to be whole there."""
    if _barred(draft, plan, wish):
        return False
    whole = wish.output is not None and plan.path in wish.files and bool(draft.document.tables)
    return bool(plan.edits) or whole


def _file(draft: Draft, plan: FilePlan, wish: Wish, taken: set[Path] | None, dated: Dated) -> Fixed:
    """`taken`: the paths written so far; None where nothing is to be written."""
    if not _is_written(draft, plan, wish):
        return Fixed(plan, None, _barred(draft, plan, wish) or None)
    target: Path | None = None
    try:
        data = _bytes(draft, plan, dated)
        if taken is None:
            return Fixed(plan, None, None)
        target = destination(plan.path, wish, data, taken)
        if not wish.in_place:
            refuse_replacing(target, data)
        target.parent.mkdir(parents=True, exist_ok=True)
        save(data, target, like=Path(plan.path))
    except (CannotWrite, CommandError) as problem:
        return Fixed(plan, None, str(problem))
    except ReadError as problem:
        return Fixed(plan, None, problem.message)
    except OSError as reason:
        return Fixed(plan, None, _FAILED.format(target or plan.path, explain_os_error(reason)))
    taken.add(target)
    return Fixed(plan, str(target), None)


def _bytes(draft: Draft, plan: FilePlan, dated: Dated) -> bytes:
    """The file with its changes. Raises CannotWrite, and ReadError where it cannot be read once more."""
    if draft.writer is None or plan.edited is None or not plan.edits:
        return file_bytes(plan.path)
    return written(draft.writer, plan.edits, plan.edited, dated)


def _emit(fixed: Sequence[Fixed], reading: Reading, copies: Sequence[str], options: Namespace) -> None:
    if options.format == "text":
        from kpi.reports import fix_text

        emit_lines(fix_text.render(fixed, reading, copies, diff=options.diff, quiet=options.quiet), None)
        return
    from kpi.reports import fix_json

    emit_text(fix_json.render(fixed, reading, copies), None)
