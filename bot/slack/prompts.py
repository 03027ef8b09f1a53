"""What to ask: prompts that fit the role, offered where a conversation begins."""

import asyncio
import re
from collections.abc import Mapping

from bot.slack.desk import Desk
from bot.slack.people import Visitor
from tools import resolve
from tools.access import scope_of
from tools.data.profile import earliest_name
from tools.domain.vocabulary import Role
from tools.errors import KamError
from tools.text import Text, text

MOST = 4
_SUMMARY = text("Give me a one-page summary of {account}", "给我一页{account}的客户概况")
_WHY = text("Why does {account} have this score?", "{account}的综合积分为什么是这样？")
_MINE = text("Which accounts do I cover?", "我负责哪些客户？")
_PRIORITY = text("Show the priority list", "看一下客户优先级清单")
_KEY = text("Who are our key accounts?", "我们的大客户有哪些？")
_DUE = text("Which evaluations are due?", "有哪些评估到期了？")
_TEAM = text("Win rate of my team by seller", "我的团队每个销售的赢单率")
_GAPS = text("Which accounts are not covered?", "哪些客户没有人负责？")
_SCORE = text("How is the composite score computed?", "综合积分是怎么算的？")
_WALLET = text("What is share of wallet?", "什么是钱包份额？")
_HANDOVER = text("Show the handover checklist", "看一下客户交接清单")
_SPONSOR = text("What does an executive sponsor do?", "高层赞助人要做哪些事？")
_MISSING = text("Which accounts lack data for the score?", "哪些客户还缺积分数据？")
_RULES = text("Which rules are in force?", "现行规则有哪些？")

GENERAL = (_KEY, _PRIORITY, _SCORE, _WALLET)
"""Prompts for whoever it is, shown before the role is known."""
_BY_ROLE: Mapping[Role, tuple[Text, ...]] = {
    Role.NEWCOMER: (_SCORE, _WALLET, _HANDOVER, _SPONSOR),
    Role.REP: (_SUMMARY, _MINE, _PRIORITY, _WHY),
    Role.MANAGER: (_TEAM, _DUE, _PRIORITY, _SUMMARY),
    Role.DIRECTOR: (_KEY, _DUE, _TEAM, _SUMMARY),
    Role.SPONSOR: (_SUMMARY, _SPONSOR, _KEY, _WHY),
    Role.SALES_OPERATIONS: (_GAPS, _MISSING, _RULES, _DUE),
}
_ABOUT = (_SUMMARY, _WHY)
_AFFIX = re.compile(r"^(?:account|acct|kam|customer|client|deal)s?[-_]+|[-_]+(?:team|internal)$")


async def prompts_for(
    desk: Desk, visitor: Visitor, channel_name: str | None = None
) -> list[dict[str, str]]:
    """At most four prompts in the visitor's language. A channel that is named after an account
    which the visitor reads puts that account first."""
    return await asyncio.to_thread(_prompts, desk, visitor, channel_name)


def _prompts(desk: Desk, visitor: Visitor, channel_name: str | None) -> list[dict[str, str]]:
    today = desk.clock().date()
    with desk.sessions() as session:
        scope = scope_of(session, visitor.asker, today)
        account = None
        if channel_name:
            try:
                found = resolve.account(session, _AFFIX.sub("", channel_name.lower()), scope)
                account = found.name if scope.reads_fully(found.id or 0) else None
            except KamError:
                account = None
        any_account = account or earliest_name(session, scope.full)
    offered = _BY_ROLE[visitor.asker.role]
    if account:
        offered = tuple(dict.fromkeys((*_ABOUT, *offered)))
    if not any_account:
        offered = tuple(dict.fromkeys(p for p in (*offered, *GENERAL) if p not in _ABOUT))
    rendered = [
        Text(p.en, p.zh, {"account": any_account}).render(visitor.language) for p in offered[:MOST]
    ]
    return [{"title": prompt, "message": prompt} for prompt in rendered]
