"""What plans and notes say: quoted, within the asker's rights, never invented."""

from dataclasses import replace

import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.search import Readable
from tests.unit.catalog.test_method_search import Shelf, with_library
from tests.unit.catalog.world import World, english, renders
from tools.catalog.account_search import account_search
from tools.errors import NotAllowed

NOTE = Passage(
    "n1", "notes-1", "Konex", "2026-05-04", "en", "They fear late delivery.", "1", 3, account=1
)


def test_a_note_is_quoted_with_its_account_and_day(world: World) -> None:
    own = world.account("Konex")
    shelf = Shelf(supported=False, passages=(replace(NOTE, account=own),))
    answer = account_search(with_library(world.deps(), shelf), "delivery?", account="Konex")
    card = answer.card()
    assert english(card.headline) == "They fear late delivery. (Konex: 2026-05-04)"
    assert [quote.passage for quote in card.quotes] == ["n1"]
    assert not answer.abstained
    renders(card)


def test_only_that_account_s_words_are_searched_with_the_asker_s_rights(world: World) -> None:
    own, other = world.account("Konex"), world.account("Other")
    anna = world.person("Anna")
    world.covers(anna, own)
    shelf = Shelf(supported=True, passages=(NOTE,))
    deps = with_library(world.deps(world.asker(anna)), shelf)
    account_search(deps, "delivery?", account="Konex")
    account_search(deps, "delivery?")
    assert shelf.asked == [
        (
            Readable(frozenset({own}), 2, frozenset(), method=False, about=frozenset({own})),
            "en",
        ),
        (Readable(frozenset({own}), 2, frozenset(), method=False), "en"),
    ]
    with pytest.raises(NotAllowed):
        account_search(deps, "delivery?", account="Other")
    assert other != own


def test_nothing_written_is_said(world: World) -> None:
    world.account("Konex")
    shelf = Shelf(supported=True, passages=())
    answer = account_search(with_library(world.deps(), shelf), "delivery?", account="Konex")
    assert answer.abstained
    assert english(answer.card().headline) == (
        "No plan or note of Konex that you may read speaks of “delivery?”."
    )
    renders(answer.card())


def test_over_all_accounts_weak_support_is_no_answer(world: World) -> None:
    shelf = Shelf(supported=False, passages=(NOTE,))
    answer = account_search(with_library(world.deps(), shelf), "weather?")
    assert answer.abstained
    assert [english(line) for line in answer.card().next] == ["Nearest: Konex: 2026-05-04"]
    renders(answer.card())
