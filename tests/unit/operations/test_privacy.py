"""What is held of a person is told whole and erased everywhere, and the trail still holds."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, SQLModel, select

from tests.unit.catalog.world import TODAY, World
from tests.unit.changes.records import renamed
from tools import audit
from tools.changes import confirm, drafting
from tools.data.models import (
    Account,
    AuditEntry,
    ChangeSet,
    Contact,
    Interaction,
    OutboxEntry,
    Person,
    PersonAlias,
    Plan,
    PlanSection,
    Preference,
)
from tools.domain.names import name_key
from tools.domain.vocabulary import ChangeStatus, Stance
from tools.errors import Ambiguous, NotFound
from tools.privacy import Subject, erase, held, subject_named
from tools.privacy.files import write_held
from tools.retention import end_old
from tools.text import text

NOW = datetime(2018, 1, 1, 9, tzinfo=UTC)


def contact(world: World, account: int, name: str, **more: object) -> int:
    facts = {"as_of": TODAY, "source": "card"} | more
    return world.add(Contact(account_id=account, name=name, name_key=name_key(name), **facts))


def note(world: World, account: int, summary: str) -> int:
    return world.add(Interaction(account_id=account, held_on=TODAY, summary=summary, source="test"))


def named(world: World, name: str) -> Subject:
    with world.sessions() as session:
        return subject_named(session, name)


def whole(world: World) -> str:
    """Every value of the database as one text."""
    with world.sessions() as session:
        tables = SQLModel.metadata.sorted_tables
        rows = [session.connection().execute(select(table)).all() for table in tables]
    return "\n".join(str(row) for found in rows for row in found)


@pytest.fixture
def erased(world: World) -> World:
    """A contact whose name went into notes, a plan, changes and the trail, then erased."""
    konex = world.account("Konex", city="Lyon")
    world.account("Other")
    dates = {"period_start": TODAY, "period_end": TODAY, "updated_on": TODAY}
    world.add(Plan(account_id=konex, title="P", **dates))
    world.add(PlanSection(plan_id=1, key="k", position=1, title="t", body="Ask 王小明 first."))
    facts = {"email": "wang@konex.example", "phone": "+86 21 5550", "stance": Stance.SCEPTIC}
    number = contact(world, konex, "王小明", **facts)
    note(world, konex, "Met 王小明 (wang@konex.example); 王小明 agreed. Traditional: 王小明.")
    with drafting(world.deps()) as draft:
        draft.change(draft.session.get_one(Contact, number), title="CTO", email="w2@konex.example")
        change = draft.propose(text("Change 王小明", "修改王小明")).change_id
    confirm(world.deps(), change)
    with drafting(world.deps()) as draft:
        draft.change(draft.session.get_one(Contact, number), title="CEO")
        draft.propose(text("Promote 王小明", "晋升王小明"))
    with world.sessions() as session:
        said = {"actor_id": None, "actor": "operator", "surface": "t"}
        audit.append(session, at=NOW, action="backed up", detail={"rows": 3}, **said)
        session.commit()
    erase(world.deps(), named(world, "王小明"))
    return world


def test_nothing_names_an_erased_contact(erased: World) -> None:
    kept = whole(erased)
    for gone in ("王小明", "wang@konex", "w2@konex", "21 5550", "CTO", "CEO", "SCEPTIC"):
        assert gone not in kept
    with erased.sessions() as session:
        assert session.get_one(Contact, 1).name == "Erased contact 1"
        assert session.exec(select(Interaction.summary)).one().startswith("Met Erased contact 1 (")
        assert session.exec(select(PlanSection.body)).one() == "Ask Erased contact 1 first."
        assert session.get_one(Account, 1).name == "Konex"


def test_the_trail_holds_after_an_erasure_and_shows_a_false_one(erased: World) -> None:
    with erased.sessions() as session:
        verdict = audit.verify(session)
        assert verdict.sound
        assert verdict.erased == 3
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "change applied")).one()
        assert entry.detail["rows"][0]["after"] == {"title": None, "email": None}
        entry.detail = {"title": "nothing"}
        session.commit()
        assert audit.verify(session).broken == (entry.id,)


def test_what_waits_is_dropped_and_the_index_hears_of_it(erased: World) -> None:
    with erased.sessions() as session:
        statuses = session.exec(select(ChangeSet.status).order_by(ChangeSet.id)).all()
        assert statuses == [ChangeStatus.APPLIED, ChangeStatus.CANCELLED]
        words = {(o.kind, o.key) for o in session.exec(select(OutboxEntry))}
        assert words == {("notes", "1"), ("plan", "1")}


def test_a_name_that_others_bear_goes_within_the_account_alone(world: World) -> None:
    own, other = world.account("Konex"), world.account("Other")
    number = contact(world, own, "Anna Lee")
    contact(world, other, "Anna Lee")
    note(world, own, "Anna Lee called; Anna Leeds did not.")
    note(world, other, "Anna Lee called.")
    with pytest.raises(Ambiguous, match="contact:1 Anna Lee \\(Konex\\)"):
        named(world, "Anna Lee")
    done = erase(world.deps(), named(world, f"contact:{number}"))
    assert [m.row["id"] for m in done.left] == [2]
    with world.sessions() as session:
        said = session.exec(select(Interaction.summary).order_by(Interaction.id)).all()
        assert said == ["Erased contact 1 called; Anna Leeds did not.", "Anna Lee called."]


def test_an_erased_colleague_keeps_figures_but_no_name(world: World) -> None:
    account = world.account("Konex", city="Lyon")
    anna = world.person("Anna Snelling")
    world.covers(anna, account)
    world.add(PersonAlias(person_id=anna, name="安娜", name_key="安娜"))
    with world.sessions() as session:
        session.add(Preference(person_id=anna))
        session.commit()
    asker = world.asker(anna)
    confirm(world.deps(asker), renamed(world.deps(asker), account, city="Paris").change_id)
    erase(world.deps(), named(world, "安娜"))
    kept = whole(world)
    assert "Anna Snelling" not in kept
    assert "安娜" not in kept
    with world.sessions() as session:
        person = session.get_one(Person, anna)
        assert (person.name, person.active) == ("Erased person 1", False)
        assert session.exec(select(Preference)).all() == []
        assert audit.verify(session).sound
        actors = {e.actor for e in session.exec(select(AuditEntry)) if e.actor_id == anna}
        assert actors == {"Erased person 1"}


def test_all_that_is_held_is_in_the_file(world: World, tmp_path: Path) -> None:
    account = world.account("Konex")
    contact(world, account, "王小明", email="w@konex.example")
    note(world, account, "Met 王小明.")
    with world.sessions() as session:
        found = held(session, subject_named(session, "w@konex.example"))
    write_held(found, {"t": ["human: 王小明?"]}, tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert data["records"]["contact"][0]["email"] == "w@konex.example"
    assert [m["table"] for m in data["mentions"]] == ["interaction"]
    assert data["conversations"] == {"t": ["human: 王小明?"]}
    write_held(found, {}, tmp_path / "a.xlsx")
    cells = [c.value for row in load_workbook(tmp_path / "a.xlsx").active for c in row]
    assert "w@konex.example" in cells
    with pytest.raises(NotFound, match="Nobody"), world.sessions() as session:
        subject_named(session, "nobody")


def test_proposals_nobody_decided_on_expire_once(world: World) -> None:
    number = world.account("Konex", city="Lyon")
    renamed(world.deps(), number, city="Paris")
    assert end_old(world.sessions, NOW, 30).proposals == 0
    later = NOW + timedelta(days=3)
    assert end_old(world.sessions, later, 30).proposals == 1
    assert end_old(world.sessions, later, 30).proposals == 0
    with world.sessions() as session:
        assert session.exec(select(ChangeSet.status)).one() is ChangeStatus.EXPIRED
        assert _actions(session) == ["change proposed", "old data ended"]


def _actions(session: Session) -> list[str]:
    return list(session.exec(select(AuditEntry.action).order_by(AuditEntry.id)))
