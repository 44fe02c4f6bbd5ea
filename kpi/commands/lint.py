"""`kpi lint`: what is wrong in the forms, where, why, and what to write instead."""

from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kpi.commands import UNCHECKED
from kpi.commands.errors import CommandError
from kpi.commands.options import (
    Parser,
    add_fail_on,
    add_help,
    add_no_waivers,
    add_output,
    add_ruleset,
    add_selection,
    add_year,
)
from kpi.commands.output import (
    emit_bytes,
    emit_lines,
    emit_text,
    explain_os_error,
    form_of,
    tell,
)
from kpi.commands.reading import read_paths
from kpi.commands.replacing import refuse_overwriting
from kpi.commands.rulesets import earlier, judged, ruleset_for, selection
from kpi.commands.statuses import status
from kpi.fixes.destination import same_file
from kpi.reports.lines import line, styled
from kpi.reports.lint_formats import FORMATS
from kpi.reports.outcome import Outcome
from kpi.reports.view import View
from kpi.rules.runner import PROGRESS

_OVER_BASELINE = (
    "--output 和 --baseline 是同一个文件“{path}”：写了以后基线就没有了，原有的问题下次会全算新增。请换一个文件名；"
    "要换新的基线，请去掉 --baseline 再查一次，写进那个文件。"
)


def parser() -> Parser:
    made = Parser(
        "kpi lint",
        "kpi lint [选项] 路径…",
        "检查绩效目标表：哪里有问题、为什么、依据什么、该怎么改。最后一句说能不能提交、先改什么。",
        (
            "kpi lint 绩效目标表.docx",
            "kpi lint --quiet 申报材料/",
            "kpi lint --select REQ,VAL --explain 绩效目标表.txt",
            "kpi lint -o 结果.html 申报材料/",
            "kpi lint -o 修改意见书.docx 绩效目标表.docx",
            "kpi lint --annotate 批注.xlsx 绩效目标表.xlsx",
            "kpi lint --watch 绩效目标表.docx",
        ),
    )
    made.argument("paths", "路径…", "文件、文件夹，或 -（标准输入）", nargs="+")
    add_output(made, ("text", *FORMATS))
    made.option("--template", shown="文件", text="修改意见书用这份 Word 模板（与 --format docx 同用）", metavar="文件")
    made.option("--annotate", shown="路径", text="另存一份带批注的：文件名，或文件夹（原文件不动）", metavar="路径")
    add_ruleset(made)
    add_selection(made)
    made.option("--baseline", shown="文件", text="只报比这份结果（--format json 生成的）新增的问题", metavar="文件")
    add_no_waivers(made)
    add_fail_on(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("--watch", text="看着文件，每次存盘后自动再查，说改好了哪些；结束按 Ctrl-C", action="store_true")
    made.option("--explain", text="同时说明每条规则的理由、可能的误报和不适用的原因", action="store_true")
    made.option("-q", "--quiet", text="只显示合计和结论", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = _format(options)
    refuse_overwriting(options.output, options.paths)
    if options.baseline and options.output and same_file(options.baseline, options.output):
        raise CommandError(_OVER_BASELINE.format(path=options.output))
    view = _view(options)
    if options.watch:
        from kpi.commands import watch

        watch.refuse(options)
        return watch.watch(options, partial(_checked, options), view, partial(status, fail_on=options.fail_on))
    if options.annotate is not None:
        from kpi.commands import annotating

        annotating.refuse(options.paths, options.annotate, options.output)
    outcome = _checked(options)
    _emit(outcome, form, options.output, view)
    if options.annotate is not None and not annotating.annotate(outcome, options.paths, options.annotate):
        return UNCHECKED
    return status(outcome, options.fail_on)


def _checked(options: Namespace) -> Outcome:
    """What is asked for, read and judged."""
    ruleset = ruleset_for(options.ruleset, options.paths)
    select, ignore = selection(ruleset, options.select, options.ignore, idle=PROGRESS)
    before = earlier(options.baseline) if options.baseline else None
    reading = read_paths(options.paths, options.year)
    return judged(reading, ruleset, options.paths, select, ignore, waivers=not options.no_waivers, before=before)


def _format(options: Namespace) -> str:
    """What was asked for, else what the name of the output file says, else text. Whatever makes it impossible is said
    before anything is read."""
    form = form_of(options.output, options.format, ("text", *FORMATS))
    if options.template is not None and form != "docx":
        raise CommandError("--template 是修改意见书的模板，要和 --format docx 同用。")
    if options.template and options.output and same_file(options.template, options.output):
        raise CommandError("--output 和 --template 是同一个文件，会把模板覆盖，请换一个文件名。")
    return form


def _view(options: Namespace) -> View:
    template = None if options.template is None else _template(options.template)
    return View(options.explain, options.quiet, options.fail_on, template)


def _template(path: str) -> bytes:
    from kpi.reports.lint_docx import sound
    from kpi.reports.opinion_template import TemplateError

    try:
        data = Path(path).read_bytes()
        if note := sound(data):
            tell([line(styled("warning", f"注意：{note}"))])
    except FileNotFoundError as reason:
        raise CommandError(f"没有模板“{path}”，请检查路径。") from reason
    except OSError as reason:
        raise CommandError(f"读不了模板“{path}”：{explain_os_error(reason, reading=True)}。") from reason
    except TemplateError as problem:
        raise CommandError(f"模板“{path}”不能用：{problem}") from problem
    return data


def _emit(outcome: Outcome, form: str, output: str | None, view: View) -> None:
    if form == "text":
        from kpi.reports import lint_text

        emit_lines(lint_text.render(outcome, explain=view.explain, quiet=view.quiet), output)
    else:
        made = FORMATS[form].render(outcome, view)
        if isinstance(made, bytes):
            emit_bytes(made, output)
        else:
            emit_text(made, output)
    if output is not None:
        from kpi.reports import lint_text

        tell(lint_text.render(outcome, quiet=True))
