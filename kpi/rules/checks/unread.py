"""What the engine itself has to say: parts that could not be read, rules that broke."""

from collections.abc import Iterator

from kpi.model import Unread
from kpi.rules.context import DocumentContext
from kpi.rules.finding import Evidence, Hit
from kpi.rules.registry import Params, check


class UnreadPart(Params):
    """`together`: from so many parts of one form on that were left out for the same reason, one finding says them
    all."""

    together: int = 3


@check("unread-part", scope="document", params=UnreadPart, facts="text reason count", cases="several")
def unread_part(ctx: DocumentContext, params: UnreadPart) -> Iterator[Hit]:
    """Everything that looks like a target and that the reader could not make out."""
    forms = {form.table.project: form.table for form in reversed(ctx.forms)}
    alike: dict[tuple[str | None, str], list[Unread]] = {}
    for part in ctx.document.unread:
        alike.setdefault((part.project, part.reason), []).append(part)
    for parts in alike.values():
        together = len(parts) >= params.together
        for some in [parts] if together else [[part] for part in parts]:
            first = some[0]
            yield Hit(
                facts={"text": first.text, "reason": first.reason.rstrip("。"), "count": str(len(some))},
                case="several" if together else None,
                evidence=tuple(Evidence(part.text, part.location) for part in some),
                table=forms.get(first.project or ""),
                project=first.project,
                level2=first.level2 if len({part.level2 for part in some}) == 1 else None,
                value=first.text,
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
