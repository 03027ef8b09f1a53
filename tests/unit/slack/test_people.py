"""Somebody whose first two messages come at once is known to both."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot.slack.people import People, Visitor
from tests.unit.catalog.world import World
from tools.access import OPERATOR
from tools.data import visitors
from tools.data.database import Sessions
from tools.data.models import AuditEntry, Person
from tools.domain.vocabulary import Role

TEAM, USER, EMAIL = "T1", "U1", "ana@example.com"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


class _Slack(AsyncWebClient):
    async def users_info(self, **_given: Any) -> Any:
        profile = {"email": EMAIL}
        return {"user": {"id": USER, "team_id": TEAM, "profile": profile, "locale": "en-US"}}


async def test_a_link_made_meanwhile_counts(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = World(sessions).person("Ana", Role.REP)
    with sessions() as session:
        person = session.get_one(Person, ana)
        person.email = EMAIL
        session.add(person)
        session.commit()
        visitors.link(session, ana, f"{TEAM}:{USER}", by=OPERATOR, at=NOW, reason="asked first")
    monkeypatch.setattr(visitors, "by_slack", lambda *_: None)
    people = People(sessions, lambda: NOW, lambda _team: True)
    found = await people.visitor(_Slack(), TEAM, USER)
    assert isinstance(found, Visitor)
    assert found.asker.person_id == ana
    with sessions() as session:
        assert len(session.exec(select(AuditEntry)).all()) == 1
