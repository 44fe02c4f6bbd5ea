"""Completion for zsh, with what every word means."""

from collections.abc import Iterator

from kpi.reports.completion import Grammar, Option, Verb, Wanted, Word, quoted, texts

_FRAME = """\
#compdef kpi
# kpi 在 zsh 里的补全，由 kpi completion zsh 生成；升级 kpi 后请重新生成。
_kpi_codes() {{
  _values -s , 规则 \\
{codes}
}}
_kpi_names() {{
  _alternative "names:名称:($*)" "files:文件:_files"
}}
{functions}
_kpi() {{
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
{commands}
  )
  _arguments -C \\
{options} \\
    '1:命令:->command' \\
    '*::参数:->rest'
  case $state in
    command) _describe -t commands 命令 commands ;;
    rest)
      case $line[1] in
{cases}
      esac
      ;;
  esac
}}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _kpi "$@"
else
  compdef _kpi kpi
fi
"""
_SPECIAL = str.maketrans({":": "：", "[": "（", "]": "）", "\n": "，"})


def render(grammar: Grammar) -> str:
    return _FRAME.format(
        codes=" \\\n".join(f"    {_described(word)}" for word in grammar.codes),
        functions="\n".join(line for verb in grammar.verbs for line in _function(verb, grammar)),
        commands="\n".join(f"    {quoted(f'{word.text}:{_plain(word.about)}')}" for word in grammar.commands),
        options=" \\\n".join(f"    {_option(option)}" for option in grammar.options),
        cases="\n".join(f"        {word.text}) {_named((word.text,))} ;;" for word in grammar.commands),
    )


def _function(verb: Verb, grammar: Grammar) -> Iterator[str]:
    specs = [_option(option) for option in verb.options]
    yield f"{_named(verb.words)}() {{"
    if verb.below:
        yield from _below(verb, grammar)
        specs.append(quoted(f"1:{_plain(verb.about)}:({texts(verb.below)})"))
    else:
        specs.append(quoted(f"*:{_plain(verb.argument.label)}:{_action(verb.argument)}"))
    yield "  _arguments -s -S \\"
    yield " \\\n".join(f"    {spec}" for spec in specs)
    yield "}"


def _below(verb: Verb, grammar: Grammar) -> Iterator[str]:
    """A second word that has options of its own takes over."""
    yield "  if (( CURRENT > 2 )); then"
    yield "    case $words[2] in"
    for longer in grammar.verbs:
        if longer.words[:-1] == verb.words:
            yield f"      {longer.words[-1]}) shift words; (( CURRENT-- )); {_named(longer.words)}; return ;;"
    yield "    esac"
    yield "  fi"


def _option(option: Option) -> str:
    value = f":{_plain(option.wanted.label)}:{_action(option.wanted)}" if option.wanted.kind != "flag" else ""
    told = quoted(f"[{_plain(option.about)}]{value}")
    only, several = option.flags[0], ",".join(option.flags)
    if option.repeated:
        return f"'*'{only}{told}"
    return f"{only}{told}" if len(option.flags) == 1 else f"'({' '.join(option.flags)})'{{{several}}}{told}"


def _action(wanted: Wanted) -> str:
    if wanted.kind == "word":
        return f"({texts(wanted.words)})"
    if wanted.kind == "name":
        return f"{{_kpi_names {texts(wanted.words)}}}"
    return {"list": "_kpi_codes", "file": "_files", "folder": "_files -/"}.get(wanted.kind, " ")


def _described(word: Word) -> str:
    return quoted(f"{word.text}[{_plain(word.about)}]")


def _named(words: tuple[str, ...]) -> str:
    return "_".join(("_kpi", *words))


def _plain(text: str) -> str:
    """zsh reads some characters of an explanation as its own."""
    return text.translate(_SPECIAL)
