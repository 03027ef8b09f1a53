"""What the acting person alone is told, wherever they are, and in whatever form Slack takes."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.agent.failures import failure_text
from bot.references import new_reference
from bot.slack.answer import Where
from bot.slack.blocks import Message, inputs, simpler
from bot.slack.mrkdwn import cut, escaped
from bot.slack.sending import show_alone
from bot.slack.visit import Json, Visit, user_of, where_of
from tools.errors import KamError
from tools.text import Language, Text, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

NOTICE = "kam_notice"
"""The modal that only says something."""
_OK = 200
_CLOSE, _NOTICE = text("Close", "关闭"), text("Please note", "提示")


async def whisper(visit: Visit, said: Message | Text) -> None:
    """Says something to the acting person alone, where they are; without such a place, in a
    direct message."""
    message = said if isinstance(said, Message) else plain_message(said.render(visit.language))
    await say(visit.client, visit.body, message)


def plain_message(said: str) -> Message:
    """Words without blocks."""
    return Message(cut(escaped(said), 3_000), ())


def notice(said: str, language: Language) -> Json:
    """A modal that only says something."""
    title, close = _NOTICE.render(language), _CLOSE.render(language)
    return inputs.modal(NOTICE, title, inputs.paragraphs(said), close=close)


def told(error: Exception, language: Language, what: str) -> str:
    """What a person hears of a failure; what is no fault of theirs is logged under a reference."""
    if isinstance(error, KamError):
        return error.message.render(language)
    reference = new_reference()
    log.error("%s failed, reference %s", what, reference, exc_info=error)
    return failure_text(reference, language)


async def say(
    client: "AsyncWebClient",
    body: Mapping[str, Any],
    message: Message,
) -> None:
    """Says something to whoever acts alone, by the address that came with the interaction if it
    has one."""
    where, user = where_of(body), user_of(body)
    if body.get("response_url"):
        await _respond(str(body["response_url"]), message, where)
        return
    if where is None:
        await client.chat_postMessage(
            channel=user, text=message.text, blocks=message.blocks or None
        )
        return
    await show_alone(client, where, message, user)


async def _respond(url: str, message: Message, where: Where | None) -> None:
    """By the address that came with the interaction, which works in every channel."""
    from slack_sdk.webhook.async_client import AsyncWebhookClient

    thread = {"thread_ts": where.thread} if where and where.thread else {}
    form: Message | None = message
    while form is not None:
        content = {"text": form.text, **({"blocks": list(form.blocks)} if form.blocks else {})}
        whole = {"response_type": "ephemeral", "replace_original": False, **content, **thread}
        response = await AsyncWebhookClient(url).send_dict(whole)
        if response.status_code == _OK:
            return
        log.warning("Slack took no answer: %s %s", response.status_code, response.body)
        form = simpler(form)
    log.error("an answer by the address of an interaction was refused in every form")
