"""`kpi rules`: list the rules, explain one, check a ruleset of one's own."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from kpi.commands import OK, UNCHECKED
from kpi.commands.errors import CommandError, did_you_mean
from kpi.commands.options import FORMATS, Parser, add_help, add_output, add_ruleset, words
from kpi.commands.output import complain, emit_lines, emit_text, form_of
from kpi.commands.rulesets import codes, load_ruleset, ruleset_for
from kpi.reports.lines import Line
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.finding import Finding
from kpi.rules.ruleset import Rule, Ruleset

_BASE = "national"
_RULE = re.compile(r"[A-Za-z]{3}(\d{3})?$")
_FORMATS = (*FORMATS, "md")


def main(arguments: Sequence[str]) -> int:
    actions: dict[str, Callable[[Sequence[str]], int]] = {"list": _list, "show": _show, "check": _check}
    first = arguments[0] if arguments else "list"
    if first in actions:
        return actions[first](arguments[1:])
    if first.startswith("-"):
        return _list(arguments)
    hint = f"看一条规则的说明：kpi rules show {first}。" if _RULE.match(first) else did_you_mean(first, actions)
    raise CommandError(f"kpi rules 后面没有“{first}”。{hint}用 kpi rules --help 看用法。")


def _list_parser() -> Parser:
    made = Parser(
        "kpi rules",
        "kpi rules [list] [选项]\n      kpi rules show [选项] 规则…\n      kpi rules check 文件…",
        "list 列出规则集里的规则（不写时就是 list）；show 解释规则；check 校验自己写的规则集。",
        ("kpi rules", "kpi rules --ruleset 本局.yaml", "kpi rules show UNI001", "kpi rules check 本局.yaml"),
    )
    return _with_options(made)


def _show_parser() -> Parser:
    made = Parser(
        "kpi rules show",
        "kpi rules show [选项] 规则…",
        "解释规则：查什么、为什么、依据、可能的误报和例子。",
        ("kpi rules show UNI001", "kpi rules show unit-missing", "kpi rules show --ruleset 本局.yaml CST"),
    )
    made.argument("rules", "规则…", "代码、类别、英文名或标题里的词，如 UNI001、UNI、unit-missing、单位", nargs="+")
    made.option("--explain", text="同时列出写规则集时用的：检查的名称、参数、词表里的词", action="store_true")
    return _with_options(made)


def _check_parser() -> Parser:
    made = Parser(
        "kpi rules check",
        "kpi rules check 文件…",
        "校验规则集文件：写错的地方逐条指出行号，再试一遍自己规则的例子；没有错时说明它改了什么。",
        ("kpi rules check 本局.yaml",),
    )
    made.argument("files", "文件…", "自己写的规则集（YAML 文件）", nargs="+")
    add_help(made)
    return made


def _with_options(made: Parser) -> Parser:
    add_ruleset(made)
    add_output(made, _FORMATS)
    add_help(made)
    return made


# What may follow `kpi rules`; without one of these words it is `list`.
PARSERS: dict[str, Callable[[], Parser]] = {"list": _list_parser, "show": _show_parser, "check": _check_parser}


def _list(arguments: Sequence[str]) -> int:
    options = _list_parser().parse_args(arguments)
    form = form_of(options.output, options.format, _FORMATS)
    from kpi.reports import rules_text

    ruleset = ruleset_for(options.ruleset, ["."], look_below=False)
    _emit(ruleset.rules.values(), ruleset, form, options.output, rules_text.render_list(ruleset))
    return OK


def _show(arguments: Sequence[str]) -> int:
    options = _show_parser().parse_args(arguments)
    form = form_of(options.output, options.format, _FORMATS)
    from kpi.reports import rules_text

    ruleset = ruleset_for(options.ruleset, ["."], look_below=False)
    rules = [ruleset.rules[code] for code in _shown(ruleset, words(options.rules))]
    said = partial(_said, ruleset)
    text = rules_text.render_rules(rules, ruleset, said, explain=options.explain)
    _emit(rules, ruleset, form, options.output, text)
    return OK


def _shown(ruleset: Ruleset, asked: Iterable[str]) -> tuple[str, ...]:
    """Codes of the rules that are named; a word that is no name finds the rules whose titles hold it."""
    found: list[str] = []
    for word in asked:
        titled = [code for code, rule in ruleset.rules.items() if word in rule.title]
        found += titled if titled and not ruleset.find(word) else codes(ruleset, [word])
    return tuple(dict.fromkeys(found))


def _said(ruleset: Ruleset, rule: Rule, example: ExampleSpec) -> Finding | None:
    """What the rule says of one of its examples."""
    from kpi.rules.examples import run_example

    return next(iter(run_example(ruleset, rule.code, example)), None)


def _check(arguments: Sequence[str]) -> int:
    return max(_check_file(file) for file in _check_parser().parse_args(arguments).files)


def _check_file(file: str) -> int:
    from kpi.reports import rules_text
    from kpi.reports.ruleset_changes import changes

    try:
        own = load_ruleset(file)
    except CommandError as problem:
        complain(str(problem))
        return UNCHECKED
    base = load_ruleset(_BASE)
    failed = _failed(file, own, own.rules.keys() - base.rules.keys())
    if failed:
        complain(f"规则集“{file}”的例子与规则不符，有 {len(failed)} 处：\n" + "\n".join(f"  {one}" for one in failed))
        return UNCHECKED
    emit_lines(rules_text.render_changes(file, own, changes(base, own)), None)
    return OK


def _failed(file: str, own: Ruleset, codes: Collection[str]) -> list[str]:
    """The examples of the office's own rules that fail, each with its place."""
    if not codes:
        return []
    from pathlib import Path

    from kpi.reports.example_text import example
    from kpi.rules.located import Origin, read_yaml
    from kpi.rules.trial import failures

    said = []
    written = read_yaml(Path(file), file)
    for one in failures(own, codes):
        rule = own.rules[one.rule]
        mark, examples = ("✗", rule.bad) if one.side == "bad" else ("✓", rule.good)
        text = f"规则 {one.rule} 的第 {one.number + 1} 个 {mark} 例（{example(examples[one.number])}）{one.said}"
        if one.rule in (written.data.get("rules") or {}):  # else in a file that it includes or extends
            text = str(Origin(written, ("rules", one.rule, "examples", one.side, one.number)).say(text))
        said.append(text)
    return said


def _emit(rules: Iterable[Rule], ruleset: Ruleset, form: str, output: str | None, text: Iterable[Line]) -> None:
    if form == "text":
        emit_lines(text, output)
        return
    if form == "md":
        from kpi.reports import rules_md

        emit_text(rules_md.render(rules, ruleset, lambda rule, example: _said(ruleset, rule, example)), output)
        return
    from kpi.reports import rules_json

    render = rules_json.render_json if form == "json" else rules_json.render_jsonl
    emit_text(render(rules, ruleset), output)
