"""The end of the report: how many findings, what was not checked, and one sentence that says what to do now."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kpi.reports.about import clean, counted, scale
from kpi.reports.footing import aside, local, made_by
from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.lint_absent import absent
from kpi.reports.outcome import Outcome
from kpi.reports.terms import file_name, spot
from kpi.reports.unread import unread_parts
from kpi.reports.width import shorten
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding
from kpi.rules.result import Cut, LintResult, Skipped

_ONLY_OWN = "没有检查成：这里只有 kpi 自己生成的文件；请写原表所在的文件或文件夹，再检查一次。"
_QUOTE_COLUMNS = 60
_NOT_CHECKED, _WITH_ALL = "没有参加检查", "加 --explain 看全部"


def closing(outcome: Outcome, *, explain: bool, quiet: bool) -> Iterator[Line]:
    """The closing lines; with `quiet` without the lists that explain them."""
    if outcome.reading.documents:
        yield line(styled("head", "合计："), _totals(outcome.result))
    yield from (line(styled("dim", text)) for text in aside(outcome))
    if outcome.reading.documents and not quiet:
        weaker = outcome.ruleset.local is not None and outcome.ruleset.local.weaker
        yield line(styled("warning" if weaker else "dim", made_by(outcome)))
        yield from _not_applicable(outcome, explain)
        yield from unread_parts(outcome.reading.documents, _NOT_CHECKED, _WITH_ALL, every=explain)
    elif outcome.reading.documents:
        yield from (line(styled(style, text)) for style, text in local(outcome))
    yield from _failures(outcome)
    style, sentence = verdict(outcome)
    yield line(styled("head", "结论："), styled(style, sentence))


def _totals(result: LintResult) -> str:
    return f"{counted(result)}（查了 {scale(result)}，用规则 {len(result.rules_run)} 条）"


def _not_applicable(outcome: Outcome, explain: bool) -> Iterator[Line]:
    """Rules that could judge nothing: a count, or with `explain` each with its reason."""
    missed = len(outcome.result.rules_not_applicable)
    if not explain:
        if missed:
            yield line(styled("dim", f"不适用的规则：{missed} 条，没有参加判断（加 --explain 看原因）"))
        return
    documents = outcome.result.documents
    yield from _reasons(
        outcome, f"不适用的规则：{missed} 条，没有参加判断", [(d.path, d.not_applicable) for d in documents]
    )
    yield from _reasons(outcome, "在部分表中不适用的规则：", [(d.path, d.partly) for d in documents])


def _reasons(outcome: Outcome, head: str, skipped: list[tuple[str, tuple[Skipped, ...]]]) -> Iterator[Line]:
    if any(rules for _, rules in skipped):
        yield line(head)
    for path, rules in skipped:
        prefix = f"{file_name(path)}：" if len(skipped) > 1 else ""
        for one in rules:
            yield line(styled("dim", f"  {prefix}{_skipped(one, outcome)}"))


def _skipped(skipped: Skipped, outcome: Outcome) -> str:
    rule = outcome.rule(skipped.rule)
    forms = f"（{skipped.of} 张表中的 {skipped.forms} 张）" if skipped.forms < skipped.of else ""
    return f"{skipped.rule} {rule.title if rule else ''}：{skipped.reason}{forms}"


def _failures(outcome: Outcome) -> Iterator[Line]:
    for blocks, head in ((True, "没能检查的文件"), (False, "没有绩效目标表的文件")):
        told = (failure for failure in outcome.reading.failures if not failure.own)
        failures = [failure for failure in told if failure.blocks is blocks]
        if failures:
            yield line(styled("error" if blocks else "dim", f"{head}：{len(failures)} 个"))
        for failure in failures:
            yield line(f"  {file_name(failure.path)}" + (f"：{failure.message}" if blocks else ""))


def verdict(outcome: Outcome) -> tuple[Style, str]:
    """Can this be submitted, and what comes first."""
    if not outcome.result.tables:
        if outcome.reading.failures and all(failure.own for failure in outcome.reading.failures):
            return "error", _ONLY_OWN
        return "error", "没有检查成，不能据此提交；请先按上面的说明处理文件，再检查一次。"
    style, sentence = _judged(outcome)
    cuts = [cut for document in outcome.result.documents for cut in document.cut]
    if cuts:
        style = "warning" if style == "good" else style
        sentence = f"{_so_far(sentence)}{_stops_short(cuts)}"
    elif missing := absent(outcome.reading.documents):
        clear = style == "good" and not outcome.result.known
        style, sentence = ("warning", _without(missing)) if clear else (style, f"{sentence}另外，{missing}。")
    bare = sum(not failure.blocks and not failure.own for failure in outcome.reading.failures)
    if bare:
        sentence += f"另有 {bare} 个文件里没有读到绩效目标表，没有检查。"
    unchecked = sum(failure.blocks for failure in outcome.reading.failures)
    if unchecked:
        style, sentence = "error", f"{sentence}另有 {unchecked} 个文件没能检查，不算通过。"
    if outcome.result.broken:
        style = "error"
        sentence += f"另有 {len(outcome.result.broken)} 条规则没能执行（见 KPI001），这些方面没有检查。"
    return style, sentence


def _judged(outcome: Outcome) -> tuple[Style, str]:
    counted = [finding for finding in outcome.findings if finding.status != "trial"]
    by_severity = {severity: [f for f in counted if f.severity == severity] for severity in ORDER}
    errors, warnings, infos = (by_severity[severity] for severity in ORDER)
    wanted = [finding for finding in (*warnings, *infos) if finding.mandatory]
    if outcome.result.partial and not errors and not wanted:
        rest = f"有 {len(warnings)} 处警告、{len(infos)} 处提示" if warnings or infos else clean(outcome.result)
        return "warning", f"只查了一部分规则，{rest}；要全部查过才知道能不能提交。"
    if outcome.result.known:
        others = len(warnings) + len(infos) - len(wanted)
        return _beyond_baseline(outcome.result.known, _must(errors, wanted), others)
    if must := _must(errors, wanted):
        return "error", f"还不能提交：有 {must}要改，{_first(errors or wanted, outcome)}，改完再检查一次。"
    if unread := sum(len(document.unread) for document in outcome.reading.documents):
        asked_of = [finding for finding in warnings if finding.rule != "KPI002"]
        rest = f"；另有 {len(asked_of)} 处警告审核时可能被问到，{_first(asked_of, outcome)}" if asked_of else ""
        return "warning", f"读懂的部分没有错误，但有 {unread} 处没有读懂、没有检查，对照原表核对以后再提交{rest}。"
    if warnings:
        asked = f"有 {len(warnings)} 处警告审核时可能被问到"
        return "warning", f"没有错误，可以提交；但{asked}，{_first(warnings, outcome)}。"
    if infos:
        return "good", f"可以提交；有 {len(infos)} 处提示，可以顺手改好。"
    return "good", "没有发现问题，可以提交。"


def _must(errors: Sequence[Finding], wanted: Sequence[Finding]) -> str:
    """How much has to be mended: errors, and what the ruleset wants mended though it is none; "" for nothing."""
    ruled = f"{len(wanted)} 处规则集规定必须改好的问题" if wanted else ""
    return "、".join(filter(None, (f"{len(errors)} 处错误" if errors else "", ruled)))


def _beyond_baseline(known: int, must: str, others: int) -> tuple[Style, str]:
    """What is known is still there: nothing here says that the form can go."""
    still = f"基线里的 {known} 处还在，能不能提交请看不带 --baseline 的结果。"
    if must:
        return "error", f"比基线多了 {must}，要改；{still}"
    if others:
        return "warning", f"比基线没有多出错误，多了 {others} 处警告或提示；{still}"
    return "good", f"比基线没有多出问题；{still}"


def _so_far(sentence: str) -> str:
    """Nothing found in the part that was there does not mean that the form can go."""
    return sentence if sentence.startswith(("还不能", "只查", "比基线")) else "读到的部分没有错误，但还不能据此提交："


def _without(missing: str) -> str:
    """Nothing was found in what is there; whether the rest is wanted, the clerk knows."""
    return f"读到的部分没有错误；{missing}，请对照原表看是不是漏了，补上再查一次；本来就不要求填的，可以提交。"


def _stops_short(cuts: Sequence[Cut]) -> str:
    named = f"“{shorten(cuts[0].project, _QUOTE_COLUMNS)}”" if cuts[0].project else "有一张表"
    more = f"等 {len(cuts)} 张表" if len(cuts) > 1 else ""
    at = shorten(cuts[0].at, _QUOTE_COLUMNS)
    return f"{named}{more}到“{at}”为止，像是没有复制全，后面的没有检查，请对照原表补全再查。"


def _first(findings: list[Finding], outcome: Outcome) -> str:
    """Where to begin: the form with most findings of this severity, or the first cell where there is one form."""
    counts = Counter((finding.document, finding.project, finding.form) for finding in findings)
    (path, project, form), most = counts.most_common(1)[0]
    first = next(f for f in findings if (f.document, f.project, f.form) == (path, project, form))
    where = spot(first.evidence[0].location) if first.evidence else ""
    cell = f"“{first.title}”（{'，'.join(filter(None, (first.rule, where)))}）"
    if outcome.result.tables == 1:
        return f"先看{cell}"
    file = f" {file_name(path)} 的" if len(outcome.result.documents) > 1 else ""
    named = f"“{shorten(project, _QUOTE_COLUMNS)}”" if project else "没有项目名称的表"
    return f"先改{file}{named}（{most} 处），从{cell}开始"
