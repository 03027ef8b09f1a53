"""Logs of a serving process: lines for people or JSON, each with its turn's reference."""

import logging
import sys
from typing import Literal, TextIO

from bot.references import current_reference
from bot.turn import Reply, Turn

_PEOPLE = "%(asctime)s %(levelname)s %(name)s [%(reference)s] %(message)s"
_FIELDS = "%(asctime)s %(levelname)s %(name)s %(reference)s %(message)s"

log = logging.getLogger("bot.turns")


def log_to_stream(form: Literal["text", "json"], stream: TextIO = sys.stderr) -> None:
    """Adds a handler that writes what is worth knowing of a running service."""
    handler = logging.StreamHandler(stream)
    handler.addFilter(_with_reference)
    handler.setFormatter(_formatter(form))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    logging.getLogger("bot").setLevel(logging.INFO)


def log_turn(turn: Turn, reply: Reply, seconds: float) -> None:
    """One line for a turn: who, where, what ran, how it ended, how long it took; not a word of
    what was asked or answered."""
    log.info(
        "turn",
        extra={
            "place": turn.place,
            "conversation": turn.thread,
            "person": turn.asker.person_id,
            "tools": [call.name for call in reply.tool_calls],
            "outcome": reply.outcome,
            "model": reply.model,
            "language": reply.language.value,
            "milliseconds": round(seconds * 1000),
        },
    )


def _formatter(form: Literal["text", "json"]) -> logging.Formatter:
    if form == "text":
        return logging.Formatter(_PEOPLE)
    from pythonjsonlogger.json import JsonFormatter

    names = {"asctime": "time", "levelname": "level", "name": "logger"}
    return JsonFormatter(_FIELDS, rename_fields=names)


def _with_reference(record: logging.LogRecord) -> bool:
    record.reference = current_reference() or "-"
    return True
