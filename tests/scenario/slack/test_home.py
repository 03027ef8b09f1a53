"""The Home tab: whose day it shows, within Slack's limits, and what its buttons do."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.slack.blocks import home as views
from tests.scenario.slack.acting import elements, has
from tests.scenario.slack.bench import (
    GUEST,
    MANAGER,
    NEWCOMER,
    OPERATIONS,
    OTHER,
    REP,
    UNKNOWN,
    Bench,
)
from tests.scenario.slack.peer import TEAM, Json
from tools.data.models import Account, Coverage, Person, Preference, StrategyItem
from tools.domain.names import name_key

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIRM = "kam_proposal_confirm"
TODAY = datetime.now(UTC).astimezone().date()


async def home(bench: Bench, user: str, tab: str = "home") -> Json:
    """The tab that this person sees after opening it."""
    before = len(bench.slack.named("views.publish"))
    opened = {"type": "app_home_opened", "user": user, "channel": "D1", "tab": tab}
    await bench.slack.deliver(bench.slack.event(opened))
    await bench.slack.until(lambda: len(bench.slack.named("views.publish")) > before, 60)
    call = bench.slack.named("views.publish")[-1]
    assert call["user_id"] == user
    view = call["view"]
    found: Json = json.loads(json.dumps(view))
    return found


def words(view: Json) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False)


async def press(bench: Bench, view: Json, action: str, user: str = REP) -> None:
    """A click in the Home tab, which is no conversation."""
    found = next((e, b) for e, b in elements(view["blocks"]) if e.get("action_id") == action)
    element, block = found
    await bench.slack.click(
        {
            "type": "block_actions",
            "team": {"id": TEAM, "domain": "peer"},
            "user": {"id": user, "team_id": TEAM},
            "api_app_id": "A0KAM",
            "token": "unused",
            "trigger_id": f"home.{bench.slack.ts()}",
            "container": {"type": "view", "view_id": "V1"},
            "view": {**view, "id": "V1", "hash": "h", "team_id": TEAM},
            "actions": [
                {
                    "action_id": action,
                    "block_id": block["block_id"],
                    "type": element["type"],
                    "value": element["value"],
                }
            ],
        }
    )


def task(bench: Bench, user: str, account: str, what: str, days: int) -> None:
    bench.world.add(
        StrategyItem(
            account_id=bench.id_of(account),
            kind="service",
            stage="1",
            description=what,
            due_on=TODAY + timedelta(days=days),
            owner_id=bench.people[user],
        )
    )


def speaks(bench: Bench, user: str, language: str | None) -> None:
    def change(session: Session) -> None:
        session.get_one(Person, bench.people[user]).language = language

    bench.write(change)


def wishes(bench: Bench, user: str) -> Preference | None:
    with bench.sessions() as session:
        return session.get(Preference, bench.people[user])


async def test_a_rep_sees_what_waits(bench: Bench) -> None:
    account = bench.account()
    task(bench, REP, account, "Send the offer", -2)
    view = await home(bench, REP)
    said = words(view)
    assert "Your day, Anna Berg" in said
    assert "Send the offer" in said
    assert account in said
    assert "late" in said
    assert has(view, views.FORM_OPEN)
    assert has(view, views.PREPARE)
    assert has(view, views.SETTINGS)


async def test_a_manager_sees_the_portfolio_of_the_team(bench: Bench) -> None:
    bench.account()
    said = words(await home(bench, MANAGER))
    assert "Your day, Chen Wei" in said
    assert "ortfolio" in said


async def test_a_newcomer_sees_the_next_lesson_first(bench: Bench) -> None:
    bench.account("Sandbox Ltd", newcomers=True)
    said = words(await home(bench, NEWCOMER))
    assert "esson" in said
    assert said.index("esson") < said.index("Your day, Dora Lind")


async def test_sales_operations_see_the_company(bench: Bench) -> None:
    bench.account()
    assert "ortfolio" in words(await home(bench, OPERATIONS))


@pytest.mark.parametrize(
    ("user", "part"),
    [(UNKNOWN, "I do not know you yet"), (GUEST, "cannot help guests"), ("UNOONE", "workspaces")],
)
async def test_who_gets_no_data_reads_why(bench: Bench, user: str, part: str) -> None:
    account = bench.account()
    view = await home(bench, user)
    assert part in words(view)
    assert account not in words(view)
    assert not list(elements(view["blocks"]))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("Your day", "Update an account")),
        ("zh-Hans", ("今日事项", "更新客户信息")),
        ("zh-Hant", ("今日事項", "更新客戶資訊")),
    ],
)
async def test_speaks_the_language_of_the_reader(
    bench: Bench, language: str, parts: tuple[str, ...]
) -> None:
    speaks(bench, OTHER, language)
    said = words(await home(bench, OTHER))
    for part in parts:
        assert part in said


async def test_the_messages_tab_publishes_nothing(bench: Bench) -> None:
    before = len(bench.slack.named("views.publish"))
    opened = {"type": "app_home_opened", "user": REP, "channel": "D1", "tab": "messages"}
    await bench.slack.deliver(bench.slack.event(opened))
    await home(bench, OTHER)
    assert len(bench.slack.named("views.publish")) == before + 1


async def test_waiting_changes_come_as_cards_that_can_be_confirmed(bench: Bench) -> None:
    account = bench.account(city="Lyon")
    bench.proposed("update_account", account=account, city="Paris")
    view = await home(bench, REP)
    assert "Waiting changes (1)" in words(view)
    card = await bench.sent(press(bench, view, views.CHANGES))
    assert card.channel == "D" + REP
    assert account in card.words()
    await bench.press(card, CONFIRM)
    await bench.changed(card, "Confirmed by Anna Berg")
    assert bench.one(select(Account).where(Account.name == account)).city == "Paris"
    assert not has(await home(bench, REP), views.CHANGES)


async def test_a_meeting_is_prepared_and_an_account_updated_from_there(bench: Bench) -> None:
    view = await home(bench, REP)
    modal = await bench.opened(press(bench, view, views.PREPARE))
    assert modal["callback_id"] == "kam_prep_asked"
    modal = await bench.opened(press(bench, view, views.FORM_OPEN))
    assert "Update an account" in json.dumps(modal)


async def test_reminders_are_set_in_a_modal(bench: Bench) -> None:
    speaks(bench, OTHER, "en")
    view = await home(bench, OTHER)
    modal = await bench.opened(press(bench, view, views.SETTINGS, OTHER))
    said = {
        "reminders": "no",
        "digest": "yes",
        "quiet_from": "20",
        "quiet_until": "7",
        "snoozed_until": "2030-02-01",
    }
    assert modal["callback_id"] == views.SET
    told = await bench.sent(bench.submit(modal, OTHER, **said))
    kept = wishes(bench, OTHER)
    assert kept is not None
    assert (kept.reminders, kept.digest) == (False, True)
    assert (kept.quiet_from, kept.quiet_until) == (20, 7)
    assert kept.snoozed_until == date(2030, 2, 1)
    assert "Kept" in told.text
    again = await bench.opened(press(bench, view, views.SETTINGS, OTHER))
    shown = {b["block_id"]: e for e, b in elements(again["blocks"])}
    assert shown["reminders"]["initial_option"]["value"] == "no"
    assert shown["quiet_from"]["initial_option"]["value"] == "20"
    assert shown["snoozed_until"]["initial_date"] == "2030-02-01"


async def test_a_failure_is_told_in_the_tab(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("the figures are gone")

    monkeypatch.setattr(views, "home_view", broken)
    said = words(await home(bench, REP))
    assert "the figures are gone" not in said
    assert "Please quote" in said


async def test_a_tab_that_slack_refuses_says_so(bench: Bench) -> None:
    bench.slack.refuse("views.publish", "invalid_blocks")
    before = len(bench.slack.named("views.publish"))
    view = await home(bench, REP)
    await bench.slack.until(lambda: len(bench.slack.named("views.publish")) == before + 2)
    view = bench.slack.named("views.publish")[-1]["view"]
    assert len(view["blocks"]) == 1


async def test_five_hundred_accounts_fit(bench: Bench) -> None:
    """Long Chinese names, tasks for all of them, and evaluations that were never made."""
    people = bench.people

    def many(session: Session) -> None:
        named = [f"{'远大精密半导体设备制造' * 5}{n:03d}有限公司" for n in range(500)]
        rows = [Account(name=n, name_key=name_key(n), segment="retail") for n in named]
        session.add_all(rows)
        session.flush()
        for row in rows:
            session.add(Coverage(person_id=people[REP], account_id=row.id or 0))
            session.add(
                StrategyItem(
                    account_id=row.id or 0,
                    kind="service",
                    stage="1",
                    description="确认下一季度的交付计划" * 20,
                    due_on=TODAY - timedelta(days=1),
                    owner_id=people[REP],
                )
            )

    bench.write(many)
    for user in (REP, MANAGER, OPERATIONS):
        view = await home(bench, user)
        assert 5 < len(view["blocks"]) <= 100
    assert "远大" in words(await home(bench, REP))
    assert bench.slack.violations == []
