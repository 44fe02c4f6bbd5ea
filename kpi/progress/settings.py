"""What a profile and the word lists say about monitoring, as plain figures and words: nothing is decided in code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.progress.calendar import Span


@dataclass(frozen=True, slots=True)
class Words:
    """Words of names and of what people write into 完成情况. Each list holds beginnings, endings or parts as said."""

    level: frozenset[str] = frozenset()  # in a name: a stock, not a flow (在岗, 存栏)
    keeping: frozenset[str] = frozenset()  # in a name of an area or a length: what is kept up (管护, 养护)
    adding: frozenset[str] = frozenset()  # in a name: it grows all the same (新增, 新建)
    upkeep: frozenset[str] = frozenset()  # in a name of a number of things: they are kept up all the year (维护, 管护)
    upkeep_endings: frozenset[str] = frozenset()  # of such a name
    upkeep_units: frozenset[str] = frozenset()  # of its target
    upkeep_works: frozenset[str] = frozenset()  # in such a name: work done on them one by one all the same (维修)
    progress: frozenset[str] = frozenset()  # at the end of a rate's name: it grows through the year (完成率, 进度)
    timely: frozenset[str] = frozenset()  # in a rate's name: it does not (及时, 按期)
    average: frozenset[str] = frozenset()  # in a name: so much of each (亩均, 每月), which holds at any time
    roll: frozenset[str] = frozenset()  # the whole name but for `roll_before` and `roll_after`: people on a roll (保洁)
    roll_hired: frozenset[str] = frozenset()  # how the name of people on a roll begins, whoever they are (聘用)
    roll_before: frozenset[str] = frozenset()
    roll_after: frozenset[str] = frozenset()
    roll_units: frozenset[str] = frozenset()  # of the target of such a name
    pending: frozenset[str] = frozenset()  # the whole cell: nothing is known yet (年底统计)
    remaining: frozenset[str] = frozenset()  # in an answer: its figure is not what was done (还差, 计划完成)
    apart: frozenset[str] = frozenset()  # … unless the name asks for just that (超支, 未开工, 签约)
    planned: frozenset[str] = frozenset()  # in one clause of several: nor is its figure (占任务的, 去年)
    naught: frozenset[str] = frozenset()  # that something did not happen, however it is put (不发生, 未发生)
    happened: frozenset[str] = frozenset()  # the whole cell: that it did (有, 发生)
    done: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()
    unbegun: frozenset[str] = frozenset()  # the whole cell: nothing of it was done (未开展); 未完成 tells no figure
    late: frozenset[str] = frozenset()
    starting: frozenset[str] = frozenset()  # in the name of a deadline: by when the work begins (开工)
    begun: frozenset[str] = frozenset()  # in an answer: that it has begun (正在施工)
    sure: frozenset[str] = frozenset()  # 确定能
    maybe: frozenset[str] = frozenset()  # 有可能
    hopeless: frozenset[str] = frozenset()  # 完全不可能
    finished: frozenset[str] = frozenset()  # in a deadline: that the work is finished by then (完工, 投入使用)
    whole: frozenset[str] = frozenset()  # in the name of a deadline: says nothing of which work (项目, 工程, 时间)


@dataclass(frozen=True, slots=True)
class Settings:
    """`bands`: shares of 100 from which progress is yellow, green, blue. `lines`: by month, the share of the budget to
    be spent by its end; they replace the bands for money. `seasons`: months by name. `grades`: best first.
    `natures`: how people name a nature in the column 指标性质."""

    bands: tuple[Decimal, Decimal, Decimal]
    certain_from: Decimal
    possible_from: Decimal
    gap_over: Decimal
    soft_days: int
    low_target_from: Decimal
    near_from: int
    lines: Mapping[int, Decimal] = field(default_factory=dict)
    seasons: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    grades: tuple[str, ...] = ()
    natures: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Words = field(default_factory=Words)

    def early(self, span: Span, as_of: date) -> bool:
        """Whether a term has only just begun, when rates tell little."""
        return 0 < span.elapsed(as_of) <= self.soft_days
