"""What the engine itself has to say: parts that could not be read, rules that broke."""

from collections.abc import Iterator

from kpi.rules.context import DocumentContext
from kpi.rules.finding import Evidence, Hit
from kpi.rules.registry import Params, check


@check("unread-part", scope="document", facts="text reason")
def unread_part(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    """Everything that looks like a target and that the reader could not make out."""
    forms = {form.table.project: form.table for form in reversed(ctx.forms)}
    for part in ctx.document.unread:
        yield Hit(
            facts={"text": part.text, "reason": part.reason.rstrip("。")},
            evidence=(Evidence(part.text, part.location),),
            table=forms.get(part.project or ""),
            project=part.project,
            level2=part.level2,
            value=part.text,
        )


@check(
    "waiver-unfit", scope="engine", facts="waiver by until then now near",
    cases="unused unknown expired outdated mandatory",
)  # fmt: skip
def waiver_unfit(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    """Found where waivers are applied; registered for its facts."""
    return iter(())


@check("broken-rule", scope="engine", facts="rule rule_title form")
def broken_rule(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    """Found by the engine while it runs the others; registered for its facts."""
    return iter(())
