"""Goals that nobody can check: slogans and duties without a figure, a date or a result, or only a sum of money."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from kpi.lazyre import later
from kpi.model import TargetTable
from kpi.rules.checks.rows import half_of
from kpi.rules.checks.sections import Residue, residue
from kpi.rules.citations import numbers
from kpi.rules.context import FormContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.prose import Prose, goals, labels, quoted, shown
from kpi.rules.registry import WordList, check
from kpi.rules.text import begins, core, holds, pattern, squash

Reading = Literal["", "vague", "money", "bare", "name"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-—~～至到]\s*(?:19|20)\d\d)?(?:年度?)?(?!\d)")
_QUOTED = re.compile(r"《[^《》]*》")  # titles of documents, and the years in them
_ORDINAL = re.compile(
    r"(?m)^\s*[(（]?\d{1,2}[)）.、．]|(?<=[。；;：:，,])\s*[(（]?\d{1,2}[)）.、．:：](?!\d)|目标\s*\d{1,2}|(?:情况|任务)\s*\d{1,2}(?=\s*[:：、.．])"
)
_MONEY = re.compile(r"(?P<figure>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)")
_EACH = later(r"每|元\s*/|[人户亩生村]均")
_BARE = re.compile(r"[\s￥¥]*\d[\d,，.\s]*(?:亿元|万元|元|%|％)?[\s。]*")
_CHINESE = re.compile(
    r"[一二两三四五六七八九十百千万]+(?:余|多)?(?:个|名|人|户|次|场|期|所|座|台|套|辆|亩|项|件|条|处|篇|部|份|村|栋|间|张|天|周|本|公里|千米|平方米|吨"
    r"|口|只|盏|株|棵|组|根|架|艘|扇|孔|眼|幅|册|枚|块|趟|小时|分钟|公顷)"
    r"|[二两三四五六七八九十百千万]+(?:余|多)?(?:副|面|方|成|路|道|头|对|支)|百分之|[一二三四]季度|[一二三四五六七八九十]+月(?:底|末|份|前)"
)
#: Works on several things that are named: 修缮城隍庙、文昌阁、魁星楼. 完成招生、就业、教学工作 names none.
_NAMED = re.compile(
    r"(?:^|[，,。；;：:\n])\s*(?:完成|建成|修缮|改造|新建|维修|维护)[^，,。；;：:、\n]{3,}(?:、[^，,。；;：:、\n]{3,}){2,}"
)
_DUTIES = later("(?:工作|任务|事项|职责|职能|活动|等)$")
_CLAUSE = re.compile(r"[，,。；;：:\n！!]+")
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_LEADS = frozenset({"", "其中", "包括", "具体为", "分别为", "用于", "主要用于"})  # in front of a breakdown
#: What may stand around a name of a project that says nothing else.
#: 本年申请118.6万元,用于库房的空调电费、值守人员劳务费以及除湿机更换: what it is spent on, and nothing that is reached
_APPLIED_FOR = later(
    r"(?:本年度?|今年|年度|本项目)?(?:共|拟)?(?:申请|安排|预算|投入)(?:资金|经费|预算)?\d[\d.,]*万?元[,，]\s*(?:主要)?用于"
    r"(?=.*(?:费|补助|补贴|工资)[、,，].*(?:费|补助|补贴|工资))[^。；;\d]+[。；;]?"
)
#: 用于社区活动开展等，购置办公耗材，维护设施等: what the money is for, one use behind the other, and more
_FOR_WHAT = later(
    "(?:主要|拟|资金|经费|将){0,3}(?:用于.*等[,，].*等|包括(?:必要的)?[^。；;]*费[、,，][^。；;]*等)[。.]?"
)
_CARRIED_OUT = later("(?:通过|实施|开展|推进|完成|落实|做好|组织|本|该|项目|工作|的)*")
#: 安排公益培训类资金|94万元: what money is called, and no deed. The verb stays.
_FUND = later(r"(?<=安排|申请|下达|拨付|投入)[^\d,，]{2,16}(?=(?:资金|经费)\d)")
_ASKED = 4  # characters of what is left where a sum was taken out: 本年申请
_NOUN = 8  # characters of one of several things that share a sum
_NAMED_GOAL = 6  # characters of a goal that may be the project's name; 修路 may be all there is to say
_WISH = 6  # characters of a goal that only wishes for something
_ADVERBS = later("^(?:目标\\d|进一步|切实|有效|全面|更好地?|及时|持续|不断|着力|努力|积极|充分|通过)+")
_REST = 4  # characters beside sums and words of paying
_SUMS = 2  # so many sums make a breakdown
_LONGEST = 5_000  # characters of a goal that are read


class GoalNotSpecific(Residue):
    """Word lists. `slogans`: duties, effects and praise that leave open what is done; `aims` open what is wished for
    (方便群众), `keeps` before `kept` at the end do (保障…安全): slogans of a goal in which nothing is done; `deeds`:
    what can be seen done (发放, 修缮); `budget`: words of asking for money; `money`: of money, `lack`: of where it
    comes from and that it is short; `uses` of it are no deeds where `expenses` end them (用于…工资); `results`: what
    can be checked without a figure (全覆盖, 年底前); `not_counts`: 一批 and the like; `share`: vague clauses among
    the telling ones, in percent, from which on a goal counts as vague. The lists of generated text are TXT005's: what
    it names is not told twice."""

    slogans: WordList
    aims: WordList
    keeps: WordList
    kept: WordList
    deeds: WordList
    results: WordList
    not_counts: WordList
    budget: WordList
    money: WordList
    lack: WordList
    uses: WordList
    expenses: WordList
    handled: WordList = "money-handled"
    share: int = 50


@check("goal-not-specific", scope="form", params=GoalNotSpecific, facts="places text seen", cases="money bare name")
def goal_not_specific(ctx: FormContext, params: GoalNotSpecific) -> Iterator[Hit | NotApplicable]:
    """One finding per form, one place a goal; also where the goal of the whole term alone is a slogan."""
    texts = list(goals(ctx.table))
    if not texts:
        yield NotApplicable("没有填写总体目标")
        return
    read = [(one, _read(ctx, one, params)) for one in texts]
    found = [(one, reading) for one, reading in read if reading]
    if found:
        yield _hit(ctx, found, params)


def _hit(ctx: FormContext, found: Sequence[tuple[Prose, Reading]], params: GoalNotSpecific) -> Hit:
    first, reading = found[0]
    halves = tuple(one.half for one, _ in found if one.half)
    seen = dict.fromkeys(m.group() for one, _ in found for m in pattern(ctx.words[params.slogans]).finditer(one.text))
    facts = {
        "places": labels(one for one, _ in found),
        "text": shown(first.text),
        "seen": "”“".join(list(seen)[:4]),
    }
    evidence = tuple(quoted(one) for one, _ in found)
    return Hit(facts, case=None if reading == "vague" else reading, half=half_of(halves), evidence=evidence)


def _read(ctx: FormContext, one: Prose, params: GoalNotSpecific) -> Reading:
    """What is wrong with a goal; "" where something can be checked, or where TXT005 speaks."""
    if residue(one, ctx.words, params):
        return ""
    text = one.text[:_LONGEST]
    if _BARE.fullmatch(text):
        return "bare"
    left = _without_budget(text, ctx.table)
    if _is_name(text, ctx.table) and not figures(left, ctx.words, params):
        return "name"
    if any(told(text, ctx.words, params) for told in (_breakdown, _only_sum, _only_handled)):
        return "money"
    if _APPLIED_FOR.fullmatch(text.strip()):
        return "money"
    if figures(left, ctx.words, params):
        return ""
    if (left != text and _only_money(left, ctx.words, params)) or _only_uses(left, ctx.words, params):
        return "money"
    if (named := _NAMED.search(left)) and not _DUTIES.search(named[0].strip()):
        return ""
    return "vague" if _vague(left, ctx.words, params) else ""


def _is_name(text: str, table: TargetTable) -> bool:
    """Whether a goal says no more than what the project is called, once or twice (通过实施…项目)."""
    plain, project = core(text), core(table.project)
    if len(project) >= _NAMED_GOAL and _CARRIED_OUT.fullmatch(plain.replace(project, "")):
        return project in plain
    return len(plain) >= _NAMED_GOAL and len(plain) <= len(project) and plain in project


def figures(text: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """Whether a count, rate, date or checkable result is stated; years, numbers of documents and items are none."""
    plain = text
    for match in reversed(list(numbers(text))):
        plain = plain[: match.start()] + plain[match.end() :]
    plain = _ORDINAL.sub("", _QUOTED.sub("", plain))
    if holds(words[params.results], plain):
        return True
    plain = _YEAR.sub("", plain)
    if holds(words[params.not_counts], plain):
        plain = pattern(words[params.not_counts]).sub("", plain)
    return any(c.isdigit() for c in plain) or _CHINESE.search(plain) is not None


def _without_budget(text: str, table: TargetTable) -> str:
    """The text without the sums that the form's own funding is."""
    totals = {money.total for money in (table.period_funding, table.annual_funding) if money and money.total}

    def own(match: re.Match[str]) -> str:
        figure = match["figure"].replace(",", "").replace("，", "")
        said = Decimal(figure) * _UNITS[match["unit"]]
        step = _UNITS[match["unit"]].scaleb(-len(figure.partition(".")[2])) / 2
        return "" if any(abs(said - total) <= step for total in totals) else match.group()

    return _MONEY.sub(own, text)


