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
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

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

ACCOUNTS = 200_000
TODAY = date(2018, 1, 1)
SHARE = Decimal("0.2")
SEGMENTS = [*(f"segment {i}" for i in range(11)), None]
REGIONS = ("North", "South", "East", "West", None)
FACTORS = ("revenue", "potential", "demonstration", "ability")
KNOWN = ("2017-06-01", "survey", 1, 3, 1)
FACT = "as_of, source, confirmed, level, version"
TRAITS = {"buying": ("central", "local"), "payment": ("slow", "prompt")}


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
        _fill(connection, Random(7))
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
    inputs = _loaded(large)
    _report("score and rank all, from the file", ours, lambda: _ranked(_loaded(large)))
    _report(
        "score and rank all, from memory",
        lambda: board_of(RuleSet(), TODAY, board.columns, SHARE),
        lambda: _ranked(inputs),
    )
    theirs = _ranked(inputs)
    places = {account: (rank, top) for account, rank, top in theirs.iter_rows()}
    assert places == {
        account: (place.overall.rank, place.overall.in_top)
        for account, place in board.places.items()
        if place.overall
    }


def test_key_accounts_by_segment(large: Large) -> None:
    def ours() -> Any:
        return key_accounts(large.deps, by_segment=True).card()

    inputs = _loaded(large)
    _report("top 20 % by segment, from the file", ours, lambda: _by_segment(_loaded(large)))
    _report("top 20 % by segment, them from memory", ours, lambda: _by_segment(inputs))
    assert key_accounts(large.deps, by_segment=True).count == _by_segment(inputs).height


def test_priority_list(large: Large) -> None:
    def ours() -> Any:
        return priority_list(large.deps).card()

    inputs = _relations(large)
    _report("priority list, page 1, from the file", ours, lambda: _priority(_relations(large)))
    _report("priority list, page 1, them from memory", ours, lambda: _priority(inputs))
    theirs = [name for (name,) in _priority(inputs).select("name").iter_rows()]
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


def _loaded(large: Large) -> dict[str, Any]:
    """What a ranking reads, in as few columns as it takes."""
    return {
        "account": large.read("SELECT id, name, segment FROM account WHERE sandbox = 0"),
        "factor": large.read(
            "SELECT account_id, factor, value, as_of FROM factor_input WHERE as_of <= '2018-01-01'"
        ),
        "yearly": large.read(
            "SELECT account_id, amount, year FROM financial WHERE measure = 'our_revenue' "
            "AND forecast = 0 AND as_of <= '2018-01-01'"
        ),
        "sold": large.read(
            "SELECT account_id, value FROM opportunity WHERE stage = 'won' "
            "AND closed_on BETWEEN '2017-01-02' AND '2018-01-01'"
        ),
        "dealt": large.read("SELECT DISTINCT account_id FROM opportunity"),
    }


def _scored(inputs: dict[str, Any]) -> Any:
    """Every account with its score, null where a factor is missing."""
    newest = inputs["factor"].sort("as_of").group_by("account_id", "factor").last()
    wide = newest.pivot("factor", index="account_id", values="value")
    yearly = inputs["yearly"].sort("year").group_by("account_id").last()
    sold = inputs["dealt"].join(
        inputs["sold"].group_by("account_id").sum(), on="account_id", how="left"
    )
    joined = (
        inputs["account"]
        .join(wide, left_on="id", right_on="account_id", how="left")
        .join(
            yearly.select("account_id", "amount"), left_on="id", right_on="account_id", how="left"
        )
        .join(
            sold.select("account_id", pl.col("value").fill_null(0)),
            left_on="id",
            right_on="account_id",
            how="left",
        )
        .with_columns(revenue=pl.coalesce("value", "amount"))
    )
    rules = RuleSet().score
    score = pl.lit(0, pl.Int64)
    for factor in FACTORS:
        weight = int(getattr(rules.weights, factor) * 100)
        points = pl.lit(0, pl.Int64)
        for band in getattr(rules.bands, factor):
            reached = pl.col(factor) >= int(band.at_least * 10_000)
            points = pl.when(reached).then(int(band.points) * weight).otherwise(points)
        score = score + pl.when(pl.col(factor).is_null()).then(None).otherwise(points)
    return joined.with_columns(score=score).filter(pl.col("score").is_not_null())


