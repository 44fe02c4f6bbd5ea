"""What every report of a check tells besides its findings: by which rules it was made, over what, and what was left
unread or unjudged."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kpi.reports.outcome import Outcome
from kpi.reports.ownfiles import own_files
from kpi.reports.repeats import repeated
from kpi.reports.terms import PROFILES, SEVERITIES, file_name, spot
from kpi.rules.result import LintResult
from kpi.rules.ruleset import Ruleset
from kpi.rules.term import later_years


class Gap(NamedTuple):
    """Something that took no part in the check. `kind` is how people call it; `what` is the text, the rule or ""."""

    kind: str
    path: str
    place: str
    what: str
    reason: str


RULESET = "规则集"
UNREAD, UNCHECKED, NO_FORM, OWN, UNJUDGED, CUT, BROKEN = (
    "没有读懂", "没能检查", "没有目标表", "跳过", "规则不适用", "表不完整", "规则没能执行",
)  # fmt: skip


def about(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Ruleset, version, law, trees and scope, as pairs of a label and a text."""
    ruleset, result = outcome.ruleset, outcome.result
    yield RULESET, made_with(ruleset)
    yield "所用规定", f"截至 {ruleset.dated.isoformat()}" if ruleset.dated else "规则集没有注明日期"
    shown = (f"{PROFILES.get(name, name)} {count} 张" for name, count in trees(outcome).items())
    yield "表式", "、".join(shown) or "没有读到表"
    yield "范围", scale(result)
    part = "（只查了一部分规则）" if result.partial else ""
    yield "规则", f"用了 {len(result.rules_run)} 条{part}，不适用 {len(result.rules_not_applicable)} 条"
    yield "问题", counted(result)
    yield from set_aside(result)
    yield from left_out(outcome)


def made_with(ruleset: Ruleset) -> str:
    """The ruleset as a report names it; of a local file also what it makes of the one that it stands on."""
    local = ruleset.local
    if local is None:
        return f"{ruleset.name} 第 {ruleset.version} 版，{ruleset.title}"
    parts = (
        f"停用 {local.off} 条规则" if local.off else "",
        f"降低级别 {local.milder} 条" if local.milder else "",
        f"另加“报了一处就不报另一处” {local.quiet} 条" if local.quiet else "",
        f"另改参数、词表、数字 {local.others} 处" if local.others else "",
    )
    done = "，".join(filter(None, parts)) or "没有停用规则，没有降低级别"
    compared = f"；与 {local.base} 相比，{done}（kpi rules check {local.path} 逐条列出）" if local.base else ""
    return f"本地文件 {local.path}，{ruleset.title}{compared}"


def trees(outcome: Outcome) -> Mapping[str, int]:
    """The trees that the forms were held against, with the number of forms."""
    forced = outcome.ruleset.profile
    tables = [table for document in outcome.reading.documents for table in document.tables]
    return Counter(forced or table.profile for table in tables)


def counted(result: LintResult) -> str:
    return "，".join(f"{SEVERITIES[severity]} {count} 处" for severity, count in result.counts.items())


def scale(result: LintResult) -> str:
    return f"{len(result.documents)} 个文件、{result.tables} 张表、{result.indicators} 项指标"


def clean(result: LintResult) -> str:
    """What is said of a form without findings: beside a baseline, only that there is nothing new."""
    return "没有发现问题" if result.gone is None else "没有新增问题"


def set_aside(result: LintResult) -> Iterator[tuple[str, str]]:
    """What is not among the findings though it is there: waived, or known from an earlier report."""
    if result.waived:
        people = "、".join(dict.fromkeys(waived.by for waived in result.waived))
        yield "已豁免", f"{len(result.waived)} 处，没有计入（{people}；加 --no-waivers 一并列出）"
    if result.gone is not None and result.documents:  # where nothing was read, nothing is gone
        rest = f"；另有 {result.unseen} 处这次没有查那个文件、那张表或那条规则，不知道还在不在" if result.unseen else ""
        yield "与基线相比", f"原有的 {result.known} 处没有再列，已消失 {result.gone} 处{rest}"


def left_out(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Files of a folder that kpi wrote itself, forms that came more than once, columns of years that lie ahead."""
    yield from own_files(outcome.reading.failures)
    yield from _of_later_years(outcome)
    for text in repeated(outcome.reading.documents):
        yield "重复", text


def _of_later_years(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """2024年指标值 | 2025年指标值 | 2026年指标值: what has those heads is not judged, in which forms."""
    projects: dict[tuple[str, ...], list[str]] = {}
    for document in outcome.reading.documents:
        for table in document.tables:
            projects.setdefault(later_years(table), []).append(table.project)
    for heads, some in projects.items():
        if heads:
            more = f"等 {len(some)} 张表" if len(some) > 1 else ""
            columns = "、".join(f"“{head}”" for head in heads)
            yield "以后年度", f"“{some[0]}”{more}的{columns}没有检查，只查了本年度一栏"


def gaps(outcome: Outcome) -> Iterator[Gap]:
    """Everything that took no part, the worst first: files, rules that broke, forms that stop short, what could not be
    read, rules that could not judge."""
    for failure in outcome.reading.failures:
        kind = OWN if failure.own else UNCHECKED if failure.blocks else NO_FORM
        yield Gap(kind, failure.path, "", "", failure.message)
    for code in outcome.result.broken:
        yield Gap(BROKEN, "", "", _named(code, outcome), "规则执行出错，见 KPI001")
    for document in outcome.result.documents:
        for cut in document.cut:
            yield Gap(CUT, document.path, cut.project, cut.at, "到这里为止，像是没有复制全，后面的没有检查")
    for read in outcome.reading.documents:
        for part in read.unread:
            yield Gap(UNREAD, read.path, spot(part.location), part.text, part.reason)
    for document in outcome.result.documents:
        for skipped in (*document.not_applicable, *document.partly):
            forms = f"（{skipped.of} 张表中的 {skipped.forms} 张）" if skipped.forms < skipped.of else ""
            yield Gap(UNJUDGED, document.path, "", _named(skipped.rule, outcome), skipped.reason + forms)


def shown(gap: Gap) -> Gap:
    """The file as people call it."""
    return gap._replace(path=file_name(gap.path))


def _named(code: str, outcome: Outcome) -> str:
    rule = outcome.rule(code)
    return f"{code} {rule.title}" if rule else code
