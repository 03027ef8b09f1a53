"""What surrounds a question: language, manner, answers to our own questions."""

import pytest

from bot.agent.builtin.answers import chosen
from bot.agent.builtin.folding import fold
from bot.agent.builtin.language import language_of, language_of_thread
from bot.agent.builtin.manner import manner_of
from bot.agent.builtin.thread import Asked, Call
from tools.text import Language

EN, HANS, HANT = Language.ENGLISH, Language.SIMPLIFIED, Language.TRADITIONAL


@pytest.mark.parametrize(
    ("text", "default", "language"),
    [
        ("Who owns Cancity?", HANS, EN),
        ("谁负责坎城", EN, HANS),
        ("誰負責坎城", EN, HANT),
        ("Cancity的score是多少", EN, HANS),
        ("which accounts does 陈伟 cover", HANS, EN),
        ("top 5 key accounts in 華東", HANS, EN),
        ("score of 谁", EN, HANS),
        ("客户 score", EN, HANS),
        ("Cancity", HANT, HANT),
        ("2", HANS, HANS),
        ("第二", HANT, HANT),
        ("第二个", HANT, HANS),
        ("", EN, EN),
    ],
)
def test_the_language_of_a_message(text: str, default: Language, language: Language) -> None:
    assert language_of(text, default) is language


def test_a_thread_stays_in_its_language() -> None:
    assert language_of_thread(["誰負責坎城", "2"], EN) is HANT
    assert language_of_thread(["誰負責坎城", "and its score please"], EN) is EN


@pytest.mark.parametrize(
    ("message", "rest", "marks"),
    [
        ("and who covers it?", "who covers it?", {"follows", "refers"}),
        ("what about last year", "last year", {"follows"}),
        ("那它的評分呢", "它的評分呢", {"follows", "refers"}),
        ("华东呢", "华东呢", {"follows"}),
        ("no, I meant Zoomit", "Zoomit", {"corrects"}),
        ("sorry, I meant by product", "by product", {"corrects"}),
        ("不是，我是说华光电力", "华光电力", {"corrects"}),
        ("不是東部，是西部", "西部", {"corrects"}),
        ("not the East but the West", "the West", {"corrects"}),
        ("why?", "why?", {"asks_why"}),
        ("為什麼", "為什麼", {"asks_why"}),
        ("怎么算的？", "怎么算的？", {"asks_why"}),
        ("why is Cancity a key account", "why is Cancity a key account", set()),
        ("never mind", "never mind", {"drops"}),
        ("算了", "算了", {"drops"}),
        ("Who owns Cancity?", "Who owns Cancity?", set()),
        ("有哪些客户没人管", "有哪些客户没人管", set()),
        ("Nobody covers which accounts", "Nobody covers which accounts", set()),
    ],
)
def test_how_a_message_relates_to_the_one_before(message: str, rest: str, marks: set[str]) -> None:
    manner = manner_of(message)
    assert manner.rest == rest
    names = ("follows", "corrects", "refers", "asks_why", "drops")
    assert {name for name in names if getattr(manner, name)} == marks


CHOICES = ("苏州精工", "杭州精工", "Seiko Hangzhou Ltd")


@pytest.mark.parametrize(
    ("answer", "choice"),
    [
        ("2", "杭州精工"),
        ("第二个", "杭州精工"),
        ("第二個", "杭州精工"),
        ("the first one", "苏州精工"),
        ("the last one", "Seiko Hangzhou Ltd"),
        ("苏州的那个", "苏州精工"),
        ("蘇州精工", "苏州精工"),
        ("the one in Hangzhou", "Seiko Hangzhou Ltd"),
        ("精工", None),
        ("7", None),
        ("北京", None),
    ],
)
def test_a_short_answer_picks_one_choice(answer: str, choice: str | None) -> None:
    asked = Asked(Call("coverage_owner", {"account": "精工"}), "account", CHOICES)
    assert chosen(asked, answer) == choice


@pytest.mark.parametrize("text", ["Ｋａｎ　ｃｏｄｅ ①", "軟體專案", "½ of 網際網路", ""])
def test_folded_text_leads_back_to_the_original(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert folded.words(0, len(folded.text)) == text
