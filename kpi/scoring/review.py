"""The reviews of a run: every form with its findings, items, questions and what has to be said beside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.model import FormKind, TargetTable, Unread
from kpi.rules.belonging import by_form
from kpi.rules.contexts import profile_of
from kpi.rules.draft import ALWAYS_ON
from kpi.rules.finding import Finding
from kpi.rules.lacking import lacking, told
from kpi.rules.result import DocumentResult, LintResult
from kpi.rules.ruleset import Ruleset
from kpi.scoring.deduct import deduct
from kpi.scoring.evidence import missing, quotes
from kpi.scoring.keys import Key, keys_of
from kpi.scoring.result import ItemReview, Range, Review
from kpi.scoring.scheme import ItemFigures, Scheme, Sources, scheme

_UNSCORED = "不计分"
_OTHER_FORMS: dict[FormKind, str] = {
    "self-evaluation": "这是绩效自评表，不是绩效目标表，审核结果只供参考",
    "monitoring": "这是绩效运行监控表，不是绩效目标表，审核结果只供参考",
    "department": "这是部门整体支出的绩效目标表，按项目支出的审核表审核，只供参考",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """One form and what is known of it. `cut`: the row where it stops short; `broken`: items of rules that broke."""

    key: Key
    result: DocumentResult
    form: int
    profile: str
    findings: tuple[Finding, ...]
    waived: int
    cut: str | None
    broken: frozenset[str]

    @property
    def table(self) -> TargetTable:
        return self.result.document.tables[self.form]


def reviews(result: LintResult, ruleset: Ruleset) -> tuple[Review, ...]:
    """One review a form, in document order. Raises RulesetError where the figures of the review are wrong."""
    schemes: dict[str, Scheme] = {}
    names = {code: rule.review_item for code, rule in ruleset.rules.items()}
    broken = frozenset(names[code] for code in result.broken if code in names)
    made = []
    for case in _cases(result, ruleset, broken):
        if case.profile not in schemes:
            schemes[case.profile] = scheme(ruleset, case.profile)
        made.append(_review(case, schemes[case.profile]))
    return tuple(made)


def loose(result: LintResult, ruleset: Ruleset) -> tuple[Finding, ...]:
    """Findings that belong to no form, or to several alike: they cost no project any points."""
    mutual = _mutual(ruleset)
    found: list[Finding] = []
    for document in result.documents:
        between, own = _split(document.findings, mutual)
        found += (*between, *by_form(own, document.document.tables)[1])
    return tuple(one for one in found if one.review_item != _UNSCORED)


def _mutual(ruleset: Ruleset) -> frozenset[str]:
    """Rules about several forms alike: the name of a file must not decide which of them pays."""
    return frozenset(code for code, rule in ruleset.rules.items() if rule.scope == "run" and rule.check.mutual)


def _split(findings: Iterable[Finding], mutual: frozenset[str]) -> tuple[list[Finding], list[Finding]]:
    """What is said of several forms alike, and what is said of one."""
    between: list[Finding] = []
    own: list[Finding] = []
    for one in findings:
        (between if one.rule in mutual else own).append(one)
    return between, own


def _cases(result: LintResult, ruleset: Ruleset, broken: frozenset[str]) -> Iterator[_Case]:
    keys = iter(keys_of([table for document in result.documents for table in document.document.tables]))
    mutual = _mutual(ruleset)
    for document in result.documents:
        tables = document.document.tables
        own, rest = by_form(_split(document.findings, mutual)[1], tables)
        let = (w.finding for w in result.waived if w.finding.document == document.path)
        waived, _ = by_form(_split(let, mutual)[1], tables)
        cuts = {cut.project: cut.at for cut in document.cut}
        lame = any(finding.rule == ALWAYS_ON for finding in rest)
        for index, table in enumerate(tables):
            findings = own.get(index, ())
            hurt = lame or any(finding.rule == ALWAYS_ON for finding in findings)
            yield _Case(
                next(keys), document, index, profile_of(table, ruleset), findings,
                len(waived.get(index, ())), cuts.get(table.project), broken if hurt else frozenset(),
            )  # fmt: skip


def _review(case: _Case, figures: Scheme) -> Review:
    scored = [one for one in case.findings if one.review_item != _UNSCORED and one.status != "trial"]
    items = tuple(_item(item, case, figures, scored) for item in figures.items)
    known = {item.item for item in figures.items}
    return Review(
        case.key, case.result.path, case.form, case.table, case.profile, items, figures.ladder,
        tuple(figures.consequences.items()),
        tuple(_notes(case, [one for one in scored if one.review_item not in known])),
        tuple(one for one in case.findings if one.status == "trial"),
    )  # fmt: skip


def _item(item: ItemFigures, case: _Case, figures: Scheme, findings: Iterable[Finding]) -> ItemReview:
    made = deduct(item, (one for one in findings if one.review_item == item.item), figures.deductions)
    high = item.points - sum((one.points for one in made), Decimal(0))
    unsure = tuple(_unsure(item, case))
    is_open = item.is_open or bool(unsure)
    sources = figures.evidence.get(item.item, Sources())
    return ItemReview(
        item.dimension, item.item, item.points, item.judged_by,
        Range(Decimal(0) if is_open else high, high),
        figures.points.get(item.item, ""), made,
        (*figures.questions.get(item.item, ()), *_absent(case.table, sources), *unsure),
        quotes(case.table, sources), open=is_open,
    )  # fmt: skip


def _absent(table: TargetTable, sources: Sources) -> Iterator[str]:
    words = missing(table, sources)
    if words and table.sections:
        yield f"表中没有这方面的栏目（{'、'.join(words)}），要看别的材料吗？"


def _unsure(item: ItemFigures, case: _Case) -> Iterator[str]:
    """Why even a machine's item cannot be given in full."""
    if case.cut is not None:
        yield f"表只读到“{case.cut}”，后面的没有检查：请对照原表，补全后再判。"
    if item.item in case.broken:
        yield "有规则没能执行，这一项没有查全：请人工核对。"


def _notes(case: _Case, stray: Sequence[Finding]) -> Iterator[str]:
    if case.table.form != "target":
        yield _OTHER_FORMS[case.table.form]
    if case.cut is not None:
        yield f"像是没有复制全，到“{case.cut}”为止，后面的没有检查"
    if fields := lacking(case.table):
        yield f"{told(fields)}，也没有扣分；请对照原表看是不是漏了"
    unread = _unread(case)
    if unread:
        yield f"有 {len(unread)} 处内容没有读懂，没有参加审核，请对照原表看"
    if case.broken:
        yield f"有规则没能执行（见 {ALWAYS_ON}），{'、'.join(sorted(case.broken - {_UNSCORED}))}没有查全"
    if case.waived:
        yield f"有 {case.waived} 处问题已豁免，没有扣分（加 --no-waivers 一并审核）"
    trial = sum(one.status == "trial" for one in case.findings)
    if trial:
        yield f"有 {trial} 处问题出自试行的规则，没有扣分"
    if stray:
        yield f"有 {len(stray)} 处问题所属的审核项不在审核表里，没有扣分"


def _unread(case: _Case) -> tuple[Unread, ...]:
    """Unread parts of this form; what tells no project belongs to the only form of its file."""
    only = len(case.result.document.tables) == 1
    return tuple(part for part in case.result.unread if part.project == case.table.project or only)
