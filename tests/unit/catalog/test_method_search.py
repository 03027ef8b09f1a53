"""What the methodology says, word for word, and when it says nothing."""

from dataclasses import dataclass, field, replace

from kam_knowledge.documents import Passage
from kam_knowledge.search import Finding, Hit, Readable
from tests.unit.catalog.world import World, english, renders
from tools.catalog.method_search import method_search
from tools.deps import Deps
from tools.domain.extract import best_sentences
from tools.domain.vocabulary import Role

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
    asked: list[tuple[Readable, str]] = field(default_factory=list)

    def search(
        self, question: str, readable: Readable, *, language: str, limit: int = 5
    ) -> Finding:
        self.asked.append((readable, language))
        return Finding(tuple(Hit(p, 1.0, ()) for p in self.passages), self.supported)

    def passage(self, passage_id: str, readable: Readable) -> Passage | None:
        return next((p for p in self.passages if p.id == passage_id), None)


def with_library(deps: Deps, shelf: Shelf) -> Deps:
    return replace(deps, library=shelf)


def test_the_best_sentence_is_cited_and_the_passages_quoted(world: World) -> None:
    shelf = Shelf(supported=True)
    answer = method_search(
        with_library(world.deps(), shelf), "Who reviews the plan, the executive sponsor?"
    )
    assert not answer.abstained
    card = answer.card()
    assert english(card.headline) == (
        "The executive sponsor reviews the plan and guides its actions. "
        "(Three roles: Executive sponsor)"
    )
    assert [(q.passage, q.document, q.section) for q in card.quotes] == [
        ("p1", "Three roles", "Executive sponsor"),
        ("p2", "Plans", "Review"),
    ]
    assert card.quotes[0].text == SPONSOR.text
    assert english(card.basis[0]) == "Sources: K2"
    renders(card)


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
        (Readable(frozenset({own}), 2), "en"),
        (Readable(frozenset(), 0), "en"),
        (Readable(None, 4), "en"),
    ]


def test_sentences_in_chinese_are_compared_by_pairs_of_characters() -> None:
    found = best_sentences(
        "谁来审阅客户计划？", ["今天天气很好很好很好。高层赞助人负责审阅客户计划并指导行动。"]
    )
    assert [e.sentence for e in found] == ["高层赞助人负责审阅客户计划并指导行动。"]


def test_no_shared_word_gives_the_first_sentence() -> None:
    found = best_sentences("谁负责？", ["The owner answers for it all. Then a second one."])
    assert [e.sentence for e in found] == ["The owner answers for it all."]
    assert best_sentences("who?", []) == ()
