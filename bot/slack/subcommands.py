"""What `/kam` can do: its subcommands by all their names, and what their words mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from kam_knowledge.scripts import fold, has_chinese, is_traditional
from tools import resolve
from tools.access import Asker
from tools.domain.names import name_key
from tools.errors import Ambiguous, BadInput, NotFound
from tools.named import match
from tools.text import Language, Text, text


@dataclass(frozen=True)
class Subcommand:
    """One thing that `/kam` does. `tool` answers it where it is a question; `subject` says what
    its words name."""

    name: str
    names: tuple[str, ...]
    usage: Text
    about: Text
    tool: str = ""
    subject: str = ""


SUBCOMMANDS = (
    Subcommand(
        "score",
        ("score", "points", "评分", "积分", "打分"),
        text("score Merrowick", "评分 霁川半导体"),
        text("the composite score of an account, with rank", "客户的综合积分与排名"),
        "composite_score",
        "account",
    ),
    Subcommand(
        "owner",
        ("owner", "who", "负责人", "谁负责"),
        text("owner Merrowick", "负责人 霁川半导体"),
        text("who is responsible for an account", "谁负责这家客户"),
        "coverage_owner",
        "account",
    ),
    Subcommand(
        "priority",
        ("priority", "priorities", "优先级", "优先"),
        text("priority my team", "优先级 我的团队"),
        text("which accounts come first", "先跟进哪些客户"),
        "priority_list",
        "scope",
    ),
    Subcommand(
        "checklist",
        ("checklist", "list", "清单"),
        text("checklist Merrowick", "清单 霁川半导体"),
        text("how far an account's checklists are", "客户清单的完成情况"),
        "checklist_state",
        "account",
    ),
    Subcommand(
        "due",
        ("due", "overdue", "到期", "待评估"),
        text("due me", "到期 我"),
        text("which evaluations are due or overdue", "哪些评估到期或逾期"),
        "evaluations_due",
        "scope",
    ),
    Subcommand(
        "summary",
        ("summary", "page", "摘要", "概况"),
        text("summary Merrowick", "摘要 霁川半导体"),
        text("one page on an account", "一页看懂一家客户"),
        "account_summary",
        "account",
    ),
    Subcommand(
        "search",
        ("search", "find", "搜索", "查找"),
        text("search duties of a sponsor", "搜索 高层赞助人的职责"),
        text("what the methodology says", "方法论中的内容"),
        "method_search",
        "question",
    ),
    Subcommand(
        "log",
        ("log", "登记", "记录"),
        text("log Merrowick", "登记 霁川半导体"),
        text("a form for a visit, meeting or call", "填表登记一次客户联系"),
        subject="form",
    ),
    Subcommand(
        "update",
        ("update", "form", "更新"),
        text("update Merrowick", "更新 霁川半导体"),
        text("a form for contacts, needs, deals, risks …", "填表更新联系人、需求、商机、风险等"),
        subject="form",
    ),
    Subcommand(
        "undo",
        ("undo", "撤销"),
        text("undo", "撤销"),
        text("your last change, with a button that takes it back", "最近一次修改，可撤销"),
    ),
    Subcommand(
        "help",
        ("help", "?", "帮助", "怎么用"),
        text("help", "帮助"),
        text("this list", "显示本说明"),
    ),
)
BY_NAME: Mapping[str, Subcommand] = {one.name: one for one in SUBCOMMANDS}
_BY_WORD: Mapping[str, Subcommand] = {fold(w): one for one in SUBCOMMANDS for w in one.names}
_TOP = re.compile(r"\b(?:top\s*)?(\d{1,3})\s*$|前\s*(\d{1,3})\s*(?:名|家|个)?\s*$")
_MY_TEAM = frozenset({"myteam", "ourteam", "team", "我的团队", "我们团队", "团队", "我的部门"})
_ME = frozenset({"me", "my", "mine", "i", "我", "我的", "本人"})


@dataclass(frozen=True)
class Said:
    """What was typed after `/kam`: `guessed` where the subcommand was misspelt, None where it is
    unknown."""

    subcommand: Subcommand | None
    words: str
    guessed: bool = False


def said(typed: str) -> Said:
    """The subcommand and the words after it; the nearest one where it is misspelt.

    Chinese ones need no space before the words.
    """
    first, _, rest = typed.strip().partition(" ")
    key = fold(first)
    if not key:
        return Said(BY_NAME["help"], "")
    if key in _BY_WORD:
        return Said(_BY_WORD[key], rest.strip())
    joined = [word for word in _BY_WORD if has_chinese(word) and key.startswith(word)]
    if joined:
        longest = max(joined, key=len)
        return Said(_BY_WORD[longest], f"{first[len(longest) :]} {rest}".strip())
    likely = match(first, {name_key(word): one.name for word, one in _BY_WORD.items()}).likely
    if len(likely) == 1:
        return Said(BY_NAME[likely[0]], rest.strip(), guessed=True)
    return Said(None, typed.strip())


def language_of(typed: str, own: Language) -> Language:
    """The language of the answer: the person's own, or Chinese for words typed in Chinese."""
    if not has_chinese(typed) or own is not Language.ENGLISH:
        return own
    return Language.TRADITIONAL if is_traditional(typed) else Language.SIMPLIFIED


def scope_arguments(session: Session, words: str, asker: Asker) -> dict[str, Any]:
    """What a list is narrowed to: oneself, the team, a region, segment, team or colleague, and
    how many rows. Raises `BadInput` for words that name none of these."""
    found: dict[str, Any] = {}
    number = _TOP.search(words)
    if number:
        found["top"] = int(number[1] or number[2])
        words = words[: number.start()]
    key = name_key(words)
    if not key:
        return found
    if key in _ME:
        return found | {"person": "me"}
    if key in _MY_TEAM:
        return found | {"unit": "my team"}
    return found | _named(session, words.strip(), asker)


def _named(session: Session, words: str, asker: Asker) -> dict[str, Any]:
    tries: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("region", lambda: resolve.region(session, words)),
        ("segment", lambda: resolve.segment(session, words)),
        ("unit", lambda: resolve.unit(session, words, asker).name),
        ("person", lambda: resolve.person(session, words, asker).name),
    )
    for parameter, find in tries:
        try:
            return {parameter: find()}
        except (NotFound, Ambiguous):
            continue
    raise BadInput(
        text(
            "I know no region, segment, team or colleague called “{words}”.",
            "没有名为“{words}”的区域、行业、部门或同事。",
            words=words,
        )
    )
