"""Terms of the field, by any of their names."""

from dataclasses import replace

import pytest

from kam_knowledge.glossary import terms
from tests.unit.catalog.world import World, english, renders
from tools.catalog.explain_term import explain_term
from tools.errors import NotFound
from tools.text import Language, show


@pytest.mark.parametrize(
    ("asked", "term", "near"),
    [
        ("share of wallet", "share-of-wallet", False),
        ("Share-of-Wallet", "share-of-wallet", False),
        ("钱包份额", "share-of-wallet", False),
        ("錢包份額", "share-of-wallet", False),
        ("SOW", "share-of-wallet", False),
        ("share of walet", "share-of-wallet", True),
        ("ESP+", "esp-plus", False),
    ],
)
def test_found_by_name_script_alias_and_typo(
    world: World, asked: str, term: str, near: bool
) -> None:
    found = explain_term(world.deps(), asked)
    assert (found.term.id, found.near) == (term, near)


def test_every_term_can_be_shown_and_is_found_by_its_names(world: World) -> None:
    deps = world.deps()
    for term in terms().values():
        for name in (term.en, term.zh):
            found = explain_term(deps, name)
            assert name in found.term.names
        renders(found.card())


def test_taiwan_s_own_word_is_used_for_its_readers(world: World) -> None:
    deps = replace(world.deps(), language=Language.TRADITIONAL)
    card = explain_term(deps, "share of wallet").card()
    assert show(card.headline, Language.TRADITIONAL).startswith("荷包佔有率（share of wallet）：")
    assert english(card.headline).startswith("share of wallet: ")


def test_an_unknown_term_offers_the_nearest(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        explain_term(world.deps(), "wallet sharing economy")
    assert "share of wallet" in refusal.value.choices
