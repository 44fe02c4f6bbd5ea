"""`kpi lint`: what is wrong in the forms, where, why, and what to write instead."""

from argparse import Namespace
from collections.abc import Sequence

from kpi.commands import FOUND, OK, UNCHECKED
from kpi.commands.options import (
    FAIL_ON,
    Parser,
    add_help,
    add_output,
    add_ruleset,
    add_selection,
    add_year,
    one_of,
    words,
)
from kpi.commands.output import emit_lines, emit_text, refuse_overwriting
from kpi.commands.reading import read_paths
from kpi.commands.rulesets import codes, earlier, judged, ruleset_for
from kpi.reports.outcome import Outcome
from kpi.rules.finding import SEVERITIES


def parser() -> Parser:
    made = Parser(
        "kpi lint",
        "kpi lint [选项] 路径…",
        "检查绩效目标表：哪里有问题、为什么、依据什么、该怎么改。最后一句说能不能提交、先改什么。",
        (
            "kpi lint 绩效目标表.docx",
            "kpi lint --quiet 申报材料/",
            "kpi lint --select REQ,VAL --explain 绩效目标表.txt",
            "kpi lint --format json -o 结果.json 绩效目标表.docx",
        ),
    )
    made.argument("paths", "路径…", "文件、文件夹，或 -（标准输入）", nargs="+")
    add_output(made)
    add_ruleset(made)
    add_selection(made)
    made.option("--baseline", shown="文件", text="只报比这份结果（--format json 生成的）新增的问题", metavar="文件")
    made.option("--no-waivers", text="不理会 kpi-waivers.yaml 里的豁免", action="store_true")
    made.option(
        "--fail-on", shown="级别", text="到哪一级算不通过（退出状态 1）：error、warning、info、never（不写时为 error）",
        type=one_of(FAIL_ON), default="error", metavar="级别",
    )  # fmt: skip
    add_year(made, "表中没写年度的，按这一年算")
    made.option("--explain", text="同时说明每条规则的理由、可能的误报和不适用的原因", action="store_true")
    made.option("-q", "--quiet", text="只显示合计和结论", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    refuse_overwriting(options.output, options.paths)
    ruleset = ruleset_for(options.ruleset, options.paths)
    select, ignore = (codes(ruleset, words(texts)) for texts in (options.select, options.ignore))
    before = earlier(options.baseline) if options.baseline else None
    reading = read_paths(options.paths, options.year)
    outcome = judged(reading, ruleset, options.paths, select, ignore, waivers=not options.no_waivers, before=before)
    _emit(outcome, options)
    return status(outcome, options.fail_on)


def status(outcome: Outcome, fail_on: str) -> int:
    """2 outranks 1: what could not be checked never counts as clean."""
    if outcome.could_not_check:
        return UNCHECKED
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return FOUND if any(f.severity in failing and f.status != "trial" for f in outcome.findings) else OK


def _emit(outcome: Outcome, options: Namespace) -> None:
    if options.format == "text":
        from kpi.reports import lint_text

        emit_lines(lint_text.render(outcome, explain=options.explain, quiet=options.quiet), options.output)
        return
    from kpi.reports import lint_json

    render = lint_json.render_json if options.format == "json" else lint_json.render_jsonl
    emit_text(render(outcome), options.output)
