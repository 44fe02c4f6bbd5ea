"""What the engine itself has to say: parts that could not be read, rules that broke."""

from collections.abc import Iterator, Sequence

from kpi.model import Unread
from kpi.rules.context import DocumentContext
from kpi.rules.finding import Evidence, Hit
from kpi.rules.registry import Params, check

_MANY = 2  # parts of one form, for one reason, that are told one by one
_SHOWN = 3


@check("unread-part", scope="document", facts="text count reason", cases="many")
def unread_part(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    """Everything that looks like a target and that the reader could not make out; in a blank template there is none."""
    forms = {form.table.project: form.table for form in reversed(ctx.forms)}
    for parts in _together([part for part in ctx.document.unread if not part.blank]):
        part, many = parts[0], len(parts) > 1
        said = "”“".join(one.text for one in parts[:_SHOWN])
        yield Hit(
            facts={"text": said, "count": str(len(parts)), "reason": part.reason.rstrip("。")},
            case="many" if many else None,
            evidence=tuple(Evidence(one.text, one.location) for one in parts),
            table=forms.get(part.project or ""),
            project=part.project,
            level2=part.level2,
            value=part.text,
        )


def _together(unread: Sequence[Unread]) -> Iterator[tuple[Unread, ...]]:
    """Parts as they stand; many of one form and for one reason together: the form was read askew, and is told once."""
    alike: dict[tuple[str, str], list[Unread]] = {}
    for part in unread:
        alike.setdefault((part.project or "", part.reason), []).append(part)
    for part in unread:
        parts = alike[part.project or "", part.reason]
        if len(parts) <= _MANY:
            yield (part,)
        elif part is parts[0]:
            yield tuple(parts)


@check(
    "waiver-unfit", scope="engine", facts="waiver by until then now near",
    cases="unused unknown expired outdated mandatory partly no-folder elsewhere other-rule other-unit double",
)  # fmt: skip
def waiver_unfit(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    """Found where waivers are applied; registered for its facts."""
    return iter(())


@check("broken-rule", scope="engine", facts="rule rule_title form")
def broken_rule(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    """Found by the engine while it runs the others; registered for its facts."""
    return iter(())
