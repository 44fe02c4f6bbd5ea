"""From the words of a name to what it asks for: the head at its end, then the direction of what stands before."""

from typing import NamedTuple

from kpi.lazyre import later
from kpi.names.direction import Direction, acted_upon, direction, last_word, of_count, of_event, of_work_done
from kpi.names.table import Asks, Ending, Polarity, longest_ending, table

SATISFACTION_LEVEL = "服务对象满意度"
#: 一类二类桥梁, Ⅲ类以上水质, 甲级资质: a class of the things counted, so a share of them.
_CLASS = later(r"[一二三四五甲乙丙ⅠⅡⅢⅣⅤ](?:、?[一二三四五甲乙丙ⅠⅡⅢⅣⅤ])*[类级等]|(?<![A-Za-z])[IVA-D]{1,3}[类级]")
#: Words that count days under 数量, rather than say how long something takes.
_DAYS = ("天数", "日数", "月数")
#: What denies bad days, or is done on them: 无|霾天数, 应对|重污染天数.
_WITHOUT = ("无", "未", "不", "零", "非", "没有")
_AFTER = later("(?:接到|收到|接报|接警|报修|受理|申请).{0,10}后")  # what is done after it has a length
_LASTS = later("公示|公告|告知|质保|保修|值守|驻守|值班|作业|留存|保存|保管|跟踪|观察|隔离|服务")  # how long it goes on
_AGAINST = later("应对|巡查|执勤|覆盖|保障|值守|响应")
MONEY_COST = ("成本指标", "经济成本指标")  # 社会成本 and 生态环境成本 are seldom money
COST = (*MONEY_COST, "社会成本指标", "生态环境成本指标")


class Parts(NamedTuple):
    """What a name asks for, without its trimmings; `word` is what decided. Fields as in `NameReading`."""

    asks: Asks | None = None
    dimensions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    bounded: bool = False
    polarity: Polarity | None = None
    absence: bool = False
    word: str = ""


_NOTHING = Parts()
_FAILS, _MENDED = (
    "(?:未能?|不能|无法|没有|没能)",
    "整改|追缴|催办|督办|处理|帮扶|救助|补办|补发|约谈|清理|销号|治理|通报|处罚|问责|下降|降低|减少",
)
#: 未按期|办结率, 不能正常|供水天数, 不能参训人员比例; not 未及时办结件督办率, 不能自理老人照护率
_LEFT_UNDONE = later(
    rf"(?<![无免少]){_FAILS}(?:按期|按时|及时|如期|准时|按规定|按要求|正常|足额|准点)(?!.{{0,8}}(?:{_MENDED}))"
    rf"|(?<![无免少])(?:不能|无法|未能)(?!自理|行走|劳动|独立|够)(?!.{{0,8}}(?:{_MENDED}|照护|照料|护理|保障|覆盖))"
    r".{1,8}(?:率|比例|占比|比重)$"
)
_SHARES = ("比例", "占比", "比重", "百分比", "比率")


def parts(core: str, level2: str) -> Parts:
    """Read the words of a name that stands under `level2`; of what was not done, or not in time, less is better."""
    read = _parts(core, level2)
    left = _LEFT_UNDONE.search(core) if read.polarity == "positive" else None
    return read._replace(polarity="reverse", word=core[left.start() :]) if left else read


def _parts(core: str, level2: str) -> Parts:
    core = _without_filler_tail(core)
    moved = table().words["rises"].ending(core)
    if rank := table().words["ranks"].ending(core.removesuffix(moved)):  # 满意度排名: a place among others
        rise = Parts(polarity=None if level2 in COST else "positive", word=moved)
        return rise if moved else _kept_low(core, level2, Parts(word=rank))
    found = _head(core, level2)
    read = _read_by(core, found, level2) if found else _read_headless(core, level2)
    if level2 == SATISFACTION_LEVEL and read.asks is None:
        if read.polarity == "reverse" and "满意" not in core:  # 群众投诉: the less of it the better
            return read._replace(asks="satisfaction", units=("%", "分"), bounded=True)
        known = ("ratio", "score") if "满意" in core else ()
        return Parts("satisfaction", known, ("%", "分"), True, "positive", False, "满意" if known else "")
    return read if read.polarity else _kept_low(core, level2, read)


