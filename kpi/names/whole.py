"""Does a cost name mean the whole project's money, or one part of it?

Yes only where the name cannot mean a part: it says nothing but 成本, 总额 and the like, or its subject is the project's
own (大赛成本 in a project 技能大赛).
"""

import re

from kpi.names.table import table

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〕]*〕|【[^】]*】|\d+年?(?:度|月)?|[\s,，.。《》“”\"'-]")
_GROUPS = ("upkeep", "purchase", "building", "serving")


def covers_project(core: str, project: str) -> bool:
    """Whether the cost name `core` speaks of all of `project` ("" where it is not known)."""
    words = table().words
    if any(part in core and part not in project for part in words["parts"]):
        return False
    if words["falls"].within(core) or words["floors"].within(core):
        return False
    subject, actions = _subject(core)
    if not subject:
        return _covers_actions(core, actions, project)
    if not project:
        return False
    theirs, their_actions = _subject(project)
    if _joined(theirs) and subject != theirs:
        return False
    if actions and actions != their_actions:
        return False
    short, long = sorted((subject, theirs), key=len)
    return len(short) > 1 and short in long and theirs[-2:] == subject[-2:]  # the last two: 大赛 of 职业技能大赛


def _covers_actions(core: str, actions: frozenset[str], project: str) -> bool:
    """项目成本 is the whole; 购置成本 only where buying is what the project does."""
    if not actions:
        return True
    if not project:
        return "项目" in core or "工程" in core or "总" in core
    theirs, their_actions = _subject(project)
    return actions == their_actions and not _joined(theirs)


def subject_of(text: str) -> str:
    """What a text is about, without what is done to it: 教玩具采购, 购置教玩具 → 教玩具."""
    return _subject(text)[0]


def _joined(subject: str) -> bool:
    return bool(table().words["joints"].within(subject))


def _subject(text: str) -> tuple[str, frozenset[str]]:
    """What `text` is about, and the kinds of action named around that: 保障|网络|正常|运转|费 → 网络, upkeep.

    Words of any project are taken off both ends only: 政务服务平台 keeps its 服务.
    """
    text = _BRACKETS.sub("", text)
    actions: set[str] = set()
    while text:
        section, word, at_end = _edge(text)
        if not word:
            break
        if section in _GROUPS:
            actions.add(section)
        text = text[: -len(word)] if at_end else text[len(word) :]
    return text, frozenset(actions)


def _edge(text: str) -> tuple[str, str, bool]:
    """The longest word of any project at the end of `text`, else at its start, and the list it is from."""
    words = table().words
    sections = (*_GROUPS, "support", "generic")
    last = max(((section, words[section].ending(text)) for section in sections), key=lambda found: len(found[1]))
    if last[1]:
        return *last, True
    first = max(((section, words[section].beginning(text)) for section in sections), key=lambda found: len(found[1]))
    return *first, False
