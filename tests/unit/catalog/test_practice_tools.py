"""Playbooks, duties and mandates."""

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.playbook_steps import playbook_steps
from tools.catalog.role_duties import role_duties
from tools.catalog.unit_mandate import unit_mandate
from tools.data.models import Unit
from tools.domain.vocabulary import UnitKind
from tools.errors import NotFound


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Who does what in the strategic account playbook?", "strategic_account"),
        ("戰略客戶打法有哪些步驟", "strategic_account"),
        ("industry playbook", "industry"),
        ("行业打法的步骤", "industry"),
        ("Who invites to joint events?", "joint_activities"),
        ("联合活动谁组织", "joint_activities"),
    ],
)
def test_the_playbook_that_a_question_names(world: World, question: str, key: str) -> None:
    result = playbook_steps(world.deps(), question)
    assert result.playbook.key == key
    renders(result.card())


def test_open_steps_are_said_to_be_open(world: World) -> None:
    card = playbook_steps(world.deps(), "strategic account playbook").card()
    assert english(card.headline) == (
        "The Strategic account playbook has 7 steps; the source names who is responsible for 5 "
        "of them and leaves 2 open."
    )
    assert table_rows(card)[2] == ["3", "Special development and delivery", "open"]
    assert table_rows(card)[5][2] == "sales support department"
    assert facts(card)["Open steps"] == "3, 4"
    assert len(card.missing) == 2


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("What are the duties of the key account director?", "director"),
        ("what does the account manager owe the customer", "account_manager"),
        ("高层赞助人的职责", "sponsor"),
        ("銷售負責人負責什麼", "sales_head"),
    ],
)
def test_the_role_that_a_question_names(world: World, question: str, key: str) -> None:
    result = role_duties(world.deps(), question)
    assert result.role.key == key
    assert len(table_rows(result.card())) == len(result.role.duties)
    renders(result.card())


def test_an_unknown_role_or_playbook_is_refused_with_the_known_ones(world: World) -> None:
    with pytest.raises(NotFound) as refused:
        role_duties(world.deps(), "what does the janitor do")
    assert "Executive sponsor" in refused.value.choices
    with pytest.raises(NotFound):
        playbook_steps(world.deps(), "cooking")


def test_a_mandate_as_recorded(world: World) -> None:
    head = world.unit("Head office", UnitKind.HEADQUARTERS)
    world.add(
        Unit(name="East", name_key="east", kind=UnitKind.REGION, parent_id=head,
             mandate="large projects")
    )  # fmt: skip
    card = unit_mandate(world.deps(), "East").card()
    assert english(card.headline) == "East (region) is there for: large projects."
    assert facts(card) == {
        "Level": "region",
        "Belongs to": "Head office",
        "Function": "not recorded",
        "Mandate": "large projects",
        "Resources": "not recorded",
        "Units of this level in the method": (
            "Industry application, VIP accounts, Large projects, Presales"
        ),
    }
    renders(card)
    bare = unit_mandate(world.deps(), "Head office").card()
    assert "is not recorded" in english(bare.headline)
    renders(bare)
