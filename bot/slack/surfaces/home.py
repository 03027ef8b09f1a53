"""The Home tab: a rep's day, a manager's portfolio, a newcomer's next lesson; and reminders."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bot.slack import visits
from bot.slack.blocks import home as views
from bot.slack.blocks import inputs
from bot.slack.blocks import shortcuts as modals
from bot.slack.delivery import propose_in_private
from bot.slack.desk import Desk
from bot.slack.people import Refused, Visitor
from bot.slack.reminding import local_time
from bot.slack.surface import Surface
from bot.slack.telling import told, whisper
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from bot.turn import ToolCall
from tools.cards import Card
from tools.catalog.learning_path import learning_path
from tools.catalog.my_day import my_day
from tools.catalog.portfolio_summary import portfolio_summary
from tools.changes import pending_anywhere
from tools.data import reminders
from tools.deps import Deps
from tools.domain.reminding import Wishes
from tools.domain.vocabulary import Role
from tools.text import Language, text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

_ROWS = 12
_SNOOZED = text("I will not write to you before {day}.", "{day} 之前我不会给您发消息。")
_STOPPED = text(
    "I will not write to you unasked any more. The Home tab sets it again.",
    "我不再主动给您发消息，可在主页重新设置。",
)
_SAVED = text("Kept.", "已保存。")


def register(app: "AsyncApp", desk: Desk) -> None:
    """Shows the Home tab when it is opened, and listens to its buttons and to reminders'."""

    async def opened(body: Mapping[str, Any], client: "AsyncWebClient") -> None:
        desk.tasks.start(_publish(desk, client, body))

    app.event("app_home_opened", matchers=[_shows_home])(opened)
    visits.on_action(app, desk, views.CHANGES, _changes)
    visits.on_action(app, desk, views.PREPARE, _prepare)
    visits.on_action(app, desk, views.SETTINGS, _settings)
    visits.on_action(app, desk, views.SNOOZE, _snooze, is_kept=True)
    visits.on_action(app, desk, views.STOP, _stop, is_kept=True)
    visits.on_view(app, desk, views.SET, _set)


async def _shows_home(event: Mapping[str, Any]) -> bool:
    return event.get("tab") == "home"


async def _publish(desk: Desk, client: "AsyncWebClient", body: Mapping[str, Any]) -> None:
    """Shows the tab; whatever fails is told there, with a reference that the log has."""
    team, user = str(body["team_id"]), str(body["event"]["user"])
    language = Language.ENGLISH
    try:
        visitor = await desk.people.visitor(client, team, user)
        language = visitor.language
        await client.views_publish(user_id=user, view=await _view(desk, visitor))
    except Exception as error:  # noqa: BLE001 - told with a reference that the log has
        view = views.refused_view(told(error, language, "Home tab"))
        await client.views_publish(user_id=user, view=view)


async def _view(desk: Desk, visitor: Visitor | Refused) -> dict[str, Any]:
    if isinstance(visitor, Refused):
        return views.refused_view(visitor.message.render(visitor.language))
    deps = await desk.deps(visitor, place=f"slack:{visitor.team}:home", thread=visitor.user)
    cards, waiting = await asyncio.to_thread(_recorded, desk, deps)
    return views.home_view(cards, waiting, visitor.language)


def _recorded(desk: Desk, deps: Deps) -> tuple[list[Card], int]:
    """What is shown, once it stands in the audit trail."""
    cards, waiting = shown_to(deps)
    desk.trail.shown(deps, "home", [ToolCall("home", {}, None)] * len(cards), cards)
    return cards, waiting


def shown_to(deps: Deps) -> tuple[list[Card], int]:
    """The cards for the person's part, and how many changes wait for their word."""
    waiting = len(pending_anywhere(deps))
    if deps.asker.role is Role.NEWCOMER:
        return [learning_path(deps).card(), my_day(deps, top=_ROWS).card()], waiting
    cards = [my_day(deps, top=_ROWS).card()]
    if deps.asker.role is not Role.REP:
        unit = "my team" if deps.asker.role is Role.MANAGER else ""
        cards.append(portfolio_summary(deps, unit=unit, top=3).card())
    return cards, waiting


async def _changes(desk: Desk, visit: Visit) -> None:
    """Sends the cards of all changes that wait, each to be decided there."""
    deps = await visit.deps(desk)
    for proposal in await asyncio.to_thread(pending_anywhere, deps):
        await propose_in_private(desk, visit, proposal)


async def _prepare(_desk: Desk, visit: Visit) -> None:
    view = modals.prep_view(visit.language)
    await visit.open(view)


async def _settings(desk: Desk, visit: Visit) -> None:
    wishes = await asyncio.to_thread(_wishes, desk, visit.visitor)
    view = views.settings_view(wishes, visit.language)
    await visit.open(view)


async def _snooze(desk: Desk, visit: Visit) -> None:
    today = local_time(desk.clock(), visit.visitor.time_zone).date()
    until = today + timedelta(days=int(visit.value))
    await _wish(desk, visit, lambda held: replace(held, snoozed_until=until))
    await whisper(visit, text(_SNOOZED.en, _SNOOZED.zh, day=until))


async def _stop(desk: Desk, visit: Visit) -> None:
    await _wish(desk, visit, lambda held: replace(held, reminders=False, digest=False))
    await whisper(visit, _STOPPED)


async def _set(desk: Desk, visit: Visit) -> Submitted:
    said = inputs.values(visit.body["view"])
    until = said["snoozed_until"]
    wishes = Wishes(
        said["reminders"] == "yes",
        said["digest"] == "yes",
        int(said["quiet_from"] or 0),
        int(said["quiet_until"] or 0),
        date.fromisoformat(until) if until else None,
    )
    await _wish(desk, visit, lambda _: wishes)
    return {}, whisper(visit, _SAVED)


async def _wish(desk: Desk, visit: Visit, changed: Callable[[Wishes], Wishes]) -> None:
    def keep() -> None:
        wishes = changed(_wishes(desk, visit.visitor))
        with desk.sessions() as session:
            reminders.wish(session, visit.visitor.asker.person_id or 0, wishes)

    await asyncio.to_thread(keep)


def _wishes(desk: Desk, visitor: Visitor) -> Wishes:
    with desk.sessions() as session:
        return reminders.wishes_of(session, visitor.asker.person_id or 0)


SURFACE = Surface(
    "home",
    register,
    events=("app_home_opened",),
    scopes={
        "chat:write": text("send reminders to those who want them", "向需要的人发送提醒"),
        "im:write": text("open the direct messages for a reminder", "打开私信以发送提醒"),
        "im:history": text(
            "see whether a reminder stands there already, after a failure",
            "出现故障后，查看提醒是否已发出",
        ),
    },
    actions=(views.CHANGES, views.PREPARE, views.SETTINGS, views.SNOOZE, views.STOP),
    views=(views.SET,),
)
