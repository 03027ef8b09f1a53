"""How a document is cut into passages."""

import pytest

from kam_knowledge.documents import Document, Section, language_of, passages_of, size, slug

SENTENCE = "The owner reviews the plan with the sponsor every quarter. "


def document(*sections: Section, language: str = "en") -> Document:
    return Document("guide", "Guide", language, "1", ("K3",), sections)


def long_section(name: str, sentences: int = 12) -> Section:
    return Section(("Guide", name), SENTENCE * sentences)


def test_a_passage_carries_what_its_document_says() -> None:
    (passage,) = passages_of(document(long_section("How often?")))

    assert passage.id == "guide.en#how-often-1"
    assert (passage.document, passage.title, passage.section) == ("guide", "Guide", "How often?")
    assert (passage.version, passage.sources, passage.order) == ("1", ("K3",), 0)


def test_sections_stay_apart_and_are_counted() -> None:
    found = passages_of(document(long_section("One"), long_section("Two")))

    assert [(passage.section, passage.order) for passage in found] == [("One", 0), ("Two", 1)]


def test_a_tiny_section_joins_the_next_one_under_the_same_heading() -> None:
    tiny = Section(("Guide", "Note"), "Read this first.")
    (passage,) = passages_of(document(tiny, long_section("Details")))

    assert passage.section == "Note"
    assert passage.text.startswith("Read this first.\n\nDetails\nThe owner")


def test_a_tiny_section_stays_alone_beside_another_parent() -> None:
    tiny = Section(("Annex", "Note"), "Read this first.")

    assert len(passages_of(document(tiny, long_section("Details")))) == 2


def test_a_long_section_is_cut_between_sentences_and_nothing_is_lost_or_said_twice() -> None:
    section = long_section("Long", 90)
    found = passages_of(document(section))

    assert [p.id for p in found] == [f"guide.en#long-{n}" for n in range(1, len(found) + 1)]
    assert len(found) > 1
    assert all(size(passage.text) <= 650 for passage in found)
    assert all(passage.text.endswith(".") for passage in found)
    words = " ".join(passage.text for passage in found).split()
    assert words == section.text.split()


def test_a_table_stays_whole_however_long() -> None:
    rows = "\n".join(f"| customer {n} | segment {n} | {n * 1000} |" for n in range(200))
    table = f"| name | segment | revenue |\n|---|---|---|\n{rows}"
    found = passages_of(document(Section(("Guide", "Table"), f"{SENTENCE * 12}\n\n{table}")))

    assert found[-1].text == table


def test_headings_that_come_twice_have_ids_of_their_own() -> None:
    found = passages_of(document(long_section("Same"), long_section("Same")))

    assert [passage.id for passage in found] == ["guide.en#same-1", "guide.en#same-2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("大客户", 3), ("key account", 5), ("KAM 大客户 2026", 8), ("", 0)],
)
def test_size_counts_characters_and_words(text: str, expected: int) -> None:
    assert size(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who covers the account?", "en"),
        ("谁负责这个客户？", "zh-Hans"),
        ("誰負責這個客戶？", "zh-Hant"),
        ("The customer 华为 grew by a third in one year", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text(text: str, expected: str) -> None:
    assert language_of(text) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Share of wallet: now", "share-of-wallet-now"),
        ("什么是 大客户？", "什么是-大客户"),
        ("?!", "text"),
    ],
)
def test_slugs_keep_words_of_both_languages(heading: str, expected: str) -> None:
    assert slug(heading) == expected
