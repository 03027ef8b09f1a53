"""One person at a customer: what is told of them, whom a name means, and who may ask."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders
from tools.catalog.contact import contact
from tools.data.models import Contact
from tools.domain.vocabulary import Layer, Stance
from tools.errors import Ambiguous, BadInput, NotAllowed, NotFound
from tools.privacy.erasing import erase
from tools.privacy.subject import subject_named
from tools.text import Language


@pytest.fixture
def konex(world: World) -> int:
    return world.account("Konex")


def full(world: World, account: int, name: str = "Li Na", **more: Any) -> Contact:
    """A contact of whom everything is recorded but the superior."""
    given: dict[str, Any] = {
        "title": "purchasing manager",
        "department": "Purchasing",
        "layer": Layer.MANAGEMENT,
        "stance": Stance.SCEPTIC,
        "decides": False,
        "holds_budget": True,
        "email": "li@konex.example",
        "phone": "+86 21 5555 0101",
        "interests": "payment terms",
    }
    return world.contact(account, name, **(given | more))


def test_all_that_is_recorded_is_shown(world: World, konex: int) -> None:
    boss = world.contact(konex, "Wu Gang", title="general manager")
    her = full(world, konex, reports_to_id=boss.id, confirmed=True)
    world.contact(konex, "Zhao Yi", reports_to_id=her.id)
    world.contact(konex, "An Bo", reports_to_id=her.id)
    world.contact(konex, "Ex Clerk", reports_to_id=her.id, left_on=TODAY - timedelta(days=9))
    world.met(konex, TODAY - timedelta(days=12), her)
    world.met(konex, TODAY - timedelta(days=40), her)
    world.met(konex, TODAY + timedelta(days=3), her)
    card = contact(world.deps(), "Li Na").card()
    assert english(card.headline) == (
        "Li Na at Konex: purchasing manager, Purchasing, e-mail li@konex.example, "
        "phone +86 21 5555 0101, reports to Wu Gang, general manager, interests: payment terms."
    )
    assert facts(card) == {
        "Title": "purchasing manager",
        "Department": "Purchasing",
        "E-mail": "li@konex.example",
        "Phone": "+86 21 5555 0101",
        "Reports to": "Wu Gang, general manager",
        "Report to them": "An Bo, Zhao Yi",
        "Layer": "management",
        "Stance": "sceptic",
        "Decides": "no",
        "Holds the budget": "yes",
        "Interests": "payment terms",
        "Last met": "2017-12-20",
        "Recorded": "test, as of 2018-01-01, confirmed",
    }
    assert card.missing == ()
    renders(card)


def test_what_is_not_recorded_is_said_in_the_answer(world: World, konex: int) -> None:
    world.contact(konex, "Li Na", title="buyer")
    card = contact(world.deps(), "Li Na").card()
    assert english(card.headline) == (
        "Li Na at Konex: buyer, no e-mail, no phone number, no superior, no interests recorded."
    )
    assert card.headline.render(Language.SIMPLIFIED) == (
        "Konex的Li Na：buyer，没有登记邮箱、电话、上级、兴趣。"
    )
    assert [english(line) for line in card.missing] == [
        f"Not recorded: {field}"
        for field in ("Department", "E-mail", "Phone", "Reports to", "Layer", "Stance", "Interests")
    ]
    assert facts(card)["Last met"] == "never"
    renders(card)


def test_whoever_left_is_said_to_have_left(world: World, konex: int) -> None:
    gone = full(world, konex, left_on=date(2017, 12, 31))
    below = world.contact(konex, "An Bo", reports_to_id=gone.id)
    card = contact(world.deps(), "Li Na").card()
    assert english(card.headline).startswith("Li Na left Konex on 2017-12-31. Last recorded: ")
    assert facts(card)["Left on"] == "2017-12-31"
    assert card.next == ()
    renders(card)
    superior = facts(contact(world.deps(), below.name).card())["Reports to"]
    assert superior == "Li Na (has left)"


def test_a_day_to_come_is_no_leaving_yet(world: World, konex: int) -> None:
    full(world, konex, left_on=TODAY + timedelta(days=1))
    assert english(contact(world.deps(), "Li Na").card().headline).startswith("Li Na at Konex:")


@pytest.mark.parametrize(
    ("said", "account"),
    [("Li Na", ""), ("li na", "Konex"), ("Na", "Konex"), ("Li Naa", ""), ("Li Na", "konex"),
     ("purchasing manager", "Konex"), ("Purchasing", "Konex")],
)  # fmt: skip
def test_whom_a_name_means(world: World, konex: int, said: str, account: str) -> None:
    full(world, konex)
    world.contact(konex, "Wu Gang", title="general manager")
    world.contact(world.account("Acme"), "Otto", title="purchasing manager")
    assert contact(world.deps(), said, account).contact.name == "Li Na"


def test_a_title_alone_means_nobody(world: World, konex: int) -> None:
    full(world, konex)
    with pytest.raises(NotFound):
        contact(world.deps(), "purchasing manager")


def test_namesakes_are_told_apart_by_account_or_title(world: World, konex: int) -> None:
    full(world, konex)
    full(world, world.account("Acme"), title="CFO")
    with pytest.raises(Ambiguous) as asked:
        contact(world.deps(), "Li Na")
    assert (asked.value.parameter, asked.value.choices) == ("account", ("Acme", "Konex"))
    assert contact(world.deps(), "Li Na", "Acme").contact.title == "CFO"
    full(world, konex, title="buyer")
    with pytest.raises(Ambiguous) as again:
        contact(world.deps(), "Li Na", "Konex")
    assert again.value.parameter == "contact"
    assert set(again.value.choices) == {"Li Na, buyer", "Li Na, purchasing manager"}
    assert contact(world.deps(), "Li Na, buyer", "Konex").contact.title == "buyer"


def test_who_is_there_comes_before_a_namesake_who_left(world: World, konex: int) -> None:
    full(world, konex, title="old", left_on=date(2016, 1, 1))
    full(world, konex, title="new")
    assert contact(world.deps(), "Li Na").contact.title == "new"


def test_several_of_one_title_are_a_question(world: World, konex: int) -> None:
    full(world, konex)
    full(world, konex, "Ma Li")
    with pytest.raises(Ambiguous) as asked:
        contact(world.deps(), "purchasing manager", "Konex")
    assert asked.value.choices == ("Li Na", "Ma Li")


def test_nobody_of_that_name(world: World, konex: int) -> None:
    full(world, konex)
    with pytest.raises(NotFound) as missing:
        contact(world.deps(), "Quentin", "Konex")
    assert missing.value.choices == ("Li Na",)
    with pytest.raises(NotFound) as anywhere:
        contact(world.deps(), "Quentin")
    assert anywhere.value.choices == ()
    with pytest.raises(BadInput):
        contact(world.deps(), " ")


def test_only_those_who_read_the_account_in_full_hear_of_its_people(
    world: World, konex: int
) -> None:
    full(world, konex)
    rita, stranger = world.person("Rita"), world.person("Dora")
    world.covers(rita, konex)
    hers = world.deps(world.asker(rita))
    assert contact(hers, "Li Na").contact.email == "li@konex.example"
    other = world.deps(world.asker(stranger))
    with pytest.raises(NotAllowed):
        contact(other, "Li Na", "Konex")
    with pytest.raises(NotFound) as unknown:
        contact(other, "Li Na")
    assert unknown.value.choices == ()


def test_a_superior_at_an_account_of_others_is_not_told(world: World, konex: int) -> None:
    above = world.contact(world.account("Konex Holding"), "Chairman Qi")
    full(world, konex, reports_to_id=above.id)
    rita = world.person("Rita")
    world.covers(rita, konex)
    assert contact(world.deps(world.asker(rita)), "Li Na").superior is None
    assert contact(world.deps(), "Li Na").superior is not None


def test_of_the_erased_nothing_is_told(world: World, konex: int) -> None:
    boss = full(world, konex, "Wu Gang")
    below = full(world, konex, reports_to_id=boss.id)
    with world.sessions() as session:
        subject = subject_named(session, "Wu Gang")
    erase(world.deps(), subject)
    for said in ("Wu Gang", subject.pseudonym):
        with pytest.raises(NotFound) as unknown:
            contact(world.deps(), said, "Konex")
        assert unknown.value.choices == (below.name,)
    assert "no superior recorded" in english(contact(world.deps(), "Li Na").card().headline)
