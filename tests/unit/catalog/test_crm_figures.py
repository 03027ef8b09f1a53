"""The sales tools over the CRM export, as it is imported."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.catalog.world import World, english, renders
from tools.catalog.account_family import account_family
from tools.catalog.account_profile import account_profile
from tools.catalog.pipeline import pipeline
from tools.catalog.revenue import revenue
from tools.catalog.unassigned_deals import unassigned_deals
from tools.catalog.win_rate import win_rate
from tools.data.importing import ImportOptions, import_paths

pytestmark = pytest.mark.crm
YEAR = {"since": date(2017, 1, 1), "until": date(2017, 12, 31)}


@pytest.fixture
def company(world: World, crm: Path) -> World:
    """The export, with its evident misspellings corrected."""
    import_paths(world.sessions, [crm], ImportOptions(today=date(2018, 1, 1), accept_near=True))
    return world


def test_the_export_answers_with_its_own_figures(company: World) -> None:
    deps = company.deps()
    top = revenue(deps, top=3, **YEAR)
    assert [(r.label, r.tally.total.amount) for r in top.rows] == [
        ("Kan-code", 341_455),
        ("Konex", 269_245),
        ("Condax", 206_410),
    ]
    assert english(top.card().headline) == (
        "Kan-code leads 85 accounts with USD 341,455 won in 2017."
    )
    assert top.total.total.amount == 10_005_534
    loose = unassigned_deals(deps)
    assert loose.total.count == 1425
    assert [(english(label), t.count) for label, t in loose.groups] == [
        ("engaging", 1088),
        ("prospecting", 337),
    ]
    assert [m.unit.name for m in account_family(deps, "Acme").units] == [
        "Bluth Company",
        "Codehow",
        "Donquadtech",
        "Iselectrics",
    ]
    stages = {stage.value: tally.count for stage, tally in pipeline(deps).stages}
    assert stages == {"prospecting": 500, "engaging": 1589, "won": 4238, "lost": 2473}
    rates = win_rate(deps)
    assert [(r.label, r.rate.won, r.rate.lost) for r in rates.rows] == [
        ("West", 1438, 811),
        ("East", 1171, 687),
        ("Central", 1629, 975),
    ]
    assert round((rates.overall.rate or Decimal(0)) * 100, 1) == Decimal("63.2")
    profile = account_profile(deps, "Kan-code")
    assert profile.figures[0].amount == Decimal("11698.03")
    for card in (top.card(), loose.card(), rates.card(), profile.card()):
        renders(card)
