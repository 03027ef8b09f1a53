"""What was wrong with a conversation, reason by reason; nothing if it went as it should."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from glob import escape
from typing import Any

from sqlmodel import Session

from bot.evaluation import records
from bot.evaluation.calls import CallReader, agrees, plain_value, shown, wanted_calls
from bot.evaluation.cases import Case, Said, Spoken
from bot.evaluation.facts import Text
from bot.present import plain_card
from bot.turn import Reply
from tools.access import Asker

_ASKING = ("?", "？")
# How a value came about, which the assistant notes by itself.
_PROVENANCE = frozenset({"as_of", "source", "confirmed", "level", "updated_on", "decided_on"})


@dataclass(frozen=True)
class Heard:
    """A message with its reply, as it is graded; `language` is that of the conversation."""

    said: Said
    asker: Asker
    reply: Reply
    today: date
    language: Spoken


def faults_of_turn(heard: Heard, session: Session) -> Iterator[str]:
    """Why a reply is not what was wanted."""
    said, reply = heard.said, heard.reply
    if reply.failure is not None:
        yield f"failed: {reply.text}"
    if not said.abstains:
        yield from _call_faults(heard, session)
    yield from _manner_faults(said, reply)
    if heard.language not in ("mixed", reply.language):
        yield f"answered in {reply.language}, not in {heard.language}"
    if said.waits is not None and _waiting(reply) != said.waits:
        yield f"{_waiting(reply)} changes wait, not {said.waits}"
    yield from _fact_faults(heard)


def faults_of_case(
    case: Case, before: records.State, after: records.State, session: Session
) -> Iterator[str]:
    """Rows that changed and should not have, and those that should have and did not."""
    left = {records.full(session, address): fields for address, fields in case.changes.items()}
    for row in records.changed(before, after):
        address = _wanted_at(row, left)
        if address is None:
            yield f"changed {row}: {row.fields}"
        else:
            yield from _field_faults(row, left.pop(address))
    yield from (f"did not change {address}" for address in left)


def _call_faults(heard: Heard, session: Session) -> Iterator[str]:
    made = [(call.name, call.arguments) for call in heard.reply.tool_calls]
    reader = CallReader(session, heard.asker, heard.today)
    wanted = [heard.said.calls, *heard.said.alternatives]
    if not any(reader.same(made, calls) for calls in wanted):
        yield f"called {shown(made)}, wanted {wanted_calls(heard.said.calls)}"


def _manner_faults(said: Said, reply: Reply) -> Iterator[str]:
    quiet = not reply.tool_calls and not reply.cards
    spoken = bool(reply.text.strip())
    # A language model asks and abstains in words of its own.
    asked = reply.question or (
        quiet and not reply.abstained and reply.text.rstrip().endswith(_ASKING)
    )
    abstained = reply.abstained or (quiet and spoken and not asked)
    if said.asks and not asked:
        yield "asked nothing"
    if reply.question and said.asks is False and not said.abstains:
        yield "asked back"
    if said.abstains and not abstained:
        yield "did not abstain"
    if reply.abstained and said.abstains is False and not said.refuses:
        yield "abstained"
    if said.refuses and not (spoken and quiet):
        yield "did not refuse"


def _waiting(reply: Reply) -> int:
    return 0 if reply.pending is None else 1 + len(reply.pending["others"])


def _fact_faults(heard: Heard) -> Iterator[str]:
    said, reply = heard.said, heard.reply
    if not (said.says or said.shows or said.never):
        return
    words = Text(reply.text, heard.today)
    whole = Text("\n".join([reply.text, *_lines(reply)]), heard.today)
    yield from (f"did not say {fact}" for fact in said.says if not words.states(fact))
    yield from (f"did not show {fact}" for fact in said.shows if not whole.states(fact))
    yield from (f"told {fact}" for fact in said.never if whole.states(fact))


def _lines(reply: Reply) -> Iterator[str]:
    """Everything that a reader of the cards sees, a table row as one line."""
    for card in reply.cards:
        yield from _texts(plain_card(card, reply.language))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        yield from _row_or_texts(value)


def _row_or_texts(value: Sequence[Any]) -> Iterator[str]:
    if value and all(isinstance(part, str) for part in value):
        yield " | ".join(value)
    else:
        for part in value:
            yield from _texts(part)


def _wanted_at(row: records.Row, wanted: Iterable[str]) -> str | None:
    """The address that names the row; one that ends in "*" names rows by their beginning."""
    return next((a for a in wanted if str(row) == a or fnmatchcase(str(row), _pattern(a))), None)


def _pattern(address: str) -> str:
    return escape(address.removesuffix("*")) + "*" if address.endswith("*") else escape(address)


def _field_faults(row: records.Row, wanted: Mapping[str, Any]) -> Iterator[str]:
    """A changed row has exactly these new values, whoever they are from; a row made has at
    least these."""
    others = set() if row.sign else row.fields.keys() - _PROVENANCE
    for field in sorted(wanted.keys() | others):
        found = row.fields.get(field)
        if not agrees(found, wanted.get(field), plain_value):
            yield f"{row}: {field} is {found}, not {wanted.get(field)}"
