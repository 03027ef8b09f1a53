"""Replies in a terminal: cards as tables, figures to the right, sources below."""

import sys

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.cli.words import Words
from bot.turn import Reply
from tools.cards import Card, Chart, Column, Quote, Table
from tools.quoting import cited_place
from tools.text import Language, Text, Value, show, text

_BAR = 30
_PIPE_WIDTH = 120
_WHY = text("How", "计算过程")
_BASIS = text("Basis", "依据")
_MISSING = text("Missing", "缺少")
_NEXT = text("Next", "接下来")
_MORE = text("… {hidden} more", "……另有{hidden}行")


def terminal() -> Console:
    """Standard output; where it is no terminal, wide enough for the tables."""
    return Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)


def print_reply(console: Console, reply: Reply, *, spoken: bool = False) -> None:
    """Shows every card and the model's words, if any of its own that were not `spoken` before."""
    own = reply.text
    for card in reply.cards:
        console.print(card_panel(card, reply.language))
        own = own.replace(card.headline.render(reply.language), "", 1)
    if own.strip():
        if not spoken:
            console.print(Words(own.strip()))
        _print_sources(console, reply, own)


def _print_sources(console: Console, reply: Reply, own: str) -> None:
    """Where the passages stand that the words cite as [1], [2] …"""
    for number, quote in enumerate(reply.citations, 1):
        if f"[{number}]" in own:
            console.print(Words(f"[{number}] {cited_place(quote)}", style="dim"))


def card_panel(card: Card, language: Language) -> Panel:
    """One card as a panel."""
    parts: list[RenderableType] = [Words(show(card.headline, language), style="bold")]
    if card.facts:
        parts.append(_facts(card, language))
    if card.table is not None and card.table.rows:
        parts.extend(_table(card.table, language))
    if card.chart is not None and card.table is None:
        parts.append(_chart(card.chart, language))
    said = [show(card.headline, language), *(show(fact.value, language) for fact in card.facts)]
    parts.extend(_quote(quote) for quote in card.quotes if not _within(quote, said))
    for label, lines, style in (
        (_WHY, card.why, "dim"),
        (_MISSING, card.missing, "yellow"),
        (_BASIS, card.basis, "dim"),
        (_NEXT, card.next, "cyan"),
    ):
        parts.extend(_lines(label, lines, style, language))
    return Panel(Group(*parts), title=escape(show(card.title, language)), title_align="left")


def _facts(card: Card, language: Language) -> RichTable:
    grid = RichTable.grid(padding=(0, 2))
    for _ in range(3):
        grid.add_column(overflow="fold")
    for fact in card.facts:
        note = show(fact.note, language) if fact.note is not None else ""
        grid.add_row(
            Words(show(fact.label, language), style="dim"),
            Words(show(fact.value, language)),
            Words(note, style="dim"),
        )
    return grid


def _table(table: Table, language: Language) -> list[RenderableType]:
    drawn = RichTable(box=None, header_style="dim", pad_edge=False)
    for column in table.columns:
        _add_column(drawn, column, language)
    for row in table.rows:
        drawn.add_row(*(_cell(value, language) for value in row))
    hidden = table.total - len(table.rows)
    if hidden <= 0:
        return [drawn]
    more = text(_MORE.en, _MORE.zh, hidden=hidden)
    return [drawn, Words(more.render(language), style="dim")]


def _add_column(drawn: RichTable, column: Column, language: Language) -> None:
    drawn.add_column(escape(show(column.label, language)), justify=column.align, overflow="fold")


def _cell(value: Value, language: Language) -> RichText:
    return Words(show(value, language))


def _chart(chart: Chart, language: Language) -> RichTable:
    grid = RichTable.grid(padding=(0, 1))
    largest = max((abs(value) for value in chart.values), default=0) or 1
    for label, value in zip(chart.labels, chart.values, strict=True):
        bar = "█" * round(abs(value) / largest * _BAR)
        grid.add_row(Words(show(label, language)), Words(bar, style="blue"), f"{value:,.0f}")
    return grid


def _within(quote: Quote, said: list[str]) -> bool:
    """Whether the words of a quotation stand in the card already."""
    return any(quote.text in line for line in said)


def _quote(quote: Quote) -> RenderableType:
    source = f"[{quote.document} › {quote.section}]" if quote.section else f"[{quote.document}]"
    return RichText.assemble(quote.text, "\n", (source, "dim"))


def _lines(
    label: Text, lines: tuple[Text, ...], style: str, language: Language
) -> list[RenderableType]:
    if not lines:
        return []
    shown = [f"{show(label, language)}:", *(f"  · {show(line, language)}" for line in lines)]
    return [Words("\n".join(shown), style=style)]
