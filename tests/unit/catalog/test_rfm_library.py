"""RFM over the sample of the library `lifetimes` agrees with what that library makes of it."""

import warnings
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import insert, select

from tests.unit.catalog.world import World
from tools.catalog.rfm import rfm
from tools.data.models import Account, Transaction

END = date(2014, 12, 31)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandas
    from lifetimes import datasets, utils


@pytest.fixture(scope="module")
def purchases() -> Any:
    """One row for each day on which a customer bought, in the 12 months to the end of 2014."""
    sample = datasets.load_transaction_data()
    sample["date"] = pandas.to_datetime(sample["date"]).dt.normalize()
    return sample[sample["date"] > pandas.Timestamp("2013-12-31")].drop_duplicates()


def test_days_and_times_are_those_of_the_library_and_quintiles_those_of_its_ranks(
    world: World, purchases: Any
) -> None:
    ids = sorted(int(one) for one in purchases["id"].unique())
    with world.sessions() as session:
        accounts = [{"name": f"Customer {one}", "name_key": f"customer {one}"} for one in ids]
        session.execute(insert(Account), accounts)
        keys = {account.name: account.id for account in session.exec(select(Account))}
        rows = [
            {
                "external_id": f"{number}",
                "account_id": keys[f"Customer {one}"],
                "booked_on": day.date(),
                "amount": Decimal(1 + one % 5),
                "currency": "USD",
                "source": "lifetimes",
            }
            for number, (day, one) in enumerate(purchases.itertuples(index=False))
        ]
        session.execute(insert(Transaction), rows)
        session.commit()

    found = {item.bought.name: item for item in rfm(world.deps(today=END)).ranked}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        summary = utils.summary_data_from_transaction_data(
            purchases, "id", "date", observation_period_end=END.isoformat()
        )
    assert len(found) == len(summary) == len(ids) > 4_000

    table = pandas.DataFrame(
        {
            "days": summary["T"] - summary["recency"],
            "times": summary["frequency"] + 1,
            "money": (summary["frequency"] + 1) * (1 + summary.index % 5),
        }
    )
    fifths = pandas.DataFrame(
        {
            "recency": _fifths(-table["days"]),
            "frequency": _fifths(table["times"]),
            "money": _fifths(table["money"]),
        }
    )
    for one in ids:
        item = found[f"Customer {one}"]
        assert (item.bought.days, item.bought.times, item.bought.amount) == tuple(table.loc[one])
        assert (item.recency, item.frequency, item.money) == tuple(fifths.loc[one])


def _fifths(values: Any) -> Any:
    """1 to 5 by the library's ranks; equal values share the lowest."""
    return (5 * (values.rank(method="min") - 1) // len(values)).astype(int) + 1
