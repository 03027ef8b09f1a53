"""Clicks, commands, shortcuts and modals: who acts, claimed once, failures told to them alone.

Slack may hand an interaction over twice, and two processes may get it: its trigger is claimed,
so that one of them acts on it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from bot.slack.desk import Desk
from bot.slack.people import Refused
from bot.slack.telling import notice, plain_message, say, told, whisper
from bot.slack.visit import Json, Visit, team_of, user_of, where_of
from tools.text import Language

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

PATIENCE = 2.0
T = TypeVar("T")

Act = Callable[[Desk, Visit], Awaitable[None]]
Submitted = tuple[Json, Coroutine[Any, Any, None] | None]
"""What Slack is answered to a submitted modal, and the work that follows."""


def on_action(app: "AsyncApp", desk: Desk, action: str, act: Act) -> None:
    """Lets `act` handle a button or menu, or where `action` ends in "*" all that begin so."""
    begins = re.compile(re.escape(action[:-1])) if action.endswith("*") else action
    app.action(begins)(_listener(desk, act))


def on_shortcut(app: "AsyncApp", desk: Desk, callback: str, act: Act) -> None:
    """Lets `act` handle a shortcut."""
    app.shortcut(callback)(_listener(desk, act))


def on_command(app: "AsyncApp", desk: Desk, name: str, act: Act) -> None:
    """Lets `act` handle a slash command."""
    app.command(name)(_listener(desk, act))


def _listener(desk: Desk, act: Act) -> Callable[..., Awaitable[None]]:
    """Tells Slack at once that the interaction came, and acts on it in the background."""

    async def listen(ack: "AsyncAck", body: Json, client: "AsyncWebClient") -> None:
        await ack()
        desk.tasks.start(_acted(desk, client, body, act))

    return listen


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
    trigger = str(body["trigger_id"])
    if not await desk.inbox.once(f"trigger:{trigger}", f"slack:{team}:{user}", trigger):
        return None
    visitor = await desk.people.visitor(client, team, user)
    if isinstance(visitor, Refused):
        await say(client, body, plain_message(visitor.message.render(visitor.language)))
        return None
    return Visit(client, visitor, body, where_of(body))


async def soon(work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    """The work, after it is done or two seconds have passed: Slack takes the answer to a modal
    within three."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    return task


async def _acted(desk: Desk, client: "AsyncWebClient", body: Json, act: Act) -> None:
    visit = None
    try:
        visit = await arrive(desk, client, body)
        if visit is not None:
            await act(desk, visit)
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        language = visit.language if visit else Language.ENGLISH
        said = plain_message(told(error, language, f"interaction {body.get('type', 'command')}"))
        await say(client, body, said)


async def _guarded(visit: Visit, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        await whisper(visit, plain_message(told(error, visit.language, "submitted modal")))