def _only_money(left: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """Whether beside the sum only a few words stand that name nothing done: 预算资金, 全年支出."""
    return len(squash(left)) <= 12 and not holds(words[params.deeds], left)


def _only_sum(text: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """年度预算18万元,全部为财政拨款: one sum and a few words of money, whatever the funding of the form."""
    told = len(_MONEY.findall(text)) == 1 and not _EACH.search(text)
    left = _MONEY.sub("", text)
    named = holds(words[params.budget] | words[params.money], left)
    return told and named and not figures(left, words, params) and _only_money(left, words, params)


def _only_handled(text: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """安排资金48万元,确保及时足额支付: sums, and how they are paid out; hardly a word more."""
    left = _MONEY.sub("", text)
    rest = squash(pattern(words[params.handled]).sub("", _YEAR.sub("", left)))
    few = len(rest) <= _REST and not any(map(str.isdigit, rest))
    return left != text and few and not holds(words[params.deeds], rest)


def _only_uses(left: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """Every clause tells where money comes from or which expenses it meets: 弥补经费不足, 主要用于水电费和工资."""
    if not holds(words[params.uses] | words[params.lack], left):
        return False
    deeds, money, lack = (pattern(words[name]) for name in (params.deeds, params.money, params.lack))
    uses, expenses = pattern(words[params.uses]), tuple(words[params.expenses])
    told = False
    for clause in (squash(part) for part in _CLAUSE.split(left)):
        use = uses.match(clause)
        spent = bool(use and clause.endswith(expenses) and not deeds.match(clause, use.end()))
        lacking = bool(lack.search(clause)) and not deeds.search(clause)
        if len(clause) > _ASKED and not spent and not lacking and (deeds.search(clause) or not money.search(clause)):
            return False
        told = told or spent or lacking
    return told


def _breakdown(text: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """Nothing but sums, clause by clause: 申请预算90万元,其中编制30万元,审计60万元. What is paid out is a deed."""
    clauses = _finished(text, [one for one in _CLAUSE.split(text) if squash(one) not in _LEADS])
    sums = [bool(_MONEY.search(one)) for one in clauses]
    loose = [one for one, has in zip(clauses, sums, strict=True) if not has]  # 村民组长,党小组长报酬25万元
    if sum(sums) < _SUMS or not sums[0] or not sums[-1] or _EACH.search(text):
        return False
    if 2 * len(loose) > sum(sums) or any(len(squash(one)) > _NOUN or holds(words[params.deeds], one) for one in loose):
        return False
    head = _FUND.sub("", clauses[0])
    asked = holds(words[params.budget], head) and not holds(words[params.deeds], head)
    return bool(asked) and not figures(_MONEY.sub("", text), words, params)


def _finished(text: str, clauses: list[str]) -> list[str]:
    """The clauses without a last one that the form cut off."""
    cut = len(clauses) > _SUMS and not _MONEY.search(clauses[-1]) and not _CLAUSE.match(text.rstrip()[-1:])
    return clauses[:-1] if cut and not any(map(str.isdigit, clauses[-1])) else clauses


def _vague(text: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    """Whether most telling clauses are slogans. Clauses that neither boast nor name a deed do not count."""
    slogans, deeds = pattern(words[params.slogans]), pattern(words[params.deeds])
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    boasts = [bool(slogans.search(clause)) for clause in clauses]
    done = sum(bool(deeds.search(c)) for c, boast in zip(clauses, boasts, strict=True) if not boast)
    vague = sum(boasts)
    if _FOR_WHAT.fullmatch(text.strip()):
        return True
    if not vague and not done and len(squash(text)) >= _WISH:
        return any(_wishes(_ADVERBS.sub("", squash(clause)), words, params) for clause in clauses)
    return vague > 0 and vague * 100 >= params.share * (vague + done)


def _wishes(clause: str, words: Mapping[str, frozenset[str]], params: GoalNotSpecific) -> bool:
    keeps = begins(words[params.keeps], clause) and clause.endswith(tuple(words[params.kept]))
    return keeps or begins(words[params.aims], clause)
