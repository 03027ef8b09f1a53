"""The evidence of a turn, gathered from its tool runs and messages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any

from langchain_core.messages import AnyMessage, HumanMessage, ToolMessage
from pydantic_core import to_jsonable_python

from bot.agent.context import ToolRun
from bot.agent.grounding.evidence import Evidence, Line, Listing, ground
from bot.agent.lexicon import Lexicon
from bot.present import plain_card
from tools.cards import Card, Quote
from tools.text import Language

# What a model looks for is its own wording and bears nothing out.
_SEARCHED = "question"


def evidence_of(
    runs: Sequence[ToolRun], messages: Sequence[AnyMessage], lexicon: Lexicon, today: date
) -> Evidence:
    """What this turn's results, in every language, its arguments and the user's words say.
    `runs` stand in the order in which they were asked for."""
    cards = [(run, run.result.card()) for run in runs]
    lines = [line for run, card in cards for line in _lines(run, card)]
    lines += [Line(argument) for run in runs for argument in _arguments(run)]
    lines += [Line(words) for words in _messages(this_turn(messages))]
    return Evidence(
        ground(lines, lexicon, today),
        quotes=quotes_of(runs),
        listings=tuple(listing for _, card in cards for listing in _listings(card)),
    )


def quotes_of(runs: Iterable[ToolRun]) -> tuple[Quote, ...]:
    """The passages of these runs in order, each once; their marks count from 1."""
    quotes = (quote for run in runs for quote in run.result.card().quotes)
    return tuple(dict.fromkeys(quotes))


def this_turn(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """The messages from the user's last one on."""
    since = list(takewhile(lambda m: not isinstance(m, HumanMessage), reversed(messages)))
    return list(messages[len(messages) - len(since) - 1 :])


def _lines(run: ToolRun, card: Card) -> Iterator[Line]:
    """The card in each language, line by line, without the words of its passages."""
    searched = str(run.arguments.get(_SEARCHED) or "")
    unsaid = [*(part for quote in card.quotes for part in (quote.text, *quote.text.split("\n")))]
    unsaid += [searched] if searched else []
    for language in Language:
        for line in _plain_lines(plain_card(card, language)):
            yield Line(_without(line.text, unsaid), _without(line.about, unsaid))


def _without(line: str, unsaid: Iterable[str]) -> str:
    for words in unsaid:
        line = line.replace(words, " ") if words else line
    return line


def _plain_lines(card: dict[str, Any]) -> Iterator[Line]:
    lines = [card["title"], card["headline"]]
    lines += [f"{fact['label']}: {fact['value']} {fact['note'] or ''}" for fact in card["facts"]]
    lines += [line for part in ("why", "basis", "missing", "next") for line in card[part]]
    yield from (Line(line, line) for line in lines)
    table = card["table"] or {"columns": (), "rows": ()}
    for row in table["rows"]:
        for column, cell in zip(table["columns"], row, strict=True):
            yield Line(f"{column}: {cell}", f"{column} {' '.join(row)}")
    chart = card["chart"] or {"labels": (), "values": ()}
    for label, value in zip(chart["labels"], chart["values"], strict=True):
        line = f"{chart['title']} {label}: {Decimal(str(value)):f} {chart['unit']}"
        yield Line(line, line)


def _arguments(run: ToolRun) -> Iterator[str]:
    for name, value in to_jsonable_python(run.arguments).items():
        if name != _SEARCHED and value is not None:
            yield f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _messages(messages: Iterable[AnyMessage]) -> Iterator[str]:
    """The user's words, and what a tool that failed said."""
    for message in messages:
        failed = isinstance(message, ToolMessage) and message.status == "error"
        if failed or isinstance(message, HumanMessage):
            yield from str(message.text).split("\n")


def _listings(card: Card) -> Iterator[Listing]:
    for language in Language:
        table = plain_card(card, language)["table"]
        if table:
            yield Listing(tuple(map(tuple, table["rows"])), table["total"])
    if card.missing:
        yield Listing(tuple((line.render(Language.ENGLISH),) for line in card.missing), 0)
