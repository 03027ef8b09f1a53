"""One interaction of somebody known: who acts, where, and with what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.slack.answer import Where
from bot.slack.desk import Desk
from bot.slack.people import Visitor
from tools.deps import Deps
from tools.text import Language, Text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]


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

    async def deps(self, desk: Desk, language: Language | None = None) -> Deps:
        """What a tool or a decision is given here, in the person's language or another."""
        return await desk.deps(
            self.visitor, place=self.place, thread=self.thread, language=language
        )

    async def open(self, view: Json) -> None:
        """Opens a modal; Slack takes it within three seconds of the click."""
        await self.client.views_open(trigger_id=self.body["trigger_id"], view=view)

    def misfit(self, place: str, reason: Text) -> Json:
        """What Slack is answered to a modal whose field `place` does not fit."""
        said = reason.render(self.language)
        return {"response_action": "errors", "errors": {place: said}}


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace in which the interaction took place."""
    team = body.get("team") or {}
    found = team.get("id") or body.get("team_id") or body.get("user", {}).get("team_id")
    return str(found or "")


def user_of(body: Mapping[str, Any]) -> str:
    user = body.get("user")
    return str(user["id"] if user else body["user_id"])


def where_of(body: Mapping[str, Any]) -> Where | None:
    """The message or channel that an interaction came from; a modal has none."""
    channel = (body.get("channel") or {}).get("id") or body.get("channel_id")
    container = body.get("container") or {}
    channel = channel or container.get("channel_id")
    if not channel:
        return None
    message = body.get("message") or {}
    moment = str(container.get("message_ts") or message.get("ts") or "")
    thread = container.get("thread_ts") or message.get("thread_ts")
    return Where(
        team=team_of(body),
        channel=str(channel),
        thread=str(thread) if thread and thread != moment else None,
        moment=moment,
        kind="im" if str(channel).startswith("D") else "channel",
        user=user_of(body),
    )
