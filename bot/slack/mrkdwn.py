"""Text as Slack takes it: nothing in it is read as a mention, a link or a format.

Slack reads `<…>` everywhere and `*`, `_`, `~` and backticks in the text of a message. Blocks show
text as it is (`plain_text`, `rich_text`), so that there only what cannot be shown is left out.
"""

import re
import unicodedata
from collections.abc import Iterator

from wcwidth import iter_graphemes

DASH = "—"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
# What has no shape (control characters, halves of surrogate pairs), and overrides of the
# direction of writing, which make a text read as another.
_UNSHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_SPECIAL = re.compile(r"[&<>]|(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")


def clean(text: str) -> str:
    """The text without control characters, halves of surrogate pairs and direction overrides."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNSHOWN.sub("", lined)


def shown(text: str) -> str:
    """The clean text; a dash where nothing of it would be seen."""
    found = clean(text).strip()
    return found if any(_seen(character) for character in found) else DASH


def _seen(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZCM"


def one_line(text: str) -> str:
    """The text as `shown`, on one line."""
    return " ".join(shown(text).split())


def length(text: str) -> int:
    """Characters as Slack's clients count them: UTF-16 units, the strictest reading."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, room: int) -> str:
    """The text in at most `room` characters, ended by an ellipsis between two graphemes."""
    if length(text) <= room:
        return text
    return f"{next(pieces(text, room - 1), '').rstrip()}…"


def pieces(text: str, room: int) -> Iterator[str]:
    """The text in pieces of at most `room` characters, none within a grapheme that fits."""
    if length(text) <= room:
        yield from [text] if text else []
        return
    held: list[str] = []
    used = 0
    for cluster in _clusters(text, room):
        size = length(cluster)
        if used + size > room:
            yield "".join(held)
            held, used = [], 0
        held.append(cluster)
        used += size
    yield "".join(held)


def _clusters(text: str, room: int) -> Iterator[str]:
    """Graphemes; one that is longer than the room (stacked marks) falls into its characters."""
    for cluster in iter_graphemes(text):
        yield from [cluster] if length(cluster) <= room else cluster


def escaped(text: str) -> str:
    """The text for a field that Slack reads as mrkdwn, where it stands for itself alone.

    `&`, `<` and `>` become entities; a mark that could begin or end a format becomes a character
    that looks like it. Within a word (`account_id`) marks format nothing and stay.
    """
    return _SPECIAL.sub(_safe, shown(text))


def _safe(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or _LOOKALIKES[character]
