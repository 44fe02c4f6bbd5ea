"""The head of the page of a check: figures, how often each rule was broken, the filter, the contents."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from kpi.reports.about import about, clean
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.form_html import text
from kpi.reports.outcome import Outcome
from kpi.reports.terms import SEVERITIES, file_name
from kpi.reports.width import shorten_middle
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding, Severity

SIGNS = {"error": "✗", "warning": "!", "info": "·"}
_MOST_RULES = 12  # shown without a click
_NAME_COLUMNS = 80
_Rule = tuple[Severity, str, str, int, int]  # grade, code, title, how often, the number of its first finding


def overview(outcome: Outcome) -> Iterator[str]:
    yield '<section aria-labelledby="summary">\n<h2 id="summary">概况</h2>\n<div class="side">\n<div>\n'
    yield '<ul class="grades">'
    for severity in ORDER:
        count = outcome.result.counts[severity]
        yield f'<li class="{severity}"><b>{count}</b> {SIGNS[severity]} {SEVERITIES[severity]}</li>'
    yield '</ul>\n<dl class="about">'
    for label, words in about(outcome):
        yield f"<div><dt>{text(label)}</dt><dd>{text(words)}</dd></div>"
    yield "</dl>\n</div>\n"
    yield from _by_rule(outcome)
    yield "</div>\n</section>\n"


def _by_rule(outcome: Outcome) -> Iterator[str]:
    """How often each rule was broken, errors first and of them the most frequent, with a link to the first finding."""
    rules = _rules(outcome)
    if not rules:
        return
    yield f'<div class="rules">{"".join(_table(rules[:_MOST_RULES]))}'
    rest = rules[_MOST_RULES:]
    if rest:
        yield f"<details><summary>另有 {len(rest)} 条规则，{sum(one[3] for one in rest)} 处</summary>"
        yield f'{"".join(_table(rest))}</details>'
    yield "</div>\n"


def _rules(outcome: Outcome) -> Sequence[_Rule]:
    """A rule whose cases differ in grade is there once for each."""
    counts: dict[tuple[Severity, str], list[int]] = {}
    titles: dict[tuple[Severity, str], str] = {}
    for number, finding in enumerate(_numbered(blocks_of(outcome)), 1):
        key = (finding.severity, finding.rule)
        counts.setdefault(key, []).append(number)
        titles.setdefault(key, finding.title)
    found: list[_Rule] = [(*key, titles[key], len(numbers), numbers[0]) for key, numbers in counts.items()]
    return sorted(found, key=lambda one: (ORDER.index(one[0]), -one[3], one[1]))


def _table(rules: Sequence[_Rule]) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("规则", "级别", "处"))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for grade, code, title, count, first in rules:
        yield f'<tr><td><a href="#p{first}">{text(code)} {text(title)}</a></td>'
        yield f'<td class="{grade}">{SEVERITIES[grade]}</td><td class="number">{count}</td></tr>'
    yield "</tbody></table>"


def _numbered(blocks: Sequence[Block]) -> Iterator[Finding]:
    return (finding for block in blocks for finding in block.findings)


def search(outcome: Outcome) -> Iterator[str]:
    """The filter; hidden until the script is there to work it."""
    rules = sorted({(finding.rule, finding.title) for finding in outcome.findings})
    yield '<form id="filter" class="filter" role="search" aria-label="筛选" hidden>\n<fieldset><legend>级别</legend>'
    for severity in ORDER:
        yield f'<label><input type="checkbox" name="grade" value="{severity}" checked> {SEVERITIES[severity]}</label>'
    yield '</fieldset>\n<label>规则 <select name="rule"><option value="">全部</option>'
    codes = dict(rules)
    yield "".join(f'<option value="{text(code)}">{text(f"{code} {title}")}</option>' for code, title in codes.items())
    yield '</select></label>\n<label>搜索 <input type="search" name="words" placeholder="项目、指标或原文"></label>\n'
    yield '<button type="reset">全部显示</button>\n<output aria-live="polite"></output>\n</form>\n'


def contents(outcome: Outcome) -> Iterator[str]:
    """File by file, the forms of each under its name."""
    blocks = blocks_of(outcome)
    if len(blocks) < 2:
        return
    yield '<nav aria-label="目录">\n<h2>目录</h2>\n<div class="contents">\n'
    for path, some in groupby(enumerate(blocks, 1), key=lambda numbered: numbered[1].path):
        mine = list(some)
        yield f'<div><p class="path">{text(file_name(path))}</p><ol start="{mine[0][0]}">'
        for number, block in mine:
            name = shorten_middle(block.title, _NAME_COLUMNS)
            yield f'<li data-form="f{number}"><a href="#f{number}">{text(name)}</a> {tally(block, outcome)}</li>\n'
        yield "</ol></div>\n"
    yield "</div>\n</nav>\n"


def tally(block: Block, outcome: Outcome) -> str:
    """How many findings a form has, by grade."""
    shown = [
        f'<span class="{severity}">{SIGNS[severity]} {SEVERITIES[severity]} {block.counts[severity]}</span>'
        for severity in ORDER if block.counts[severity]
    ]  # fmt: skip
    return f'<span class="counts">{" ".join(shown) or clean(outcome.result)}</span>'
