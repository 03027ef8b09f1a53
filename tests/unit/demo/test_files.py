from datetime import date

import pytest

from tools.data.demo import files

DOCUMENT = """---
key: one
language: {language}
title: A plan
---
## Profile {{#profile level=2}}
From {{{{+45d}}}} in {{{{Y-1}}}}.

Second paragraph.
## Risks {{#risks level=4}}
None.
"""


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "From 30 April 2026 in 2025."), ("zh-Hant", "From 2026年4月30日 in 2025.")],
)
def test_a_plan_is_cut_at_its_headings_and_its_dates_are_written_out(
    language: str, written: str
) -> None:
    plan = files.plan(DOCUMENT.format(language=language), date(2026, 3, 16))
    assert plan.facts["title"] == "A plan"
    assert [(s.key, s.title, s.level) for s in plan.sections] == [
        ("profile", "Profile", 2),
        ("risks", "Risks", 4),
    ]
    assert plan.sections[0].body == f"{written}\n\nSecond paragraph."


def test_every_plan_has_the_same_sections_and_says_something_in_each() -> None:
    keys = [
        "profile",
        "decision_structure",
        "needs",
        "competition",
        "strategy",
        "relationship",
        "milestones",
        "risks",
    ]
    documents = list(files.plans(date(2026, 3, 16)))
    assert len(documents) == 12
    for document in documents:
        assert [section.key for section in document.sections] == keys, document.facts["key"]
        assert all(len(section.body) > 40 for section in document.sections)
        assert not any("{{" in section.body for section in document.sections)


def test_plans_are_written_in_three_scripts() -> None:
    languages = {document.facts["language"] for document in files.plans(date(2026, 3, 16))}
    assert languages == {"zh-Hans", "zh-Hant", "en"}


def test_empty_cells_are_left_to_the_defaults() -> None:
    assert all(cell for row in files.table("coverage") for cell in row.values())
