"""A company read by column holds what its accounts hold, read one by one."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from tests.unit.catalog.world import TODAY, World
from tools.data.database import Sessions
from tools.data.factor_columns import factor_columns
from tools.data.factors import factor_inputs
from tools.data.models import ExchangeRate, FactorInput, Financial, Opportunity, Transaction
from tools.data.models.base import Record
from tools.data.portfolio import customers
from tools.domain.rules import RuleSet
from tools.domain.score import Raw
from tools.domain.vocabulary import Factor, Measure, Stage

UNITS = ("USD", "", "EUR", "JPY", "ZAR")
FACTS = {"source": "test", "confirmed": True}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("practice", [False, True])
def test_columns_hold_what_single_reads_find(sessions: Sessions, seed: int, practice: bool) -> None:
    random, world = Random(seed), World(sessions)
    accounts = [
        world.account(
            f"Account {i}", random.choice(["medical", "retail", None]), sandbox=i % 5 == 0
        )
        for i in range(40)
    ]
    world.add(*_rates(), *(record for a in accounts for record in _records(random, a)))
    world.add(_deal(random, None), _deal(random, None))
    rules = RuleSet()
    with sessions() as session:
        for on in (TODAY, TODAY - timedelta(days=200)):
            company = customers(session, sandbox=practice)
            inputs = factor_inputs(session, on, rules, company.keys() if practice else None)
            found = factor_columns(session, on, rules, company, practice=practice)
            assert found.accounts.tolist() == sorted(company)
            for account in company:
                known = inputs.get(account, {})
                expected = {f: raw.value for f, raw in known.items() if isinstance(raw, Raw)}
                read = {f: v for f in Factor if (v := found.value(account, f)) is not None}
                assert read == expected, account
                segment = found.segments[found.segment[found.row(account)]]
                assert segment == company[account].segment


def test_an_empty_company_has_no_rows(sessions: Sessions) -> None:
    with sessions() as session:
        assert len(factor_columns(session, TODAY, RuleSet(), {}, practice=False).accounts) == 0


def _rates() -> list[Record]:
    return [
        ExchangeRate(currency="EUR", into="USD", valid_from=date(2017, 1, 1), rate=D("1.1111")),
        ExchangeRate(currency="EUR", into="USD", valid_from=date(2017, 9, 1), rate=D("1.2345")),
        ExchangeRate(currency="USD", into="JPY", valid_from=date(2017, 3, 1), rate=D("107.77")),
    ]


def _records(random: Random, account: int) -> list[Record]:
    made: list[Record] = []
    for factor in Factor:
        for day in random.sample(range(400), random.randint(0, 3)):
            unit = random.choice(UNITS) if factor in list(Factor)[:2] else "points"
            at = TODAY - timedelta(days=day)
            value = D(random.randint(0, 10**9)) / 10_000
            made.append(
                FactorInput(
                    account_id=account, factor=factor, value=value, unit=unit, as_of=at, **FACTS
                )
            )
    made += [
        Financial(
            account_id=account,
            year=year,
            measure=random.choice([Measure.OUR_REVENUE, Measure.ADDRESSABLE_SPEND]),
            amount=D(random.randint(1, 10**9)) / 10_000,
            currency=random.choice([*UNITS, None]),
            forecast=random.random() < 0.2,
            as_of=TODAY - timedelta(days=random.randint(0, 400)),
            **FACTS,
        )
        for year in random.sample([None, 2014, 2015, 2016, 2017], random.randint(0, 3))
    ]
    if random.random() < 0.6:
        made += [_deal(random, account) for _ in range(random.randint(1, 4))]
    return made


def _deal(random: Random, account: int | None) -> Record:
    day = TODAY - timedelta(days=random.randint(-30, 500))
    value = random.choice([None, D(random.randint(0, 10**9)) / 10_000])
    currency = random.choice([*UNITS, None])
    if random.random() < 0.3:
        return Transaction(
            external_id=str(random.random()),
            account_id=account,
            booked_on=day,
            amount=value or D(1),
            currency=currency or "USD",
            source="test",
        )
    return Opportunity(
        account_id=account,
        stage=random.choice(list(Stage)),
        value=value,
        currency=currency or None,
        closed_on=random.choice([day, None]),
        engaged_on=random.choice([day - timedelta(days=50), None]),
        source="test",
    )


D = Decimal
