"""The Markdown of a language model as rich text: styles and lists, but no link and no mention.

Slack's own Markdown shows the asterisks of **粗体** beside Chinese characters and full-width
punctuation, so marks are read here, wherever they stand.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from bot.slack.blocks.elements import (
    Json,
    Runs,
    listed,
    paragraphs,
    preformatted,
    quoted,
    rich,
    run,
)
from bot.slack.mrkdwn import clean, pieces

_FENCE = re.compile(r"^\s*(?:```|~~~)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>.*?)\s*#*$")
_BULLET = re.compile(r"^\s*[-*+•]\s+(?P<text>.*)$")
_NUMBER = re.compile(r"^\s*\d{1,3}[.)、]\s*(?P<text>\S.*)$")
_QUOTE = re.compile(r"^\s{0,3}>\s?(?P<text>.*)$")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_INLINE = re.compile(
    r"(?<!`)(?P<code>`+)(?!`)(?P<coded>.+?)(?<!`)(?P=code)(?!`)"
    r"|\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|__(?P<under>[^_\s](?:[^_]*[^_\s])?)__"
    r"|(?<![\w*])\*(?P<slant>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
    r"|~~(?P<gone>[^~\s](?:[^~]*[^~\s])?)~~"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<url>[^)\s]+)\)"
)
_STYLES = {"bold": "bold", "under": "bold", "slant": "italic", "gone": "strike", "coded": "code"}


def word_blocks(text: str) -> list[Json]:
    """The words as blocks of rich text; none where there is nothing to read."""
    kinds = groupby(_marked(clean(text)), key=lambda found: found[0])
    return [block for kind, lines in kinds for block in _DRAWN[kind]([said for _, said in lines])]


def _marked(text: str) -> Iterator[tuple[str, str]]:
    """Each line with what it is part of; blank lines part paragraphs."""
    fenced = False
    for said in text.split("\n"):
        if _FENCE.match(said):
            fenced = not fenced
            yield "gap", ""
        elif fenced:
            yield "code", said
        else:
            yield _kind(said)


def _kind(said: str) -> tuple[str, str]:
    if not said.strip() or _RULE.match(said):
        return "gap", ""
    if _ROW.match(said):
        return "code", said
    for kind, form in (("heading", _HEADING), ("quote", _QUOTE), ("bullet", _BULLET)):
        if found := form.match(said):
            return kind, found["text"]
    found = _NUMBER.match(said)
    return ("number", found["text"]) if found else ("plain", said)


def inline(said: str) -> Runs:
    """A line with its styles."""
    runs, last = [], 0
    for found in _INLINE.finditer(said):
        runs.append(run(said[last : found.start()]))
        runs.append(_styled(found))
        last = found.end()
    return [each for each in (*runs, run(said[last:])) if each["text"]]


def _styled(found: re.Match[str]) -> Json:
    if found["label"]:
        return run(f"{found['label']} ({found['url']})")
    name = next(name for name in _STYLES if found[name])
    return run(found[name], **{_STYLES[name]: True})


def _lines(lines: list[str]) -> list[Json]:
    return paragraphs(inline(said) for said in lines)


def _headings(lines: list[str]) -> list[Json]:
    return paragraphs(
        [run("".join(r["text"] for r in inline(said)) or "—", bold=True)] for said in lines
    )


def _bullets(lines: list[str]) -> list[Json]:
    return listed(None, (inline(said) or [run("—")] for said in lines))


def _numbers(lines: list[str]) -> list[Json]:
    return listed(None, (inline(said) for said in lines), ordered=True)


def _quotes(lines: list[str]) -> list[Json]:
    return quoted("\n".join(lines))


def _code(lines: list[str]) -> list[Json]:
    drawn = "\n".join(lines)
    return [rich(preformatted(piece)) for piece in pieces(drawn, 2_900) if piece.strip()]


def _gap(lines: list[str]) -> list[Json]:  # noqa: ARG001
    return []


_DRAWN: dict[str, Callable[[list[str]], list[Json]]] = {
    "plain": _lines,
    "heading": _headings,
    "bullet": _bullets,
    "number": _numbers,
    "quote": _quotes,
    "code": _code,
    "gap": _gap,
}
