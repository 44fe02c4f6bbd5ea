"""`kpi evaluate`: the points of a self-evaluation recomputed, and everything that differs from what it states."""

from argparse import Namespace
from collections.abc import Sequence

from kpi import api
from kpi.commands.lists import without_lists
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
from kpi.commands.output import emit_bytes, emit_lines, emit_text, form_of, tell
from kpi.commands.reading import read_paths
from kpi.commands.replacing import refuse_overwriting
from kpi.commands.rulesets import own_rules, ruleset_for, selection, sentences
from kpi.commands.statuses import status
from kpi.reports.evaluate_outcome import EvaluateOutcome

_ONLY_OWN = "自评只检查 EVL 一类的规则；其他规则请用 kpi lint。"
FORMATS = ("text", "json", "xlsx", "docx", "html")


def parser() -> Parser:
    made = Parser(
        "kpi evaluate",
        "kpi evaluate [选项] 路径… [--actuals 文件]",
        "重算绩效自评表：按目标值、完成值和分值算每一项的得分、执行率得分、总分和等次，\n"
        "指出与表中所写不一致的地方和没有写原因的偏差。\n"
        "自评表可以单独检查；加 --actuals 时，路径写申报时的目标表，另核对目标和分值有没有改。",
        (
            "kpi evaluate 绩效自评表.xlsx",
            "kpi evaluate 绩效目标表.docx --actuals 绩效自评表.docx",
            "kpi evaluate 绩效目标表.docx --actuals 完成情况.xlsx -o 自评结果.xlsx",
            "kpi evaluate --format json 自评材料/",
        ),
    )
    made.argument("paths", "路径…", "自评表，或（加 --actuals 时）申报时的目标表：文件、文件夹，或 -", nargs="+")
    made.option("--actuals", shown="文件", text="自评表，或写有三级指标和实际完成值的清单", metavar="文件")
    add_output(made, FORMATS)
    add_ruleset(made)
    add_selection(made)
    add_no_waivers(made)
    add_fail_on(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("--explain", text="同时说明每一项怎么算的、每条规则的理由", action="store_true")
    made.option("-q", "--quiet", text="只显示合计和结论", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = form_of(options.output, options.format, FORMATS)
    refuse_overwriting(options.output, [*options.paths, *([options.actuals] if options.actuals else [])])
    ruleset = ruleset_for(options.ruleset, options.paths)
    from kpi.rules.evaluating import evaluation_codes

    own = evaluation_codes(ruleset)
    named, out = (own_rules(ruleset, texts, own, _ONLY_OWN) for texts in (options.select, options.ignore))
    select, ignore = selection(ruleset, named, out, own)
    reading = read_paths(options.paths, options.year)
    if options.actuals is None:
        reading = without_lists(reading, options.paths, "evaluate")
    with sentences("自评算不了"):
        evaluated = api.evaluated(
            reading, ruleset, options.actuals, year=options.year, select=select, ignore=ignore,
            waivers=not options.no_waivers,
        )  # fmt: skip
    _emit(evaluated, form, options)
    return status(evaluated, options.fail_on)


def _emit(evaluated: EvaluateOutcome, form: str, options: Namespace) -> None:
    if form == "text":
        from kpi.reports import evaluate_text

        emit_lines(evaluate_text.render(evaluated, explain=options.explain, quiet=options.quiet), options.output)
    elif form == "json":
        from kpi.reports import evaluate_json

        emit_text(evaluate_json.render_json(evaluated), options.output)
    elif form == "html":
        from kpi.reports import evaluate_html

        emit_text(evaluate_html.render(evaluated), options.output)
    elif form == "xlsx":
        from kpi.reports import evaluate_xlsx

        emit_bytes(evaluate_xlsx.render(evaluated), options.output)
    else:
        from kpi.reports import evaluate_docx

        emit_bytes(evaluate_docx.render(evaluated), options.output)
    if options.output is not None:
        from kpi.reports import evaluate_text

        tell(evaluate_text.render(evaluated, quiet=True))
