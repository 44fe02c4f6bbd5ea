"""Completion for bash, from 3.2 on: words only, names of files are left to bash itself."""

from collections.abc import Iterator, Sequence

from kpi.reports.completion import Grammar, Option, Verb, Wanted, quoted, texts

_FRAME = """\
# kpi 在 bash 里的补全，由 kpi completion bash 生成；升级 kpi 后请重新生成。
_kpi_words() {{
    # shellcheck disable=SC2207  # no word has a space in it
    COMPREPLY=($(compgen -W "$1" -- "$2"))
}}
_kpi_list() {{
    # several with commas between them: the last one is being typed
    local before=""
    [[ $2 == *,* ]] && before="${{2%,*}},"
    # shellcheck disable=SC2207
    COMPREPLY=($(compgen -P "$before" -W "$1" -- "${{2##*,}}"))
    compopt -o nospace 2>/dev/null
}}
_kpi_none() {{
    compopt +o default 2>/dev/null
}}
_kpi_folders() {{
    compopt +o default -o dirnames 2>/dev/null
}}
_kpi() {{
    local codes={codes}
    local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="" verb="${{COMP_WORDS[1]-}}"
    COMPREPLY=()
    if ((COMP_CWORD <= 1)); then
        _kpi_words {first} "$cur"
        return 0
    fi
    # bash takes "--format=json" apart at the sign
    prev="${{COMP_WORDS[COMP_CWORD - 1]}}"
    if [[ $cur == "=" ]]; then
        cur=""
    elif [[ $prev == "=" ]]; then
        prev="${{COMP_WORDS[COMP_CWORD - 2]}}"
    fi
    if ((COMP_CWORD > 2)); then
        case "$verb ${{COMP_WORDS[2]}}" in
{longer}
        esac
    fi
    case "$verb" in
{verbs}
    esac
    return 0
}}
complete -o default -F _kpi kpi
"""


def render(grammar: Grammar) -> str:
    flags = " ".join(flag for option in grammar.options for flag in option.flags)
    longer = "|".join(quoted(verb.name) for verb in grammar.verbs if len(verb.words) > 1)
    return _FRAME.format(
        codes=quoted(texts(grammar.codes)),
        first=quoted(f"{texts(grammar.commands)} {flags}"),
        longer=f'            {longer}) verb="$verb ${{COMP_WORDS[2]}}" ;;',
        verbs="\n".join(line for verb in grammar.verbs for line in _verb(verb)),
    )


def _verb(verb: Verb) -> Iterator[str]:
    yield f"        {quoted(verb.name)})"
    yield '            case "$prev" in'
    for option in verb.options:
        if option.wanted.kind != "flag":
            yield f"                {'|'.join(option.flags)}) {_offer(option.wanted)}; return 0 ;;"
    yield "            esac"
    yield '            case "$cur" in'
    yield f'                -*) _kpi_words {quoted(_flags(verb.options))} "$cur" ;;'
    if verb.below:
        yield f'                *) _kpi_words {quoted(texts(verb.below))} "$cur" ;;'
    elif (offer := _offer(verb.argument)) != ":":
        yield f"                *) {offer} ;;"
    yield "            esac"
    yield "            ;;"


def _flags(options: Sequence[Option]) -> str:
    return " ".join(flag for option in options for flag in option.flags)


def _offer(wanted: Wanted) -> str:
    """The command that fills COMPREPLY; ":" leaves it empty, which is names of files."""
    if wanted.kind == "list":
        return '_kpi_list "$codes" "$cur"'
    if wanted.kind in ("word", "name"):
        return f'_kpi_words {quoted(texts(wanted.words))} "$cur"'
    return {"file": ":", "folder": "_kpi_folders"}.get(wanted.kind, "_kpi_none")
