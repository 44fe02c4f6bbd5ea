"""`kpi monitor`: what was achieved by a day, held against the plan, with lights, forecasts and contradictions."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from kpi import api
from kpi.commands.errors import CommandError
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
    day,
)
from kpi.commands.output import emit_bytes, emit_lines, emit_text, form_of, tell, written
from kpi.commands.reading import read_paths
from kpi.commands.replacing import refuse_overwriting
from kpi.commands.rulesets import codes, own_rules, ruleset_for, selection, sentences
from kpi.commands.statuses import status
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.outcome import Reading

FORMATS = ("text", "json", "xlsx", "docx", "html")
_ONLY_OWN = "监控只检查 MON 一类的规则；其他规则请用 kpi lint，自评的请用 kpi evaluate。"
_NO_DAY = "请用 --as-of 写明截至哪一天，如 --as-of 2026-07-31。"
_NO_ACTUALS = "表中没有填写完成情况。请用 --actuals 给出完成情况；没有的，用 --template 文件.xlsx 生成一张来填。"
_SHEET = ".xlsx"
_NO_SHEET = "--template 生成的是 Excel 清单，文件名要以 .xlsx 结尾，如“{better}”，现在写的是“{name}”。"
_ALREADY = "{name} 已经有了，没有改动：里面可能有填好的完成情况。请换一个文件名；要重新开始，请先把它改名或移走。"
_NO_FORM = "没有找到绩效目标表，无从监控。"


def parser() -> Parser:
    made = Parser(
        "kpi monitor",
        "kpi monitor [选项] 绩效目标表… --actuals 完成情况 --as-of 日期",
        "年中对照完成情况：先分清指标是累计的、现状的、有上限的、有节点的还是定性的，再同计划比，亮灯、推算全年、提示要写原因的。\n"
        "完成情况可以是填好的绩效运行监控表、kpi extract 的 JSON，或表头有“三级指标”“实际完成值”的清单；\n"
        "不写 --actuals 就用表中自己的。",
        (
            "kpi monitor 绩效目标表.docx --template 完成情况.xlsx",
            "kpi monitor 绩效目标表.docx --actuals 完成情况.xlsx --as-of 2026-07-31",
            "kpi monitor 运行监控表.xlsx --as-of 2026-07-31 -o 监控结果.xlsx",
            "kpi monitor 目标/ --actuals 7月.csv --as-of 2026-07-31 --previous 4月.json --format json",
        ),
    )
    made.argument("paths", "路径…", "绩效目标表：文件、文件夹，或 -（标准输入）", nargs="+")
    made.option("--actuals", shown="文件", text="完成情况（不写时用表中填的）", metavar="文件")
    made.option("--as-of", shown="日期", text="截至哪一天（含当天），如 2026-07-31", type=day, metavar="日期")
    made.option(
        "--previous", shown="文件", text="前几次的结果（JSON）或文件名带日期的完成情况，可写几次", action="append",
        default=[], metavar="文件",
    )  # fmt: skip
    made.option("--template", shown="文件", text="不作检查，按目标表生成一张完成情况清单（xlsx）来填", metavar="文件")
    add_output(made, FORMATS)
    add_ruleset(made)
    add_selection(made)
    add_no_waivers(made)
    add_fail_on(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("--explain", text="同时说明每项为什么这样算、每条规则的理由", action="store_true")
    made.option("-q", "--quiet", text="只显示合计和结论", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = form_of(options.output, options.format, FORMATS)
    inputs = [*options.paths, *([options.actuals] if options.actuals else []), *options.previous]
    refuse_overwriting(options.output, inputs)
    refuse_overwriting(options.template, inputs, "--template")
    _refuse_template(options.template)
    if options.template is None and options.as_of is None:
        raise CommandError(_NO_DAY)
    ruleset = ruleset_for(options.ruleset, options.paths)
    told = [path for path in (options.actuals, *options.previous) if path]
    reading = api.without(read_paths(options.paths, options.year), told, options.paths)
    more = f" --as-of {options.as_of}" if options.as_of else ""
    reading = without_lists(reading, options.paths, "monitor", more)
    if options.template is not None:
        return _template(reading, options)
    own = codes(ruleset, ("MON",))
    named, out = (own_rules(ruleset, texts, own, _ONLY_OWN) for texts in (options.select, options.ignore))
    select, ignore = selection(ruleset, named, out, own)
    with sentences("监控不了"):
        outcome = api.watched(
            reading, ruleset, options.actuals, options.as_of, options.previous, named=options.paths,
            select=select, ignore=ignore, waivers=not options.no_waivers,
        )  # fmt: skip
    if options.actuals is None and outcome.projects and outcome.actuals.empty:
        raise CommandError(_NO_ACTUALS)
    _emit(outcome, form, options)
    return status(outcome, options.fail_on)


def _refuse_template(template: str | None) -> None:
    """The list is a workbook, and one that lies there already may be filled in."""
    if template is None:
        return
    if Path(template).suffix.lower() != _SHEET:
        raise CommandError(_NO_SHEET.format(name=template, better=f"{Path(template).stem or '完成情况'}{_SHEET}"))
    if Path(template).exists():
        raise CommandError(_ALREADY.format(name=template))


def _template(reading: Reading, options: Namespace) -> int:
    """The sheet to be filled in; exit status 2 where there is no form."""
    from kpi.commands import OK, UNCHECKED
    from kpi.reports import extract_text, monitor_template
    from kpi.rules.monitoring import natures

    if not any(document.tables for document in reading.documents):
        raise CommandError(_NO_FORM)
    ruleset = ruleset_for(options.ruleset, options.paths)
    tables = [table for document in reading.documents for table in document.tables]
    written(Path(options.template), monitor_template.render([(table, natures(table, ruleset)) for table in tables]))
    tell(extract_text.closing(reading))
    return UNCHECKED if reading.blocked else OK


def _emit(outcome: MonitorOutcome, form: str, options: Namespace) -> None:
    if form == "text":
        from kpi.reports import monitor_text

        emit_lines(monitor_text.render(outcome, explain=options.explain, quiet=options.quiet), options.output)
    elif form == "json":
        from kpi.reports import monitor_json

        emit_text(monitor_json.render_json(outcome), options.output)
    elif form == "html":
        from kpi.reports import monitor_html

        emit_text(monitor_html.render(outcome), options.output)
    else:
        from kpi.reports import monitor_docx, monitor_xlsx

        render = monitor_xlsx.render if form == "xlsx" else monitor_docx.render
        emit_bytes(render(outcome), options.output)
    if options.output is not None:
        from kpi.reports import monitor_text

        tell(monitor_text.render(outcome, quiet=True))
