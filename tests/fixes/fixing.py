"""One file through the whole of a fix, in memory: read, planned, written, read again."""

from dataclasses import dataclass, replace
from functools import cache, partial

from kpi.fixes.edits import Draft, FilePlan
from kpi.fixes.plan import Planner
from kpi.fixes.writers import writer, written
from kpi.model import Document
from kpi.readers import document_of, source_of
from kpi.rules import lint, load
from tests.forms.layouts import LAYOUTS
from tests.forms.spec import FormSpec, Target, make

_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_HALF_WIDE = str.maketrans("05%", "０５％")
CITED = "按照澄财预[2026]12号和澄水办〔2025〕8号文件，办好”三清“工作"


@cache
def national():
    return load("national")


def findings(*documents: Document):
    return [one.findings for one in lint(documents, national()).documents]


@dataclass(frozen=True)
class Done:
    """A fixed file. `data` is None where nothing was to change."""

    document: Document
    plan: FilePlan
    data: bytes | None

    @property
    def again(self) -> Document:
        assert self.data is not None
        return document_of(source_of(self.data, self.document.path))


def fix(data: bytes, name: str, *, unsafe: bool = False, wanted=None) -> Done:
    source = source_of(data, name)
    document = document_of(source)
    planner = Planner(
        (document,),
        lambda documents: findings(*documents),
        lambda one: Draft(one, source, writer(data, source)),
        wanted or frozenset(national().rules),
        unsafe,
    )
    ((draft, plan),) = planner.drafts()
    if not plan.edits:
        return Done(document, plan, None)
    return Done(document, plan, written(draft.writer, plan.edits, plan.edited, lambda one: one))


def values(document: Document) -> list[str]:
    return [entry.text for table in document.tables for row in table.indicators for _, entry in row.entries()]


def wide(text: str, some: bool = False) -> str:
    """Figures as typed on a wide keyboard."""
    return text.translate(_HALF_WIDE if some else _WIDE)


def odd_forms(name: str, seed: int) -> tuple[FormSpec, ...]:
    """Forms whose values are written in a bad way, and whose overview cites a document in one."""
    layout = LAYOUTS[name]
    forms = []
    for k in range(layout.forms):
        form = make(10 * seed + k, layout.tree, project=f"澄湖县{'甲乙丙'[k]}河段整治")
        targets = [_odd(target, at) for at, target in enumerate(form.targets)]
        forms.append(replace(form.only(*targets), overview=CITED))
    return tuple(forms)


def _odd(target: Target, at: int) -> Target:
    spell = (partial(wide, some=False), partial(wide, some=True), lambda text: text)[at % 3]
    return replace(target, annual=spell(target.annual), period=spell(target.period))
