"""Cards as blocks: the answer first, then its figures, what is missing, and what it rests on."""

from bot.slack.blocks import charts, elements, tables
from bot.slack.blocks.elements import Json
from bot.slack.mrkdwn import shown
from bot.turn import ToolCall
from tools.cards import Card, Fact, Quote
from tools.quoting import cited_place
from tools.text import Language, Text, show, text

_MISSING = text("Missing", "缺少")
_NEXT = text("Next", "接下来")
_WHY = text("How", "计算过程")
_OPEN = text("Open passage", "查看原文")


def card_blocks(card: Card, language: Language, *, call: ToolCall | None = None) -> list[Json]:
    """The card in full, in as many blocks as it takes; `call` is the tool call it came from."""
    blocks = [
        elements.header(show(card.title, language)),
        *elements.sentences(show(card.headline, language)),
    ]
    if card.facts:
        blocks.append(_facts(card.facts, language))
    if card.table and card.table.rows:
        blocks += tables.table_blocks(card.table, show(card.title, language), language)
    if card.chart and (drawn := charts.chart_block(card.chart, language)):
        blocks.append(drawn)
    for quote in card.quotes:
        blocks += _quote(quote, language)
    for label, lines in ((_WHY, card.why), (_MISSING, card.missing), (_NEXT, card.next)):
        blocks += _lines(label, lines, language)
    return blocks + elements.context(show(each, language) for each in card.basis)


def _facts(facts: tuple[Fact, ...], language: Language) -> Json:
    runs = []
    for fact in facts:
        runs.append(elements.run(f"{shown(show(fact.label, language))}  ", bold=True))
        runs.append(elements.run(f"{shown(show(fact.value, language))}\n"))
    return elements.rich(elements.line(*runs))


def _quote(quote: Quote, language: Language) -> list[Json]:
    opener = elements.button(show(_OPEN, language), "kam_passage_open", quote.passage)
    return [
        elements.rich(elements.quoted(quote.text)),
        elements.section(cited_place(quote), opener),
    ]


def _lines(label: Text, lines: tuple[Text, ...], language: Language) -> list[Json]:
    if not lines:
        return []
    title = elements.line(elements.run(show(label, language), bold=True))
    items = [[elements.run(shown(show(each, language)))] for each in lines]
    return [elements.rich(title, elements.bullets(items))]
