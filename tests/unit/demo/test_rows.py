from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest
from sqlmodel import select

from tools.data import models
from tools.data.database import open_engine, session_factory
from tools.data.demo.rows import Desk
from tools.domain.vocabulary import UnitKind


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    copy(sqlite_template, tmp_path / "kam.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'kam.db'}")
    with session_factory(engine)() as session:
        yield Desk(session, date(2026, 3, 16))
    engine.dispose()


def test_a_row_may_name_one_that_comes_after_it(desk: Desk) -> None:
    branch, top = desk.load(
        models.Unit,
        [
            {"key": "b", "name": "Suzhou", "kind": "branch", "parent": "hq"},
            {"key": "hq", "name": "Headquarters", "kind": "headquarters"},
        ],
    )
    assert branch.parent_id == top.id == desk.id("unit", "hq")
    assert (branch.kind, branch.name_key) == (UnitKind.BRANCH, "suzhou")
    assert top.parent_id is None


def test_cells_take_the_type_of_their_field(desk: Desk) -> None:
    desk.load(models.Account, [{"key": "a", "name": "Acme", "sandbox": "yes", "founded": "1990"}])
    (spend,) = desk.load(
        models.Financial,
        [{"account": "a", "year": "-1", "measure": "addressable_spend", "amount": "10.5"}],
        {"as_of": "-10d", "source": "test", "confirmed": "no"},
    )
    account = desk.session.exec(select(models.Account)).one()
    assert (account.sandbox, account.founded) == (True, 1990)
    assert (spend.account_id, spend.year, spend.amount) == (account.id, 2025, Decimal("10.5"))
    assert (spend.as_of, spend.confirmed) == (date(2026, 3, 6), False)


def test_a_row_overrules_the_default(desk: Desk) -> None:
    rows = [{"name": "One"}, {"name": "Two", "currency": "USD"}]
    products = desk.load(models.Product, rows, {"currency": "CNY"})
    assert [product.currency for product in products] == ["CNY", "USD"]


def test_of_two_aliases_with_one_key_the_first_is_kept(desk: Desk) -> None:
    rows = [{"key": "a", "name": "霁川半导体有限公司", "aliases": "霁川|霽川|Jichuan|JI CHUAN"}]
    desk.load(models.Account, rows)
    desk.load_aliases(models.AccountAlias, "account", rows)
    names = [alias.name for alias in desk.session.exec(select(models.AccountAlias))]
    assert names == ["霁川", "Jichuan"]
    assert desk.counts == {"account": 1, "account_alias": 2}


def test_an_unknown_column_and_an_unknown_key_are_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="no field for the column 'colour'"):
        desk.load(models.Product, [{"name": "One", "colour": "red"}])
    with pytest.raises(KeyError, match="nobody"):
        desk.load(models.Risk, [{"account": "nobody"}])
    with pytest.raises(KeyError, match="maybe"):
        desk.load(models.Account, [{"name": "Acme", "sandbox": "maybe"}])
