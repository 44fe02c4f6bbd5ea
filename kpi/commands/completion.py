"""`kpi completion SHELL`: a script with which the shell completes commands, options, rules and rulesets.

It is made from the parsers that the commands themselves use, so that it cannot promise what they refuse.
"""

from argparse import Action
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module

from kpi.commands import COMMANDS, OK, Command
from kpi.commands.errors import CommandError
from kpi.commands.options import OneOf, Parser, add_help, one_of
from kpi.commands.output import emit_text
from kpi.reports.completion import Grammar, Kind, Option, Verb, Wanted, Word
from kpi.reports.terms import FAMILIES
from kpi.rules import load
from kpi.rules.loader import shipped

SHELLS = ("bash", "zsh", "fish", "powershell")
# What the help calls the value, and what can be offered for it. What is not here is free text.
KINDS: Mapping[str, Kind] = {
    "路径": "file", "文件": "file", "编号、路径": "file", "原来的文件": "file", "现在的文件": "file",
    "文件夹": "folder",
    "规则": "list", "规则集": "name",
    "年份": "text", "日期": "text", "项目": "text", "单位": "text", "理由": "text", "同意人": "text", "指标值": "text",
}  # fmt: skip
_REPEATED = "_AppendAction"  # argparse has no public name for an option that may be written again
_OWN_OPTIONS = (
    Option(("-h", "--help"), "显示这份说明", Wanted("flag")),
    Option(("-V", "--version"), "显示版本", Wanted("flag")),
)


def parser() -> Parser:
    made = Parser(
        "kpi completion",
        "kpi completion [选项] 命令行",
        "生成命令行的补全脚本：按 Tab 键补全命令、选项、规则代码和规则集名称。升级 kpi 后请重新生成。\n"
        "zsh 要先把 ~/.zfunc 放进 fpath；PowerShell 要在 $PROFILE 文件里写一行：一个点、空格、脚本的完整路径。",
        (
            "kpi completion bash -o ~/.local/share/bash-completion/completions/kpi",
            "kpi completion zsh -o ~/.zfunc/_kpi",
            "kpi completion fish -o ~/.config/fish/completions/kpi.fish",
            "kpi completion powershell -o kpi.ps1",
        ),
    )
    made.argument("shell", "命令行", f"用的是哪一种：{'、'.join(SHELLS)}", type=one_of(SHELLS))
    made.option("-o", "--output", shown="文件", text="写入文件，不显示在屏幕上", metavar="文件")
    add_help(made)
    return made


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        raise CommandError(f"缺少命令行：请写用的是哪一种，{'、'.join(SHELLS)}，如 kpi completion bash。")
    options = parser().parse_args(arguments)
    render: Callable[[Grammar], str] = import_module(f"kpi.reports.completion_{options.shell}").render
    emit_text(render(grammar()), options.output)
    return OK


def grammar() -> Grammar:
    """Everything that may be typed."""
    names = shipped()
    titles = {code: rule.title for name in reversed(names) for code, rule in load(name).rules.items()}
    families = {code[:3]: FAMILIES.get(code[:3], "") for code in sorted(titles)}
    codes = tuple(Word(*one) for one in (families | dict(sorted(titles.items()))).items())
    rulesets = tuple(map(Word, names))
    return Grammar(_OWN_OPTIONS, tuple(verb for command in COMMANDS for verb in _verbs(command, rulesets)), codes)


def _verbs(command: Command, rulesets: tuple[Word, ...]) -> Iterator[Verb]:
    """The command, and behind it those of its second words."""
    module = import_module(command.module)
    below: Mapping[str, Callable[[], Parser]] = getattr(module, "PARSERS", {})
    first = next(iter(below.values()))() if below else module.parser()
    yield Verb((command.name,), command.summary, *_taken(first, rulesets), tuple(map(Word, below)))
    for name, made in below.items():
        yield Verb((command.name, name), "", *_taken(made(), rulesets))


def _taken(made: Parser, rulesets: tuple[Word, ...]) -> tuple[tuple[Option, ...], Wanted]:
    options = tuple(
        Option(tuple(one.option_strings), one.help or "", _wanted(one, rulesets), type(one).__name__ == _REPEATED)
        for one in made.taken if one.option_strings
    )  # fmt: skip
    arguments = [_wanted(one, rulesets) for one in made.taken if not one.option_strings]
    return options, arguments[0] if arguments else Wanted("text")


def _wanted(action: Action, rulesets: tuple[Word, ...]) -> Wanted:
    if action.nargs == 0:
        return Wanted("flag")
    label = str(action.metavar or "")
    if isinstance(action.type, OneOf):
        return Wanted("word", label, tuple(map(Word, action.type.known)))
    kind = KINDS.get(label, "text")
    return Wanted(kind, label, rulesets if kind == "name" else ())