def _kept_low(core: str, level2: str, read: Parts) -> Parts:
    """误差, 裂缝宽度, PM2.5浓度: measured, and the smaller the better; not what is done against it (裂缝修补长度).
    Under 数量 it may be the work there is."""
    words, word = table().words, table().low.ending(core)
    if not word or level2 == "数量指标" or words["falls"].within(core) or words["negators"].within(core):
        return read
    if core.removesuffix(word).endswith(_WITHOUT):  # 公厕整洁无|异味
        return read
    if acted_upon(core) and read.asks not in ("duration", "deadline"):  # but 救援到达时间 is a wait
        return read
    return read._replace(polarity="reverse", word=read.word or word)


def _read_by(core: str, head: tuple[str, Ending], level2: str) -> Parts:
    asks = head[1].asks
    read = _READERS.get(asks, _read_plain) if asks else _read_plain
    return read(core, *head, level2)


def _without_filler_tail(core: str) -> str:
    """合格率情况, 满意度目标值: the tail says nothing."""
    tail = table().words["tails"].ending(core)
    shorter = core[: -len(tail)] if tail else core
    return shorter if tail and shorter.endswith(("率", "度", "数", "占比", "比例", "成本", "数量")) else core


def _head(core: str, level2: str) -> tuple[str, Ending] | None:
    """The longest head word at the end that holds under the level."""
    endings = table().endings
    word = longest_ending(core, endings)
    while word:
        for ending in endings[word]:
            if not ending.cost_only or level2 in ("", *COST):
                return word, ending
        word = next((word[i:] for i in range(1, len(word)) if word[i:] in endings), "")
    return None


def _read_rate(core: str, word: str, ending: Ending, level2: str) -> Parts:
    stem = _stem(core, word)
    toward = direction(stem)
    either_way = _unclear(stem) or _share_of_cost(word, level2) or (word in _SHARES and of_work_done(stem))
    polarity = None if either_way else ending.polarity or toward.polarity
    if word == "死亡率" and table().words["pests"].ending(core[: -len(word)]):
        polarity = "positive"  # 钉螺|死亡率
    dimensions, bounded = ending.dimensions, _bounded(stem, ending, toward)
    if table().per.within(stem):
        dimensions, bounded = ("ratio", "count"), False
    decided = core[core.rfind(toward.word) :] if toward.word else word
    return Parts("rate", dimensions, ending.units, bounded, polarity, toward.absence, decided)


def _share_of_cost(word: str, level2: str) -> bool:
    """财政补助比例 under 成本: the part that is paid may be capped, whatever good it does."""
    return level2 in COST and word in _SHARES


def _stem(core: str, word: str) -> str:
    """What stands before the head, with the parts of the head that tell a direction themselves (成功率, 增幅)."""
    if word in table().senses:
        return core
    return core[:-1] if word.endswith("率") and word[:-1] in table().senses else core[: -len(word)]


def _paired(stem: str) -> bool:
    return any(pair.matches(stem) for pair in table().open_pairs)


def _unclear(stem: str) -> bool:
    """成本控制率, 床位使用率: floors and caps are both in use, and mean different things."""
    return any(pair.unclear and pair.matches(stem) for pair in table().open_pairs)


def _bounded(stem: str, ending: Ending, toward: Direction) -> bool:
    if ending.bounded in ("yes", "no"):
        return ending.bounded == "yes"
    closed = not table().open_ends.ending(stem) and not _paired(stem)
    return closed and (ending.bounded != "known" or toward.word != "" or _CLASS.search(stem) is not None)


def _read_satisfaction(core: str, word: str, ending: Ending, level2: str) -> Parts:
    before = core[: -len(word)]
    if before.endswith(("不", "非", "欠")):
        return Parts("rate", ("ratio",), ("%",), True, "reverse", False, before[-1] + word)
    return Parts("satisfaction", ending.dimensions, ending.units, True, "positive", False, word)


