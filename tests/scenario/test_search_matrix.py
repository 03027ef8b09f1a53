"""Who finds what: every role, every information level, every place a passage can stand.

The passages are found by one rare word, so whatever leaks shows: as a hit, as a title to read
on, in a count, or by the search claiming to know an answer.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from kam_knowledge.library import open_library
from tests.homes import with_dictionary
from tools.access import OPERATOR, Asker, scope_of
from tools.catalog.account_search import account_search
from tools.catalog.method_search import method_search
from tools.data.database import Sessions
from tools.data.models import (
    Account,
    Coverage,
    Interaction,
    Person,
    Plan,
    PlanSection,
    ReportingLine,
    Unit,
)
from tools.data.outbox import leave_word
from tools.data.written import NOTES, PLAN
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Channel, CoverageRole, Line, Role, UnitKind
from tools.errors import KamError
from tools.feed import FreshLibrary, RecordFeed
from tools.text import Language

DAY = date(2026, 5, 4)
WORD = "zeppelin"
LEVELS = (1, 2, 3, 4)
PLACES = ("own", "colleague's", "unit's", "elsewhere", "sandbox")
EVERYTHING = frozenset(LEVELS)
OPEN = frozenset({1, 2})
NOTHING: frozenset[int] = frozenset()

# What each asker finds of the plans at each place, by level. A newcomer has no account.
FINDS: Mapping[str, Mapping[str, frozenset[int]]] = {
    "rep": {
        "own": EVERYTHING,
        "colleague's": OPEN,
        "unit's": OPEN,
        "elsewhere": OPEN,
        "sandbox": EVERYTHING,
    },
    "manager": {
        "own": EVERYTHING,
        "colleague's": EVERYTHING,
        "unit's": EVERYTHING,
        "elsewhere": OPEN,
        "sandbox": EVERYTHING,
    },
    "director": {
        "own": EVERYTHING,
        "colleague's": OPEN,
        "unit's": OPEN,
        "elsewhere": OPEN,
        "sandbox": EVERYTHING,
    },
    "sponsor": {
        "own": OPEN,
        "colleague's": EVERYTHING,
        "unit's": OPEN,
        "elsewhere": OPEN,
        "sandbox": EVERYTHING,
    },
    "foreign rep": {
        "own": OPEN,
        "colleague's": OPEN,
        "unit's": OPEN,
        "elsewhere": EVERYTHING,
        "sandbox": EVERYTHING,
    },
    "newcomer": {
        "own": NOTHING,
        "colleague's": NOTHING,
        "unit's": NOTHING,
        "elsewhere": NOTHING,
        "sandbox": EVERYTHING,
    },
    "operations": dict.fromkeys(PLACES, EVERYTHING),
    "operator": dict.fromkeys(PLACES, EVERYTHING),
}
# Documents of the company: of the west branch or of nobody, by level.
DOCUMENTS: Mapping[str, frozenset[str]] = {
    "rep": frozenset({"west-1", "west-2", "all-1", "all-2"}),
    "manager": frozenset({"west-1", "west-2", "all-1", "all-2"}),
    "director": frozenset({"all-1", "all-2"}),
    "sponsor": frozenset({"all-1", "all-2"}),
    "foreign rep": frozenset({"all-1", "all-2"}),
    "newcomer": frozenset({"all-1"}),
    "operations": frozenset(f"{unit}-{level}" for unit in ("west", "all") for level in LEVELS),
    "operator": frozenset(f"{unit}-{level}" for unit in ("west", "all") for level in LEVELS),
}


class Company:
    """Two branches, an account at each place, and a passage of each level about each."""

    def __init__(self, sessions: Sessions, folder: Path) -> None:
        self.sessions = sessions
        self.accounts: dict[str, int] = {}
        self.askers: dict[str, Asker] = {"operator": OPERATOR}
        with sessions() as session:
            head = Unit(name="Head", name_key="head", kind=UnitKind.HEADQUARTERS)
            session.add(head)
            session.flush()
            west, east = (
                Unit(name=n, name_key=n.lower(), kind=UnitKind.BRANCH, parent_id=head.id)
                for n in ("West", "East")
            )
            session.add_all([west, east])
            session.flush()
            people = {
                "rep": (Role.REP, west),
                "colleague": (Role.REP, west),
                "other rep of the unit": (Role.REP, west),
                "manager": (Role.MANAGER, west),
                "director": (Role.DIRECTOR, None),
                "sponsor": (Role.SPONSOR, None),
                "foreign rep": (Role.REP, east),
                "newcomer": (Role.NEWCOMER, None),
                "operations": (Role.SALES_OPERATIONS, head),
            }
            ids = {}
            for name, (role, unit) in people.items():
                person = Person(
                    name=name, name_key=name_key(name), role=role, unit_id=unit and unit.id
                )
                session.add(person)
                session.flush()
                ids[name] = person.id or 0
                self.askers[name] = Asker(person.id, name, role, person.unit_id)
            session.add(
                ReportingLine(person_id=ids["rep"], manager_id=ids["director"], line=Line.DOTTED)
            )
            owners = ("rep", "colleague", "other rep of the unit", "foreign rep", None)
            for place, owner in zip(PLACES, owners, strict=True):
                account = Account(
                    name=f"The {place} one",
                    name_key=name_key(f"The {place} one"),
                    sandbox=place == "sandbox",
                )
                session.add(account)
                session.flush()
                self.accounts[place] = account.id or 0
                if owner:
                    session.add(Coverage(person_id=ids[owner], account_id=account.id or 0))
                self._write(session, account.id or 0, place)
            session.add(
                Coverage(
                    person_id=ids["sponsor"],
                    account_id=self.accounts["colleague's"],
                    role=CoverageRole.SPONSOR,
                )
            )
            session.commit()
        documents = folder / "documents"
        documents.mkdir()
        for unit in ("west", "all"):
            for level in LEVELS:
                of = "unit: West\n" if unit == "west" else ""
                (documents / f"{unit}-{level}.md").write_text(
                    f"---\nid: {unit}-{level}\ntitle: Guide {unit} {level}\nlanguage: en\n"
                    f"level: {level}\n{of}---\n"
                    f"How the {WORD} of guide {unit} {level} is to be handled.\n"
                )
        library = open_library(folder, library=documents, units={"West": west.id}.get)
        self.library = FreshLibrary(library, RecordFeed(sessions, library.index, folder / "index"))

    def _write(self, session: Session, account: int, place: str) -> None:
        plan = Plan(
            account_id=account,
            title=f"Plan {place}",
            period_start=DAY,
            period_end=DAY,
            updated_on=DAY,
        )
        session.add(plan)
        session.flush()
        for level in LEVELS:
            session.add(
                PlanSection(
                    plan_id=plan.id or 0,
                    key=f"part{level}",
                    position=level,
                    title=f"Part {level}",
                    body=f"The {WORD} at level {level} of {place} account.",
                    level=level,
                )
            )
        note = Interaction(
            account_id=account,
            held_on=DAY,
            channel=Channel.VISIT,
            summary=f"The {WORD} was spoken of at {place} account.",
            source="test",
            level=3,
        )
        session.add(note)
        session.flush()
        leave_word(session, PLAN, [plan.id or 0])
        leave_word(session, NOTES, [account])

    def deps(self, asker: Asker) -> Deps:
        return Deps(
            self.sessions,
            lambda: datetime(2026, 5, 4, 9, tzinfo=UTC),
            RuleSet(),
            asker,
            Language.ENGLISH,
            self.library,
        )

    def texts(self, asker: Asker) -> list[str]:
        """Every passage with the word that the asker can find, however far down."""
        with self.sessions() as session:
            readable = scope_of(session, asker, DAY).readable()
        found = self.library.search(WORD, readable, language="en", limit=100)
        return [hit.passage.text for hit in found.hits if WORD in hit.passage.text]


@pytest.fixture
def company(sessions: Sessions, tmp_path: Path, index_folder: Path) -> Iterator[Company]:
    with_dictionary(tmp_path / "index", index_folder)
    company = Company(sessions, tmp_path)
    yield company
    company.library.close()


def test_each_role_finds_what_it_may_and_nothing_else(company: Company) -> None:
    for name, places in FINDS.items():
        texts = company.texts(company.askers[name])
        plans = {
            place: frozenset(
                level
                for level in LEVELS
                if f"The {WORD} at level {level} of {place} account." in " ".join(texts)
            )
            for place in PLACES
        }
        assert plans == places, name
        notes = {
            place
            for place in PLACES
            if f"The {WORD} was spoken of at {place} account." in " ".join(texts)
        }
        assert notes == {place for place, levels in places.items() if 3 in levels}, name


def test_each_role_finds_the_documents_it_may_and_nothing_else(company: Company) -> None:
    for name, expected in DOCUMENTS.items():
        with company.sessions() as session:
            readable = scope_of(session, company.askers[name], DAY).readable()
        found = company.library.search(WORD, readable, language="en", limit=100)
        assert {
            hit.passage.document for hit in found.hits if hit.passage.account is None
        } == expected, name


def test_no_tool_shows_counts_titles_or_words_of_what_may_not_be_read(company: Company) -> None:
    for name, places in FINDS.items():
        deps = company.deps(company.askers[name])
        for place in PLACES:
            account = f"The {place} one"
            if 4 in places[place]:
                answer = account_search(deps, WORD, account)
                assert answer.supported, (name, place)
                assert all(place in quote.text for quote in answer.quotes), (name, place)
            else:
                with pytest.raises(KamError):
                    account_search(deps, WORD, account)
        shown = str(account_search(deps, WORD)) + str(method_search(deps, WORD))
        for place, levels in places.items():
            if not levels:
                assert f"Plan {place}" not in shown, (name, place)
            if 3 not in levels:
                assert f"The {WORD} was spoken of at {place} account" not in shown, (name, place)
                assert f"level 3 of {place}" not in shown, (name, place)
                assert f"level 4 of {place}" not in shown, (name, place)


def test_a_passage_that_may_not_be_read_is_not_fetched_by_its_id(company: Company) -> None:
    with company.sessions() as session:
        everything = scope_of(session, OPERATOR, DAY).readable()
        narrow = scope_of(session, company.askers["foreign rep"], DAY).readable()
    hits = company.library.search(WORD, everything, language="en", limit=100).hits
    mine = set(company.texts(company.askers["foreign rep"]))
    for hit in hits:
        fetched = company.library.passage(hit.passage.id, narrow)
        assert (fetched is not None) == (hit.passage.text in mine), hit.passage.id


def test_the_unknown_find_nothing_at_all(company: Company) -> None:
    stranger = Asker(None, "stranger", Role.REP)
    with company.sessions() as session, pytest.raises(KamError):
        scope_of(session, stranger, DAY)
    with pytest.raises(KamError):
        method_search(company.deps(stranger), WORD)
