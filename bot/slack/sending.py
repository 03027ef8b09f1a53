"""Messages out: posted, in a simpler form where Slack refuses their blocks."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from slack_sdk.errors import SlackApiError

from bot.slack.blocks import Message, simpler

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.answer import Where

log = logging.getLogger(__name__)

EVENT_TYPE = "kam_answer"
# A simpler message would be refused as well.
_HOPELESS = frozenset(
    {
        *("account_inactive", "channel_not_found", "invalid_auth", "is_archived"),
        *("message_not_found", "message_not_in_streaming_state", "missing_scope"),
        *("not_authed", "not_in_channel", "ratelimited", "rate_limited", "restricted_action"),
        *("team_access_not_granted", "token_expired", "token_revoked", "user_not_in_channel"),
    }
)
_NOT_THERE = frozenset({"user_not_in_channel", "not_in_channel", "channel_not_found"})
T = TypeVar("T")


def error_of(error: SlackApiError) -> str:
    """The code of Slack's refusal."""
    found = error.response.get("error") if error.response is not None else None
    return str(found or "unknown")


async def delivered(send: Callable[[Message], Awaitable[T]], message: Message) -> T:
    """What `send` returns for the message, or for the first simpler form that Slack takes."""
    while True:
        try:
            return await send(message)
        except SlackApiError as error:
            easier = None if error_of(error) in _HOPELESS else simpler(message)
            if easier is None:
                raise
            log.warning("Slack refused a message (%s), sending a simpler one", error_of(error))
            message = easier


async def post(
    client: "AsyncWebClient",
    where: "Where",
    message: Message,
    *,
    only: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> None:
    """Posts a message to the thread, or shows it to the user `only` alone."""
    if only is not None:
        await delivered(lambda form: show_alone(client, where, form, only), message)
        return
    await delivered(
        lambda form: client.chat_postMessage(
            channel=where.channel,
            thread_ts=where.root,
            text=form.text,
            blocks=form.blocks or None,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        ),
        message,
    )


async def show_alone(client: "AsyncWebClient", where: "Where", message: Message, user: str) -> None:
    """Shows the message to one user where they spoke; who is not a member there is written to.

    Slack shows such a message within a thread only where the thread is there already.
    """
    try:
        await client.chat_postEphemeral(
            channel=where.channel,
            user=user,
            thread_ts=where.thread,
            text=message.text,
            blocks=message.blocks or None,
        )
    except SlackApiError as error:
        if error_of(error) not in _NOT_THERE:
            raise
        await client.chat_postMessage(
            channel=user, text=message.text, blocks=message.blocks or None
        )


def metadata_of(event: str | None, part: int, parts: int) -> dict[str, Any] | None:
    """What ties a message to the event that it answers; only apps of the workspace see it."""
    if event is None:
        return None
    return {"event_type": EVENT_TYPE, "event_payload": {"event": event, "part": part, "of": parts}}


async def parts_sent(client: "AsyncWebClient", where: "Where", event: str) -> tuple[int, int]:
    """How many messages of the answer to that event stand in the thread, and of how many."""
    answer = await client.conversations_replies(
        channel=where.channel, ts=where.root, include_all_metadata=True, limit=200
    )
    found: Sequence[dict[str, Any]] = [
        message["metadata"]["event_payload"]
        for message in answer.get("messages") or ()
        if message.get("metadata", {}).get("event_type") == EVENT_TYPE
        and message["metadata"]["event_payload"].get("event") == event
    ]
    return len(found), max((int(payload["of"]) for payload in found), default=0)
