"""What is shown in a channel is what everybody there may see; the rest is the asker's."""

import asyncio
from collections.abc import Iterable
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.main import now, open_assistant, open_library, open_records
from bot.settings import Settings
from bot.slack import words
from bot.slack.answer import Where
from bot.slack.audience import SharedAudience
from bot.slack.people import Refused, Visitor
from bot.turn import Reply, Turn
from tools.access import Asker
from tools.data.models import Account, ChangeSet, Coverage, Person
from tools.domain.vocabulary import CoverageRole, Role
from tools.text import Language

CHANNEL = Where("T1", "C1", None, "1.0", "channel", "U1")


class Slack:
    """Tells who is in the channel, two to a page."""

    def __init__(self, members: Iterable[str]) -> None:
        self.members = list(members)

    async def conversations_members(self, *, cursor: str, **_: Any) -> Any:
        start = int(cursor or 0)
        page, more = self.members[start : start + 2], start + 2 < len(self.members)
        following = str(start + 2) if more else ""
        return SimpleNamespace(
            data={"members": page, "response_metadata": {"next_cursor": following}}
        )


class Directory:
    """People by the id that stands for their Slack user; "guest" and "bot" are none."""

    def __init__(self, visitors: dict[str, Visitor]) -> None:
        self.visitors = visitors

    async def visitor(self, client: Any, team: str, user: str) -> Visitor | Refused:
        if user == "bot":
            return Refused(words.BOT, Language.ENGLISH)
        return self.visitors.get(user) or Refused(words.GUEST, Language.ENGLISH)


class Office:
    """Somebody who owns an account, a colleague who does not read it, their channel."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        with closing(open_records(settings)) as sessions, sessions() as session:
            self.visitors = {str(p.id): _visitor(p) for p in session.exec(select(Person))}
            self.account, self.owner = _owned(session)
            self.others = {role: _with_role(session, role, self.owner) for role in Role}

    def shown(self, question: str, *readers: str, asker: str | None = None) -> Reply | None:
        return asyncio.run(self._shown(question, readers, asker or self.owner))

    async def _shown(self, question: str, readers: tuple[str, ...], asker: str) -> Reply | None:
        visitor = self.visitors[asker]
        settings = self.settings
        with (
            closing(open_records(settings)) as sessions,
            closing(open_library(settings, sessions)) as library,
        ):
            audience = SharedAudience(sessions, library, now, Directory(self.visitors))  # type: ignore[arg-type]
            async with open_assistant(settings) as assistant:
                reply = await assistant.answer(Turn("1.0", visitor.asker, question, "slack:T1:C1"))
            assert not reply.failure
            return await audience(Slack([asker, *readers]), CHANNEL, visitor, reply)  # type: ignore[arg-type]


def _visitor(person: Person) -> Visitor:
    asker = Asker(person.id, person.name, person.role, person.unit_id)
    return Visitor("T1", str(person.id), asker, Language.ENGLISH, None)


def _owned(session: Session) -> tuple[str, str]:
    rep = select(Person.id).where(Person.role == Role.REP)
    query = select(Account.name, Coverage.person_id).where(
        Coverage.account_id == Account.id,
        Coverage.role == CoverageRole.OWNER,
        col(Coverage.person_id).in_(rep),
        col(Coverage.ends_on).is_(None),
        col(Account.sandbox).is_(False),
    )
    name, person = session.exec(query.order_by(col(Account.name))).first() or ("", 0)
    return name, str(person)


def _with_role(session: Session, role: Role, but: str) -> str:
    found = session.exec(select(Person.id).where(Person.role == role).order_by(col(Person.id)))
    return next((str(one) for one in found if str(one) != but), "")


@pytest.fixture
def office(demo: Settings) -> Office:
    return Office(demo)


def test_what_all_may_read_is_shown_to_all(office: Office) -> None:
    assert office.shown("what is share of wallet?", office.others[Role.REP], "bot")
    assert office.shown(
        f"who covers {office.account}?", office.owner, asker=office.others[Role.REP]
    )
    assert office.shown(
        f"what is the score of {office.account}?", office.others[Role.SALES_OPERATIONS]
    )


@pytest.mark.parametrize("reader", [Role.REP, Role.NEWCOMER, "guest"])
def test_what_one_reader_may_not_see_goes_to_the_asker_alone(
    office: Office, reader: Role | str
) -> None:
    other = office.others[reader] if isinstance(reader, Role) else reader

    assert office.shown(f"what is the score of {office.account}?", other) is None


@pytest.mark.parametrize("reader", [Role.NEWCOMER, "guest"])
def test_where_somebody_knows_no_customers_no_name_is_shown(
    office: Office, reader: Role | str
) -> None:
    other = office.others[reader] if isinstance(reader, Role) else reader

    assert office.shown(f"who covers {office.account}?", other) is None
    assert office.shown("what is share of wallet?", other)


def test_every_page_of_members_counts(office: Office) -> None:
    manager = office.others[Role.SALES_OPERATIONS]

    assert office.shown(f"what is the score of {office.account}?", manager, manager, manager)
    assert (
        office.shown(f"what is the score of {office.account}?", manager, manager, "guest") is None
    )


def test_a_list_that_is_longer_for_the_asker_is_not_shown(office: Office) -> None:
    question = "Who are our key accounts?"
    boss = office.others[Role.SALES_OPERATIONS]

    assert office.shown(question, boss, asker=boss)
    assert office.shown(question, office.others[Role.REP], asker=boss) is None


def test_a_proposed_change_is_for_the_asker_alone(office: Office) -> None:
    question = f"log a call with {office.account} today about delivery dates"

    assert office.shown(question, office.owner) is None


def test_which_of_several_changes_is_meant_is_asked_the_asker_alone(office: Office) -> None:
    """The question names what waits: whose records would change, and to what."""
    for risk in ("the plant may burn", "they may merge"):
        said = f"add a risk to {office.account}: {risk}, kind delivery, likelihood 3, impact 4"
        assert office.shown(said, office.others[Role.REP]) is None
    with closing(open_records(office.settings)) as sessions, sessions() as session:
        assert len(list(session.exec(select(ChangeSet)))) == 2
    assert office.shown("yes", office.others[Role.REP]) is None