def _read_count(core: str, word: str, ending: Ending, level2: str) -> Parts:
    """A number of things; what is counted may say more (里程数, 资金总数)."""
    stem = core[: -len(word)]
    inner = _head(stem, level2) if ending.deeper else None
    if inner and inner[1].asks in ("quantity", "money", "duration", "count", "unit-cost"):
        return _renamed(_read_by(stem, inner, level2), inner[0] + word)
    toward = of_count(stem, workload=level2 == "数量指标")
    dimensions = ending.dimensions
    if _changes(stem):
        dimensions = (*dimensions, "ratio")
    return Parts("count", dimensions, ending.units, False, ending.polarity or toward.polarity, toward.absence, word)


def _renamed(read: Parts, word: str) -> Parts:
    return read._replace(word=word)


def _changes(stem: str) -> bool:
    """Whether the name is about a change of its measure (提高…, 减少…), which may be given in per cent."""
    words = table().words
    return bool(words["falls"].within(stem) or words["rises"].within(stem))


def _read_money(core: str, word: str, ending: Ending, level2: str) -> Parts:
    words, stem = table().words, core[: -len(word)]
    if words["per_unit"].within(core) and (level2 in COST or (level2 == "" and ending.polarity != "positive")):
        return Parts("unit-cost", ("money",), (), False, _cost_polarity(core, ending), False, word)
    if level2 in MONEY_COST:
        return Parts("money", ("money",), ("元",), False, _cost_polarity(core, ending), False, word)
    dimensions = ending.dimensions
    if (_changes(stem) or words["movers"].within(stem)) and "ratio" not in dimensions:
        dimensions = (*dimensions, "ratio")
    polarity = ending.polarity or ("reverse" if level2 in COST or (level2 == "" and ending.cost_only) else None)
    if words["falls"].within(stem):
        polarity = "positive" if _saves(stem) and level2 not in COST else None
    elif level2 == "" and polarity == "reverse" and not ending.polarity and words["benefits"].within(core):
        polarity = None
    return Parts("money", dimensions, ("元",), False, polarity, False, word)


def _saves(stem: str) -> bool:
    return any(word in stem for word in ("节约", "节省", "节支"))


def _cost_polarity(core: str, ending: Ending) -> Polarity | None:
    """Money under 成本 is to be kept low; a benefit paid out, or a saving, may have a floor."""
    words = table().words
    if words["falls"].within(core):
        return None
    if ending.polarity == "reverse":
        return "reverse"
    floors = words["floors"].within(core)
    return None if floors else "reverse"


def _read_unit_cost(core: str, word: str, ending: Ending, level2: str) -> Parts:
    benefit = table().words["benefits"].within(core) or table().words["falls"].within(core)
    polarity: Polarity | None = None if benefit or word.endswith("标准") else "reverse"
    return Parts("unit-cost", ending.dimensions, (), False, polarity, False, word)


def _arrival(stem: str, word: str) -> str:
    """物资到位|时间, until somebody or something is there; 人员到位|天数 tells how long they are."""
    words = table().words
    return "" if word in _DAYS or words["attended"].within(stem) else words["arrivals"].ending(stem)


def _other_days(stem: str, ending: Ending) -> bool:
    """无|霾天数, 应对|重污染天数: the days without what is bad, or those on which something is done about it."""
    return ending.polarity == "reverse" and (stem.endswith(_WITHOUT) or _AGAINST.search(stem) is not None)


