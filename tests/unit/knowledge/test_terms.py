"""Texts as terms: words of two languages and names by their sound."""

from pathlib import Path

import pytest

from kam_knowledge.english import FUNCTION, stem, stems
from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.sounds import consonants, pinyin_length, rendered
from kam_knowledge.terms import terms_of


@pytest.mark.parametrize(
    ("one", "other"),
    [("won", "win"), ("scoring", "scored"), ("children", "child"), ("fled", "flee")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_function_words_are_left_out() -> None:
    assert stems("how many accounts does the unit have", FUNCTION) == ["account", "unit"]


@pytest.mark.parametrize(
    ("latin", "pinyin"),
    [
        ("Coleman", "ke er man"),
        ("Norman", "nuo man"),
        ("Thomas", "tuo ma si"),
        ("Davis", "dai wei si"),
        ("Brownlee", "bu lang li"),
        ("Denver", "dan fo"),
    ],
)
def test_a_foreign_name_sounds_alike_in_both_scripts(latin: str, pinyin: str) -> None:
    assert consonants(latin) & rendered(pinyin)


@pytest.mark.parametrize(("latin", "pinyin"), [("Coleman", "tuo ma si"), ("Davis", "dan fo")])
def test_other_names_sound_different(latin: str, pinyin: str) -> None:
    assert not consonants(latin) & rendered(pinyin)


@pytest.mark.parametrize(
    ("word", "expected"), [("hua", 1), ("huawei", 2), ("lixiaoming", 3), ("customer", 0), ("", 0)]
)
def test_what_can_be_read_as_pinyin(lexicon: Lexicon, word: str, expected: int) -> None:
    assert pinyin_length(word, lexicon.syllables) == expected


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("谁是大客户", ["谁", "是", "大客户"]),
        ("钱包份额", ["钱包份额"]),
        ("战略合作", ["战略", "合作"]),
        ("", []),
    ],
)
def test_chinese_is_cut_into_the_longest_known_words(
    lexicon: Lexicon, run: str, expected: list[str]
) -> None:
    assert lexicon.words(run) == expected


def test_a_term_of_the_glossary_means_the_same_in_both_languages(lexicon: Lexicon) -> None:
    chinese = terms_of("钱包份额", lexicon)
    english = terms_of("share of wallet", lexicon)

    assert chinese.tongue == "zh"
    assert english.tongue == "en"
    assert chinese.fields["pivot"] == english.fields["pivot"] == {"share": 1.0, "wallet": 1.0}


def test_traditional_and_simplified_text_have_the_same_terms(lexicon: Lexicon) -> None:
    assert terms_of("誰負責這個客戶？", lexicon) == terms_of("谁负责这个客户？", lexicon)


def test_words_of_one_family_meet_on_the_bridge_only(lexicon: Lexicon) -> None:
    noun, verb = terms_of("merger", lexicon).fields, terms_of("merge", lexicon).fields

    assert "merg-" in noun["bridge"].keys() & verb["bridge"].keys()
    assert not noun["pivot"].keys() & verb["pivot"].keys()


def test_a_chinese_name_is_found_by_its_pinyin(lexicon: Lexicon) -> None:
    chinese = terms_of("李晓明负责华为", lexicon).fields["names"]
    english = terms_of("Does Xiaoming Li cover Huawei?", lexicon).fields["names"]

    assert {"=lixiaoming", "=huawei"} <= chinese.keys() & english.keys()


def test_the_lexicon_is_read_from_its_file_once_it_is_written(tmp_path: Path) -> None:
    built = load_lexicon(tmp_path)
    (table,) = tmp_path.iterdir()
    written = table.stat().st_mtime_ns
    load_lexicon.cache_clear()

    assert load_lexicon(tmp_path).glosses == built.glosses
    assert table.stat().st_mtime_ns == written
