"""Around a conversation: what to ask where it begins, and the button that stops it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack import words
from bot.slack.answer import Where
from bot.slack.people import Refused
from bot.slack.prompts import prompts_for
from bot.slack.session import tried
from bot.slack.stopping import stop
from bot.slack.surface import Surface
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.desk import Desk


def register(app: "AsyncApp", desk: "Desk") -> None:
    """Offers prompts where a conversation begins, and stops a turn on request."""

    async def opened(body: Mapping[str, Any], client: "AsyncWebClient") -> None:
        desk.tasks.start(_offer(desk, client, body))

    async def moved(body: Mapping[str, Any], client: "AsyncWebClient") -> None:
        desk.tasks.start(_offer(desk, client, body))

    async def stopped(body: Mapping[str, Any]) -> None:
        desk.tasks.start(stop(desk, _where(body)))

    app.event("app_home_opened", matchers=[_shows_messages])(opened)
    app.event("app_context_changed")(moved)
    app.event("agent_session_stopped")(stopped)


async def _shows_messages(event: Mapping[str, Any]) -> bool:
    return event.get("tab") == "messages"


async def _offer(desk: "Desk", client: "AsyncWebClient", body: Mapping[str, Any]) -> None:
    """Offers prompts for the visitor's role, and for the channel that they look at."""
    event = body["event"]
    channel, user = event.get("channel"), event.get("user")
    if not (channel and user):
        return
    visitor = await desk.people.visitor(client, body["team_id"], user)
    if isinstance(visitor, Refused):
        return
    name = await _channel_name(client, event.get("context") or {})
    prompts = await prompts_for(desk, visitor, name)
    # Without a thread: the agent view has none before the first message.
    await tried(
        client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            title=words.PROMPTS_TITLE.render(visitor.language),
            prompts=prompts,
        )
    )


async def _channel_name(client: "AsyncWebClient", context: Mapping[str, Any]) -> str | None:
    """The name of the channel that is looked at, if one is and the app may know it."""
    seen = [
        str(entity["value"])
        for entity in context.get("entities", ())
        if entity.get("type") == "slack#/types/channel_id"
    ]
    if not seen or seen[0].startswith("D"):
        return None
    try:
        answer = await client.conversations_info(channel=seen[0])
    except SlackApiError:
        return None
    name: str | None = answer["channel"].get("name")
    return name


def _where(body: Mapping[str, Any]) -> Where:
    event = body["event"]
    channel, thread = event["channel"], event["thread_ts"]
    kind: Any = "im" if channel.startswith("D") else "channel"
    return Where(body["team_id"], channel, thread, event["event_ts"], kind, event["user"])


SURFACE = Surface(
    "threads",
    register,
    events=("app_home_opened", "app_context_changed", "agent_session_stopped"),
    scopes={
        "assistant:write": text(
            "be an agent: suggest questions, show that it works, be stopped",
            "作为智能助手：推荐问题、显示处理状态、可被停止",
        ),
    },
)
