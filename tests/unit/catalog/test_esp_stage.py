"""ESP+ of an account."""

from datetime import date

import pytest

from tests.unit.catalog.records import answered, need, planned
from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.catalog.esp_stage import esp_stage
from tools.domain.esp import EspStage, Route
from tools.domain.overrides import with_overrides
from tools.domain.vocabulary import Dimension, Horizon, Layer, Role
from tools.errors import BadInput, NotAllowed, NotFound

LIMIT = with_overrides(2, {"esp.large_deals": [{"segment": "retail", "amount": 300_000}]})


@pytest.fixture
def acme(world: World) -> int:
    """A key account with a large project that met the decision layer and found a need, and a
    small one that did neither."""
    account = world.account("Acme")
    world.scored(account, 9_000_000, 50, 50)
    world.deal(
        account, value=400_000, closed=date(2017, 9, 1), engaged_on=date(2017, 3, 1), name="Line",
        currency="USD",
    )  # fmt: skip
    world.deal(account, value=40_000, engaged_on=date(2017, 11, 1), name="Spares")
    boss = world.contact(account, "Kim", layer=Layer.DECISION)
    world.met(account, date(2017, 5, 1), boss)
    world.met(account, date(2017, 10, 1), boss)
    need(world, account, "second line", Horizon.LONG, as_of=date(2017, 8, 1))
    return account


def test_stage_routes_and_flags(world: World, acme: int) -> None:
    card = esp_stage(world.deps(rules=LIMIT), "Acme").card()
    assert english(card.headline) == (
        "Acme is in ESP+ stage 2 of 6, understand, on 2018-01-01; it is a key account; projects 2, "
        "flagged 1."
    )
    assert table_rows(card) == [
        [
            "Spares", "–", "engaging", "USD 40,000", "2017-11-01", "–", "fast track", "no", "no",
            "flagged",
        ],
        [
            "Line", "–", "won", "USD 400,000", "2017-03-01", "2017-09-01",
            "large-project management", "yes", "yes", "–",
        ],
    ]  # fmt: skip
    assert facts(card)["A deal is large from"] == "USD 300,000"
    assert [english(fact.note) for fact in card.facts[:2]] == [
        "rank 1 of 1",
        "open needs 1, analysis answers 0",
    ]
    assert [english(line) for line in card.missing] == [
        "Projects that name no currency, USD is assumed: 1."
    ]
    assert english(card.next[1]).startswith("Ask the owner of Spares")
    renders(card)


def test_a_deal_begun_later_is_no_project_yet(world: World, acme: int) -> None:
    earlier = esp_stage(world.deps(rules=LIMIT), "Acme", date(2017, 10, 31))
    assert [project.deal.name for project in earlier.projects] == ["Line"]


def test_each_proof_moves_the_account_on(world: World, acme: int) -> None:
    def stage() -> EspStage:
        return esp_stage(world.deps(rules=LIMIT), "Acme").stage

    assert stage() is EspStage.UNDERSTAND
    answered(world, acme, "market_future", "grows")
    assert stage() is EspStage.STRATEGY
    planned(world, acme)
    assert stage() is EspStage.MONITOR  # the decision layer is met and a project is won
    result = esp_stage(world.deps(rules=LIMIT), "Acme")
    assert english(result.card().next[0]) == "Next: hold the late evaluations."
    for dimension in (Dimension.IMPORTANCE, Dimension.NEEDS, Dimension.RELATIONSHIP):
        world.evaluated(acme, dimension, 70, TODAY)
    done = esp_stage(world.deps(rules=LIMIT), "Acme")
    assert all(proof.passed for proof in done.proofs.values())
    assert done.stage is EspStage.MONITOR


def test_without_a_configured_amount_no_deal_is_large_or_small(world: World, acme: int) -> None:
    result = esp_stage(world.deps(), "Acme")
    assert {project.route for project in result.projects} == {Route.NOT_SET}
    assert "esp.large_deals is not set" in english(result.card().missing[0])
    renders(result.card())


def test_another_customer_takes_the_simplified_process(world: World, acme: int) -> None:
    other = world.account("Other")
    world.scored(other, 1, 1, 1)
    world.deal(other, value=900_000, engaged_on=date(2017, 3, 1), currency="EUR")
    result = esp_stage(world.deps(rules=LIMIT), "Other")
    assert [project.route for project in result.projects] == [Route.SIMPLIFIED]
    assert result.flagged == []
    card = result.card()
    assert "it is no key account: simplified process" in english(card.headline)
    assert "Projects without an amount in USD: 1." in [english(line) for line in card.missing]
    renders(card)


def test_nothing_recorded(world: World) -> None:
    world.account("Bare")
    result = esp_stage(world.deps(rules=LIMIT), "Bare")
    assert result.stage is EspStage.IDENTIFY
    card = result.card()
    assert card.table is None
    assert english(card.missing[0]).startswith("The score is incomplete")
    renders(card)


def test_a_project_without_a_first_day_shows_no_duty(world: World) -> None:
    account = world.account("Acme")
    world.scored(account, 9_000_000, 50, 50)
    world.deal(account, value=400_000, closed=date(2017, 9, 1), currency="USD")
    need(world, account, "second line", Horizon.LONG, as_of=date(2017, 8, 1))
    world.met(account, date(2017, 5, 1))
    result = esp_stage(world.deps(rules=LIMIT), "Acme")
    duties = result.projects[0].duties
    assert (duties.closer, duties.deeper) == (None, False)
    assert "Projects without a first day" in english(result.card().missing[0])


def test_a_company_may_leave_stages_out(world: World, acme: int) -> None:
    few = with_overrides(3, {"esp.stages": ["identify", "convert", "monitor"]})
    result = esp_stage(world.deps(rules=few), "Acme")
    assert "stage 3 of 3, monitor" in english(result.card().headline)
    wrong = with_overrides(3, {"esp.stages": ["dance"]})
    with pytest.raises(BadInput):
        esp_stage(world.deps(rules=wrong), "Acme")


def test_only_the_team_reads_it(world: World, acme: int) -> None:
    bob = world.person("Bob")
    with pytest.raises(NotAllowed):
        esp_stage(world.deps(world.asker(bob)), "Acme")
    world.covers(bob, acme)
    assert len(esp_stage(world.deps(world.asker(bob)), "Acme").projects) == 2
    with pytest.raises(NotFound):
        esp_stage(world.deps(world.asker(world.person("N", Role.NEWCOMER))), "Acme")
