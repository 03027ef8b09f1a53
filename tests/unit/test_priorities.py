"""Priorities by column are those of accounts that are read and computed one by one."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from tests.unit.catalog.world import TODAY, World
from tools.access import OPERATOR
from tools.catalog.priority_list import PriorityList, priority_list
from tools.data import portfolio
from tools.data.closeness_columns import contact_columns
from tools.data.database import Sessions
from tools.data.models import ExchangeRate, Financial, PurchasingBehaviour
from tools.data.models.base import Record
from tools.data.portfolio import customers
from tools.data.value_columns import value_columns
from tools.domain.closeness_columns import totals
from tools.domain.percentiles import percentile
from tools.domain.priority import Quadrant, quadrant
from tools.domain.rules import RuleSet
from tools.domain.value_columns import values
from tools.domain.vocabulary import Dimension, Layer, Measure, Role
from tools.priorities import Assessed, assessments
from tools.text import Money

D = Decimal
RULES = RuleSet()
TRAITS = {"buying": ["central", "local", "odd"], "payment": ["slow"], "other": ["odd"]}
FACTS = {"source": "test", "confirmed": True}


@pytest.mark.parametrize("seed", range(3))
def test_the_list_is_that_of_accounts_one_by_one(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    world = World(sessions)
    accounts = _company(world, Random(seed))
    anna, noor = world.person("Anna"), world.person("Noor", Role.NEWCOMER)
    for account in accounts[:30]:
        world.covers(anna, account)
    for asker, readable, practice in (
        (OPERATOR, accounts, False),
        (world.asker(anna), accounts[:30], False),
        (world.asker(noor), accounts, True),
    ):
        for few, on in ((2_000, TODAY), (3, TODAY), (3, TODAY - timedelta(days=20))):
            monkeypatch.setattr(portfolio, "_FEW", few)
            with sessions() as session:
                company = customers(session, sandbox=practice)
                alone = assessments(session, on, list(company.values()), RULES)
                spent = value_columns(session, on, RULES, company.keys(), practice=practice)
                logged = contact_columns(session, on, RULES.closeness, company.keys())
            assert values(spent, RULES.value) == _worth_of(alone)
            assert totals(logged, RULES.closeness) == _near(alone)
            found = priority_list(world.deps(asker), top=100, on=on)
            _same(found, alone, alone.keys() & set(readable))


def _worth_of(alone: dict[int, Assessed]) -> dict[int, Decimal]:
    return {key: item.value.value.amount for key, item in alone.items() if item.value}


def _near(alone: dict[int, Assessed]) -> dict[int, Decimal]:
    found = ((key, item.closeness.total) for key, item in alone.items())
    return {key: total for key, total in found if total is not None}


def _same(found: PriorityList, alone: dict[int, Assessed], shown: set[int]) -> None:
    """The list is that of the accounts shown, among all that are known alone."""
    worth, near = _worth_of(alone), _near(alone)
    limit = percentile(worth.values(), RULES.priority.value_percentile) or D(0)
    both = shown & worth.keys() & near.keys()
    places = {key: quadrant(worth[key], near[key], limit, RULES.priority) for key in both}

    def urgency(key: int) -> tuple[int, Decimal, Decimal, str]:
        place = list(Quadrant).index(places[key])
        return place, -worth[key], near[key], alone[key].customer.name

    by_name = sorted(shown - both, key=lambda key: alone[key].customer.name)
    assert found.placed == tuple((places[key], alone[key]) for key in sorted(both, key=urgency))
    assert found.limit == (Money(limit, "USD") if worth else None)
    assert (found.unplaced, found.incomplete) == (len(by_name), tuple(map(alone.get, by_name)))
    assert found.counts == {place: list(places.values()).count(place) for place in Quadrant}
    assert found.unadjusted == sum(
        bool(item.value and item.value.open_traits) for key, item in alone.items() if key in shown
    )


def _company(world: World, random: Random) -> list[int]:
    """Forty accounts, every fifth of them for practice."""
    accounts = [world.account(f"Account {99 - i}", sandbox=i % 5 == 0) for i in range(40)]
    world.add(
        ExchangeRate(currency="EUR", into="USD", valid_from=date(2017, 6, 1), rate=D("1.1111")),
        *(record for account in accounts for record in _worth(random, account)),
    )
    for account in accounts:
        _contacts(random, world, account)
    return accounts


def _worth(random: Random, account: int) -> Iterator[Record]:
    for year in random.sample([None, None, 2015, 2016, 2017], random.randint(0, 3)):
        yield Financial(
            account_id=account,
            year=year,
            measure=random.choice([Measure.ADDRESSABLE_SPEND] * 4 + [Measure.OUR_REVENUE]),
            amount=D(random.choice([1000, random.randint(1, 10**9)])) / 16,
            currency=random.choice(["USD", "", None, "EUR", "ZAR"]),
            forecast=random.random() < 0.1,
            as_of=_day(random),
            **FACTS,
        )
    for trait, options in TRAITS.items():
        for on in sorted({_day(random) for _ in range(random.randint(0, 3))}, reverse=True):
            yield PurchasingBehaviour(
                account_id=account, trait=trait, value=random.choice(options), as_of=on, **FACTS
            )


def _contacts(random: Random, world: World, account: int) -> None:
    people = [
        world.contact(account, f"Contact {i}", layer=random.choice([None, *Layer]))
        for i in range(2)
    ]
    for _ in range(random.randint(0, 5)):
        who = random.choice([None, *people])
        world.met(account, _day(random), who, executive=random.random() < 0.2)
    for _ in range(random.randint(0, 3)):
        points, judged = random.choice([None, 0, 50, 100]), random.random() < 0.9
        world.evaluated(account, Dimension.RELATIONSHIP, points, _day(random), judged=judged)


def _day(random: Random) -> date:
    return TODAY - timedelta(days=random.choice([-5, 0, 3, 3, 20, 179, 180, 181, 300]))
