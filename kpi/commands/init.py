"""`kpi init`: a commented ruleset of an office's own, to begin with."""

from collections.abc import Sequence
from pathlib import Path

from kpi.beside import RULESET
from kpi.commands import OK
from kpi.commands.errors import CommandError
from kpi.commands.options import Parser, add_help
from kpi.commands.output import emit_text, write_file
from kpi.resources import folder

_NEXT = """\
已写入 {target}。接下来：
  1. 用记事本打开它，照里面的说明改（前面带 # 的行不起作用，去掉 # 就生效）
  2. kpi rules check {target}    看写得对不对
  3. kpi lint {home}    检查时会自动用上它
"""
_TEMPLATE = "修改意见书模板.docx"
_NEXT_TEMPLATE = """\
已写入 {target}。接下来：
  1. 用 Word 打开它，改抬头、字体、落款；双大括号里的占位符会换成检查结果，用不着的段落可以删
  2. kpi lint --template {target} -o 修改意见书.docx 路径…
"""


def parser() -> Parser:
    made = Parser(
        "kpi init",
        "kpi init [文件夹]",
        f"在文件夹里放一份带说明的 {RULESET}，改几行就是本单位自己的规则集；kpi lint 检查这个文件夹时自动用它。",
        ("kpi init", "kpi init 申报材料/", "kpi init --template"),
    )
    made.argument("folder", "文件夹", "放在哪里（不写时为当前文件夹）", nargs="?", default=".")
    made.option("--template", text="改为放一份修改意见书的 Word 模板", action="store_true")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    home = Path(options.folder)
    if not home.is_dir():
        raise CommandError(f"没有文件夹“{options.folder}”，请先建好，或检查路径。")
    target = home / (_TEMPLATE if options.template else RULESET)
    if target.exists():
        raise CommandError(f"{target} 已经有了，没有改动；要重新开始，请先把它改名或移走。")
    if options.template:
        from kpi.reports.lint_docx import shipped

        write_file(target, shipped())
        emit_text(_NEXT_TEMPLATE.format(target=target), None)
        return OK
    write_file(target, (folder("rulesets") / "starter" / RULESET).read_text(encoding="utf-8"))
    emit_text(_NEXT.format(target=target, home=options.folder), None)
    return OK
