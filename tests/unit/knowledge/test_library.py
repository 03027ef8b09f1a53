"""The methodology library: each document says the same in both languages, each term once."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import kam_knowledge
from kam_knowledge.documents import passages_of
from kam_knowledge.glossary import terms
from kam_knowledge.readers import read_file
from kam_knowledge.scripts import CHINESE, has_chinese, is_traditional, normalise
from tools.domain.closeness import Contacts, Judgement, closeness
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Dimension, Layer

METHODOLOGY = Path(kam_knowledge.__file__).parent / "methodology"
GLOSSARY = METHODOLOGY.parent / "glossary.yaml"
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
FIELDS = {"id", "title", "language", "topic", "sources", "version"}
TOPICS = {"identify", "coverage", "manage", "evaluate", "people", "overview"}
SOURCES = {"K1", "K2", "K3", "K4", "K5", "house"}
ENGLISH_WORDS = range(400, 1201)
CHINESE_CHARACTERS = range(700, 2001)

_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_NAMES = sorted({path.name for path in METHODOLOGY.glob("*/*.md")})


@dataclass(frozen=True)
class Edition:
    """One document in one language; `sections` are heading and text, the title first."""

    about: dict[str, Any]
    body: str

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(len(marks), words) for marks, words in _HEADING.findall(self.body)]

    @property
    def sections(self) -> list[str]:
        return re.split(r"^(?=#+ )", self.body, flags=re.MULTILINE)[1:]


def edition(folder: str, name: str) -> Edition:
    _, about, body = (METHODOLOGY / folder / name).read_text(encoding="utf-8").split("---\n", 2)
    return Edition(yaml.safe_load(about), body)


def figures(text: str) -> Counter[Decimal]:
    """The figures in digits, whatever their grouping; numbers in words are not counted."""
    return Counter(Decimal(found.replace(",", "")) for found in _FIGURE.findall(text))


def cited(text: str, house: str) -> set[str]:
    found = set(re.findall(r"\bK[1-5]\b", text))
    return found | {"house"} if house in text.casefold() else found


@pytest.mark.parametrize("folder", LANGUAGES)
def test_there_is_a_library_in_each_language(folder: str) -> None:
    editions = [edition(folder, path.name) for path in (METHODOLOGY / folder).glob("*.md")]

    assert len(editions) >= 30
    assert {e.about["topic"] for e in editions} == TOPICS
    for field in ("id", "title"):
        assert not _repeated(str(e.about[field]) for e in editions)


def test_documents_are_numbered_without_gaps() -> None:
    assert [int(name[:2]) for name in _NAMES] == list(range(1, len(_NAMES) + 1))


@pytest.mark.parametrize("name", _NAMES)
def test_both_editions_are_the_same_document(name: str) -> None:
    english, chinese = edition("en", name), edition("zh", name)

    for field in ("id", "topic", "sources", "version"):
        assert english.about[field] == chinese.about[field]
    assert [level for level, _ in english.headings] == [level for level, _ in chinese.headings]


@pytest.mark.parametrize("name", _NAMES)
def test_both_editions_hold_the_same_figures_section_by_section(name: str) -> None:
    pairs = zip(edition("en", name).sections, edition("zh", name).sections, strict=True)
    for english, chinese in pairs:
        assert figures(english) == figures(chinese), english.partition("\n")[0]


@pytest.mark.parametrize("folder", LANGUAGES)
@pytest.mark.parametrize("name", _NAMES)
def test_an_edition_is_well_formed(folder: str, name: str) -> None:
    found = edition(folder, name)
    levels = [level for level, _ in found.headings]

    assert set(found.about) == FIELDS
    assert name[3:] == f"{found.about['id']}.md"
    assert found.about["language"] == LANGUAGES[folder]
    assert found.about["topic"] in TOPICS
    assert isinstance(found.about["version"], int)
    assert found.headings[0] == (1, found.about["title"])
    assert set(levels[1:]) == {2}
    assert len(levels) >= 5
    assert "**" not in found.body


@pytest.mark.parametrize(("folder", "house"), [("en", "house"), ("zh", "自定")])
@pytest.mark.parametrize("name", _NAMES)
def test_the_front_matter_names_the_sources_that_the_text_cites(
    folder: str, house: str, name: str
) -> None:
    found = edition(folder, name)

    assert set(found.about["sources"]) <= SOURCES
    assert set(found.about["sources"]) == cited(found.body, house)


@pytest.mark.parametrize("name", _NAMES)
def test_editions_are_as_long_as_a_reader_bears(name: str) -> None:
    assert len(edition("en", name).body.split()) in ENGLISH_WORDS
    assert len(CHINESE.findall(edition("zh", name).body)) in CHINESE_CHARACTERS


@pytest.mark.parametrize("name", _NAMES)
def test_each_edition_keeps_to_its_language(name: str) -> None:
    chinese = edition("zh", name).body

    assert not has_chinese(re.sub(r"\([^()]*\)", "", edition("en", name).body))
    assert has_chinese(chinese)
    assert not is_traditional(chinese)


@pytest.mark.parametrize("name", _NAMES)
def test_the_search_finds_passages_in_both_editions(name: str) -> None:
    english, chinese = (read_file(METHODOLOGY / folder / name) for folder in LANGUAGES)

    assert english.id == chinese.id
    assert len(english.sections) == len(chinese.sections) > 0
    assert passages_of(english)
    assert passages_of(chinese)


def test_the_cadences_described_are_those_of_the_rules() -> None:
    rows = {
        Dimension.IMPORTANCE: "importance",
        Dimension.NEEDS: "needs and capability",
        Dimension.RELATIONSHIP: "relationship closeness",
    }
    body = edition("en", "31-evaluation-cadence.md").body
    for cadence in RuleSet().evaluation.cadences:
        days = f"{cadence.due_days} days | {cadence.overdue_days} days"
        assert f"| {rows[cadence.dimension]} | {days} |" in body


def test_the_closeness_example_is_what_the_rules_give() -> None:
    contacts = Contacts(
        last=date(2026, 5, 1),
        count=3,
        layers=frozenset({Layer.EXECUTION, Layer.MANAGEMENT}),
        executive=date(2026, 2, 10),
        judged=Judgement(Decimal(70), date(2026, 6, 12)),
    )
    found = closeness(contacts, date(2026, 6, 30), RuleSet().closeness)
    body = edition("en", "32-relationship-closeness.md").body

    assert found.computed is not None
    assert found.total is not None
    assert f"| computed part | | 0.70 | {found.computed:.2f} |" in body
    assert f"| closeness | | 1 | {found.total:.2f} |" in body
    for aspect, weight in found.weights.items():
        row = {"executive": "executive contact", "judged": "judged part"}.get(aspect, aspect)
        assert re.search(rf"^\| {row} \|.*\| {weight} \|", body, re.MULTILINE)


def test_the_score_weights_listed_as_open_are_those_of_the_rules() -> None:
    weights = RuleSet().score.weights
    listed = f"{weights.revenue}, {weights.potential}, {weights.demonstration}, {weights.ability}"
    assert listed in edition("en", "37-open-points.md").body


def test_the_glossary_has_its_terms_once_each() -> None:
    entries = yaml.safe_load(GLOSSARY.read_text(encoding="utf-8"))

    assert len(entries) >= 150
    for field in ("id", "en", "zh"):
        assert not _repeated(normalise(entry[field]) for entry in entries)


def test_a_name_in_the_glossary_means_one_term() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for term in terms().values():
        for name in term.names:
            meanings[normalise(name)].add(term.id)

    assert {name: ids for name, ids in meanings.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("term", terms().values(), ids=lambda term: term.id)
def test_a_term_is_defined_in_both_languages(term: Any) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term.id)
    assert term.source in SOURCES
    assert not has_chinese(term.en + term.definition_en)
    assert term.definition_en[0].isupper() or term.definition_en[0].isdigit()
    assert term.definition_en.endswith(".")
    assert has_chinese(term.definition_zh)
    assert term.definition_zh.endswith("。")
    assert not is_traditional(term.zh + term.definition_zh)
    assert all(name.strip() == name != "" for name in term.names)


def _repeated(values: Any) -> list[str]:
    return sorted(value for value, times in Counter(values).items() if times > 1)
