"""The practice of the sources: playbooks, duties, units."""

from kam_knowledge.practice import practice


def test_the_playbooks_have_the_steps_and_gaps_of_the_source() -> None:
    steps = {p.key: p.steps for p in practice().playbooks}
    assert {key: len(found) for key, found in steps.items()} == {
        "strategic_account": 7,
        "industry": 10,
        "joint_activities": 4,
    }
    open_steps = {
        key: [place for place, step in enumerate(found, 1) if not step.by]
        for key, found in steps.items()
    }
    assert open_steps == {
        "strategic_account": [3, 4],
        "industry": [3, 4, 5, 6, 7, 8],
        "joint_activities": [],
    }


def test_the_roles_have_their_duties() -> None:
    assert {r.key: (r.origin, len(r.duties)) for r in practice().roles} == {
        "director": ("K3", 11),
        "account_manager": ("K2", 12),
        "sponsor": ("K2", 9),
        "sales_head": ("K2", 7),
    }


def test_units_by_level_and_six_metrics() -> None:
    found = practice()
    assert {level: len(units) for level, units in found.units.items()} == {
        "headquarters": 4,
        "region": 4,
        "branch": 3,
    }
    assert len(found.metrics) == 6
