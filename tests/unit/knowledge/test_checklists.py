"""The checklist file: complete, unambiguous, in both languages."""

import pytest

from kam_knowledge.checklists import _distinct, checklists
from kam_knowledge.scripts import has_chinese, is_traditional, normalise

ORIGINS = {"K1", "K2", "K3", "K4", "K5", "house"}


def test_the_method_has_its_checklists() -> None:
    assert list(checklists()) == [
        "targeting",
        "acquisition",
        "coverage_and_channel",
        "monitoring",
        "penetration",
        "acquisition_plan",
        "penetration_plan",
        "account_review",
        "information_levels",
        "handover",
        "customer_analysis",
        "relationship_plan",
    ]


@pytest.mark.parametrize(
    ("key", "items"), [("acquisition_plan", 11), ("penetration_plan", 6), ("information_levels", 4)]
)
def test_lists_of_known_length(key: str, items: int) -> None:
    assert len(checklists()[key].items) == items


@pytest.mark.parametrize("checklist", checklists().values(), ids=lambda c: c.key)
def test_every_line_is_written_in_both_languages_and_has_an_origin(checklist) -> None:  # type: ignore[no-untyped-def]
    lines = [(checklist.en, checklist.zh), (checklist.purpose_en, checklist.purpose_zh)]
    for item in checklist.items:
        lines += [(item.en, item.zh), (item.hint_en, item.hint_zh)]
        assert item.origin in ORIGINS
    assert checklist.origin in ORIGINS
    for english, chinese in lines:
        assert english
        assert not has_chinese(english)
        assert has_chinese(chinese)
        assert not is_traditional(chinese)
        assert "{" not in english + chinese


def test_no_name_belongs_to_two_checklists() -> None:
    owners: dict[str, set[str]] = {}
    for checklist in checklists().values():
        for name in checklist.names:
            owners.setdefault(normalise(name), set()).add(checklist.key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_a_key_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="item of x defined twice: a"):
        _distinct(["a", "b", "a"], "item of x")