def _placed(scored: Any, of: Any, rank: Any) -> Any:
    count = (of * 2 + 9) // 10
    return scored.with_columns(rank=rank, top=rank <= count)


def _ranked(inputs: dict[str, Any]) -> Any:
    rank = pl.col("score").rank("min", descending=True).cast(pl.Int64)
    return _placed(_scored(inputs), pl.len(), rank).select("id", "rank", "top")


def _by_segment(inputs: dict[str, Any]) -> Any:
    rank = pl.col("score").rank("min", descending=True).over("segment").cast(pl.Int64)
    scored = _scored(inputs).filter(pl.col("segment").is_not_null())
    placed = _placed(scored, pl.len().over("segment"), rank)
    return placed.filter("top").sort(["score", "name"], descending=[True, False])


def _relations(large: Large) -> dict[str, Any]:
    """What the priority list reads."""
    return {
        "account": large.read("SELECT id, name FROM account WHERE sandbox = 0"),
        "spend": large.read(
            "SELECT account_id, amount, year FROM financial "
            "WHERE measure = 'addressable_spend' AND as_of <= '2018-01-01'"
        ),
        "habit": large.read("SELECT account_id, trait, value FROM purchasing_behaviour"),
        "met": large.read(
            "SELECT i.account_id, i.held_on, i.executive, c.layer FROM interaction i "
            "LEFT JOIN interaction_contact l ON l.interaction_id = i.id "
            "LEFT JOIN contact c ON c.id = l.contact_id WHERE i.held_on <= '2018-01-01'"
        ),
        "judged": large.read(
            "SELECT account_id, points, held_on FROM evaluation WHERE judged "
            "AND dimension = 'relationship' AND points IS NOT NULL AND held_on <= '2018-01-01'"
        ),
    }


def _priority(inputs: dict[str, Any]) -> Any:
    rules = RuleSet()
    factors = {(m.trait, m.value): float(m.factor) for m in rules.value.multipliers}
    behaviour = (
        inputs["habit"]
        .join(
            pl.DataFrame(
                [(*key, factor) for key, factor in factors.items()],
                schema=["trait", "value", "factor"],
                orient="row",
            ),
            on=["trait", "value"],
        )
        .group_by("account_id")
        .agg(pl.col("factor").product())
    )
    valued = (
        inputs["spend"]
        .sort("year")
        .group_by("account_id")
        .last()
        .join(behaviour, on="account_id", how="left")
        .with_columns(worth=pl.col("amount") * 0.3 * pl.col("factor").fill_null(1.0))
    )
    limit = valued["worth"].quantile(0.5, "linear")
    close = _close(inputs)
    high, near = pl.col("worth") >= limit, pl.col("closeness") >= 50
    quadrant = pl.when(high & near).then(0).when(high).then(1).when(near).then(2).otherwise(3)
    return (
        inputs["account"]
        .join(valued, left_on="id", right_on="account_id")
        .join(close, left_on="id", right_on="account_id")
        .with_columns(quadrant=quadrant)
        .sort(["quadrant", "worth", "closeness", "name"], descending=[False, True, False, False])
        .head(20)
    )


def _close(inputs: dict[str, Any]) -> Any:
    """The closeness of accounts with every aspect known."""
    day = pl.col("held_on").str.to_date()
    met = inputs["met"].with_columns(day=day, ago=(pl.lit(TODAY) - day).dt.total_days())
    recent = pl.col("ago") <= 180
    high = pl.col("executive").cast(pl.Boolean) | (pl.col("layer") == "decision").fill_null(False)
    found = met.group_by("account_id").agg(
        last=pl.col("ago").min(),
        count=recent.sum(),
        layers=pl.col("layer").filter(recent).drop_nulls().n_unique(),
        executive=(recent & high).any(),
    )
    judged = (
        inputs["judged"]
        .sort("held_on")
        .group_by("account_id")
        .last()
        .filter(pl.col("held_on") >= str(TODAY - timedelta(days=180)))
    )
    last = pl.col("last")
    recency = pl.when(last <= 30).then(100).when(last >= 180).then(0).otherwise((180 - last) / 1.5)
    frequency = pl.min_horizontal(pl.lit(100), pl.col("count") * 30 / 1.8)
    return (
        found.filter((pl.col("layers") > 0) | (pl.col("count") == 0))
        .join(judged, on="account_id")
        .select(
            "account_id",
            closeness=0.2 * recency
            + 0.2 * frequency
            + 0.2 * pl.col("layers") * 100 / 3
            + 10 * pl.col("executive").cast(pl.Int64)
            + 0.3 * pl.col("points") / 10_000,
        )
    )


