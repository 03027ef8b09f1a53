"""Who reads along in a channel, and whether an answer is for all of them.

An answer is shown in a channel only where the same tools, asked again for what everybody there
may read, give the very same cards. All else goes to the asker alone. Apps and other bots of the
channel do not count as readers (house).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.agent.models import BUILT_IN
from bot.present import plain_card
from bot.slack import words
from bot.slack.people import People, Refused, Visitor
from bot.turn import Reply, ToolCall
from kam_knowledge.search import Library
from tools.access import Asker, Readers, scope_of
from tools.data.database import Sessions
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.errors import KamError

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.answer import Where

_MOST = 40
"""With more members than this nothing of an account is shown in the channel."""


class SharedAudience:
    """Tells what of a reply everybody who can read its place may see."""

    def __init__(
        self,
        sessions: Sessions,
        library: Library,
        clock: Callable[[], datetime],
        people: People,
    ) -> None:
        self._sessions = sessions
        self._library = library
        self._clock = clock
        self._people = people

    async def __call__(
        self, client: "AsyncWebClient", where: "Where", visitor: Visitor, reply: Reply
    ) -> Reply | None:
        """What may be shown there; None where the reply is for the asker alone.

        The words of a language model stay with the asker: they may repeat what was said to the
        asker alone. Raises `SlackApiError` where Slack does not tell who reads along.
        """
        own = reply.model == BUILT_IN
        if not own and not reply.tool_calls:
            return None
        readers = await self._readers(client, where)
        asker = replace(visitor.asker, readers=readers)
        same = await asyncio.to_thread(self._same_for_all, reply, asker, where)
        return (reply if own else _cards_alone(reply)) if same else None

    async def _readers(self, client: "AsyncWebClient", where: "Where") -> Readers:
        found: set[int] = set()
        async for user in _members(client, where.channel):
            one = await self._people.visitor(client, where.team, user)
            if isinstance(one, Refused) and one.message is words.BOT:
                continue
            if isinstance(one, Refused) or len(found) >= _MOST:
                return Readers(frozenset(), others=True)
            found.add(one.asker.person_id or 0)
        return Readers(frozenset(found))

    def _same_for_all(self, reply: Reply, asker: Asker, where: "Where") -> bool:
        """Whether what the reply shows is what the readers would be shown."""
        with self._sessions() as session:
            scope = scope_of(session, asker, self._clock().date())
            rules = current_rules(session)
        if not reply.tool_calls:
            # Without a tool, accounts are named at most; and what waits, where something does.
            told = reply.cards or reply.changes or reply.pending
            return not told and bool(scope.elsewhere)
        deps = Deps(
            self._sessions,
            self._clock,
            rules,
            asker,
            reply.language,
            self._library,
            surface=where.place,
            thread=where.root,
        )
        return len(reply.cards) == len(reply.tool_calls) and all(
            _same(call, deps) for call in reply.tool_calls
        )


async def _members(client: "AsyncWebClient", channel: str) -> AsyncIterator[str]:
    cursor = ""
    while True:
        answer = await client.conversations_members(channel=channel, cursor=cursor, limit=200)
        page: Any = answer.data
        for user in page["members"]:
            yield user
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return


def _same(call: ToolCall, deps: Deps) -> bool:
    from tools.catalog import READS

    tool = next((tool for tool in READS if tool.name == call.name), None)
    if tool is None:
        return False
    try:
        again = tool.function(deps, **call.arguments)
    except KamError:
        return False
    shown = plain_card(call.result.card(), deps.language)
    return plain_card(again.card(), deps.language) == shown


def _cards_alone(reply: Reply) -> Reply:
    said = "\n".join(card.headline.render(reply.language) for card in reply.cards)
    quotes = tuple(quote for card in reply.cards for quote in card.quotes)
    return replace(reply, text=said, citations=quotes)
