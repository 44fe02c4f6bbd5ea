"""Completion for fish, with what every word means."""

from collections.abc import Iterator, Sequence

from kpi.reports.completion import Grammar, Option, Verb, Wanted, Word, quoted, texts

_HEAD = """\
# kpi 在 fish 里的补全，由 kpi completion fish 生成；升级 kpi 后请重新生成。
function __kpi_words
    set -l words (commandline -opc)
    set -e words[1]
    string join -- \\n $words
end
function __kpi_in
    # the command that is being typed begins with these words
    set -l words (__kpi_words)
    set -l count (count $argv)
    test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
end
function __kpi_at
    # nothing but these words has been typed
    set -l words (__kpi_words)
    test "$words" = "$argv"
end
function __kpi_list
    # several with commas between them: the last one is being typed
    set -l typed (commandline -ct | string replace -r -- '^--[^=]*=' '')
    set -l before (string match -r -- '^.*,' $typed)
    __kpi_codes | while read -l line
        echo "$before$line"
    end
end
"""


def render(grammar: Grammar) -> str:
    return _HEAD + "".join(f"{line}\n" for line in _lines(grammar))


def _lines(grammar: Grammar) -> Iterator[str]:
    yield "function __kpi_codes"
    yield from (f"    printf '%s\\t%s\\n' {word.text} {_told(word.about)}" for word in grammar.codes)
    yield "end"
    for option in grammar.options:
        yield _option("__kpi_at", option)
    yield from _words("__kpi_at", grammar.commands)
    for verb in grammar.verbs:
        yield from _verb(verb)


def _verb(verb: Verb) -> Iterator[str]:
    here = f"__kpi_in {verb.name}"
    yield from (_option(here, option) for option in verb.options)
    if verb.below:
        yield from _words(f"__kpi_at {verb.name}", verb.below)
        return
    offer = _offer(verb.argument)
    if verb.argument.kind != "file":
        yield f"complete -c kpi -n {quoted(here)} -f" + (f" -a {offer}" if offer else "")


def _words(where: str, words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        told = f" -d {_told(word.about)}" if word.about else ""
        yield f"complete -c kpi -n {quoted(where)} -f -a {quoted(word.text)}{told}"


def _option(where: str, option: Option) -> str:
    flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
    return f"complete -c kpi -n {quoted(where)} {flags} {_takes(option.wanted)}-d {_told(option.about)}"


def _takes(wanted: Wanted) -> str:
    if wanted.kind == "flag":
        return ""
    offer = _offer(wanted)
    given = f"-a {offer} " if offer else ""
    return f"-r -F {given}" if wanted.kind in ("file", "name") else f"-x {given}"


def _offer(wanted: Wanted) -> str:
    if wanted.kind in ("word", "name"):
        return quoted(texts(wanted.words))
    return {"list": "'(__kpi_list)'", "folder": "'(__fish_complete_directories)'"}.get(wanted.kind, "")


def _told(text: str) -> str:
    return quoted(text.replace("\n", "，"))
