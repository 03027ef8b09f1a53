"""A small company to ask about: each test writes the records that it needs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kam_knowledge.documents import Passage
from kam_knowledge.search import Finding, Readable
from tools.access import OPERATOR, Asker
from tools.cards import Card
from tools.data.database import Sessions
from tools.data.models import (
    Account,
    Contact,
    Coverage,
    Evaluation,
    FactorInput,
    Financial,
    Interaction,
    InteractionContact,
    Opportunity,
    Person,
    ReportingLine,
    Unit,
)
from tools.data.models.base import Record
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Dimension, Factor, Line, Measure, Role, Stage, UnitKind
from tools.text import Language, Text, Value, show

TODAY = date(2018, 1, 1)


class NoLibrary:
    """A library without passages."""

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        return Finding((), supported=False)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        return None


class World:
    """Writes records to a database and asks as somebody."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    def deps(
        self, asker: Asker = OPERATOR, today: date = TODAY, rules: RuleSet | None = None
    ) -> Deps:
        at = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
        return Deps(
            self.sessions, lambda: at, rules or RuleSet(), asker, Language.ENGLISH, NoLibrary()
        )

    def asker(self, person: int) -> Asker:
        with self.sessions() as session:
            found = session.get_one(Person, person)
            return Asker(person, found.name, found.role, found.unit_id)

    def add(self, *records: Record) -> int:
        """Keeps the records; the id of the first."""
        with self.sessions() as session:
            session.add_all(records)
            session.commit()
            return records[0].id or 0

    def account(self, name: str, segment: str | None = "retail", **more: Any) -> int:
        return self.add(Account(name=name, name_key=name_key(name), segment=segment, **more))

    def unit(self, name: str, kind: UnitKind = UnitKind.REGION, parent: int | None = None) -> int:
        return self.add(Unit(name=name, name_key=name_key(name), kind=kind, parent_id=parent))

    def person(
        self, name: str, role: Role = Role.REP, unit: int | None = None, *, active: bool = True
    ) -> int:
        return self.add(
            Person(name=name, name_key=name_key(name), role=role, unit_id=unit, active=active)
        )

    def reports(self, person: int, manager: int, line: Line = Line.SOLID, **dates: Any) -> None:
        self.add(ReportingLine(person_id=person, manager_id=manager, line=line, **dates))

    def covers(self, person: int, account: int, **more: Any) -> None:
        self.add(Coverage(person_id=person, account_id=account, **more))

    def deal(
        self,
        account: int,
        person: int | None = None,
        value: int | None = None,
        closed: date | None = None,
        **more: Any,
    ) -> None:
        """A won deal where a closing day is given, else one being worked on."""
        stage = Stage.WON if closed else Stage.ENGAGING
        amount = None if value is None else Decimal(value)
        self.add(
            Opportunity(
                account_id=account,
                person_id=person,
                value=amount,
                closed_on=closed,
                stage=more.pop("stage", stage),
                source="test",
                **more,
            )
        )

    def factor(
        self, account: int, factor: Factor, value: int, on: date = TODAY, unit: str = "points"
    ) -> None:
        self.add(
            FactorInput(
                account_id=account,
                factor=factor,
                value=Decimal(value),
                unit=unit,
                as_of=on,
                source="survey",
                confirmed=True,
            )
        )

    def scored(self, account: int, potential: int, demonstration: int, ability: int) -> None:
        """The three factors that are not computed."""
        self.factor(account, Factor.POTENTIAL, potential, unit="USD")
        self.factor(account, Factor.DEMONSTRATION, demonstration)
        self.factor(account, Factor.ABILITY, ability)

    def figure(self, account: int, measure: Measure, amount: int, **more: Any) -> None:
        facts = {"year": 2017, "currency": "USD", "as_of": TODAY, "source": "report"} | more
        self.add(Financial(account_id=account, measure=measure, amount=Decimal(amount), **facts))

    def met(
        self, account: int, on: date, contact: Contact | None = None, *, executive: bool = False
    ) -> None:
        meeting = Interaction(
            account_id=account, held_on=on, summary="met", executive=executive, source="test"
        )
        met = self.add(meeting)
        if contact is not None:
            with self.sessions() as session:
                link = InteractionContact(interaction_id=met, contact_id=contact.id or 0)
                session.add(link)
                session.commit()

    def contact(self, account: int, name: str, **more: Any) -> Contact:
        found = Contact(
            account_id=account,
            name=name,
            name_key=name_key(name),
            as_of=TODAY,
            source="test",
            **more,
        )
        self.add(found)
        return found

    def judged(self, account: int, points: int, on: date) -> None:
        self.add(
            Evaluation(
                account_id=account,
                dimension=Dimension.RELATIONSHIP,
                held_on=on,
                points=Decimal(points),
            )
        )

    def evaluated(
        self, account: int, dimension: Dimension, points: int | None, on: date, **more: Any
    ) -> None:
        given = None if points is None else Decimal(points)
        self.add(
            Evaluation(account_id=account, dimension=dimension, points=given, held_on=on, **more)
        )


def english(value: Value) -> str:
    return show(value, Language.ENGLISH)


def table_rows(card: Card) -> list[list[str]]:
    """The cells of a card's table in English."""
    assert card.table is not None
    return [[english(cell) for cell in row] for row in card.table.rows]


def facts(card: Card) -> dict[str, str]:
    """The facts of a card in English, by label."""
    return {english(fact.label): english(fact.value) for fact in card.facts}


def sentences(card: Card) -> Iterator[Text]:
    """Every text of a card."""
    yield from (card.title, card.headline, *card.why, *card.basis, *card.missing, *card.next)
    yield from (fact.label for fact in card.facts)
    if card.table:
        yield from (column.label for column in card.table.columns)


def renders(card: Card) -> None:
    """Every text, label and value can be shown in each language, and every row fits."""
    for language in Language:
        assert all(show(sentence, language).strip() for sentence in sentences(card))
        assert "{" not in show(card.headline, language)
        for fact in card.facts:
            show(fact.value, language)
            show(fact.note, language)
        if card.table:
            width = len(card.table.columns)
            assert all(len(row) == width for row in card.table.rows)
            assert [[show(cell, language) for cell in row] for row in card.table.rows]
        if card.chart:
            assert len(card.chart.labels) == len(card.chart.values)
