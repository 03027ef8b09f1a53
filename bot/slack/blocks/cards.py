"""Cards as blocks: the answer first, then its figures, what is missing, and what it rests on."""

from bot.slack.blocks import charts, checks, elements, tables
from bot.slack.blocks.asked import value_of
from bot.slack.blocks.elements import Json, Runs, run
from bot.slack.mrkdwn import one_line, shown
from bot.turn import ToolCall
from tools.cards import Card, Fact, Quote
from tools.quoting import cited_place
from tools.text import Language, Text, show, text

WHY = "kam_card_why"
PASSAGE = "kam_passage_open"

_MISSING = text("Missing", "缺少")
_NEXT = text("Next", "接下来")
_HOW = text("How it was worked out", "计算过程")
_WHY = text("Why?", "为什么？")
_OPEN = text("Open passage", "查看原文")


def card_blocks(card: Card, language: Language, *, call: ToolCall | None = None) -> list[Json]:
    """The card in full, in as many blocks as it takes.

    With the `call` it came from, the way it was worked out stands behind a button; else below.
    """
    asked = value_of(call) if call and card.why else None
    return [
        elements.header(show(card.title, language)),
        *elements.sentences(show(card.headline, language)),
        *_facts(card, language),
        *_figures(card, language),
        *_quotes(card, language),
        *([] if asked else line_blocks(_HOW, card.why, language)),
        *line_blocks(_MISSING, card.missing, language),
        *line_blocks(_NEXT, card.next, language),
        *elements.context(show(each, language) for each in card.basis),
        *([elements.actions([elements.button(show(_WHY, language), WHY, asked)])] if asked else []),
    ]


def _facts(card: Card, language: Language) -> list[Json]:
    return elements.paragraphs(_fact(fact, language) for fact in card.facts)


def _fact(fact: Fact, language: Language) -> Runs:
    colon = ": " if language is Language.ENGLISH else "："
    value = "" if fact.value is None else show(fact.value, language)
    note = [run(f" · {one_line(show(fact.note, language))}")] if fact.note is not None else []
    return [
        run(f"{one_line(elements.named(fact.label, language))}{colon}", bold=True),
        run(shown(value)),
        *note,
    ]


def _figures(card: Card, language: Language) -> list[Json]:
    blocks: list[Json] = []
    if card.checks:
        return checks.check_blocks(card.checks, language)
    if card.chart and (drawn := charts.chart_block(card.chart, language)):
        blocks.append(drawn)
    if card.table and card.table.rows:
        title = show(card.title, language)
        blocks += tables.table_blocks(card.table, title, language)
        blocks += elements.context(tables.not_shown(card.table, language))
    return blocks


def _quotes(card: Card, language: Language) -> list[Json]:
    said = [show(card.headline, language), *(show(fact.value, language) for fact in card.facts)]
    blocks: list[Json] = []
    for quote in card.quotes:
        if not any(quote.text in each for each in said):
            blocks += elements.quoted(quote.text)
        named = quote.passage and any(cited_place(quote) in each for each in said)
        blocks.append(
            elements.actions([_opener(quote, language)]) if named else source(quote, language)
        )
    return blocks


def source(quote: Quote, language: Language, mark: str = "") -> Json:
    """Where a passage stands, with a button that opens it."""
    place = f"{mark} {cited_place(quote)}".strip()
    return elements.section(place, _opener(quote, language) if quote.passage else None)


def _opener(quote: Quote, language: Language) -> Json:
    return elements.button(show(_OPEN, language), PASSAGE, quote.passage)


def line_blocks(label: Text, lines: tuple[Text, ...], language: Language) -> list[Json]:
    """Lines as a list under their label."""
    items = (elements.item(show(each, language)) for each in lines)
    return elements.listed(show(label, language), items)
