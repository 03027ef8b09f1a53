"""What the methodology says, word for word, and when it says nothing."""

from dataclasses import dataclass, field, replace

import pytest

from kam_knowledge.documents import Passage
from kam_knowledge.search import Finding, Hit, Readable
from tests.unit.catalog.world import World, english, renders
from tools.catalog.method_search import method_search
from tools.deps import Deps
from tools.domain.extract import answer_in
from tools.domain.vocabulary import Role
from tools.text import Language

SPONSOR = Passage(
    "p1",
    "roles",
    "Three roles",
    "Executive sponsor",
    "en",
    "# Executive sponsor\n\nA good team shares its news with everybody each week.\n\n"
    "- The **executive sponsor** reviews the plan and guides its actions.\n"
    "| step | owner |\n",
    "1",
    sources=("K2",),
)
PLAN = Passage("p2", "plans", "Plans", "Review", "en", "A plan is current or it is not.", "1")


@dataclass
class Shelf:
    """A library that answers with fixed passages and remembers what it was asked."""

    supported: bool
    passages: tuple[Passage, ...] = (SPONSOR, PLAN)
    scores: tuple[float, ...] = (1.0, 1.0)
    asked: list[tuple[Readable, str]] = field(default_factory=list)

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        self.asked.append((readable, language))
        scored = zip(self.passages, self.scores, strict=False)
        return Finding(tuple(Hit(p, score, ()) for p, score in scored), self.supported)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        return next((p for p in self.passages if p.id == passage_id), None)


def with_library(deps: Deps, shelf: Shelf) -> Deps:
    return replace(deps, library=shelf)


def test_the_answer_is_quoted_with_its_place(world: World) -> None:
    shelf = Shelf(supported=True)
    answer = method_search(
        with_library(world.deps(), shelf), "Who reviews the plan, the executive sponsor?"
    )
    assert not answer.abstained
    card = answer.card()
    assert english(card.headline) == (
        "A good team shares its news with everybody each week.\n"
        "- The executive sponsor reviews the plan and guides its actions.\n"
        "step · owner (Three roles: Executive sponsor)"
    )
    assert [(q.passage, q.document, q.section) for q in card.quotes] == [
        ("p1", "Three roles", "Executive sponsor"),
        ("p2", "Plans", "Review"),
    ]
    assert english(card.facts[0].label) == "Plans: Review"
    assert english(card.basis[0]) == "Sources: K2"
    renders(card)


def test_a_passage_much_less_near_is_only_named(world: World) -> None:
    shelf = Shelf(supported=True, scores=(1.0, 0.8))
    card = method_search(with_library(world.deps(), shelf), "sponsor?").card()
    assert [quote.passage for quote in card.quotes] == ["p1"]
    assert [english(line) for line in card.next] == ["Read on: Plans: Review"]


def test_traditional_readers_get_the_method_in_their_script_and_plans_as_written(
    world: World,
) -> None:
    method = replace(PLAN, title="计划", section="评审", text="软件客户的计划由总监审阅。")
    plan = replace(method, id="p3", account=7)
    shelf = Shelf(supported=True, passages=(method, plan))
    deps = replace(with_library(world.deps(), shelf), language=Language.TRADITIONAL)
    answer = method_search(deps, "誰審閱？")
    assert [quote.text for quote in answer.quotes] == [
        "軟體客戶的計劃由總監審閱。",
        "软件客户的计划由总监审阅。",
    ]
    assert answer.quotes[0].document == "計劃"


def test_a_question_without_support_is_not_answered(world: World) -> None:
    answer = method_search(with_library(world.deps(), Shelf(supported=False)), "Capital of Peru?")
    assert answer.abstained
    card = answer.card()
    assert english(card.headline) == "The methodology does not answer “Capital of Peru?”."
    assert not card.quotes
    assert [english(line) for line in card.next] == [
        "Nearest: Three roles: Executive sponsor",
        "Nearest: Plans: Review",
    ]
    renders(card)


def test_the_opening_of_a_document_is_cited_by_its_title(world: World) -> None:
    opening = replace(PLAN, section="")
    answer = method_search(
        with_library(world.deps(), Shelf(supported=True, passages=(opening,))), "plan?"
    )
    assert english(answer.card().headline) == "A plan is current or it is not. (Plans)"


def test_support_without_passages_is_no_answer(world: World) -> None:
    nothing = Shelf(supported=True, passages=())
    assert method_search(with_library(world.deps(), nothing), "What?").abstained


def test_the_search_runs_with_the_asker_s_rights_and_language(world: World) -> None:
    shelf = Shelf(supported=True)
    own = world.account("Alpha")
    anna = world.person("Anna")
    world.covers(anna, own)
    newcomer = world.person("Nell", role=Role.NEWCOMER)
    for person in (anna, newcomer):
        method_search(with_library(world.deps(world.asker(person)), shelf), "plan?")
    method_search(with_library(world.deps(), shelf), "plan?")
    assert shelf.asked == [
        (Readable(frozenset({own}), 2, frozenset(), about=frozenset()), "en"),
        (Readable(frozenset(), 0, frozenset(), about=frozenset()), "en"),
        (Readable(None, 4, None, about=frozenset()), "en"),
    ]


LONG = """Every project at a key account is watched. It has an owner.

The duties are:

- Reviews the account plan and guides its actions.
- Introduces the manager to the customer's top.

| level | reader |
|---|---|
| 1 | **everybody** |

Nothing else is said here about anything at all.
"""


@pytest.mark.parametrize(
    ("question", "room", "answer"),
    [
        (
            "who reviews the plan?",
            50,
            "The duties are:\n- Reviews the account plan and guides its actions.\n"
            "- Introduces the manager to the customer's top.",
        ),
        ("which reader has level 1?", 30, "level · reader\n1 · everybody"),
        ("an owner?", 15, "It has an owner."),
        ("zebra", 32, "Every project at a key account is watched. It has an owner."),
    ],
)
def test_the_block_that_answers_is_given_whole(question: str, room: int, answer: str) -> None:
    assert answer_in(question, LONG, room) == answer


def test_a_short_passage_is_given_whole() -> None:
    assert answer_in("anything", "# Title\n\nOne.\n\nTwo.", 100) == "One.\nTwo."


def test_of_a_long_chinese_paragraph_the_nearest_sentences_are_given() -> None:
    words = (
        "今天天气很好很好很好。" * 10
        + "高层赞助人负责审阅客户计划。并指导行动。"
        + "以后再说。" * 10
    )
    assert answer_in("谁来审阅客户计划？", words, 20) == "高层赞助人负责审阅客户计划。并指导行动。"


def test_a_number_with_its_point_does_not_end_a_sentence() -> None:
    items = "Items:\n" + "\n".join(f"{n}. Item number {n} of the list." for n in range(1, 30))
    given = answer_in("item 3", items, 60).splitlines()
    assert all(line.endswith((".", ":")) and "Item" in line for line in given)
