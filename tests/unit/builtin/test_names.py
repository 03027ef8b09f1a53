"""Names in sentences: whole, partial, misspelt, romanised, unknown."""

import pytest

from bot.agent.builtin.folding import fold
from bot.agent.builtin.names import exact_mentions
from bot.agent.builtin.reading import Reading, read
from bot.agent.lexicon import Lexicon, Named
from tests.unit.builtin.world import TODAY, lexicon


def reading(text: str) -> Reading:
    return read(text, lexicon(), TODAY, lambda _word: False)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("who owns kan code?", "account", "Kan-code"),
        ("Cancity's score", "account", "Cancity"),
        ("ＫＡＮ－ＣＯＤＥ的评分", "account", "Kan-code"),
        ("score of Acme", "account", "Acme Corporation"),
        ("gekko and co", "account", None),
        ("Gekko & Co", "account", "Gekko & Co"),
        ("宏遠機械的負責人", "account", "宏远机械有限公司"),
        ("谁负责华光电力", "account", "华光电力集团"),
        ("darcel schlecht", "person", "Darcel Schlecht"),
        ("GTXPro", "product", "GTX Pro"),
        ("零售行业", "segment", "retail"),
        ("醫療業", "segment", "medical"),
        ("東部", "region", "East"),
        ("the eastern region", "region", "East"),
        ("華東區", "region", "华东"),
        ("zhang wei", "person", "张伟"),
        ("Wei Zhang", "person", "张伟"),
        ("hongyuan jixie", "account", "宏远机械有限公司"),
        ("Schlecht", "person", "Darcel Schlecht"),
    ],
)
def test_a_name_is_found_under_its_full_name(text: str, kind: str, value: str | None) -> None:
    found = [m.values[kind] for m in reading(text).names if kind in m.values]
    assert found == ([value] if value else found)


@pytest.mark.parametrize("said", ["Cancitty", "umbrela corporation", "杭州清工"])
def test_a_misspelt_name_is_passed_on_as_it_was_said(said: str) -> None:
    (mention,) = reading(f"谁负责{said}").names
    assert mention.values["account"] == said


def test_an_alias_of_two_accounts_is_passed_on_as_it_was_said() -> None:
    (mention,) = reading("精工").names
    assert mention.values == {"account": "精工"}


def test_a_sound_of_two_people_is_theirs_to_choose() -> None:
    (mention,) = reading("li na").names
    assert mention.choices == ("李娜", "黎娜")


def test_the_longest_name_wins() -> None:
    names = Lexicon([Named("account", n, n) for n in ("华光", "华光电力", "华光电力集团")])
    (mention,) = exact_mentions(fold("华光电力集团的评分"), names)
    assert mention.said == "华光电力集团"


def test_a_longer_unknown_name_is_not_cut_down_to_a_known_one() -> None:
    (mention,) = reading("who owns Zoomit Systems?").names
    assert mention.values["account"] == "Zoomit Systems"


def test_a_name_within_a_word_is_no_mention() -> None:
    assert reading("the northeastern hotels").names == ()


def test_an_account_that_is_also_a_word_needs_its_capital_letter() -> None:
    assert reading("cheers").names == ()
    assert reading("cheers for the help").names == ()
    assert [m.values for m in reading("who owns Cheers?").names] == [{"account": "Cheers"}]


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("who owns Foobar Industries?", "Foobar Industries"),
        ("谁负责远大空调", "远大空调"),
        ("who owns Cancity?", None),
        ("Write a poem", None),
    ],
)
def test_unexplained_words_that_look_like_a_name(text: str, stranger: str | None) -> None:
    assert reading(text).stranger == stranger


@pytest.mark.parametrize(
    ("text", "me", "team"),
    [
        ("my accounts", True, False),
        ("which accounts do I cover", True, False),
        ("我负责的客户", True, False),
        ("我們團隊的客戶", False, True),
        ("revenue of my team", False, True),
        ("show me the pipeline", False, False),
        ("how do I write a plan", False, False),
        ("我们的大客户", False, False),
        ("给我看看商机", False, False),
    ],
)
def test_the_asker_in_a_sentence(text: str, me: bool, team: bool) -> None:
    found = reading(text)
    assert (found.me, found.my_team) == (me, team)