def _read_time(core: str, word: str, ending: Ending, level2: str) -> Parts:
    words, stem = table().words, core[: -len(word)]
    asks, dimensions = ending.asks, ending.dimensions
    waits, spans = words["waits"].ending(stem) or _arrival(stem, word), words["spans"].ending(stem)
    if asks == "deadline" and not waits and _AFTER.match(stem) and not _LASTS.search(stem):
        waits = stem  # 接到调令后物资装车|时间: how long somebody waits for it
    tasks = words["tasks"].ending(stem)
    if any(done and stem.endswith(f"可{done}") for done in (waits, tasks)):  # 基金可支付|月数: how long it lasts
        waits, tasks, spans = "", "", waits or tasks
    polarity = None if _other_days(stem, ending) else ending.polarity
    if asks == "deadline" and (waits or spans):
        asks, dimensions = "duration", ("time", "date")
    if words["ahead"].within(stem):  # 提前完工天数: the more the earlier
        ahead: Polarity | None = "positive" if asks == "duration" else None
        return Parts(asks, ("time", "date"), ending.units, False, ahead, False, words["ahead"].within(stem))
    if asks == "duration" and polarity is None:
        hurried = waits or tasks or (word if word in ("工期", "用时", "耗时") else "")
        lasts = spans and word != "周期"  # 培训周期, 养护周期 may be meant either way
        polarity = "reverse" if hurried else "positive" if lasts else None
        if waits == "间隔":
            # 故障|间隔时间 should be long; 检修|间隔时间 may be meant either way, 发车间隔时间 is listed among the low
            polarity = "positive" if last_word(stem[: -len(waits)])[2] == "event" else None
        elif level2 == "数量指标" and word in _DAYS:
            polarity = polarity if polarity == "positive" else None  # 通关天数: on how many days, not how long it took
    if words["falls"].within(stem):
        polarity, dimensions = None, (*dimensions, "ratio")
    return Parts(asks, dimensions, ending.units, False, polarity, False, word)


def _read_quantity(core: str, word: str, ending: Ending, level2: str) -> Parts:
    stem = core[: -len(word)]
    polarity, dimensions = ending.polarity, ending.dimensions
    if _changes(stem):
        dimensions = (*dimensions, "ratio") if "ratio" not in dimensions else dimensions
    if table().words["falls"].within(stem):
        polarity = "positive" if _saves(stem) else None
    elif polarity is None:
        toward = of_count(stem, workload=level2 == "数量指标")
        polarity = toward.polarity
    return Parts("quantity", dimensions, ending.units, False, polarity, False, word)


def _read_plain(core: str, word: str, ending: Ending, level2: str) -> Parts:
    """A head that fixes no kind: the table's own word on it (及时性), a loss, or the direction of a change (…下降)."""
    if "损失" in word:
        return _read_loss(core, word, ending)
    if ending.dimensions:
        return Parts(ending.asks, ending.dimensions, ending.units, False, ending.polarity, False, word)
    toward = direction(core)
    if toward.sense in ("rise", "fall"):
        return Parts(polarity=None if level2 in COST else toward.polarity, word=toward.word)
    return Parts(word=word)


def _read_loss(core: str, word: str, ending: Ending) -> Parts:
    """经济损失 should be small; 挽回损失 large; 减少损失 is written both ways."""
    stem = core[: -len(word)]
    words = table().words
    if acted_upon(stem):
        return Parts(None, ending.dimensions, (), False, "positive", False, word)
    if words["falls"].within(stem) or words["negators"].within(stem):
        return Parts(None, ending.dimensions, (), False, None, False, word)
    return Parts(None, ending.dimensions, (), False, "reverse", True, word)


def _read_headless(core: str, level2: str) -> Parts:
    event = of_event(core)
    if event.sense == "event":
        workload = level2 == "数量指标" and event.word in table().words["workloads"]
        return Parts(polarity=None if workload else event.polarity, absence=event.absence, word=event.word)
    if "满意度" in core and level2 in ("", SATISFACTION_LEVEL) and core.endswith(("满意度高", "满意度较高")):
        return Parts("satisfaction", ("ratio", "score"), ("%", "分"), True, "positive", False, "满意度")
    return _NOTHING


_READERS = {
    "rate": _read_rate,
    "satisfaction": _read_satisfaction,
    "count": _read_count,
    "money": _read_money,
    "unit-cost": _read_unit_cost,
    "duration": _read_time,
    "deadline": _read_time,
    "quantity": _read_quantity,
}
