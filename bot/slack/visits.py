"""Clicks, commands, shortcuts and modals: who acts, claimed once, failures told to them alone.

Slack may hand an interaction over twice, and two processes may get it: its trigger is claimed,
so that one of them acts on it.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from bot.agent.failures import failure_text
from bot.references import new_reference
from bot.slack.answer import Where
from bot.slack.blocks import Message, inputs, simpler
from bot.slack.desk import Desk
from bot.slack.mrkdwn import cut, escaped
from bot.slack.people import Refused, Visitor
from tools.errors import KamError
from tools.text import Language, text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

Json = dict[str, Any]
_OK = 200
PATIENCE = 2.0
T = TypeVar("T")
NOTICE = "kam_notice"
"""The modal that only says something."""
_CLOSE, _NOTICE = text("Close", "关闭"), text("Please note", "提示")


@dataclass(frozen=True)
class Visit:
    """One interaction of somebody known. `where` is the message or channel that it came from;
    a modal and a global shortcut have none."""

    client: "AsyncWebClient"
    visitor: Visitor
    body: Mapping[str, Any]
    where: Where | None

    @property
    def language(self) -> Language:
        return self.visitor.language

    @property
    def action(self) -> Mapping[str, Any]:
        """What was clicked or chosen."""
        found: Mapping[str, Any] = self.body["actions"][0]
        return found

    @property
    def value(self) -> str:
        """The value of the button, or of the option that was chosen."""
        chosen = self.action.get("selected_option")
        return str(chosen["value"] if chosen else self.action.get("value", ""))

    @property
    def place(self) -> str:
        """`Deps.surface`: the conversation, or where there is none the person's own modals."""
        return self.where.place if self.where else f"slack:{self.visitor.team}:modal"

    @property
    def thread(self) -> str:
        return self.where.root if self.where else self.visitor.user


Act = Callable[[Desk, Visit], Awaitable[None]]
Submitted = tuple[Json, Coroutine[Any, Any, None] | None]
"""What Slack is answered to a submitted modal, and the work that follows."""


def on_action(app: "AsyncApp", desk: Desk, action: str, act: Act) -> None:
    """Lets `act` handle a button or menu, or where `action` ends in "*" all that begin so."""

    async def listen(ack: "AsyncAck", body: Json, client: "AsyncWebClient") -> None:
        await ack()
        desk.tasks.start(_acted(desk, client, body, act))

    if action.endswith("*"):
        app.action(re.compile(re.escape(action[:-1])))(listen)
    else:
        app.action(action)(listen)


def on_shortcut(app: "AsyncApp", desk: Desk, callback: str, act: Act) -> None:
    """Lets `act` handle a shortcut."""

    async def listen(ack: "AsyncAck", body: Json, client: "AsyncWebClient") -> None:
        await ack()
        desk.tasks.start(_acted(desk, client, body, act))

    app.shortcut(callback)(listen)


def on_command(app: "AsyncApp", desk: Desk, name: str, act: Act) -> None:
    """Lets `act` handle a slash command."""

    async def listen(ack: "AsyncAck", body: Json, client: "AsyncWebClient") -> None:
        await ack()
        desk.tasks.start(_acted(desk, client, body, act))

    app.command(name)(listen)


def on_view(
    app: "AsyncApp",
    desk: Desk,
    callback: str,
    submit: Callable[[Desk, Visit], Awaitable[Submitted]],
) -> None:
    """Lets `submit` answer a submitted modal; what it raises is shown in the modal."""

    async def listen(ack: "AsyncAck", body: Json, client: "AsyncWebClient") -> None:
        visit = None
        try:
            visit = await arrive(desk, client, body)
            answer, after = await submit(desk, visit) if visit else ({}, None)
        except Exception as error:  # noqa: BLE001 - told with a reference that the log has
            language = visit.language if visit else Language.ENGLISH
            said = told(error, language, f"modal {callback}")
            await ack(response_action="update", view=notice(said, language))
            return
        await ack(**answer)
        if after is not None and visit is not None:
            desk.tasks.start(_guarded(visit, after))

    app.view(callback)(listen)


async def arrive(desk: Desk, client: "AsyncWebClient", body: Mapping[str, Any]) -> Visit | None:
    """Who acts, once; None where the interaction was seen before, or is somebody's who gets no
    data, which is said to them."""
    team, user = team_of(body), user_of(body)
    where = _where(body, team, user)
    trigger = str(body["trigger_id"])
    if not await desk.inbox.once(f"trigger:{trigger}", f"slack:{team}:{user}", trigger):
        return None
    visitor = await desk.people.visitor(client, team, user)
    if isinstance(visitor, Refused):
        await _say(
            client, body, where, user, plain_message(visitor.message.render(visitor.language))
        )
        return None
    return Visit(client, visitor, body, where)


async def soon(work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    """The work, after it is done or two seconds have passed: Slack takes the answer to a modal
    within three."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    return task


async def whisper(visit: Visit, message: Message) -> None:
    """Says something to the acting person alone, where they are; without such a place, in a
    direct message."""
    await _say(visit.client, visit.body, visit.where, visit.visitor.user, message)


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


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace in which the interaction took place."""
    team = body.get("team") or {}
    found = team.get("id") or body.get("team_id") or body.get("user", {}).get("team_id")
    return str(found or "")


def user_of(body: Mapping[str, Any]) -> str:
    user = body.get("user")
    return str(user["id"] if user else body["user_id"])


async def _acted(desk: Desk, client: "AsyncWebClient", body: Json, act: Act) -> None:
    visit = None
    try:
        visit = await arrive(desk, client, body)
        if visit is not None:
            await act(desk, visit)
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        language = visit.language if visit else Language.ENGLISH
        where = _where(body, team_of(body), user_of(body))
        said = plain_message(told(error, language, f"interaction {body.get('type', 'command')}"))
        await _say(client, body, where, user_of(body), said)


async def _guarded(visit: Visit, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        await whisper(visit, plain_message(told(error, visit.language, "submitted modal")))


async def _say(
    client: "AsyncWebClient",
    body: Mapping[str, Any],
    where: Where | None,
    user: str,
    message: Message,
) -> None:
    if body.get("response_url"):
        await _respond(str(body["response_url"]), message, where)
        return
    channel = where.channel if where else user
    if where is None:
        await client.chat_postMessage(
            channel=channel, text=message.text, blocks=message.blocks or None
        )
        return
    await client.chat_postEphemeral(
        channel=channel,
        user=user,
        thread_ts=where.thread,
        text=message.text,
        blocks=message.blocks or None,
    )


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


def _where(body: Mapping[str, Any], team: str, user: str) -> Where | None:
    channel = (body.get("channel") or {}).get("id") or body.get("channel_id")
    container = body.get("container") or {}
    channel = channel or container.get("channel_id")
    if not channel:
        return None
    message = body.get("message") or {}
    moment = str(container.get("message_ts") or message.get("ts") or "")
    thread = container.get("thread_ts") or message.get("thread_ts")
    return Where(
        team=team,
        channel=str(channel),
        thread=str(thread) if thread and thread != moment else None,
        moment=moment,
        kind="im" if str(channel).startswith("D") else "channel",
        user=user,
    )
