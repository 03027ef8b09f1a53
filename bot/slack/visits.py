"""Clicks, commands, shortcuts and modals: who acts, claimed once, failures told to them alone.

Slack may hand an interaction over twice, and two processes may get it: its trigger is claimed,
so that one of them acts on it. Slack never hands over again what was acknowledged, so a click
that decides something is kept before that, and taken up again where the process dies.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from bot.slack.desk import Desk
from bot.slack.inbox import Taken
from bot.slack.people import Refused
from bot.slack.telling import notice, plain_message, say, told, whisper
from bot.slack.visit import Json, Visit, team_of, user_of, where_of
from tools.domain.vocabulary import InboundState
from tools.text import Language, text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

PATIENCE = 2.0
_INTERACTION = "interaction"
_KEPT = (
    *("type", "user", "team", "channel", "container", "message", "actions"),
    *("trigger_id", "response_url"),
)
"""What carrying out a click takes, of all that Slack tells of it."""
_LEFT = text(
    "Something went wrong here when you clicked, and it may not have been carried out. Please "
    "click again; nothing is done twice.",
    "您点击时这里出了问题，操作可能没有完成。请再点一次，不会重复执行。",
)
T = TypeVar("T")

Act = Callable[[Desk, Visit], Awaitable[None]]
Submitted = tuple[Json, Coroutine[Any, Any, None] | None]
"""What Slack is answered to a submitted modal, and the work that follows."""


def on_action(app: "AsyncApp", desk: Desk, action: str, act: Act, *, is_kept: bool = False) -> None:
    """Lets `act` handle a button or menu, or where `action` ends in "*" all that begin so.

    What `is_kept` is carried out by another process where this one dies amid it: it must bear
    to be begun twice, and to come too late for a modal.
    """
    if is_kept:
        desk.kept[action] = act
    begins = re.compile(re.escape(action[:-1])) if action.endswith("*") else action
    app.action(begins)(_listener(desk, act, is_kept=is_kept))


def on_shortcut(app: "AsyncApp", desk: Desk, callback: str, act: Act) -> None:
    """Lets `act` handle a shortcut."""
    app.shortcut(callback)(_listener(desk, act))


def on_command(app: "AsyncApp", desk: Desk, name: str, act: Act) -> None:
    """Lets `act` handle a slash command."""
    app.command(name)(_listener(desk, act))


def _listener(desk: Desk, act: Act, *, is_kept: bool = False) -> Callable[..., Awaitable[None]]:
    """Claims the interaction, tells Slack that it came, and acts on it in the background."""

    async def listen(ack: "AsyncAck", body: Json, client: "AsyncWebClient") -> None:
        claiming = await soon(_claim(desk, body, is_kept=is_kept))
        await ack()
        desk.tasks.start(_heard(desk, client, body, act, claiming))

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
            visit = await arrive(desk, client, body) if await _claim(desk, body) else None
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


async def resume(desk: Desk, taken: Taken) -> None:
    """Carries out what another process acknowledged and left; says so where it is too late."""
    body = dict(taken.payload[_INTERACTION])
    try:
        act = desk.kept.get(str(body["actions"][0]["action_id"]))
        client = await desk.workspaces.client(team_of(body))
        if act is not None and not taken.is_too_late(desk.clock()):
            desk.tasks.start(_acted(desk, client, body, act))
            return
        visitor = await desk.people.visitor(client, team_of(body), user_of(body))
        await say(client, body, plain_message(_LEFT.render(visitor.language)))
        await desk.inbox.answered(taken.event_id, InboundState.GIVEN_UP)
    except Exception:
        log.exception("event %s could not be taken up again", taken.event_id)
        await desk.inbox.release(taken.event_id)


def is_interaction(taken: Taken) -> bool:
    """Whether this is a click, not a message."""
    return _INTERACTION in taken.payload


async def _claim(desk: Desk, body: Mapping[str, Any], *, is_kept: bool = False) -> bool:
    """Whether the interaction was not seen before. What is kept stays open until it is done."""
    place = f"slack:{team_of(body)}:{user_of(body)}"
    if not is_kept:
        return await desk.inbox.once(_event(body), place, str(body["trigger_id"]))
    payload = {_INTERACTION: {key: body[key] for key in _KEPT if key in body}}
    return await desk.inbox.claim(_event(body), place, str(body["trigger_id"]), payload)


def _event(body: Mapping[str, Any]) -> str:
    return f"trigger:{body['trigger_id']}"


async def arrive(desk: Desk, client: "AsyncWebClient", body: Mapping[str, Any]) -> Visit | None:
    """Who acts; None where it is somebody who gets no data, which is said to them."""
    visitor = await desk.people.visitor(client, team_of(body), user_of(body))
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


async def _heard(
    desk: Desk, client: "AsyncWebClient", body: Json, act: Act, claiming: "asyncio.Task[bool]"
) -> None:
    """Acts where the interaction is new."""
    try:
        is_new = await claiming
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        await _failed(client, body, error, Language.ENGLISH)
        return
    if is_new:
        await _acted(desk, client, body, act)


async def _acted(desk: Desk, client: "AsyncWebClient", body: Json, act: Act) -> None:
    """Acts, and closes what is kept; a cancelled act leaves it open, for another process."""
    visit = None
    try:
        visit = await arrive(desk, client, body)
        if visit is not None:
            await act(desk, visit)
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        await _failed(client, body, error, visit.language if visit else Language.ENGLISH)
    if act in desk.kept.values():
        await desk.inbox.answered(_event(body))


async def _failed(
    client: "AsyncWebClient", body: Json, error: Exception, language: Language
) -> None:
    said = told(error, language, f"interaction {body.get('type', 'command')}")
    await say(client, body, plain_message(said))


async def _guarded(visit: Visit, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        await whisper(visit, plain_message(told(error, visit.language, "submitted modal")))
