"""Structured updates by modal: fields from the tools, misfits at their fields, never a write."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.slack.opening import FORMS, OPEN
from tests.scenario.slack.acting import acted, has, typed
from tests.scenario.slack.bench import MANAGER, NEWCOMER, OTHER, REP, UNKNOWN, Bench
from tests.scenario.slack.peer import Json, Message
from tools.checklists import find
from tools.data.models import ChangeSet, Contact, Evaluation, Need, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def form(bench: Bench, account: str, name: str, user: str = REP) -> Json:
    """The modal of that form for the account, reached by the choice."""
    view = await bench.opened(bench.slack.command(typed(bench.slack, "update", user)))
    number = str(bench.id_of(account))
    answer = await bench.submit(view, user, form=name, account=number)
    assert answer is not None
    assert answer["response_action"] == "update"
    found: Json = answer["view"]
    return found


async def proposed(bench: Bench, view: Json, user: str = REP, **values: Any) -> Message:
    """The card that the submitted form leads to."""
    before = len(bench.slack.messages)
    answer = await bench.submit(view, user, **values)
    assert answer == {"response_action": "clear"}, answer
    await bench.slack.until(lambda: len(bench.slack.messages) > before)
    return bench.slack.messages[before]


def item(checklist: str, number: int = 0) -> str:
    found = find(checklist)
    return f"{found.key}:{found.items[number].key}"


async def test_each_form_leads_to_a_proposal_and_writes_nothing(bench: Bench) -> None:
    account = bench.account()
    number = bench.id_of(account)
    contact = bench.world.contact(number, "Li Na").id
    for tool, fields in (
        ("add_need", {"description": "a bench", "horizon": "short"}),
        ("add_risk", {"description": "late payment", "kind": "financial"}),
        ("add_opportunity", {"name": "second line"}),
    ):
        card = bench.proposed(tool, account=account, **fields)
        await bench.press(card, "kam_proposal_confirm")
        await bench.changed(card, "Confirmed by")
    need = bench.one(select(Need).where(Need.account_id == number)).id
    ben = str(bench.people[OTHER])
    filled: dict[str, dict[str, Any]] = {
        "log": {"summary": "They want a second line", "channel": "visit", "contact": str(contact)},
        "contact": {"name": "Wang Wei", "layer": "decision", "decides": "true"},
        "contact_update": {"contact": str(contact), "stance": "supporter"},
        "need": {"description": "training", "horizon": "medium", "amount": "40000"},
        "need_update": {"need": str(need), "expected_on": "2030-01-31"},
        "opportunity": {"name": "spare parts", "amount": "1200.50", "currency": "EUR"},
        "opportunity_update": {"opportunity": "1", "stage": "engaging"},
        "risk": {"description": "new rival", "kind": "competitor", "owner": ben},
        "risk_update": {"risk": "1", "likelihood": "5"},
        "evaluation": {"dimension": "relationship", "points": "70"},
        "checklist": {"item": item("handover"), "evidence": "minutes of May"},
        "coverage": {"person": ben, "role": "stand_in"},
    }
    assert filled.keys() == FORMS.keys()
    for name, values in filled.items():
        user = MANAGER if name == "coverage" else REP
        view = await form(bench, account, name, user)
        card = await proposed(bench, view, user, **values)
        assert has(card, "kam_proposal_confirm"), name
        assert account in card.words()
    assert bench.all(select(Evaluation)) == []
    assert len(bench.all(select(Contact))) == 1
    assert len(bench.all(select(Need))) == 1


@pytest.mark.parametrize(
    ("name", "values", "field", "part"),
    [
        ("evaluation", {"dimension": "needs", "points": "170"}, "points", "from 0 to 100"),
        ("evaluation", {"dimension": "needs", "points": "much"}, "points", "no number"),
        ("need", {"description": "x", "amount": "-5"}, "amount", "negative"),
        (
            "need",
            {"description": "x", "amount": "5", "currency": "gold"},
            "currency",
            "no currency",
        ),
        ("checklist", {"item": item("handover"), "evidence": None}, "evidence", "What shows"),
        ("contact", {"name": "Li Na"}, "name", "has a contact"),
        ("log", {"summary": "  "}, "summary", "Please say"),
        ("risk", {"description": "x", "kind": "financial", "impact": "9"}, "impact", "from 1 to 5"),
        ("risk", {"description": "x", "kind": "financial", "impact": "1.5"}, "impact", "whole"),
        ("contact_update", {"contact": "99999"}, "contact", "not there any more"),
    ],
)
async def test_a_misfit_is_said_at_its_field(
    bench: Bench, name: str, values: dict[str, Any], field: str, part: str
) -> None:
    account = bench.account()
    bench.world.contact(bench.id_of(account), "Li Na")
    view = await form(bench, account, name)
    before = len(bench.all(select(ChangeSet)))
    answer = await bench.submit(view, **values)
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]
    assert part in answer["errors"][field]
    assert len(bench.all(select(ChangeSet))) == before


async def test_a_day_to_come_is_no_day_of_a_visit(bench: Bench) -> None:
    view = await form(bench, bench.account(), "log")
    tomorrow = (bench.deps(REP).today + timedelta(days=2)).isoformat()
    answer = await bench.submit(view, summary="met", on=tomorrow)
    assert answer is not None
    assert "still to come" in answer["errors"]["on"]


async def test_errors_and_labels_speak_the_persons_language(bench: Bench) -> None:
    number = bench.people[REP]
    bench.write(lambda s: setattr(s.get_one(Person, number), "language", "zh-Hans"))
    try:
        view = await form(bench, bench.account(), "evaluation")
        assert "分数" in str(view["blocks"])
        assert "关系紧密度" in str(view["blocks"])
        answer = await bench.submit(view, dimension="needs", points="170")
        assert answer is not None
        assert "范围是 0 至 100" in answer["errors"]["points"]
    finally:
        bench.write(lambda s: setattr(s.get_one(Person, number), "language", None))


async def test_an_account_of_others_gets_no_form(bench: Bench) -> None:
    account = bench.account()
    for user, part in ((OTHER, "account team"), (NEWCOMER, "pick one")):
        view = await bench.opened(bench.slack.command(typed(bench.slack, "update", user)))
        answer = await bench.submit(view, user, form="need", account=str(bench.id_of(account)))
        assert answer is not None
        assert part in answer["errors"]["account"]


async def test_a_form_of_somebody_else_proposes_nothing(bench: Bench) -> None:
    account = bench.account()
    view = await form(bench, account, "need")
    answer = await bench.submit(view, OTHER, description="mine", horizon="short")
    assert answer is not None
    assert "account team" in str(answer) or "allowed" in str(answer)
    await bench.submit(view, UNKNOWN, description="mine", horizon="short")
    assert [c for c in bench.all(select(ChangeSet)) if account in c.title] == []


async def test_a_role_that_may_not_is_told(bench: Bench) -> None:
    view = await form(bench, bench.account(), "coverage")
    answer = await bench.submit(view, person=str(bench.people[OTHER]))
    assert answer is not None
    assert answer["response_action"] == "update"
    assert "Your role" in str(answer["view"]["blocks"])


async def test_a_button_opens_the_choice(bench: Bench) -> None:
    card = Message("D1", bench.slack.ts(), None, "home", [])
    action = {"action_id": OPEN, "block_id": "b", "type": "button", "value": "log"}
    view = await bench.opened(bench.slack.click(acted(bench.slack, card, action, REP)))
    assert view["blocks"][0]["element"]["initial_option"]["value"] == "log"


async def test_an_account_without_records_says_so(bench: Bench) -> None:
    view = await form(bench, bench.account(), "need_update")
    assert "none recorded" in str(view["blocks"])
