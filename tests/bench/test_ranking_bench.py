"""How long a company of 200,000 accounts takes to rank, beside polars over the same columns.

The yardsticks compute the same places from the same file and from data frames in memory; a
look-up of one account stands beside the bare indexed statement. Ratios are printed, and only
the results are asserted.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.bench.polars_ranking import by_segment, loaded, priority, ranked, relations
from tests.bench.ranked_company import TODAY, fill
from tests.unit.catalog.world import NoLibrary
from tools.access import OPERATOR
from tools.catalog.composite_score import composite_score
from tools.catalog.coverage_owner import coverage_owner
from tools.catalog.key_accounts import key_accounts
from tools.catalog.priority_list import priority_list
from tools.catalog.tier_list import tier_list
from tools.data.database import Sessions, migrate, open_engine, session_factory
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.rules import RuleSet
from tools.scoring import board_of, scoreboard
from tools.text import Language

pytestmark = pytest.mark.bench

pl = pytest.importorskip("polars")
pytest.importorskip("connectorx")

SHARE = Decimal("0.2")


@dataclass(frozen=True)
class Large:
    """The company, where it is kept, and what its tools need."""

    path: Path
    sessions: Sessions
    deps: Deps

    def read(self, query: str) -> Any:
        return pl.read_database_uri(query, f"sqlite://{self.path}", engine="connectorx")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    path = tmp_path_factory.mktemp("large") / "kam.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with closing(sqlite3.connect(path)) as connection, connection:
        fill(connection, Random(7))
        connection.execute("ANALYZE")
    sessions = session_factory(engine)
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    yield Large(
        path,
        sessions,
        Deps(sessions, lambda: at, RuleSet(), OPERATOR, Language.ENGLISH, NoLibrary()),
    )
    engine.dispose()


def test_score_and_rank_all(large: Large) -> None:
    def ours() -> Any:
        with large.sessions() as session:
            company = customers(session)
            return scoreboard(session, RuleSet(), TODAY, company, SHARE)

    board = ours()
    inputs = loaded(large)
    _report("score and rank all, from the file", ours, lambda: ranked(loaded(large)))
    _report(
        "score and rank all, from memory",
        lambda: board_of(RuleSet(), TODAY, board.columns, SHARE),
        lambda: ranked(inputs),
    )
    theirs = ranked(inputs)
    places = {account: (rank, top) for account, rank, top in theirs.iter_rows()}
    assert places == {
        account: (place.overall.rank, place.overall.in_top)
        for account, place in board.places.items()
        if place.overall
    }


def test_key_accounts_by_segment(large: Large) -> None:
    def ours() -> Any:
        return key_accounts(large.deps, by_segment=True).card()

    inputs = loaded(large)
    _report("top 20 % by segment, from the file", ours, lambda: by_segment(loaded(large)))
    _report("top 20 % by segment, them from memory", ours, lambda: by_segment(inputs))
    assert key_accounts(large.deps, by_segment=True).count == by_segment(inputs).height


def test_priority_list(large: Large) -> None:
    def ours() -> Any:
        return priority_list(large.deps).card()

    inputs = relations(large)
    _report("priority list, page 1, from the file", ours, lambda: priority(relations(large)))
    _report("priority list, page 1, them from memory", ours, lambda: priority(inputs))
    theirs = [name for (name,) in priority(inputs).select("name").iter_rows()]
    assert [item.customer.name for _, item in priority_list(large.deps).placed[:20]] == theirs


def test_tiers(large: Large) -> None:
    wall, cpu = _spent(lambda: tier_list(large.deps).card())
    print(f"\nall accounts by tier: {wall:,.0f} ms ({cpu:,.0f} computing)")


def test_look_ups(large: Large) -> None:
    name = "Account 123456"
    key = (name_key(name),)
    owner = (
        "SELECT p.name FROM account a JOIN coverage c ON c.account_id = a.id "
        "JOIN person p ON p.id = c.person_id WHERE a.name_key = ? AND c.role = 'owner'"
    )
    inputs = (
        "SELECT f.factor, f.value, f.as_of FROM account a "
        "JOIN factor_input f ON f.account_id = a.id WHERE a.name_key = ? ORDER BY f.as_of"
    )
    with closing(sqlite3.connect(large.path)) as bare:

        def statement(query: str) -> Callable[[], Any]:
            return lambda: bare.execute(query, key).fetchall()

        _report("owner of one account", lambda: coverage_owner(large.deps, name), statement(owner))
        _report(
            "score and rank of one account",
            lambda: composite_score(large.deps, name),
            statement(inputs),
        )


def _spent(run: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Milliseconds passed and milliseconds computed, medians of several runs."""
    passed, computed = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        passed.append(time.perf_counter() - wall)
        computed.append(time.process_time() - cpu)
    return statistics.median(passed) * 1000, statistics.median(computed) * 1000


def _report(what: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    (wall, cpu), (their_wall, their_cpu) = _spent(ours), _spent(theirs)
    print(
        f"\n{what}: {wall:,.2f} ms ({cpu:,.2f} computing), yardstick {their_wall:,.2f} ms "
        f"({their_cpu:,.2f}), ratio {wall / their_wall:.2f} ({cpu / their_cpu:.2f})"
    )
