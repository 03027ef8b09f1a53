"""Carrying out a plain word about a proposed change, before any model is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.confirmation import Answer, Word
from tools.cards import Card
from tools.changes import (
    Decision,
    Outcome,
    Proposal,
    cancel,
    confirm,
    last_applied,
    pending,
    remove_line,
    undo,
)
from tools.deps import Deps
from tools.text import Language, Text, show, text

_WHICH = text(
    "Several changes wait. Say “confirm” with a number, or “all”:",
    "有多项修改待确认，请回复“确认”加编号，或回复“全部”：",
)
_WHICH_LINE = text(
    "Several changes wait. Say “remove line 2 of change” with its number:",
    "有多项修改待确认，请回复“删除修改 编号 的第 2 行”：",
)
_DROPPED = text("No line is left, so the change is dropped.", "已没有任何一行，这项修改已放弃。")
_DECIDE: Mapping[Word, Callable[[Deps, int], Decision]] = {
    Word.YES: confirm,
    Word.NO: cancel,
    Word.UNDO: undo,
}


@dataclass(frozen=True)
class Decided:
    """What to reply: sentences of our own, the cards of what was decided, and what was made of
    the changes."""

    text: str
    cards: tuple[Card, ...]
    changes: tuple[Decision | Proposal, ...] = ()
    question: bool = False


def decided(answer: Answer, deps: Deps) -> Decided | None:
    """Does what the word says; None where nothing waits that it could be about."""
    if answer.line is not None:
        return _without_line(answer.line, answer.change, deps)
    if answer.change is not None:
        return _done(answer.word, [answer.change], deps)
    waiting = pending(deps)
    if not waiting:
        last = last_applied(deps) if answer.word is Word.UNDO else None
        return None if last is None else _done(Word.UNDO, [last], deps)
    if len(waiting) > 1 and not answer.all:
        return _which(waiting, _WHICH, deps)
    # What waits was not written yet, so undoing it is dropping it.
    word = Word.NO if answer.word is Word.UNDO else answer.word
    return _done(word, [p.change_id for p in waiting], deps)


def _without_line(line: int, change: int | None, deps: Deps) -> Decided | None:
    """The proposal without that line; with no line left it is dropped."""
    waiting = pending(deps)
    if change is None and len(waiting) != 1:
        return _which(waiting, _WHICH_LINE, deps) if waiting else None
    proposal = remove_line(deps, waiting[0].change_id if change is None else change, line - 1)
    if not proposal.fields:
        dropped = Decision(Outcome.CANCELLED, proposal)
        return Decided(_DROPPED.render(deps.language), (), (dropped,))
    card = proposal.card()
    return Decided(card.headline.render(deps.language), (card,), (proposal,))


def _which(waiting: Sequence[Proposal], question: Text, deps: Deps) -> Decided:
    listed = [f"#{p.change_id}  {p.title}" for p in waiting]
    return Decided("\n".join([question.render(deps.language), *listed]), (), question=True)


def _done(word: Word, changes: Sequence[int], deps: Deps) -> Decided:
    decide = _decided_as_shown if word is Word.YES and len(changes) > 1 else _DECIDE[word]
    decisions = [decide(deps, change) for change in changes]
    cards = [card for decision in decisions for card in _cards(decision)]
    lines = [card.headline.render(deps.language) for card in cards]
    return Decided("\n".join(lines), tuple(cards), tuple(decisions))


def _decided_as_shown(deps: Deps, change: int) -> Decision:
    """One of several changes confirmed together: of one record each is applied as it was shown,
    though the one before it has made it stale."""
    decision = confirm(deps, change)
    fresh = decision.fresh
    if fresh is not None and _same(fresh, decision.change):
        return confirm(deps, fresh.change_id)
    return decision


def _same(fresh: Proposal, shown: Proposal) -> bool:
    """Whether the new proposal says what the old one said, of before as of after."""
    said = [[(f.record, f.field, f.before, f.after) for f in p.fields] for p in (fresh, shown)]
    return said[0] == said[1]


def _cards(decision: Decision) -> list[Card]:
    fresh = decision.fresh
    return [decision.card(), *([fresh.card()] if fresh else [])]


def superseded(deps: Deps, made: Sequence[Proposal]) -> tuple[Decision, ...]:
    """Drops the change that was proposed last in the thread before these, if it still waits."""
    new = {proposal.change_id for proposal in made}
    before = max((p.change_id for p in pending(deps) if p.change_id not in new), default=None)
    if before is None or before < (last_applied(deps) or 0):
        return ()
    return (cancel(deps, before),)


def plain_pending(waiting: Sequence[Proposal], language: Language) -> dict[str, Any] | None:
    """The newest proposal that waits, and under `others` those before it."""
    if not waiting:
        return None
    newest, *others = [_plain(proposal, language) for proposal in reversed(waiting)]
    return {**newest, "others": others}


def _plain(proposal: Proposal, language: Language) -> dict[str, Any]:
    lines = [
        {
            "line": field.position + 1,
            "record": show(field.record, language),
            "field": show(field.field, language),
            "before": show(field.before, language),
            "after": show(field.after, language),
            "assumed": field.assumed,
        }
        for field in proposal.fields
    ]
    return {
        "id": proposal.change_id,
        "title": proposal.title,
        "lines": lines,
        "expires_at": proposal.expires_at.isoformat(),
        "confirmer": proposal.confirmer,
    }
