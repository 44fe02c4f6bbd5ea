"""`kpi lint` as one page without network: each form drawn, its findings beside it, a filter, and how it was made."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kpi.model import TargetTable
from kpi.reports.about import UNJUDGED, gaps, shown
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.form_head import facts, funding
from kpi.reports.form_html import Mark, Places, draw, places, text
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import evidence, place_of, said, where
from kpi.reports.lint_html_index import SIGNS, contents, overview, search, tally
from kpi.reports.office import GENERATOR
from kpi.reports.outcome import Outcome
from kpi.reports.ownwords import CHECKED
from kpi.reports.terms import SEVERITIES, file_name, obligation
from kpi.reports.view import View
from kpi.reports.width import shorten_middle
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding

_MOST_QUOTES = 8
_TITLE_COLUMNS = 120
_MOST_OPEN = 40  # gaps shown without a click
Numbered = tuple[int, Finding]  # counted over the whole page


def render(outcome: Outcome, view: View) -> str:
    return "".join((*_top(outcome), *_forms(outcome, view), *_bottom(outcome)))


@cache
def _asset(name: str) -> tuple[str, str]:
    """A style or script that ships, and its hash, by which the page lets it run and nothing else."""
    content = files("kpi.reports").joinpath("assets", name).read_text(encoding="utf-8")
    return content, b64encode(sha256(content.encode()).digest()).decode()


def _top(outcome: Outcome) -> Iterator[str]:
    (css, css_hash), (_, js_hash) = _asset("lint.css"), _asset("lint.js")
    policy = f"default-src 'none'; style-src 'sha256-{css_hash}'; script-src 'sha256-{js_hash}'; base-uri 'none'"
    yield '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
    yield f"{GENERATOR}\n"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{CHECKED}</title>\n'
    yield f"<style>{css}</style>\n</head>\n<body>\n"
    yield f'<a class="skip" href="#forms">跳到各张表</a>\n<header>\n<h1>{CHECKED}</h1>\n'
    style, sentence = verdict(outcome)
    yield f'<p class="verdict {style}">{text(sentence)}</p>\n</header>\n<main>\n'
    yield from overview(outcome)
    yield from search(outcome)
    yield from contents(outcome)


def _forms(outcome: Outcome, view: View) -> Iterator[str]:
    yield '<div id="forms" tabindex="-1">\n'
    first = 1
    for number, block in enumerate(blocks_of(outcome), 1):
        yield from _form(number, block, first, outcome, view)
        first += len(block.findings)
    yield "</div>\n"


def _form(number: int, block: Block, first: int, outcome: Outcome, view: View) -> Iterator[str]:
    numbered = list(enumerate(block.findings, first))
    title = shorten_middle(block.title, _TITLE_COLUMNS)
    yield f'<section class="form" id="f{number}" aria-labelledby="h{number}">\n'
    yield f'<h2 id="h{number}">{number}. {text(title)} {tally(block, outcome)}</h2>\n'
    yield f'<p class="facts">文件：{text(file_name(block.path))}'
    if block.table:
        yield f"　{text('　'.join(facts(block.table)))}<br>资金：{text(funding(block.table))}"
    yield '</p>\n<div class="pair">\n'
    anchors: Mapping[int, str] = {}
    if block.table:
        sheet, anchors = _sheet(number, block.table, numbered)
        yield f'<div class="sheet" tabindex="0" role="region" aria-label="{text(title)}：表">{sheet}</div>\n'
    if numbered:
        yield '<ol class="findings">\n'
        for one, finding in numbered:
            yield from _finding(one, finding, anchors.get(one), outcome, view)
        yield "</ol>\n"
    yield "</div>\n</section>\n"


def _sheet(number: int, table: TargetTable, numbered: Sequence[Numbered]) -> tuple[str, Mapping[int, str]]:
    """The form with marks, and for each finding that points at a cell the cell's name."""
    known = places(table)
    flagged: dict[str, list[Numbered]] = {}
    for one, finding in numbered:
        for key in _keys(finding, known):
            flagged.setdefault(key, []).append((one, finding))
    names = {key: f"c{number}-{index}" for index, key in enumerate(flagged, 1)}
    anchors: dict[int, str] = {}
    for key, some in flagged.items():
        for one, _ in some:
            anchors.setdefault(one, names[key])
    return draw(table, _marker(flagged, names)), anchors


def _keys(finding: Finding, known: Places) -> tuple[str, ...]:
    """The cells that the finding points at; those of its row where its places are not cells of the form."""
    own = [known.cells.get(one.location) for one in finding.evidence if one.document in (None, finding.document)]
    keys = tuple(dict.fromkeys(key for key in own if key is not None))
    if keys or finding.indicator is None:
        return keys
    row = known.rows.get((finding.level2 or "", finding.indicator))
    halves = ("period", "annual") if finding.half == "both" else (finding.half or "name",)
    return () if row is None else tuple(f"{row}.{half}" for half in halves)


def _marker(flagged: Mapping[str, Sequence[Numbered]], names: Mapping[str, str]) -> Mark:
    def mark(key: str) -> tuple[str, str]:
        some = flagged.get(key)
        if not some:
            return "", ""
        worst = min((finding.severity for _, finding in some), key=ORDER.index)
        return f' id="{names[key]}" class="{worst}"', "".join(_link(one, finding) for one, finding in some)

    return mark


def _link(number: int, finding: Finding) -> str:
    label = f"第 {number} 处，{SEVERITIES[finding.severity]}"
    return f' <a class="mark {finding.severity}" href="#p{number}" aria-label="{label}">{number}</a>'


def _finding(number: int, finding: Finding, anchor: str | None, outcome: Outcome, view: View) -> Iterator[str]:
    grade = finding.severity
    yield f'<li id="p{number}" class="{grade}" data-grade="{grade}" data-rule="{text(finding.rule)}">'
    yield f'<h3><span class="mark {grade}">{number}</span> {SIGNS[grade]} {SEVERITIES[grade]} {text(finding.title)}'
    yield f' <code>{text(finding.rule)}</code>{obligation(finding)}</h3>'
    yield f'<p class="where">{text(f"{where(finding)} {place_of(finding)}")}'
    yield f' <a href="#{anchor}">看这一格</a></p><dl>' if anchor else "</p><dl>"
    rule = outcome.rule(finding.rule) if view.explain else None
    more = [("理由", rule.rationale), ("可能误报", "；".join(rule.false_positives))] if rule else []
    more += [("编号", finding.fingerprint)] if view.explain else []
    for label, words in (*said(finding), *(("证据", one) for one in evidence(finding, _MOST_QUOTES)), *more):
        yield f"<div><dt>{label}</dt><dd>{text(words)}</dd></div>" if words else ""
    yield "</dl></li>\n"


def _bottom(outcome: Outcome) -> Iterator[str]:
    missed = list(gaps(outcome))
    if missed:
        opened = " open" if len(missed) <= _MOST_OPEN or any(gap.kind != UNJUDGED for gap in missed) else ""
        yield f'<details class="gaps"{opened}><summary><h2>没有参加检查的内容（{len(missed)} 处）</h2></summary>'
        yield '<div class="wide" tabindex="0" role="region" aria-label="没有参加检查的内容"><table><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in ("类别", "文件", "位置", "内容", "原因"))
        yield "</tr></thead><tbody>"
        for gap in missed:
            yield f"<tr>{''.join(f'<td>{text(words)}</td>' for words in shown(gap))}</tr>\n"
        yield "</tbody></table></div></details>\n"
    yield f"</main>\n<script>{_asset('lint.js')[0]}</script>\n</body>\n</html>\n"
