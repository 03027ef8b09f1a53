"""Plans and notes in the index: every edit is found by the next question, in every process."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from kam_knowledge.library import open_library
from kam_knowledge.search import Readable
from tests.homes import with_dictionary
from tools.data.database import Sessions
from tools.data.importing import ImportOptions, import_paths
from tools.data.models import Account, Interaction, OutboxEntry, Plan, PlanSection
from tools.data.outbox import leave_word
from tools.data.written import NOTES, PLAN
from tools.domain.vocabulary import Channel, PlanStatus
from tools.feed import FreshLibrary, RecordFeed

EVERYTHING = Readable(None, 4)
DAY = date(2026, 5, 4)


@dataclass
class Home:
    """Where an index is kept, where its Chroma is, and what was opened on it."""

    path: Path
    chroma: str | None
    open: list[FreshLibrary] = field(default_factory=list)


@pytest.fixture
def home(tmp_path: Path, index_folder: Path, chroma_url: str | None) -> Iterator[Home]:
    """A home with a dictionary and without documents."""
    home = Home(_home(tmp_path, index_folder), chroma_url)
    yield home
    for library in home.open:
        library.close()


def _home(home: Path, index_folder: Path) -> Path:
    (home / "documents").mkdir(parents=True)
    with_dictionary(home / "index", index_folder)
    return home


def opened(home: Home, sessions: Sessions) -> FreshLibrary:
    library = open_library(home.path, library=home.path / "documents", chroma_url=home.chroma)
    fresh = FreshLibrary(library, RecordFeed(sessions, library.index, home.path / "index"))
    home.open.append(fresh)
    return fresh


def found(library: FreshLibrary, question: str, readable: Readable = EVERYTHING) -> list[str]:
    hits = library.search(question, readable, language="en").hits
    return [hit.passage.text for hit in hits]


def add_plan(sessions: Sessions, body: str, *, level: int = 3) -> tuple[int, int]:
    """An account with a plan of one section; returns the ids of account and plan."""
    with sessions() as session:
        account = Account(name="Konex", name_key="konex")
        session.add(account)
        session.flush()
        plan = Plan(
            account_id=account.id or 0,
            title="Plan for Konex",
            period_start=DAY,
            period_end=DAY,
            updated_on=DAY,
        )
        session.add(plan)
        session.flush()
        section = PlanSection(
            plan_id=plan.id or 0, key="risks", position=1, title="Risks", body=body, level=level
        )
        session.add(section)
        leave_word(session, PLAN, [plan.id or 0])
        session.commit()
        return account.id or 0, plan.id or 0


def rewrite(sessions: Sessions, plan: int, body: str) -> None:
    with sessions() as session:
        section = session.exec(select(PlanSection).where(PlanSection.plan_id == plan)).one()
        section.body = body
        section.version += 1
        leave_word(session, PLAN, [plan])
        session.commit()


def test_an_edit_is_found_by_the_next_question_in_every_process(
    home: Home, sessions: Sessions
) -> None:
    _, plan = add_plan(sessions, "The turbine order may slip to autumn.")
    writer, other = opened(home, sessions), opened(home, sessions)
    assert found(other, "turbine order") == ["The turbine order may slip to autumn."]
    for turn in range(5):
        rewrite(sessions, plan, f"The turbine order moved {turn} times.")
        assert found(writer, "turbine order") == [f"The turbine order moved {turn} times."]
        assert found(other, "turbine order") == [f"The turbine order moved {turn} times."]
    assert writer.feed.disagreements() == []


def test_two_folders_follow_one_database(
    home: Home, index_folder: Path, tmp_path: Path, sessions: Sessions
) -> None:
    second = _home(tmp_path / "second", index_folder)
    _, plan = add_plan(sessions, "The turbine order may slip.")
    here, there = opened(home, sessions), opened(replace(home, path=second), sessions)
    assert found(here, "turbine order") == found(there, "turbine order")
    rewrite(sessions, plan, "The turbine order is safe.")
    assert found(here, "turbine order") == ["The turbine order is safe."]
    assert found(there, "turbine order") == ["The turbine order is safe."]


def test_what_a_person_may_not_read_is_not_found(home: Home, sessions: Sessions) -> None:
    account, _ = add_plan(sessions, "The turbine budget is held by the chairman.", level=4)
    library = opened(home, sessions)
    assert found(library, "turbine budget", Readable(frozenset({account}), 2)) != []
    for readable in (Readable(frozenset(), 2), Readable(frozenset({account + 1}), 2)):
        finding = library.search("turbine budget", readable, language="en")
        assert (finding.hits, finding.supported) == ((), False)
    hit = library.search("turbine budget", EVERYTHING, language="en").hits[0]
    assert library.passage(hit.passage.id, Readable(frozenset(), 2)) is None


def test_a_superseded_plan_leaves_the_index(home: Home, sessions: Sessions) -> None:
    _, plan = add_plan(sessions, "The turbine order may slip.")
    library = opened(home, sessions)
    assert found(library, "turbine order") != []
    with sessions() as session:
        session.get_one(Plan, plan).status = PlanStatus.SUPERSEDED
        leave_word(session, PLAN, [plan])
        session.commit()
    assert found(library, "turbine order") == []
    assert library.feed.disagreements() == []


def test_notes_of_meetings_are_found(home: Home, sessions: Sessions) -> None:
    account, _ = add_plan(sessions, "Nothing here.")
    with sessions() as session:
        session.add(
            Interaction(
                account_id=account,
                held_on=DAY,
                channel=Channel.VISIT,
                summary="They want a second compressor before winter.",
                source="test",
            )
        )
        leave_word(session, NOTES, [account])
        session.commit()
    library = opened(home, sessions)
    (hit, *_) = library.search("second compressor", EVERYTHING, language="en").hits
    assert hit.passage.text == "They want a second compressor before winter."
    assert (hit.passage.account, hit.passage.level, hit.passage.section) == (
        account,
        3,
        "2026-05-04",
    )


def test_a_change_without_word_is_a_disagreement_until_rebuilt(
    home: Home, sessions: Sessions
) -> None:
    _, plan = add_plan(sessions, "The turbine order may slip.")
    library = opened(home, sessions)
    library.feed.catch_up()
    with sessions() as session:
        session.exec(select(PlanSection)).one().body = "Changed behind our back."
        session.commit()
    assert library.feed.disagreements() == [f"plan:{plan}"]
    assert library.feed.rebuild() == 1
    assert library.feed.disagreements() == []


def test_imported_notes_are_found_and_word_is_left_once(
    home: Home, sessions: Sessions, tmp_path: Path
) -> None:
    add_plan(sessions, "Nothing here.")
    library = opened(home, sessions)
    library.feed.catch_up()
    (tmp_path / "visits.csv").write_text(
        "account,held_on,summary\nKonex,2026-03-04,The boiler contract ends in May.\n"
    )
    for _ in range(2):
        import_paths(
            sessions, [tmp_path / "visits.csv"], ImportOptions(today=DAY, kind="interactions")
        )
        assert found(library, "boiler contract") == ["The boiler contract ends in May."]
    with sessions() as session:
        assert [row.kind for row in session.exec(select(OutboxEntry))] == ["plan", "notes"]


def test_a_search_is_kept_to_the_method_or_to_one_account(home: Home, sessions: Sessions) -> None:
    account, _ = add_plan(sessions, "The turbine order may slip.")
    (home.path / "documents" / "en").mkdir()
    (home.path / "documents" / "en" / "turbines.md").write_text("# Turbines\n\nA turbine order.\n")
    library = opened(home, sessions)
    method, plan = "A turbine order.", "The turbine order may slip."
    for narrowed, texts in (
        ({}, {method, plan}),
        ({"about": frozenset()}, {method}),
        ({"method": False}, {plan}),
        ({"method": False, "about": frozenset({account})}, {plan}),
        ({"method": False, "about": frozenset({account + 1})}, set()),
    ):
        readable = replace(EVERYTHING, **narrowed)
        assert set(found(library, "turbine order", readable)) == texts
        near = library.library.index.nearest("turbine order", readable, 5)
        assert len(near) == len(texts)
