"""Replies and cards as plain data in the reader's language: for JSON, and for models."""

from typing import Any

from pydantic_core import to_jsonable_python

from bot.turn import Reply
from tools.cards import Card, Quote, Table
from tools.text import Language, show


def plain_reply(reply: Reply) -> dict[str, Any]:
    """The reply as one JSON-able object."""
    return {
        "text": reply.text,
        "cards": [plain_card(card, reply.language) for card in reply.cards],
        "tool_calls": [
            {
                "name": call.name,
                "arguments": to_jsonable_python(dict(call.arguments)),
                "result": to_jsonable_python(call.result),
            }
            for call in reply.tool_calls
        ],
        "citations": [
            {"mark": f"[{number}]", **plain_quote(quote)}
            for number, quote in enumerate(reply.citations, 1)
        ],
        "pending": to_jsonable_python(reply.pending),
        "abstained": reply.abstained,
        "dropped": reply.dropped,
        "question": reply.question,
        "language": reply.language.value,
        "model": reply.model,
    }


def plain_card(card: Card, language: Language) -> dict[str, Any]:
    """The card with every value rendered as text."""
    return {
        "title": show(card.title, language),
        "headline": show(card.headline, language),
        "facts": [
            {
                "label": show(fact.label, language),
                "value": show(fact.value, language),
                "note": show(fact.note, language) if fact.note is not None else None,
            }
            for fact in card.facts
        ],
        "table": plain_table(card.table, language) if card.table else None,
        "chart": {
            "kind": card.chart.kind,
            "title": show(card.chart.title, language),
            "labels": [show(label, language) for label in card.chart.labels],
            "values": list(card.chart.values),
            "unit": show(card.chart.unit, language),
        }
        if card.chart
        else None,
        "quotes": [plain_quote(quote) for quote in card.quotes],
        "why": [show(line, language) for line in card.why],
        "basis": [show(line, language) for line in card.basis],
        "missing": [show(line, language) for line in card.missing],
        "next": [show(line, language) for line in card.next],
    }


def plain_table(table: Table, language: Language) -> dict[str, Any]:
    """Columns and rows as text; `total` counts the rows there are."""
    return {
        "columns": [show(column.label, language) for column in table.columns],
        "rows": [[show(value, language) for value in row] for row in table.rows],
        "total": table.total,
    }


def plain_quote(quote: Quote) -> dict[str, str]:
    return {
        "passage": quote.passage,
        "document": quote.document,
        "section": quote.section,
        "text": quote.text,
    }
