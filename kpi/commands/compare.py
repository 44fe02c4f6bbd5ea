"""`kpi compare`: what changed between two submissions, or two years."""

from argparse import Namespace
from collections.abc import Sequence

from kpi import api
from kpi.commands import OK, UNCHECKED
from kpi.commands.errors import CommandError
from kpi.commands.lists import without_lists
from kpi.commands.options import Parser, add_help, add_output, add_ruleset, add_year
from kpi.commands.output import emit_bytes, emit_lines, emit_text, form_of, tell
from kpi.commands.reading import read_paths
from kpi.commands.replacing import refuse_overwriting
from kpi.commands.rulesets import ruleset_for, sentences
from kpi.reports.compare_outcome import CompareOutcome

FORMATS = ("text", "json", "xlsx", "docx", "html")


def parser() -> Parser:
    made = Parser(
        "kpi compare",
        "kpi compare [选项] 原来的文件 现在的文件",
        "对比两份绩效目标表（两次申报，或两个年度）：哪些指标取消、新增、改名、移动，哪些目标收紧、放松。\n"
        "目标按数值比：“≥95%”改“≥96%”是收紧，“=30场”改“30场”是放松，两年的“12月底前”没有变。",
        (
            "kpi compare 一稿.docx 二稿.docx",
            "kpi compare 2025年目标/ 2026年目标/ -o 对比.xlsx",
            "kpi compare --format json 去年.xlsx 今年.xlsx",
        ),
    )
    made.argument("old", "原来的文件", "原来的目标表：文件或文件夹")
    made.argument("new", "现在的文件", "现在的目标表：文件或文件夹")
    add_output(made, FORMATS)
    add_ruleset(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("-q", "--quiet", text="只显示合计和结论", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = form_of(options.output, options.format, FORMATS)
    if options.old == options.new == "-":
        raise CommandError("两份里只能有一份从标准输入读。")
    refuse_overwriting(options.output, [options.old, options.new])
    ruleset = ruleset_for(options.ruleset, [options.new])
    old, new = (
        without_lists(read_paths([path], options.year), [path], "compare", actuals=False)
        for path in (options.old, options.new)
    )
    with sentences("对比不了"):
        outcome = api.compared(old, new, ruleset)
    _emit(outcome, form, options)
    return UNCHECKED if outcome.could_not_check else OK


def _emit(outcome: CompareOutcome, form: str, options: Namespace) -> None:
    if form == "text":
        from kpi.reports import compare_text

        emit_lines(compare_text.render(outcome, quiet=options.quiet), options.output)
    elif form == "json":
        from kpi.reports import compare_json

        emit_text(compare_json.render_json(outcome), options.output)
    elif form == "html":
        from kpi.reports import compare_html

        emit_text(compare_html.render(outcome), options.output)
    else:
        from kpi.reports import compare_docx, compare_xlsx

        emit_bytes((compare_xlsx if form == "xlsx" else compare_docx).render(outcome), options.output)
    if options.output is not None:
        from kpi.reports import compare_text

        tell(compare_text.render(outcome, quiet=True))
