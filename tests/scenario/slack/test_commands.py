"""`/kam`: answers for the asker alone, in three languages, without a model."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from tests.scenario.slack.acting import acted, elements, has, typed
from tests.scenario.slack.bench import GUEST, MANAGER, NEWCOMER, OTHER, REP, UNKNOWN, Bench
from tests.scenario.slack.peer import Message
from tools.data.models import Account, AuditEntry

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answered(bench: Bench, text: str, user: str = REP) -> dict[str, Any]:
    """What the asker alone is told."""
    return await bench.whispered(bench.slack.command(typed(bench.slack, text, user)))


def words(answer: dict[str, Any]) -> str:
    return f"{answer['text']} {answer.get('blocks')}"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("score {a}", "score"),
        ("评分 {a}", "积分"),
        ("評分{a}", "積分"),
        ("owner {a}", "Anna Berg"),
        ("负责人 {a}", "Anna Berg"),
        ("負責人{a}", "Anna Berg"),
        ("checklist {a}", "checklist"),
        ("清单 {a}", "清单"),
        ("summary {a}", "Summary of"),
        ("摘要 {a}", "概况"),
        ("priority me", "riorit"),
        ("优先级 我的团队", "客户"),
        ("due me 5", "valuation"),
        ("到期 我", "评估"),
        ("help", "/kam score Merrowick"),
        ("帮助", "/kam 评分 霁川半导体"),
        ("說明 help", "no “"),
        ("", "/kam score Merrowick"),
    ],
)
async def test_each_subcommand_answers_the_asker_alone(bench: Bench, text: str, part: str) -> None:
    account = bench.account()
    user = MANAGER if "团队" in text else REP
    before = len(bench.slack.messages)
    if text.startswith("說明"):
        answer = await answered(bench, "說明", user)
        assert "没有" in words(answer) or "沒有" in words(answer) or "no “" in words(answer)
    else:
        answer = await answered(bench, text.format(a=account), user)
        assert part in words(answer)
    assert answer["response_type"] == "ephemeral"
    assert len(bench.slack.messages) == before


async def test_what_a_command_shows_is_in_the_audit_trail(bench: Bench) -> None:
    account = bench.account()
    await answered(bench, f"score {account}")
    await answered(bench, f"owner {account}")
    newest = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(2)
    owner, score = bench.all(newest)
    number = bench.id_of(account)
    assert (score.action, score.actor_id) == ("shown", bench.people[REP])
    assert (score.detail["tools"], score.accounts) == (["composite_score"], f"|{number}|")
    assert (owner.detail["tools"], owner.detail["shown"]) == (["coverage_owner"], {})


async def test_a_misspelt_subcommand_is_taken_for_the_nearest(bench: Bench) -> None:
    account = bench.account()
    before = len(bench.slack.answers)
    await bench.slack.command(typed(bench.slack, f"ownr {account}", REP))
    await bench.slack.until(lambda: len(bench.slack.answers) == before + 2)
    guessed, answer = bench.slack.answers[before:]
    assert "owner" in guessed["text"]
    assert "Anna Berg" in words(answer)


async def test_a_misspelt_account_is_asked_for_with_buttons(bench: Bench) -> None:
    bench.account("Quarrelfield North")
    bench.account("Quarrelfield South")
    answer = await answered(bench, "owner Quarrelfield")
    card = Message("C1", "1.9", None, answer["text"], answer["blocks"], REP)
    buttons = [e for e, _ in elements(card.blocks) if e["action_id"].startswith("kam_command_pick")]
    assert {b["text"]["text"] for b in buttons} == {"Quarrelfield North", "Quarrelfield South"}
    told = await bench.whispered(bench.press(card, "kam_command_pick_1"))
    assert "Anna Berg" in words(told)


async def test_without_an_account_a_menu_searches_for_it(bench: Bench) -> None:
    account = bench.account()
    answer = await answered(bench, "score")
    card = Message("C1", "1.9", None, answer["text"], answer["blocks"], REP)
    assert has(card, "kam_account_pick")
    block = next(b for e, b in elements(card.blocks) if e["action_id"] == "kam_account_pick")
    option = {"value": str(bench.id_of(account)), "text": {"text": account}}
    action = {
        "action_id": "kam_account_pick",
        "block_id": block["block_id"],
        "type": "external_select",
        "selected_option": option,
    }
    told = await bench.whispered(bench.slack.click(acted(bench.slack, card, action, REP)))
    assert account in words(told)


async def test_log_and_update_open_their_forms(bench: Bench) -> None:
    account = bench.account()
    view = await bench.opened(bench.slack.command(typed(bench.slack, f"log {account}", REP)))
    assert view["callback_id"] == "kam_form_filled"
    assert account in str(view["blocks"])
    view = await bench.opened(bench.slack.command(typed(bench.slack, f"更新 {account}", REP)))
    assert view["callback_id"] == "kam_form_chosen"
    assert account in str(view["blocks"])
    view = await bench.opened(bench.slack.command(typed(bench.slack, "update", REP)))
    assert view["callback_id"] == "kam_form_chosen"


async def test_a_form_opened_by_the_picker(bench: Bench) -> None:
    account = bench.account()
    answer = await answered(bench, "update Nothinglikethis")
    card = Message("C1", "1.9", None, answer["text"], answer["blocks"], REP)
    block = next(b for e, b in elements(card.blocks) if e["action_id"] == "kam_own_account_pick")
    action = {
        "action_id": "kam_own_account_pick",
        "block_id": block["block_id"],
        "type": "external_select",
        "selected_option": {"value": str(bench.id_of(account)), "text": {"text": account}},
    }
    view = await bench.opened(bench.slack.click(acted(bench.slack, card, action, REP)))
    assert account in str(view["blocks"])


async def test_undo_shows_the_last_change_with_its_button(bench: Bench) -> None:
    told = await answered(bench, "undo", OTHER)
    assert "no change of yours" in told["text"]
    account = bench.account(city="Lyon")
    card = bench.proposed("update_account", account=account, city="Paris")
    await bench.press(card, "kam_proposal_confirm")
    await bench.changed(card, "Confirmed by")
    answer = await answered(bench, "undo")
    last = Message("C1", "1.8", None, answer["text"], answer["blocks"], REP)
    bench.slack.messages.append(last)
    assert "Paris" in words(answer)
    await bench.press(last, "kam_proposal_undo")
    await bench.changed(last, "Undone by")
    assert bench.one(select(Account.city).where(Account.name == account)) == "Lyon"


async def test_search_asks_for_words(bench: Bench) -> None:
    assert "/kam search" in (await answered(bench, "search"))["text"]


@pytest.mark.parametrize(
    ("user", "part"),
    [
        (OTHER, "account team"),
        (NEWCOMER, "no account"),
        (UNKNOWN, "I do not know you yet"),
        (GUEST, "cannot help guests"),
    ],
)
async def test_nobody_sees_more_than_they_may(bench: Bench, user: str, part: str) -> None:
    account = bench.account(customer_since=date(2001, 2, 3))
    answer = await answered(bench, f"summary {account}", user)
    assert part in words(answer)
    assert "2001" not in words(answer)
    assert "Anna" not in words(answer)


async def test_a_scope_that_names_nothing_is_said(bench: Bench) -> None:
    assert "no region" in (await answered(bench, "priority Nowhereland"))["text"]
