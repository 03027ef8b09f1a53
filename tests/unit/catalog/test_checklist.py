"""Checklists as the method has them, by the names people use."""

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.checklist import checklist
from tools.errors import NotFound
from tools.text import Language, show


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("acquisition plan", "acquisition_plan"),
        ("Acquisition Plan checklist", "acquisition_plan"),
        ("获取计划", "acquisition_plan"),
        ("獲取計劃清單", "acquisition_plan"),
        ("handover", "handover"),
        ("hand over", "handover"),
        ("penetraton plan", "penetration_plan"),
        ("information_levels", "information_levels"),
        ("客户评审", "account_review"),
        ("targeting", "targeting"),
    ],
)
def test_found_by_name_alias_script_and_typo(world: World, asked: str, key: str) -> None:
    assert checklist(world.deps(), asked).checklist.key == key


def test_the_card_lists_every_item_with_its_origin(world: World) -> None:
    card = checklist(world.deps(), "penetration plan").card()
    assert card.table is not None
    assert card.table.total == len(card.table.rows) == 6
    assert english(card.headline).startswith("The checklist “Penetration plan” has 6 items.")
    assert [english(row[3]) for row in card.table.rows] == ["house"] * 6
    assert show(card.table.rows[0][1], Language.TRADITIONAL) == "關係：不止一個聯絡人，層級夠高"
    renders(card)


def test_an_unknown_one_offers_all(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        checklist(world.deps(), "wedding planning")
    assert len(refusal.value.choices) == 12
