"""Text that a terminal may break between Chinese characters as well as between words."""

from itertools import accumulate
from typing import TYPE_CHECKING

from rich.containers import Lines
from rich.text import Text as RichText
from wcwidth import wrap

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod


class Words(RichText):
    """As rich's text, which breaks at spaces only and so leaves lines of Chinese half empty."""

    def wrap(
        self,
        console: "Console",
        width: int,
        *,
        justify: "JustifyMethod | None" = None,
        overflow: "OverflowMethod | None" = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        if no_wrap or overflow == "ignore":
            return super().wrap(
                console, width, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap
            )
        lines = Lines(part for line in self.split(allow_blank=True) for part in _parts(line, width))
        if justify or self.justify:
            lines.justify(console, width, justify=justify or self.justify or "default")
        return lines


def _parts(line: RichText, width: int) -> Lines:
    plain = line.plain
    pieces = wrap(
        plain, max(2, width), drop_whitespace=False, replace_whitespace=False, expand_tabs=False
    )
    parts = line.divide(accumulate(map(len, pieces[:-1])))
    for part in parts:
        part.rstrip_end(width)
    return parts
