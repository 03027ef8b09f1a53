"""Who is who: people in Slack, matched to people of the company."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.access import Asker
from tools.text import Language, Text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True)
class Visitor:
    """A person of the company, as met in Slack."""

    team: str
    user: str
    asker: Asker
    language: Language
    time_zone: str | None


@dataclass(frozen=True)
class Refused:
    """Somebody who gets no data: a polite sentence that says why, and their language."""

    message: Text
    language: Language


class People:
    """Tells who somebody in Slack is."""

    async def visitor(self, client: "AsyncWebClient", team: str, user: str) -> Visitor | Refused:
        """The person behind a Slack user, or why there is none."""
        raise NotImplementedError
