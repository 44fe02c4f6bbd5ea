"""Loading a ruleset and picking its rules, with mistakes put as sentences for the user."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpi.api import judge
from kpi.beside import BesideError, refuse_misnamed, ruleset_beside, rulesets_below
from kpi.commands.errors import CommandError, did_you_mean
from kpi.commands.options import words
from kpi.commands.output import tell
from kpi.commands.reading import working
from kpi.readers import ReadError
from kpi.reports.lines import line, styled
from kpi.reports.outcome import Outcome, Reading
from kpi.rules import Ruleset, RulesetError, load
from kpi.rules.located import WaiverError
from kpi.rules.spec import CODE
from kpi.rules.wording import of_family

if TYPE_CHECKING:
    from kpi.earlier import Before

_PASSED_OVER = (
    "注意：没有用 {found}{more}，用的是 {used}：一次只用一份规则集，文件夹里面的不算；"
    "要用它，请加 --ruleset {found}。"
)
_OWN_CODE = "要看本单位自己的规则，请到放着 kpi-rules.yaml 的文件夹里运行，或者加 --ruleset 和那份文件。"
_NONE_LEFT = "选出来的规则一条也不剩（选的都去掉了，或者在规则集里停用了），什么也查不了；请改 --select 或 --ignore。"
_NONE_NAMED = "--select 后面没有写规则（是空的）：请写代码、类别或英文名，如 REQ,VAL001；要用全部规则的，去掉它。"
_ELSEWHERE = "选出来的规则只在 kpi monitor、kpi evaluate 里查，这个命令查不了；请换命令，或者改 --select。"


def ruleset_for(name: str | None, paths: Sequence[str], *, look_below: bool = True) -> Ruleset:
    """The ruleset asked for, else the one that stands beside the paths, else the national one. What lies deeper in the
    folders is passed over, with a word where nobody has chosen. A path that is not there has nothing beside it."""
    paths = [path for path in paths if path == "-" or os.path.exists(path)] or paths
    try:
        refuse_misnamed(path for path in paths if path != name)
        used = name or ruleset_beside(paths)
    except BesideError as problem:
        raise CommandError(str(problem)) from problem
    if name is None and look_below and (below := rulesets_below(paths, used)):
        more = f" 等 {len(below)} 份" if len(below) > 1 else ""
        said = _PASSED_OVER.format(found=below[0], more=more, used=used or "national")
        tell([line(styled("warning", said))])
    return load_ruleset(used or "national")


def judged(
    reading: Reading, ruleset: Ruleset, paths: Sequence[str], select: Sequence[str], ignore: Sequence[str], *,
    waivers: bool, before: Before | None,
) -> Outcome:  # fmt: skip
    """`api.judge` with a bar where there is much to judge, and mistakes of waiver files put as sentences."""
    with sentences("检查不了"), working("正在检查", len(reading.documents)) as each:
        return judge(reading, ruleset, paths, select=select, ignore=ignore, waivers=waivers, before=before, each=each)


@contextmanager
def sentences(cannot: str, *, unread: str = "{path} 用不了：{message}") -> Iterator[None]:
    """Puts as sentences what stops a run: mistakes of waiver files, of figures of the ruleset (`cannot` says what they
    leave undone), and files beside the forms that are `unread`."""
    try:
        yield
    except WaiverError as problem:
        messages = "\n".join(f"  {message}" for message in problem.messages)
        raise CommandError(f"豁免文件有 {len(problem.messages)} 处要改：\n{messages}") from problem
    except RulesetError as problem:
        raise CommandError(f"{cannot}：" + "\n".join(map(str, problem.messages))) from problem
    except ReadError as problem:
        raise CommandError(unread.format(path=problem.path, message=problem.message)) from problem


def earlier(path: str) -> Before:
    """An earlier report to compare with."""
    from kpi.earlier import baseline

    try:
        return baseline(path)
    except BesideError as problem:
        raise CommandError(str(problem)) from problem


def load_ruleset(name: str) -> Ruleset:
    """Raises CommandError with every mistake on a line of its own."""
    try:
        return load(name)
    except RulesetError as problem:
        raise CommandError(_sentence(name, problem)) from problem


def _sentence(name: str, problem: RulesetError) -> str:
    messages = [str(message) for message in problem.messages]
    if len(messages) == 1:  # the file is named already
        return f"规则集“{name}”不能用：{messages[0].removeprefix(name).lstrip(' ：')}"
    return f"规则集“{name}”不能用，有 {len(messages)} 处要改：\n" + "\n".join(f"  {message}" for message in messages)


def codes(ruleset: Ruleset, named: Iterable[str]) -> tuple[str, ...]:
    """The codes that families, codes and names stand for. Raises CommandError for a word that no rule answers to."""
    found: list[str] = []
    for word in named:
        known = ruleset.find(word)
        if not known:
            raise CommandError(f"没有“{word}”这条规则。{_near(ruleset, word)}用 kpi rules 看有哪些规则。")
        found += known
    return tuple(dict.fromkeys(found))


def selection(
    ruleset: Ruleset, select: Sequence[str] | None, ignore: Sequence[str] | None, usual: Iterable[str] = (),
    *, idle: Collection[str] = (),
) -> tuple[tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """The codes that `--select` (else the `usual` ones) and `--ignore` stand for. Raises CommandError where no rule is
    left: such a run would find nothing in any form. `idle`: scopes of rules that this command never runs."""
    chosen, out = (codes(ruleset, words(texts)) for texts in (select, ignore))
    if select is not None and not chosen:
        raise CommandError(_NONE_NAMED)
    chosen = chosen or tuple(usual)
    left = [rule for rule in ruleset.active if (not chosen or rule.code in chosen) and rule.code not in out]
    if not left:
        raise CommandError(_NONE_LEFT)
    if all(rule.scope in idle for rule in left):
        raise CommandError(_ELSEWHERE)
    return chosen, out


def own_rules(
    ruleset: Ruleset, texts: Sequence[str] | None, own: Collection[str], refusal: str
) -> tuple[str, ...] | None:
    """Those of the rules named in `--select` or `--ignore` that a command runs, `own`; None where nothing was named.
    Raises CommandError, as `refusal`, where only others were: such a run would look at nothing that was asked for."""
    if texts is None:
        return None
    named = codes(ruleset, words(texts))
    found = tuple(code for code in named if code in own)
    if named and not found:
        raise CommandError(refusal)
    return found


def _near(ruleset: Ruleset, word: str) -> str:
    if coded := of_family(word, ruleset.rules):
        return coded
    known = {*ruleset.rules, *(rule.name for rule in ruleset.rules.values()), *(code[:3] for code in ruleset.rules)}
    own = _OWN_CODE if re.fullmatch(CODE, word) else ""  # no family of the catalogue: maybe an office's own
    return did_you_mean(word, sorted(known)) + own
