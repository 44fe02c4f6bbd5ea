"""`kpi schema NAME`: the JSON Schema of an output."""

from collections.abc import Sequence

from kpi.commands import OK
from kpi.commands.options import Parser, add_help, one_of
from kpi.commands.output import emit_text, form_of

NAMES = ("lint", "monitor", "evaluate", "compare", "parse", "extract", "fix", "review", "rules", "ruleset", "waivers")


def parser() -> Parser:
    made = Parser(
        "kpi schema",
        "kpi schema [选项] 名称",
        f"打印一种 JSON 输出（或规则集、豁免文件）的格式定义（JSON Schema）：\n{'、'.join(NAMES)}。",
        ("kpi schema lint", "kpi schema extract -o extract.schema.json"),
    )
    made.argument("name", "名称", "上面所列的一种", type=one_of(NAMES))
    made.option("-o", "--output", shown="文件", text="写入文件，不显示在屏幕上", metavar="文件")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    from kpi.reports.schema import render

    form_of(options.output, None, ("json",))
    emit_text(render(options.name), options.output)
    return OK
