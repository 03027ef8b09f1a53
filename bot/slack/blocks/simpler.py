"""What to send instead of a message whose blocks Slack refused."""

from collections.abc import Iterator, Sequence

from bot.slack.blocks.charts import written_chart
from bot.slack.blocks.elements import Json
from bot.slack.blocks.message import Message
from bot.slack.blocks.tables import plain_table, written_table
from bot.slack.blocks.written import LONGEST, fallback, written
from bot.slack.limits import violations

_NATIVE = frozenset({"data_table", "data_visualization"})


def simpler(message: Message) -> Message | None:
    """The next simpler form: without native tables and charts, then text alone, then None."""
    if not message.blocks:
        return None
    if any(block["type"] in _NATIVE for block in message.blocks):
        blocks = tuple(without_native(message.blocks))
        if not violations(blocks, view="message"):
            return Message(message.text, blocks)
    return Message(fallback(written(message.blocks) or message.text, LONGEST), ())


def without_native(blocks: Sequence[Json], *, tables: bool = True) -> Iterator[Json]:
    """The blocks with data tables and charts in an older form.

    A data table that is the only one becomes a plain table; several, or with `tables` false
    (in a modal, in the Home tab), are drawn in letters. Bars beside a table are left out: they
    say again what it says.
    """
    several = sum(block["type"] == "data_table" for block in blocks)
    heading = ""
    for block in blocks:
        if block["type"] == "header":
            heading = block["text"]["text"]
        if block["type"] == "data_table":
            plain = tables and several == 1
            yield from [plain_table(block)] if plain else written_table(block, above=heading)
        elif block["type"] != "data_visualization":
            yield block
        elif not several:
            yield from written_chart(block)
