"""What a turn leaves in the audit trail: who asked, which tools ran, what was shown.

Commands, forms, the Home tab and reminders show cards without a turn, and leave the same. The
entry is kept before the answer leaves, so whatever a person has seen of an account is on record.
Of the question itself the entry holds its length and hash, or its words where the settings say so.
"""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session, col, func, select

from bot.agent.failures import failure_text
from bot.references import new_reference
from bot.settings import Settings
from bot.turn import Reply, ToolCall, Turn
from tools.access import scope_of
from tools.audit import Event, Witness
from tools.audit.writer import AuditWriter
from tools.cards import Card
from tools.data.database import Sessions
from tools.data.models import Account, Interaction, Plan, RuleSetRow
from tools.data.written import NOTES, PLAN
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.errors import KamError
from tools.text import Text

log = logging.getLogger(__name__)

ASKED, SHOWN = "asked", "shown"

OPEN_TOOLS = frozenset(
    {
        "account_family",
        "account_list",
        "account_search",
        "capabilities",
        "checklist",
        "coverage_list",
        "coverage_owner",
        "explain_term",
        "method_search",
        "playbook_steps",
        "process_matrix",
        "role_duties",
        "rules_in_force",
        "team",
        "unit_mandate",
    }
)
"""Tools that show nothing of an account above information level 2. A tool that is not listed
counts as one that does."""

_MOST_NAMES = 5_000
_RECORD = re.compile(rf"^({PLAN}|{NOTES})-(\d+)\b")


@dataclass(frozen=True)
class TurnTrail:
    """Keeps an entry for each turn; `words` says what it holds of the question."""

    sessions: Sessions
    writer: AuditWriter
    clock: Callable[[], datetime]
    words: Literal["hash", "text"] = "hash"

    async def kept(self, turn: Turn, reply: Reply) -> Reply:
        """The reply, once its entry is committed; a failure in place of one that cannot be
        recorded."""
        try:
            await asyncio.to_thread(self._keep, turn, reply)
        except Exception:
            reference = new_reference()
            log.exception("turn in %s not recorded, reference %s", turn.thread, reference)
            said = failure_text(reference, reply.language)
            return Reply(said, (), (), (), reply.language, reply.model, failure=reference)
        return reply

    def shown(self, deps: Deps, how: str, calls: Sequence[ToolCall], cards: Sequence[Card]) -> None:
        """Keeps an entry for cards that are about to be shown without a turn, one for each call;
        raises what kept it from being so."""
        said = "; ".join(f"{call.name} {_plain(call.arguments)}" for call in calls)
        turn = Turn(deps.thread, deps.asker, said, deps.surface)
        reply = Reply("", tuple(cards), tuple(calls), (), deps.language, how)
        self._keep(turn, reply, SHOWN)

    def _keep(self, turn: Turn, reply: Reply, action: str = ASKED) -> None:
        with self.sessions() as session:
            shown = _shown(session, turn, reply, self.clock())
            rules = session.exec(select(func.max(RuleSetRow.version))).one() or 0
        self.writer.keep(
            Event(
                at=self.clock(),
                actor_id=turn.asker.person_id,
                actor=turn.asker.name,
                surface=turn.place,
                thread=turn.thread,
                action=action,
                accounts=frozenset(account for found in shown.values() for account in found),
                detail={
                    "question": self._question(turn.text),
                    "tools": [call.name for call in reply.tool_calls],
                    "shown": shown,
                    "outcome": reply.outcome,
                    "model": reply.model,
                },
                rules_version=rules,
            )
        )

    def _question(self, said: str) -> Mapping[str, Any]:
        if self.words == "text":
            return {"text": said}
        return {"length": len(said), "sha256": hashlib.sha256(said.encode()).hexdigest()}


@contextmanager
def open_trail(
    settings: Settings, sessions: Sessions, clock: Callable[[], datetime]
) -> Iterator[TurnTrail]:
    """The trail in the configured database, for as long as the context lasts."""
    witness = Witness.of(settings.home, settings.database)
    with closing(AuditWriter(sessions, witness)) as writer:
        yield TurnTrail(sessions, writer, clock, settings.audit_question)


def _plain(arguments: Mapping[str, Any]) -> str:
    return json.dumps(arguments, ensure_ascii=False, default=str, sort_keys=True)


def _shown(session: Session, turn: Turn, reply: Reply, now: datetime) -> dict[str, list[int]]:
    """The accounts of which something internal was shown, by the tool that showed it.

    An account counts as shown where a card names it; one that the person does not read in
    full only ever shows what is public.
    """
    found = {
        name: accounts
        for name, words, known in _said(reply)
        if (accounts := _accounts(session, words) | known)
    }
    noted = _noted(session, reply)
    if noted:
        found["passages"] = noted
    if not found:
        return {}
    try:
        scope = scope_of(session, turn.asker, now.date())
    except KamError:
        return {}
    kept = {name: sorted(filter(scope.reads_fully, ids)) for name, ids in found.items()}
    return {name: ids for name, ids in kept.items() if ids}


def _said(reply: Reply) -> Iterator[tuple[str, frozenset[str], frozenset[int]]]:
    """Of each internal result its tool, the words of its card, and the accounts it is about."""
    by_tool: dict[str, tuple[set[str], set[int]]] = {}
    for name, result, card in _results(reply):
        if name not in OPEN_TOOLS:
            words, known = by_tool.setdefault(name, (set(), set()))
            words.update(_words(card))
            known.update(_subjects(result))
    for name, (words, known) in by_tool.items():
        yield name, frozenset(words), frozenset(known)


def _results(reply: Reply) -> Iterator[tuple[str, Any, Card]]:
    calls: Sequence[ToolCall] = reply.tool_calls
    if len(calls) == len(reply.cards):
        for call, card in zip(calls, reply.cards, strict=True):
            yield call.name, call.result, card
        return
    for card in reply.cards:
        yield "decision", None, card


def _subjects(result: Any) -> Iterator[int]:
    """The accounts that a result holds as its own subject."""
    if not is_dataclass(result):
        return
    for field in fields(result):
        value = getattr(result, field.name)
        if isinstance(value, Customer | Account) and value.id is not None:
            yield value.id


def _words(part: Any) -> Iterator[str]:
    """Every value of a card that is words, however deep it stands."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Text):
        for value in part.values.values():
            yield from _words(value)
    elif isinstance(part, tuple):
        for one in part:
            yield from _words(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _words(getattr(part, field.name))


def _accounts(session: Session, words: frozenset[str]) -> frozenset[int]:
    """The accounts that go by exactly one of these names."""
    names = sorted(words)[:_MOST_NAMES]
    query = select(Account.id).where(col(Account.name).in_(names))
    return frozenset(account or 0 for account in session.exec(query)) if names else frozenset()


def _noted(session: Session, reply: Reply) -> frozenset[int]:
    """The accounts whose plans or notes are quoted."""
    places = {place for card in reply.cards for place in (q.passage for q in card.quotes)}
    places |= {quote.passage for quote in reply.citations}
    quoted: dict[str, set[int]] = {PLAN: set(), NOTES: set()}
    for place in places:
        if match := _RECORD.match(place):
            quoted[match[1]].add(int(match[2]))
    plans = select(Plan.account_id).where(col(Plan.id).in_(quoted[PLAN]))
    notes = select(Interaction.account_id).where(col(Interaction.id).in_(quoted[NOTES]))
    found: set[int] = set()
    found.update(session.exec(plans) if quoted[PLAN] else ())
    found.update(session.exec(notes) if quoted[NOTES] else ())
    return frozenset(found)
