"""What one sentence of a report wants: names with their figures or states, and what came of them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.readers.gluedtext import units_known
from kpi.readers.items import SIGN
from kpi.readers.predicates import predicate, predicates
from kpi.values.normal import MARKS

_TOLD = later(
    r"(?:已|均已|全部|基本|按期|按时)*(?:完成|达成|达标|达到|实现|到位)[^\d]{0,6}|(?:当年|全年|本年度?|年度)?实际.{1,20}|(?:当年|全年)?实际(?:完成)?[^,，]{1,12}[,，].{1,60}|(?:指标|目标|任务|计划)?(?:完成|得分|达成)率.{1,8}|随.{1,12}"
)
REACHED = later("(?:指标|目标|任务|计划)?(?:完成|得分|达成)率")  # 开放天数335天,指标完成率100%: of the target before it
_PART = r"\s{0,2}[,，;；]\s{0,2}"  # between the parts of a target
_IS = r"\s{0,2}(?:是|为|[:：])?\s{0,2}"
_TEXT = r"(?:[^,，;；。]|(?<=\d)[,，](?=\d{3}(?!\d)))"  # 6,000 is one figure
#: 1)兑付张数(张),目标值120,完成值134,分值6,得分6。 Between the parts may stand what else a page tells of each.
STATED = later(
    r"(?:第[一二三四五六七八九十][,，、]\s{0,2})?(?P<name>[^,，;；。:：]{2,40}?)"
    r"\s{0,2}(?:[,，:：]?\s{0,2}年?初|[,，]\s{0,2}(?:年度|预期)?|[:：])?\s{0,2}(?:绩效)?"
    rf"(?:目标|指标)值?{_IS}(?P<value>{_TEXT}{{1,20}}?)"
    rf"(?:\s{{0,2}}[,，;；]?\s{{0,2}}(?:全年)?实际(?:完成)?值?|{_PART}(?:全年)?完成值){_IS}"
    rf"(?P<actual>{_TEXT}{{1,20}}?)"
    rf"(?:{_PART}完成率{_IS}[\d.]+[%％]?)?"
    rf"(?:{_PART}(?:分值|权重|满分){_IS}(?P<weight>\d[\d.]*)分?)?(?:{_PART}扣分?{_IS}\d[\d.]*分?)?"
    rf"(?:{_PART}(?:自评)?得分{_IS}(?P<score>\d[\d.]*)分?)?(?:{_PART}(?:偏差|未完成)?原因[^;；。]*)?\s{{0,2}}[;；。]?"
)
#: A name and what becomes of it, in words: 康复服务水平有所提高
STATE = later(
    r"(?P<name>.{4,40}?)(?P<value>(?:基本|不断|持续|有效|明显|显著|逐步|进一步|全面|大幅|得到|有所)+"
    r"(?:健全|完善|提高|提升|改善|增强|增加|减少|降低|稳定|优化|保障|规范|到位)(?:明显|显著)?)"
)
# 补助标准为每生每年3000元、2000元两个档次
_RATES = later(
    r"(?P<name>.{0,16}?(?:标准|单价|价格|额度))[为是]"
    r"(?P<value>(?:每|不超过|不低于|\d)[^;；。为是]*\d[^;；。为是]*)"
)
_DAY = r"(?:20\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日)?(?:年?[底末初]|[上中下]旬)?(?:之?前|以前)?"
#: 评审公示完成时间|为2025年6月30日前; 补贴资金|于2025年11月30日前|拨付承保机构
_DONE = "完成|建成|完工|竣工|交付|发放|拨付|支付|兑付|到位|上报|报送|启用|投入使用"
DATED = later(
    rf"(?P<name>[^\d]{{2,30}}?)(?:[为是于在,，]|(?<=时间|时限|日期|期限))(?P<value>{_DAY})(?:(?:{_DONE})[^\d，,]{{0,8}})?"
)
#: 审计完成及时率|较高, 抽查情况,|按文件执行
_HOW = later(
    r"(?P<name>.{2,40}?(?:率|度|性|水平|质量|能力))(?P<value>(?:[较更很]|非常|十分|比较)?(?:高|低|好|强)|良好|优良|优秀|合格|达标)"
    r"|(?P<thing>[^,，\d]{3,20}?)(?P<how>[较更很](?!前).{1,3})"
    r"|(?P<what>[^,，]{2,30}(?:率|度|性|情况|时间|时限|标准|数量))[,，](?P<told>(?:按|依|参照|符合|不)[^,，]{2,20})"
)
_GRADED = later(r"(?P<name>[^≥≤]{2,40}?)均?(?P<value>[≥≤]\s*[一二三四五六七八九十特甲乙丙]级)")  # 持证等级均≥三级
_NAMED = later(r"(?P<name>[^:：]{2,40})[:：]\s*(?P<value>[^:：]{1,40})")
_OPENS = later(r"\s*(?:(?:19|20)\d\d年度?[,，]?|全年|年内|共|累计|已|共计)*\s*")


#: 实现了从靠天吃饭向旱能浇的转变: what was done, and no target
_DONE_IT = later("(?:实现|减轻|提高|促进|改善|保障|完成|解决|增强|提升|带动|取得|推动|缓解|满足|丰富|降低|减少)了")
#: 兑付率为97%|公示率为100%: a share that words follow ends a clause, where the marks between them are lost
_SHARE = rf"[%％](?=(?!以上|以下|以内|左右|的|达标|到位|完成|覆盖|合格|实际|全年|当年|本年){HAN}{{3}})"
_BOTH = later(rf"({HAN}{{2,12}}率)(?:[及和与]|以及)({HAN}{{2,12}}率)")
CLAUSE = later(rf"(?:[^,，;；。%％]|(?!{_SHARE})[%％])+{_SHARE}|[^,，;；。]+")
_SENTENCE = later(rf"(?:[^;；。%％]|(?!{_SHARE})[%％])+{_SHARE}|[^;；。]+")
_THOUSANDS = later(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_WHOLE = "\ue002"  # for a comma amid a figure, which parts no clauses
#: *.数量指标:(*)购置台数≥**台;****年**月底: figures that the page hides, whose places still tell what they are
_HIDDEN = later(rf"(?<=[(（{MARKS}])\*{{1,8}}|^\s*\*(?=[.．、])|\*{{4}}(?=年)|\*{{1,2}}(?=[月日])")


def unparted(text: str) -> str:
    """A text whose figures hold no commas (1,200元), and are none hidden behind stars; of the same length."""
    whole = _THOUSANDS.sub(_WHOLE, text)
    return _HIDDEN.sub(lambda run: "0" * len(run[0]), whole) if "*" in whole else whole


class Item(NamedTuple):
    """What a sentence wants, and what came of it where it says so."""

    name: str
    value: str
    actual: str
    at: int  # where it stands in its cell
    end: int = 0  # of a target beside its result


@cache
def _units() -> str:
    unit = f"(?:[万亿千百]?(?:{units_known().pattern}|[A-Za-z]{{1,4}}[²³]?(?![A-Za-z])))"  # 315.75hm: of whatever
    each = f"(?:{unit}|{HAN}{{1,2}})"  # 元/库·年
    many = r"(?:[万千百]?[多余](?!人次))?"  # 4千多处
    one = rf"{unit}(?:/{each}(?:[·.*]{each})?)?"
    return rf"\d[\d,{_WHOLE}]*(?:\.\d+)?\s*{many}(?:{one})?(?:以上|以下|以内|左右)?"


@cache
def signed() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[^;；,，。\n:：{MARKS}]{{2,40}}?)\s*(?P<value>{SIGN}\s*{_units()})")


@cache
def figured() -> re.Pattern[str]:
    """A name, its figure, and perhaps that it is to be met (补助标准100%达标)."""
    value = rf"(?P<value>(?:{SIGN}\s*|[约近])?{_units()})"
    joint = r"\s*(?:均?[为是]|(?<=[率度])完成|共计?|合计)?\s*"
    return re.compile(rf"(?P<name>.{{1,59}}?\S){joint}{value}(?:达标|到位|合格|完成|覆盖)?")


def clauses_of(raw: str, text: str, start: int) -> Iterator[Item]:
    """The clauses that are a name and its figure, when it was left out."""
    for part in CLAUSE.finditer(text[start:]):
        opens = _OPENS.match(part.group())
        skipped = opens.end() if opens else 0
        found = figured().fullmatch(part.group()[skipped:].rstrip())
        if found and not REACHED.fullmatch(found["name"]):
            yield from _each(_item(raw, found, start + part.start() + skipped), found)


def items_of(raw: str, text: str, start: int) -> Iterator[Item]:
    """What one sentence wants: parted by semicolons; behind a comma stands what was reached, or more of the same."""
    for part in _SENTENCE.finditer(text[start:]):
        at, said, stop = start + part.start(), part.group(), start + part.end()
        if stated := STATED.fullmatch(said.strip()):
            yield Item(stated["name"], stated["value"], stated["actual"], at, at + len(said))
            continue
        comma = next((m for m in re.finditer("[,，]", said) if _TOLD.fullmatch(said[m.end() :].strip())), None)
        wanted = said[: comma.start()] if comma else said
        actual = raw[at + comma.end() : at + len(said)].strip() if comma else ""
        stop = stop if actual else 0
        actual = "" if REACHED.match(actual) else actual  # how much of it was reached, and not what
        several = list(_several(wanted))
        if len(several) > 1 and not actual:
            for found, where in several:
                yield from _each(_item(raw, found, at + where), found)
            continue
        if mixed := [] if several or actual else _mixed(raw, wanted, at):
            yield from mixed
            continue
        said = wanted.strip()
        figure = _RATES.fullmatch(said) or figured().fullmatch(said) or STATE.fullmatch(said)
        at += len(wanted) - len(wanted.lstrip())
        whole = raw[at : at + len(wanted.strip())]
        if figure:
            value = whole[figure.start("value") : figure.end("value")]
            one = Item(whole[: figure.end("name")].strip(" :："), value, actual, at, stop)
            yield from _each(one, figure)
        elif dated := DATED.fullmatch(whole) or _GRADED.fullmatch(whole):
            yield Item(dated["name"], dated["value"], actual, at, stop)
        elif how := _HOW.fullmatch(whole):
            named, said = how["name"] or how["thing"] or how["what"], how["value"] or how["how"] or how["told"]
            yield Item(named, said, actual, at, stop)
        elif told := _NAMED.fullmatch(whole):  # 设备故障率:低
            yield Item(told["name"], told["value"], actual, at, stop)
        elif states := predicates(whole):
            yield from (Item(name, value, "", at + where) for name, value, where in states)
        elif whole and not _DONE_IT.search(whole):
            yield Item(*(predicate(whole) or (whole, "")), actual, at)


def _several(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The targets of a sentence that commas part, each with its figure, and where each stands; none otherwise."""
    for marks in (",，", ",，、"):  # 改造检查站1个、参赛人数24人, each with its own
        parts = [(m.group(), m.start()) for m in re.finditer(f"[^{marks}]+", text)]
        found = [(figured().fullmatch(part.strip()), at + len(part) - len(part.lstrip())) for part, at in parts]
        if len(found) > 1 and all(one for one, _ in found):
            yield from ((one, at) for one, at in found if one)
            return


