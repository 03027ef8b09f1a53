"""Who is who: people in Slack, matched to people of the company.

A person is linked to a Slack user by sales operations (`kam people link`), or by the e-mail
address of the profile where the workspace is the company's own; a match by e-mail is kept, and
recorded in the audit trail. Guests, people of other workspaces, bots and whoever is unknown or
not active get no data.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from bot.slack import words
from tools.access import OPERATOR, Asker
from tools.data import visitors
from tools.data.database import Sessions
from tools.data.memory import memory_of
from tools.data.models import Person
from tools.errors import BadInput
from tools.text import Language, Text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_KEPT_SECONDS = 300.0
_KEPT_USERS = 5_000
Profile = Mapping[str, Any]


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
    """Somebody who gets no data: a polite sentence that says why, and their language; `bot` is
    true for an app."""

    message: Text
    language: Language
    bot: bool = False


class People:
    """Tells who somebody in Slack is. Profiles are kept for five minutes; what the records say
    of a person is read each time."""

    def __init__(
        self,
        sessions: Sessions,
        clock: Callable[[], datetime],
        is_ours: Callable[[str], bool],
    ) -> None:
        """`is_ours` tells of a workspace whether its e-mail addresses can be trusted."""
        self._sessions = sessions
        self._clock = clock
        self._is_ours = is_ours
        self._profiles: dict[tuple[str, str], tuple[float, Profile]] = {}

    async def visitor(self, client: "AsyncWebClient", team: str, user: str) -> Visitor | Refused:
        """The person behind a Slack user, or why there is none. Raises `SlackApiError` where
        Slack does not tell."""
        profile = await self._profile(client, team, user)
        language = language_of_locale(profile.get("locale"))
        refusal = _stranger(profile, team)
        if refusal is not None:
            return Refused(refusal, language, bot=bool(profile.get("is_bot")))
        person, wished = await asyncio.to_thread(self._known, team, user, profile)
        if person is None:
            return Refused(replace(words.UNKNOWN, values={"user": user}), language)
        if not person.active:
            return Refused(words.INACTIVE, language)
        asker = Asker(person.id, person.name, person.role, person.unit_id)
        recorded = person.language if person.language in set(Language) else None
        own = Language(wished or recorded or language)
        return Visitor(team, user, asker, own, person.time_zone or profile.get("tz"))

    def _known(self, team: str, user: str, profile: Profile) -> tuple[Person | None, str | None]:
        """The person, and the language that they asked to be answered in, if they did."""
        with self._sessions() as session:
            person = self._person(session, team, user, profile)
            return person, memory_of(session, person.id).language if person else None

    async def names(self, team: str, users: Iterable[str]) -> dict[str, str]:
        """The names of those of these users who are linked to a person."""

        def read() -> dict[str, str]:
            with self._sessions() as session:
                found = {user: visitors.by_slack(session, f"{team}:{user}") for user in users}
            return {user: person.name for user, person in found.items() if person}

        return await asyncio.to_thread(read)

    def forget(self, team: str, user: str) -> None:
        """Reads the profile of this user anew the next time."""
        self._profiles.pop((team, user), None)

    async def _profile(self, client: "AsyncWebClient", team: str, user: str) -> Profile:
        kept = self._profiles.get((team, user))
        if kept is not None and time.monotonic() - kept[0] < _KEPT_SECONDS:
            return kept[1]
        profile = await _ask(client, user)
        if len(self._profiles) >= _KEPT_USERS:
            self._profiles.clear()
        self._profiles[team, user] = (time.monotonic(), profile)
        return profile

    def _person(self, session: Session, team: str, user: str, profile: Profile) -> Person | None:
        slack_user = f"{team}:{user}"
        person = visitors.by_slack(session, slack_user)
        email = _email(profile) if self._is_ours(team) else None
        if person is not None or email is None:
            return person
        person = visitors.by_email(session, email)
        if person is not None and person.slack_user == slack_user:
            return person  # linked meanwhile, by another message of theirs
        if person is None or person.slack_user is not None or person.id is None:
            return None
        try:
            return visitors.link(
                session,
                person.id,
                slack_user,
                by=OPERATOR,
                at=self._clock(),
                reason="same e-mail address",
            )
        except BadInput:
            return None


async def _ask(client: "AsyncWebClient", user: str) -> Profile:
    """The profile; an empty one for a user whom Slack does not know or show."""
    from slack_sdk.errors import SlackApiError

    try:
        answer = await client.users_info(user=user, include_locale=True)
    except SlackApiError as error:
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            return {"is_stranger": True}
        raise
    found: Profile = answer["user"]
    return found


def _stranger(profile: Profile, team: str) -> Text | None:
    """Why the user of this profile gets no data whatever the records say, if so."""
    if profile.get("is_bot"):
        return words.BOT
    if profile.get("is_stranger") or team not in _teams(profile):
        return words.STRANGER
    if profile.get("is_restricted") or profile.get("is_ultra_restricted"):
        return words.GUEST
    return words.INACTIVE if profile.get("deleted") else None


def _teams(profile: Profile) -> set[str]:
    """The workspaces that the user belongs to; in an Enterprise organisation several."""
    return {profile.get("team_id", ""), *profile.get("enterprise_user", {}).get("teams", ())}


def _email(profile: Profile) -> str | None:
    """The address, unless Slack says that it was never confirmed."""
    if profile.get("is_email_confirmed") is False:
        return None
    return profile.get("profile", {}).get("email") or None


def language_of_locale(locale: str | None) -> Language:
    """The language of a Slack locale ("zh-TW", "en-GB"); English where there is none of ours."""
    tag = (locale or "").lower()
    if not tag.startswith("zh"):
        return Language.ENGLISH
    traditional = tag in {"zh-tw", "zh-hk", "zh-mo"} or "hant" in tag
    return Language.TRADITIONAL if traditional else Language.SIMPLIFIED
