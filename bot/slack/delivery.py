"""Cards that are sent to one person, and cards that are changed in place."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.slack.blocks import Message, proposals
from bot.slack.desk import Desk
from bot.slack.sending import delivered
from bot.slack.telling import whisper
from bot.slack.visit import Visit
from tools.changes import Proposal, move
from tools.text import text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_SENT = text("It waits for you in our direct messages.", "已发到您与我的私信，请在那里确认。")


@dataclass(frozen=True)
class CardPlace:
    """Where a card stands. One that a single person sees has the address `url` that came with
    a click on it, and can be changed by that alone."""

    channel: str
    moment: str
    url: str = ""

    @classmethod
    def of(cls, visit: Visit) -> "CardPlace":
        """The place of the message that was clicked."""
        where = visit.where
        alone = (visit.body.get("container") or {}).get("is_ephemeral")
        url = str(visit.body.get("response_url") or "") if alone else ""
        return cls(where.channel if where else "", where.moment if where else "", url)

    def kept(self) -> dict[str, str]:
        """The place as JSON, for a modal to give back."""
        return {"channel": self.channel, "moment": self.moment, "url": self.url}

    @classmethod
    def again(cls, kept: Mapping[str, Any]) -> "CardPlace":
        """The place that `kept` was made from."""
        return cls(kept["channel"], kept["moment"], kept["url"])


async def propose_in_private(desk: Desk, visit: Visit, proposal: Proposal) -> None:
    """Sends a proposal to the person who made it; a plain “yes” in its thread counts too."""
    channel = await _direct(visit.client, visit.visitor.user)
    moment = await _post(visit.client, channel, proposals.waiting(proposal, visit.language))
    place = f"slack:{visit.visitor.team}:{channel}"
    deps = await desk.deps(visit.visitor, place=place, thread=moment)
    await asyncio.to_thread(move, deps, proposal.change_id, moment)
    if visit.where is not None and visit.where.channel != channel:
        await whisper(visit, _SENT)


async def propose_later(desk: Desk, visit: Visit, work: Awaitable[Any]) -> None:
    """Sends the proposal that the work results in, once it is there."""
    await propose_in_private(desk, visit, await work)


async def send_in_private(visit: Visit, messages: Sequence[Message]) -> None:
    """Sends messages to the acting person, the later ones in the thread of the first."""
    channel = await _direct(visit.client, visit.visitor.user)
    first: str | None = None
    for message in messages:
        moment = await _post(visit.client, channel, message, first)
        first = first or moment


async def change_card(client: "AsyncWebClient", card: CardPlace, message: Message) -> None:
    """Changes a card in place, in the richest form that Slack takes."""
    if card.url:
        await _replace(card.url, message)
        return
    await delivered(
        lambda form: client.chat_update(
            channel=card.channel, ts=card.moment, text=form.text, blocks=list(form.blocks)
        ),
        message,
    )


async def _replace(url: str, message: Message) -> None:
    from slack_sdk.webhook.async_client import AsyncWebhookClient

    content = {"text": message.text, "blocks": list(message.blocks), "replace_original": True}
    await AsyncWebhookClient(url).send_dict(content)


async def _post(
    client: "AsyncWebClient", channel: str, message: Message, thread: str | None = None
) -> str:
    """The timestamp of the message posted."""
    posted = await delivered(
        lambda form: client.chat_postMessage(
            channel=channel, text=form.text, blocks=form.blocks or None, thread_ts=thread
        ),
        message,
    )
    return str(posted["ts"])


async def _direct(client: "AsyncWebClient", user: str) -> str:
    """The channel of direct messages with a person."""
    opened = await client.conversations_open(users=user)
    return str(opened["channel"]["id"])
