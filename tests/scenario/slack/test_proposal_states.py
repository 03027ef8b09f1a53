"""Proposed changes that are stale, expired, decided elsewhere or built upon."""

from typing import Any

import pytest

from tests.scenario.slack.acting import has
from tests.scenario.slack.bench import REP, Bench
from tests.scenario.slack.proposing import CANCEL, CONFIRM, UNDO, changes, city, move, renaming
from tools.changes import confirm, last_applied
from tools.data.models import ChangeSet
from tools.domain.vocabulary import ChangeStatus

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_stale_proposal_is_refused_and_shown_with_fresh_values(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    move(bench, account, city="Nantes")
    await bench.press(card, CONFIRM)
    await bench.changed(card, "the records have changed since")
    assert "Nantes" in card.words()
    assert city(bench, account) == "Nantes"
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    assert city(bench, account) == "Paris"


async def test_an_expired_proposal_is_refused_and_shown_again(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    number = changes(bench, account)[0].id

    def expire(session: Any) -> None:
        change = session.get_one(ChangeSet, number)
        change.expires_at = change.proposed_at

    bench.write(expire)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "had expired")
    states = [c.status for c in changes(bench, account)]
    assert states == [ChangeStatus.EXPIRED, ChangeStatus.PROPOSED]
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    assert city(bench, account) == "Paris"


async def test_what_was_built_on_cannot_be_undone(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by")
    move(bench, account, country="France")
    told = await bench.whispered(bench.press(card, UNDO))
    assert "cannot be undone" in told["text"]
    await bench.slack.until(lambda: not has(card, UNDO))
    assert city(bench, account) == "Paris"


async def test_a_decision_made_elsewhere_shows_at_the_next_click(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    card = renaming(bench, account)
    deps = bench.deps(REP, card.thread or "")
    confirm(deps, changes(bench, account)[0].id or 0)
    assert last_applied(deps)
    await bench.press(card, CANCEL)
    await bench.changed(card, "Confirmed by Anna Berg")
    assert has(card, UNDO)
