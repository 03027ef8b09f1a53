"""Thumbs below answers, kept as cases for the evaluation; and the buttons on cards."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlmodel import select

from bot.cli import kam
from bot.evaluation.cases import load_cases
from bot.slack.blocks import messages
from bot.slack.surfaces.cards import passage_of
from bot.turn import Reply, ToolCall
from kam_knowledge.documents import Passage
from kam_knowledge.search import Readable
from tests.scenario.slack.acting import acted, clicked, elements, has, typed
from tests.scenario.slack.bench import NEWCOMER, OTHER, REP, UNKNOWN, Bench
from tests.scenario.slack.peer import Message
from tests.unit.catalog.world import NoLibrary
from tools.checklists import find
from tools.data.models import ChangeSet, Feedback
from tools.text import Language

pytestmark = pytest.mark.asyncio(loop_scope="module")
THUMB = "kam_feedback"


async def answer_to(bench: Bench, question: str, user: str = REP) -> Message:
    """The answer with its thumbs."""
    body = bench.slack.said(question, user)
    await bench.slack.deliver(body)
    root = body["event"]["ts"]

    def shown() -> Message | None:
        return next((m for m in bench.slack.thread("D1", root) if has(m, THUMB)), None)

    found: Message = await bench.slack.until(shown, 60)
    return found


def kept(bench: Bench, card: Message) -> list[Feedback]:
    return bench.all(select(Feedback).where(Feedback.moment == card.ts))


async def test_a_thumb_keeps_what_is_needed_to_ask_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    account = bench.account()
    question = f"Who is responsible for {account}?"
    card = await answer_to(bench, question)
    await bench.press(card, THUMB, value="good")
    await bench.slack.until(lambda: bench.slack.named("conversations.replies"))
    await bench.eventually(lambda: len(kept(bench, card)) == 1)
    [given] = kept(bench, card)
    assert (given.good, given.question, given.reason) == (True, question, None)
    assert given.calls["calls"][0]["name"] == "coverage_owner"
    assert given.model == "built-in"
    assert account in given.answer

    # A second thought replaces the first; the reason comes with the modal.
    view = await bench.opened(bench.press(card, THUMB, value="bad"))
    await bench.eventually(lambda: [f.good for f in kept(bench, card)] == [False])
    assert view["callback_id"] == "kam_feedback_given"
    await bench.submit(view, reason="wrong_figure", words="Ben took over")
    await bench.eventually(lambda: bool(kept(bench, card)[0].reason))
    assert kept(bench, card)[0].reason == "wrong_figure: Ben took over"

    # The command lists it as a case that the evaluation can load.
    monkeypatch.setenv("KAM_HOME", str(bench.settings.home))
    listed = CliRunner().invoke(kam, ["feedback"])
    assert listed.exit_code == 0, listed.output
    assert "bad, wrong_figure: Ben took over" in listed.output
    file = tmp_path / "feedback.yaml"
    file.write_text(listed.output, encoding="utf-8")
    case = next(c for c in load_cases([file]) if c.turns[0].say == question)
    assert case.person == "Anna Berg"
    assert "coverage_owner" in case.turns[0].calls[0]
    plain = json.loads(CliRunner().invoke(kam, ["feedback", "--json", "--bad"]).output)
    assert plain[-1]["person"] == "Anna Berg"
    later = CliRunner().invoke(kam, ["feedback", "--since", "2999-01-01"])
    assert later.output.strip() == "# no feedback"


async def test_only_who_asked_rates(bench: Bench) -> None:
    card = await answer_to(bench, f"Who is responsible for {bench.account()}?")
    for user, part in ((OTHER, "Only the person who asked"), (UNKNOWN, "do not know you")):
        told = await bench.whispered(bench.press(card, THUMB, user, value="bad"))
        assert part in told["text"]
    assert kept(bench, card) == []


def card_of(bench: Bench, tool: str, **arguments: Any) -> Message:
    """The answer of a tool as it stands in Slack."""
    result = bench.call(tool, REP, **arguments)
    card = result.card()
    reply = Reply(
        card.headline.render(Language.ENGLISH),
        (card,),
        (ToolCall(tool, arguments, result),),
        card.quotes,
        Language.ENGLISH,
        "built-in",
    )
    return bench.shown(messages(reply)[0])


async def test_why_is_worked_out_for_the_one_who_asks(bench: Bench) -> None:
    account = bench.account()
    card = card_of(bench, "composite_score", account=account)
    view = await bench.opened(bench.press(card, "kam_card_why"))
    assert account in str(view["blocks"])
    told = await bench.whispered(bench.press(card, "kam_card_why", OTHER))
    assert "account team" in told["text"]
    told = await bench.whispered(bench.press(card, "kam_card_why", NEWCOMER))
    assert account not in told["text"] or "no account" in told["text"]


async def test_why_of_something_that_writes_is_refused(bench: Bench) -> None:
    card = card_of(bench, "composite_score", account=bench.account())
    value = json.dumps({"tool": "add_need", "arguments": {}})
    told = await bench.whispered(bench.press(card, "kam_card_why", value=value))
    assert "nothing to explain" in told["text"]


async def test_passages_open_as_far_as_somebody_may_read_them(
    bench: Bench, index_folder: Path
) -> None:
    # The index is opened by its first use.
    shutil.copytree(index_folder, bench.settings.home / "index", dirs_exist_ok=True)
    asked = typed(bench.slack, "search what are the duties of an executive sponsor", REP)
    answer = await bench.whispered(bench.slack.command(asked))
    card = Message("C1", bench.slack.ts(), None, answer["text"], answer["blocks"], REP)
    view = await bench.opened(bench.press(card, "kam_passage_open", NEWCOMER))
    assert "ponsor" in str(view["blocks"])
    button = next(e for e, _ in elements(card.blocks) if e["action_id"] == "kam_passage_open")
    gone = {**button, "value": "plan-999#1"}
    told = await bench.whispered(bench.slack.click(acted(bench.slack, card, gone, REP)))
    assert "not there any more" in told["text"]


async def test_a_passage_is_read_within_the_scope_of_who_clicks(bench: Bench) -> None:
    asked: list[Readable] = []

    class Watched(NoLibrary):
        def passage(self, passage_id: str, readable: Readable) -> Passage | None:
            asked.append(readable)
            return None

    for user in (REP, OTHER):
        passage_of(replace(bench.deps(user), library=Watched()), "plan-1#1")
    own, other = asked
    assert own.accounts
    assert other.accounts == frozenset()


async def test_a_tick_asks_for_evidence_and_proposes(bench: Bench) -> None:
    account = bench.account()
    card = card_of(bench, "checklist_state", account=account, checklist="handover")
    boxes = next(e for e, _ in elements(card.blocks) if e["type"] == "checkboxes")
    option = boxes["options"][0]
    ticked = clicked(bench.slack, card, "kam_checklist_tick", REP, selected_options=[option])
    view = await bench.opened(bench.slack.click(ticked))
    assert view["callback_id"] == "kam_checklist_ticked"
    answer = await bench.submit(view, **{"0": " "})
    assert answer is not None
    assert "What shows" in answer["errors"]["0"]
    proposal = await bench.sent(bench.submit(view, **{"0": "minutes of May"}))
    assert has(proposal, "kam_proposal_confirm")
    assert "minutes of May" in proposal.words()
    await bench.press(proposal, "kam_proposal_confirm")
    await bench.changed(proposal, "Confirmed by")
    again = card_of(bench, "checklist_state", account=account, checklist="handover")
    boxes = next(e for e, _ in elements(again.blocks) if e["type"] == "checkboxes")
    assert len(boxes["initial_options"]) == 1
    cleared = clicked(bench.slack, again, "kam_checklist_tick", REP, selected_options=[])
    proposal = await bench.sent(bench.slack.click(cleared))
    assert "open" in proposal.words()
    assert find("handover").items


async def test_somebody_elses_tick_proposes_nothing(bench: Bench) -> None:
    account = bench.account()
    card = card_of(bench, "checklist_state", account=account, checklist="handover")
    boxes = next(e for e, _ in elements(card.blocks) if e["type"] == "checkboxes")
    body = clicked(
        bench.slack,
        card,
        "kam_checklist_tick",
        OTHER,
        selected_options=[boxes["options"][0]],
    )
    view = await bench.opened(bench.slack.click(body))
    answer = await bench.submit(view, OTHER, **{"0": "I say so"})
    assert answer is not None
    assert "account team" in str(answer["view"]["blocks"])
    assert [c for c in bench.all(select(ChangeSet)) if account in c.title] == []
