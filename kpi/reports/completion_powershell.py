"""Completion for PowerShell, from 5 on. The script is ASCII alone: Windows reads scripts and pipes in an encoding of
the country, so Chinese goes as JSON escapes."""

import json
from typing import Any

from kpi.reports.completion import Grammar, Option, Verb, Wanted, Word

_FRAME = """\
# Completion of kpi for PowerShell, made by: kpi completion powershell
$global:KpiCompletion = ConvertFrom-Json @'
{data}
'@
Register-ArgumentCompleter -Native -CommandName 'kpi', 'kpi.exe' -ScriptBlock {{
    param($wordToComplete, $commandAst, $cursorPosition)
    $all = $global:KpiCompletion
    $done = @($commandAst.CommandElements |
        Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} |
        Select-Object -Skip 1 | ForEach-Object {{ $_.ToString() }})
    $typed = "$wordToComplete"
    $before = ''
    $offer = @()
    if ($done.Count -eq 0) {{
        $offer = @($all.commands)
    }} else {{
        $name = $done[0]
        if ($done.Count -gt 1 -and $all.verbs.PSObject.Properties["$name $($done[1])"]) {{
            $name = "$name $($done[1])"
        }}
        $found = $all.verbs.PSObject.Properties[$name]
        if (-not $found) {{ return }}
        $verb = $found.Value
        $option = @($verb.options | Where-Object {{ $_.kind -ne 'flag' -and $_.flags -contains $done[-1] }})
        $wanted = $verb.argument
        if ($option.Count -gt 0) {{ $wanted = $option[0] }}
        if ($option.Count -eq 0 -and $typed.StartsWith('-')) {{
            foreach ($one in $verb.options) {{
                foreach ($flag in $one.flags) {{ $offer += [pscustomobject]@{{ text = $flag; about = $one.about }} }}
            }}
        }} elseif ($wanted.kind -eq 'list') {{
            # several with commas between them: the last one is being typed
            $comma = $typed.LastIndexOf(',')
            $before = $typed.Substring(0, $comma + 1)
            $typed = $typed.Substring($comma + 1)
            $offer = @($all.codes)
        }} else {{
            $offer = @($wanted.words)
        }}
    }}
    # Nothing to offer leaves the names of files to PowerShell.
    $offer | Where-Object {{ $_ -and $_.text.StartsWith($typed, 'OrdinalIgnoreCase') }} | ForEach-Object {{
        $about = $_.text
        if ($_.about) {{ $about = $_.about }}
        [System.Management.Automation.CompletionResult]::new("$before$($_.text)", $_.text, 'ParameterValue', $about)
    }}
}}
"""


def render(grammar: Grammar) -> str:
    data = {
        "commands": _words(grammar.commands),
        "codes": _words(grammar.codes),
        "verbs": {verb.name: _verb(verb) for verb in grammar.verbs},
    }
    return _FRAME.format(data=json.dumps(data, ensure_ascii=True))


def _verb(verb: Verb) -> dict[str, Any]:
    argument = Wanted("word", words=verb.below) if verb.below else verb.argument
    return {"argument": _wanted(argument), "options": [_option(option) for option in verb.options]}


def _option(option: Option) -> dict[str, Any]:
    return {"flags": list(option.flags), "about": option.about, **_wanted(option.wanted)}


def _wanted(wanted: Wanted) -> dict[str, Any]:
    return {"kind": wanted.kind, "words": _words(wanted.words)}


def _words(words: tuple[Word, ...]) -> list[dict[str, str]]:
    return [{"text": word.text, "about": word.about} for word in words]
