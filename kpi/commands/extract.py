"""`kpi extract`: what was read, before any rule."""

from collections.abc import Sequence

from kpi.commands import OK, UNCHECKED
from kpi.commands.options import FORMATS, Parser, add_help, add_output, add_year
from kpi.commands.output import emit_lines, emit_text, form_of, tell
from kpi.commands.reading import read_paths
from kpi.commands.replacing import refuse_overwriting


def parser() -> Parser:
    made = Parser(
        "kpi extract",
        "kpi extract [选项] 路径…",
        "列出从文件中读到的项目、资金、指标和没有读懂的内容，不作检查。",
        (
            "kpi extract 绩效目标表.docx",
            "kpi extract --explain 绩效目标表.pdf",
            "kpi extract --format json -o 目标.json 申报材料/",
        ),
    )
    made.argument("paths", "路径…", "文件、文件夹，或 -（标准输入）", nargs="+")
    add_output(made)
    add_year(made, "表中没写年度的，按这一年算")
    made.option("--explain", text="同时说明每一栏为什么当作它、哪些内容没有当作绩效目标表", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = form_of(options.output, options.format, FORMATS)
    refuse_overwriting(options.output, options.paths)
    reading = read_paths(options.paths, options.year)
    from kpi.reports import extract_text

    if form == "text":
        emit_lines(extract_text.render(reading, explain=options.explain), options.output)
    else:
        from kpi.reports import extract_json

        render = extract_json.render_json if form == "json" else extract_json.render_jsonl
        emit_text(render(reading, explain=options.explain), options.output)
    if options.output is not None:
        tell(extract_text.closing(reading))
    return UNCHECKED if reading.blocked else OK