def _mixed(raw: str, text: str, start: int) -> list[Item]:
    """群众安全感≥95%,警力不足得到缓解: clauses each of which has its figure or its state; [] where one has neither, or
    all are of one kind."""
    parts = list(re.finditer("[^,，]+", text))
    told: list[Item] = []
    for part in parts if len(parts) > 1 else ():
        said = part.group().strip()
        at = start + part.start() + len(part.group()) - len(part.group().lstrip())
        if found := figured().fullmatch(said):
            told.append(_item(raw, found, at))
        elif stands := predicate(said):
            told.append(Item(*stands, "", at))
        else:
            return []
    return told if 0 < sum(any(map(str.isdigit, item.value)) for item in told) < len(told) else []


def _each(item: Item, found: re.Match[str]) -> Iterator[Item]:
    """公示率及资金到位率均为100%: two shares that are the same."""
    both = _BOTH.fullmatch(item.name) if "均" in found.group()[found.end("name") - found.start() :] else None
    if both is None:
        yield item
        return
    yield item._replace(name=both[1])
    yield item._replace(name=both[2], at=item.at + both.start(2))


def _item(raw: str, found: re.Match[str], at: int) -> Item:
    name, value = (raw[at + found.start(part) : at + found.end(part)].strip(" :：") for part in ("name", "value"))
    return Item(name, value, "", at)
