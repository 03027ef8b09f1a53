"""Cards of changes that stand in direct messages, once a message further down speaks for them.

What one person alone was shown in a channel cannot be found again; its buttons tell what became
of the change.
"""

import logging
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.blocks.decided import closed, number_of, number_on, proposal_of
from bot.slack.delivery import CardPlace, change_card
from bot.slack.sending import error_of
from bot.turn import Reply
from tools.changes import Decision, Proposal
from tools.text import Language

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.answer import Where

log = logging.getLogger(__name__)

_PAGE = 200


async def close_decided(
    client: "AsyncWebClient", where: "Where", reply: Reply, threads: Iterable[str]
) -> None:
    """Takes the buttons off the older cards of what a reply tells of, which may stand in
    `threads` too."""
    changes = (*reply.changes, *reply.replaced)
    held = [proposal_of(change).thread for change in changes]
    await close_older(client, where, (where.root, *threads, *held), changes, reply.language)


async def close_older(
    client: "AsyncWebClient",
    where: "Where",
    threads: Iterable[str],
    changes: Iterable[Decision | Proposal],
    language: Language,
) -> None:
    """Takes the buttons off the cards that these changes had in the threads before this message.
    What Slack refuses goes to the log."""
    cards = {number_of(change): closed(change, language) for change in changes}
    if where.kind != "im" or not cards:
        return
    for thread in dict.fromkeys(filter(is_moment, threads)):
        try:
            async for message in _earlier(client, where, thread):
                number = number_on(message)
                if number in cards:
                    place = CardPlace(where.channel, str(message["ts"]))
                    await change_card(client, place, cards[number])
        except SlackApiError as error:
            log.info("a card in thread %s was not closed: %s", thread, error_of(error))
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("a card in thread %s was not closed: %s", thread, error)


def is_moment(thread: str) -> bool:
    """Whether a conversation is a thread of Slack's, named by the timestamp of its root."""
    return thread.replace(".", "", 1).isdigit()


async def _earlier(
    client: "AsyncWebClient", where: "Where", thread: str
) -> AsyncIterator[dict[str, Any]]:
    """The messages of a thread that stood there before this message."""
    cursor = ""
    while True:
        answer = await client.conversations_replies(
            channel=where.channel, ts=thread, latest=where.moment, limit=_PAGE, cursor=cursor
        )
        for message in answer.get("messages") or ():
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