def _fill(connection: sqlite3.Connection, random: Random) -> None:
    ids = range(1, ACCOUNTS + 1)
    _insert(
        connection,
        "account (id, name, name_key, segment, region, status, sandbox, version)",
        (
            (
                i,
                f"Account {i}",
                name_key(f"Account {i}"),
                random.choice(SEGMENTS),
                random.choice(REGIONS),
                "active",
                0,
                1,
            )
            for i in ids
        ),
    )
    _insert(
        connection,
        "person (id, name, name_key, role, active, version)",
        ((i, f"Seller {i}", name_key(f"Seller {i}"), "rep", 1, 1) for i in range(1, 501)),
    )
    _insert(
        connection,
        "coverage (account_id, person_id, role, version)",
        ((i, i % 500 + 1, "owner", 1) for i in ids),
    )
    for factor, most, unit in (
        ("potential", 40_000_000, "USD"),
        ("demonstration", 100, "points"),
        ("ability", 100, "points"),
    ):
        _insert(
            connection,
            f"factor_input (account_id, factor, value, unit, {FACT})",
            (
                (i, factor, random.randrange(most * 10_000), unit, *_known(random, year))
                for i in ids
                if random.random() < 0.95
                for year in ((2017,) if random.random() < 0.8 else (2016, 2017))
            ),
        )
    for measure, share in (("our_revenue", 0.5), ("addressable_spend", 0.8)):
        _insert(
            connection,
            f"financial (account_id, year, measure, amount, currency, forecast, {FACT})",
            (
                (i, year, measure, random.randrange(10**11), "USD", 0, *KNOWN)
                for i in ids
                if random.random() < share
                for year in (2015, 2016)
            ),
        )
    _insert(
        connection,
        "opportunity (account_id, person_id, stage, engaged_on, closed_on, value, currency, "
        "source, version)",
        (
            (
                i,
                i % 500 + 1,
                random.choice(("won", "won", "lost")),
                "2016-01-01",
                f"{random.choice((2016, 2017, 2017))}-{random.randrange(2, 13):02}-03",
                random.randrange(10**10),
                "USD",
                "bench",
                1,
            )
            for i in ids
            for _ in range(random.randrange(4))
        ),
    )
    _relationships(connection, random, ids)


def _relationships(connection: sqlite3.Connection, random: Random, ids: range) -> None:
    _insert(
        connection,
        f"purchasing_behaviour (account_id, trait, value, {FACT})",
        (
            (i, trait, random.choice(options), *KNOWN)
            for i in ids
            if random.random() < 0.5
            for trait, options in TRAITS.items()
        ),
    )
    _insert(
        connection,
        f"contact (id, account_id, name, name_key, layer, {FACT})",
        (
            (
                i,
                i,
                "Somebody",
                "somebody",
                random.choice(("execution", "management", "decision")),
                *KNOWN,
            )
            for i in ids
        ),
    )
    met = [i for i in ids if random.random() < 0.6]
    _insert(
        connection,
        "interaction (id, account_id, held_on, channel, summary, executive, source, "
        "level, version)",
        (
            (
                row,
                i,
                str(TODAY - timedelta(days=random.randrange(250))),
                "visit",
                "met",
                int(random.random() < 0.2),
                "bench",
                3,
                1,
            )
            for row, i in enumerate(met, start=1)
        ),
    )
    _insert(
        connection,
        "interaction_contact (interaction_id, contact_id)",
        ((row, i) for row, i in enumerate(met, start=1)),
    )
    _insert(
        connection,
        "evaluation (account_id, dimension, held_on, points, judged, version)",
        (
            (i, "relationship", "2017-12-01", random.randrange(100) * 10_000, 1, 1)
            for i in ids
            if random.random() < 0.7
        ),
    )


def _known(random: Random, year: int) -> tuple[object, ...]:
    return (f"{year}-{random.randrange(1, 13):02}-01", *KNOWN[1:])


def _insert(connection: sqlite3.Connection, into: str, rows: Iterator[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (into.count(",") + 1))
    connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)
