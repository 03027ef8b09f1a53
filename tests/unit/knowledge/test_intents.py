"""A classifier of questions: what it learns, keeps and says."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_knowledge.intents import NOWHERE, Intents, learned
from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.terms import terms_of

OWNER, STAND_IN = 11, 22
LESSONS = [
    ("who owns the account", OWNER),
    ("who is the owner of this account", OWNER),
    ("whose account is it", OWNER),
    ("这个客户归谁负责", OWNER),
    ("这家客户归谁管", OWNER),
    ("who stands in during the holidays", STAND_IN),
    ("the rep is on holiday, who stands in", STAND_IN),
    ("休假的时候谁来代管", STAND_IN),
    ("休假了谁代管", STAND_IN),
    ("what is the weather like", NOWHERE),
    ("will the weather be fine", NOWHERE),
    ("今天天气怎么样", NOWHERE),
    ("明天天气好吗", NOWHERE),
]


@pytest.fixture(scope="module")
def lexicon(index_folder: Path) -> Lexicon:
    return load_lexicon(index_folder)


@pytest.fixture(scope="module")
def intents(tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Intents:
    found = learned(tmp_path_factory.mktemp("intents"), "1", lexicon, LESSONS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("the owner of which account", OWNER),
        ("who stands in over the holiday", STAND_IN),
        ("fine weather", NOWHERE),
        ("客户归谁", OWNER),
        ("誰來代管", STAND_IN),
        ("天气", NOWHERE),
    ],
)
def test_the_place_asked_for_comes_first(
    intents: Intents, lexicon: Lexicon, question: str, place: int
) -> None:
    margins = intents.margins(terms_of(question, lexicon))
    assert next(iter(margins)) == place
    assert list(margins.values()) == sorted(margins.values(), reverse=True)
    assert set(margins) == intents.known == {OWNER, STAND_IN, NOWHERE}


def test_words_that_were_never_seen_speak_for_no_place(intents: Intents, lexicon: Lexicon) -> None:
    assert intents.margins(terms_of("zyx wvu", lexicon)) == {}
    assert intents.margins(terms_of("", lexicon)) == {}


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_a_margin_for_every_place(
    intents: Intents, lexicon: Lexicon, text: str
) -> None:
    margins = intents.margins(terms_of(text, lexicon))
    assert all(abs(margin) < 10 for margin in margins.values())
    assert len(margins) in {0, 3}


def test_what_was_learned_is_read_again_and_another_lesson_replaces_it(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    first = learned(tmp_path, "1", lexicon, LESSONS)
    again = learned(tmp_path, "1", lexicon, iter(()))
    assert first is not None
    assert again is not None
    terms = terms_of("who owns it", lexicon)
    assert again.margins(terms) == first.margins(terms)

    moved = [(text, OWNER + 1 if place == OWNER else place) for text, place in LESSONS]
    other = learned(tmp_path, "2", lexicon, moved)
    assert other is not None
    assert next(iter(other.margins(terms))) == OWNER + 1
    assert len(list(tmp_path.iterdir())) == 2


def test_two_places_are_told_apart_and_one_teaches_nothing(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    two = [(text, place) for text, place in LESSONS if place != NOWHERE]
    intents = learned(tmp_path, "two", lexicon, two)
    assert intents is not None
    assert next(iter(intents.margins(terms_of("account owner", lexicon)))) == OWNER
    assert next(iter(intents.margins(terms_of("on holiday", lexicon)))) == STAND_IN
    assert learned(tmp_path, "one", lexicon, LESSONS[:5]) is None


def test_a_killed_learner_leaves_nothing_that_looks_learned(
    tmp_path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(np, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            learned(tmp_path, "1", lexicon, LESSONS)
    assert learned(tmp_path, "1", lexicon, iter(())) is None
    assert learned(tmp_path, "1", lexicon, LESSONS) is not None
