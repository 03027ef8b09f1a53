"""What is typed after `/kam`."""

import pytest

from bot.slack.subcommands import SUBCOMMANDS, language_of, said
from tools.text import Language


def test_every_name_of_a_subcommand_is_its_own() -> None:
    names = [name for one in SUBCOMMANDS for name in one.names]
    assert len(names) == len(set(names))
    for one in SUBCOMMANDS:
        for name in one.names:
            found = said(f"{name} Alpha Beta")
            assert found.subcommand is one
            assert (found.words, found.guessed) == ("Alpha Beta", False)


@pytest.mark.parametrize(
    ("typed_", "name", "rest"),
    [
        ("scroe Alpha", "score", "Alpha"),
        ("chekclist Alpha", "checklist", "Alpha"),
        ("sumary", "summary", ""),
        ("负责人霁川半导体", "owner", "霁川半导体"),
        ("優先級我的團隊", "priority", None),
        ("SCORE  Alpha", "score", "Alpha"),
    ],
)
def test_what_was_typed_is_read(typed_: str, name: str, rest: str | None) -> None:
    found = said(typed_)
    assert found.subcommand is not None
    assert found.subcommand.name == name
    if rest is not None:
        assert found.words == rest


def test_nonsense_is_no_subcommand() -> None:
    assert said("xyzzyplugh").subcommand is None


def test_the_answer_follows_the_words_where_the_person_has_no_chinese() -> None:
    assert language_of("评分 Alpha", Language.ENGLISH) is Language.SIMPLIFIED
    assert language_of("評分 Alpha", Language.ENGLISH) is Language.TRADITIONAL
    assert language_of("评分 Alpha", Language.TRADITIONAL) is Language.TRADITIONAL
    assert language_of("score Alpha", Language.SIMPLIFIED) is Language.SIMPLIFIED


@pytest.mark.parametrize("language", list(Language))
def test_every_example_of_the_help_is_understood(language: Language) -> None:
    for one in SUBCOMMANDS:
        found = said(one.usage.render(language))
        assert found.subcommand is one
        assert not found.guessed
