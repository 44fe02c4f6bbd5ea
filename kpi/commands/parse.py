"""`kpi parse`: how one value is understood."""

from collections.abc import Sequence

from kpi.api import parse
from kpi.commands import OK
from kpi.commands.inputs import argument, decode, lines, standard_input
from kpi.commands.options import FORMATS, Parser, add_help, add_output, add_year
from kpi.commands.output import emit_lines, emit_text, form_of


def parser() -> Parser:
    made = Parser(
        "kpi parse",
        "kpi parse [选项] [指标值…]",
        "说明一个指标值会被怎样理解：界限、单位、类别。不写指标值时从标准输入读，一行一个。",
        (
            'kpi parse ≤20万元 ">98%" 12月底前',
            "kpi parse --year 2026 第三季度",
            "kpi parse --format json -5℃",
            "kpi parse < 指标值.txt",
        ),
    )
    made.argument("texts", "指标值…", "一个或几个指标值；含空格或 > < 的要加引号", nargs="*")
    add_output(made)
    add_year(made, "没写年份的日期按这一年算")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    form = form_of(options.output, options.format, FORMATS)
    texts = [argument(text) for text in options.texts] or lines(decode(standard_input("指标值（一行一个）")))
    values = [parse(text, year=options.year) for text in texts]
    if form == "text":
        from kpi.reports import parse_text

        emit_lines(parse_text.render(values), options.output)
        return OK
    from kpi.reports import parse_json

    render = parse_json.render_json if form == "json" else parse_json.render_jsonl
    emit_text(render(values), options.output)
    return OK
