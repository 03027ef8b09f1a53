"""A company of many accounts with every input that a ranking reads, written straight to SQLite."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tools.domain.names import name_key

ACCOUNTS = 200_000
TODAY = date(2018, 1, 1)
SEGMENTS = [*(f"segment {i}" for i in range(11)), None]
REGIONS = ("North", "South", "East", "West", None)
KNOWN = ("2017-06-01", "survey", 1, 3, 1)
FACT = "as_of, source, confirmed, level, version"
TRAITS = {"buying": ("central", "local"), "payment": ("slow", "prompt")}


def fill(connection: sqlite3.Connection, random: Random) -> None:
    """Writes the company into the migrated, empty database."""
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
