"""What was wrong with a conversation, reason by reason; nothing if it went as it should."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.evaluation import records
from bot.evaluation.calls import CallReader, plain_value, shown, wanted_calls
from bot.evaluation.cases import Case, Said, Spoken
from bot.evaluation.facts import Text
from bot.present import plain_card
from bot.turn import Reply
from tools.access import Asker

_ASKING = ("?", "？")


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
    if after is before and not case.changes:
        return
    changed = records.changed(before, after)
    left = {records.full(session, address): fields for address, fields in case.changes.items()}
    for row in changed:
        wanted = left.pop(str(row), None)
        if wanted is None:
            yield f"changed {row}: {row.fields}"
        else:
            yield from _field_faults(row, wanted)
    yield from (f"did not change {address}" for address in left)
    known = records.changed_keys(before, after)
    if records.fingerprint(before, known) != records.fingerprint(after, known):
        yield "other records are not as they were"


def _call_faults(heard: Heard, session: Session) -> Iterator[str]:
    made = [(call.name, call.arguments) for call in heard.reply.tool_calls]
    reader = CallReader(session, heard.asker)
    wanted = [heard.said.calls, *heard.said.alternatives]
    if not any(reader.same(made, calls) for calls in wanted):
        yield f"called {shown(made)}, wanted {wanted_calls(heard.said.calls)}"


def _manner_faults(said: Said, reply: Reply) -> Iterator[str]:
    quiet = not reply.tool_calls and not reply.cards
    spoken = bool(reply.text.strip())
    asked = reply.question or (quiet and reply.text.rstrip().endswith(_ASKING))
    if said.asks and not asked:
        yield "asked nothing"
    if reply.question and not said.asks:
        yield "asked back"
    if said.abstains and not (spoken and not asked and (reply.abstained or quiet)):
        yield "did not abstain"
    if reply.abstained and not (said.abstains or said.refuses):
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


def _field_faults(row: records.Row, wanted: Mapping[str, Any]) -> Iterator[str]:
    """A changed row has exactly these new values; a row made has at least these."""
    for field in wanted.keys() | (row.fields.keys() if not row.sign else set()):
        found, expected = row.fields.get(field), wanted.get(field)
        if plain_value(found) != plain_value(expected):
            yield f"{row}: {field} is {found}, not {expected}"
