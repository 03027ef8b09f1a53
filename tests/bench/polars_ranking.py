"""The yardstick of the rankings: the same places computed by polars over the same columns."""

from datetime import timedelta
from typing import Any, Protocol

import pytest

from tests.bench.ranked_company import TODAY
from tools.domain.rules import RuleSet

pl = pytest.importorskip("polars")

FACTORS = ("revenue", "potential", "demonstration", "ability")


class Readable(Protocol):
    """A database that answers a query with a data frame."""

    def read(self, query: str) -> Any: ...


def loaded(large: Readable) -> dict[str, Any]:
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


def ranked(inputs: dict[str, Any]) -> Any:
    rank = pl.col("score").rank("min", descending=True).cast(pl.Int64)
    return _placed(_scored(inputs), pl.len(), rank).select("id", "rank", "top")


def by_segment(inputs: dict[str, Any]) -> Any:
    rank = pl.col("score").rank("min", descending=True).over("segment").cast(pl.Int64)
    scored = _scored(inputs).filter(pl.col("segment").is_not_null())
    placed = _placed(scored, pl.len().over("segment"), rank)
    return placed.filter("top").sort(["score", "name"], descending=[True, False])


def relations(large: Readable) -> dict[str, Any]:
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


def priority(inputs: dict[str, Any]) -> Any:
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
    ago = (pl.lit(TODAY) - pl.col("held_on")).dt.total_days()
    met = inputs["met"].with_columns(ago=ago)
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
        .filter(pl.col("held_on") >= TODAY - timedelta(days=180))
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
