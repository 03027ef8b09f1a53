"""Movements since an account review, and between two."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.review_changes import review_changes
from tools.data.models import ReviewEntry, ReviewPeriod, RuleSetRow
from tools.domain.overrides import with_overrides
from tools.domain.review_change import Movement
from tools.domain.vocabulary import Role
from tools.errors import BadInput, NotAllowed

JUNE, DECEMBER = date(2017, 6, 30), date(2017, 12, 31)


def review(world: World, ended: date, version: int = 0, scope: str = "company") -> int:
    return world.add(
        ReviewPeriod(
            scope=scope,
            period_start=date(ended.year, ended.month - 5, 1),
            period_end=ended,
            closed_on=ended,
            rules_version=version,
        )
    )


def entry(
    world: World,
    review_id: int,
    account: int,
    rank: int,
    score: int,
    *inputs: int,
    key: bool = False,
) -> None:
    names = ("revenue", "potential", "demonstration", "ability")
    world.add(
        ReviewEntry(
            review_id=review_id,
            account_id=account,
            rank=rank,
            score=Decimal(score),
            key_account=key,
            tier="vip" if key else None,
            inputs=dict(zip(names, map(str, inputs), strict=False)),
        )
    )


def stands(world: World, account: int, won: int, potential: int, show: int, win: int) -> None:
    world.deal(account, value=won, closed=date(2017, 6, 1), currency="USD")
    world.scored(account, potential, show, win)


@pytest.fixture
def four(world: World) -> dict[str, int]:
    """Today Stone leads before Blue, White and East; one of four is a key account (20 %)."""
    found = {name: world.account(name) for name in ("Blue", "Stone", "East", "White")}
    stands(world, found["Blue"], 3_000_000, 9_000_000, 50, 90)  # 24 + 24 + 12 + 20 = 80
    stands(world, found["Stone"], 3_000_000, 31_000_000, 50, 90)  # 24 + 30 + 12 + 20 = 86
    stands(world, found["East"], 600_000, 9_000_000, 50, 50)  # 18 + 24 + 12 + 12 = 66
    stands(world, found["White"], 600_000, 9_000_000, 70, 50)  # 18 + 24 + 16 + 12 = 70
    before = review(world, JUNE)
    entry(world, before, found["Blue"], 1, 80, 3_000_000, 9_000_000, 50, 90, key=True)
    entry(world, before, found["East"], 2, 70, 600_000, 9_000_000, 50, 70)
    entry(world, before, found["White"], 2, 70, 600_000, 9_000_000, 70, 50)
    entry(world, before, found["Stone"], 4, 56, 600_000, 3_000_000, 50, 70)
    return found


def test_who_entered_left_and_fell_and_why(world: World, four: dict[str, int]) -> None:
    card = review_changes(world.deps()).card()
    assert english(card.headline) == (
        "All accounts you can read from 2017-06-30 to 2018-01-01: 1 entered the key accounts "
        "(Stone), 1 left (Blue), 0 rose, 1 fell, 1 were overtaken."
    )
    assert [[row[0], *row[1:6], row[8]] for row in table_rows(card)] == [
        ["Stone", "entered", "4", "1", "56", "86", "potential +12, revenue +6, ability to win +4"],
        ["Blue", "left", "1", "2", "80", "80", "own score unchanged, others moved"],
        ["East", "fell", "2", "4", "70", "66", "ability to win -4"],
        ["White", "overtaken", "2", "3", "70", "70", "own score unchanged, others moved"],
    ]
    assert facts(card) == {"entered": "1", "left": "1", "fell": "1", "overtaken": "1"}
    renders(card)


def test_one_account(world: World, four: dict[str, int]) -> None:
    card = review_changes(world.deps(), "Stone").card()
    assert english(card.headline) == (
        "Stone from 2017-06-30 to 2018-01-01: entered; rank 4 became 1, score 56 became 86 "
        "(potential +12, revenue +6, ability to win +4)."
    )
    renders(card)


def test_two_closed_reviews_are_compared_as_they_were_kept(
    world: World, four: dict[str, int]
) -> None:
    after = review(world, DECEMBER)
    entry(world, after, four["East"], 1, 72, 3_000_000, 9_000_000, 50, 50, key=True)
    entry(world, after, four["Blue"], 2, 70, 600_000, 9_000_000, 50, 70)
    result = review_changes(world.deps(), since=JUNE, until=DECEMBER)
    assert result.then is not None
    assert (result.then.on, result.now.on, result.now.closed) == (JUNE, DECEMBER, True)
    moved = {item.customer.name: item.movement for item in result.moved}
    assert moved == {
        "East": Movement.ENTERED,
        "Blue": Movement.LEFT,
        "White": Movement.UNRANKED,
        "Stone": Movement.UNRANKED,
    }
    card = result.card()
    assert "closed snapshot of 2017-12-31" in english(card.why[1])
    assert english(card.missing[0]) == "No longer ranked, a factor is missing: White, Stone."
    renders(card)
    assert review_changes(world.deps()).then.on == DECEMBER  # type: ignore[union-attr]
    review(world, date(2016, 12, 31))
    oldest = review_changes(world.deps(), since=date(2017, 5, 1), until=DECEMBER)
    assert oldest.then is not None
    assert (oldest.then.on, oldest.now.on) == (date(2016, 12, 31), DECEMBER)
    newest = review_changes(world.deps(), until=DECEMBER)
    assert newest.then is not None
    assert (newest.then.on, newest.now.on) == (JUNE, DECEMBER)


def test_what_new_rules_did_is_shown_apart(world: World, four: dict[str, int]) -> None:
    overrides = {"score.weights.revenue": "0.2", "score.weights.ability": "0.3"}
    with world.sessions() as session:
        at = datetime(2017, 10, 1, tzinfo=UTC)
        session.add(RuleSetRow(version=1, overrides=overrides, created_at=at))
        session.commit()
    card = review_changes(world.deps(rules=with_overrides(1, overrides)), "Blue").card()
    # then 24 + 24 + 12 + 20 = 80; under the new weights 16 + 24 + 12 + 30 = 82
    assert table_rows(card)[0][-1] == "rules +2"
    assert english(card.why[2]).startswith("The rules changed in between")


def test_a_review_of_unknown_rules_still_shows_the_movement(world: World) -> None:
    account = world.account("Acme")
    stands(world, account, 600_000, 9_000_000, 50, 50)
    entry(world, review(world, JUNE, version=7), account, 3, 50, 600_000)
    card = review_changes(world.deps()).card()
    assert table_rows(card)[0][1] == "entered"
    assert table_rows(card)[0][-1] == "not comparable"
    assert "Rules version 7 is not recorded" in english(card.missing[0])
    renders(card)


def test_a_region_is_compared_with_its_own_reviews(world: World) -> None:
    unit = world.unit("East")
    found = {n: world.account(n, region=r) for n, r in (("In", "East"), ("Out", "West"))}
    for account in found.values():
        stands(world, account, 600_000, 9_000_000, 50, 50)
    entry(world, review(world, JUNE, scope="East"), found["In"], 3, 50, 600_000)
    asked = review_changes(world.deps(), region="East")
    assert (asked.scope, [item.customer.name for item in asked.moved]) == ("East", ["In"])
    assert "Compared are the reviews of East" in english(asked.card().why[2])
    renders(asked.card())
    assert review_changes(world.deps()).then is None
    head = world.person("Head", Role.MANAGER, unit)
    for account in found.values():
        world.covers(head, account)
    own = review_changes(world.deps(world.asker(head)))
    assert [item.customer.name for item in own.moved] == ["In"]
    company = review(world, DECEMBER)
    entry(world, company, found["Out"], 1, 66, 600_000)
    everywhere = review_changes(world.deps(world.asker(head)))
    assert (everywhere.scope, len(everywhere.moved)) == ("company", 2)


def test_without_a_closed_review_nothing_is_compared(world: World) -> None:
    world.account("Acme")
    for account in ("", "Acme"):
        card = review_changes(world.deps(), account).card()
        assert "no account review is closed yet" in english(card.headline)
        assert card.table is None
        renders(card)


def test_a_question_that_cannot_be_answered_is_refused(world: World) -> None:
    with pytest.raises(BadInput):
        review_changes(world.deps(), top=0)
    with pytest.raises(BadInput, match="swap the two days"):
        review_changes(world.deps(), since=DECEMBER, until=JUNE)


def test_a_rep_sees_own_accounts_with_the_ranks_of_the_company(
    world: World, four: dict[str, int]
) -> None:
    anna = world.person("Anna")
    world.covers(anna, four["East"])
    deps = world.deps(world.asker(anna))
    assert [row[:4] for row in table_rows(review_changes(deps).card())] == [
        ["East", "fell", "2", "4"]
    ]
    with pytest.raises(NotAllowed):
        review_changes(deps, "Blue")
    newcomer = world.asker(world.person("New", Role.NEWCOMER))
    assert review_changes(world.deps(newcomer)).moved == ()
