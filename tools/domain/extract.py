"""The part of a passage that answers a question, word for word and short enough to read."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kam_knowledge.documents import size
from kam_knowledge.scripts import has_chinese, normalise

_SENTENCE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])(?<!\d\.)\s+")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.、)])\s+")
_MARKS = re.compile(r"[*`]{1,3}")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_WORD = re.compile(r"[a-z0-9+]+")
_CHINESE = re.compile(r"[㐀-䶿一-鿿]+")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by do does for from how i in is it of on or should that the their "
        "this to we what when where which who why with you your",
    )
)


def answer_in(question: str, markdown: str, room: int) -> str:
    """The blocks of a passage nearest to the question, at most about `room` characters of
    Chinese or 0.4 times as many words.

    The best block is given whole with what follows it as far as there is room; a block that
    is too long by its best run of sentences. Order and wording are the passage's own.
    """
    blocks = list(_blocks(markdown))
    if not blocks:
        return ""
    if sum(size(block) for block in blocks) <= room:
        return "\n".join(blocks)
    wanted = _terms(question)
    best = max(range(len(blocks)), key=lambda i: (len(wanted & _terms(blocks[i])), -i))
    if size(blocks[best]) > room:
        return _run_of_sentences(wanted, blocks[best], room)
    end = best + 1
    while end < len(blocks) and sum(size(block) for block in blocks[best : end + 1]) <= room:
        end += 1
    return "\n".join(blocks[best:end])


def _blocks(markdown: str) -> Iterator[str]:
    """Paragraphs, lists and tables as plain text; a lead-in stays with the list it opens."""
    lead = ""
    for filled, group in groupby(markdown.splitlines(), key=lambda line: bool(line.strip())):
        if not filled:
            continue
        block = "\n".join(_plain(list(group)))
        if not block:
            continue
        joined = f"{lead}\n{block}" if lead else block
        lead = joined if block.endswith((":", "：")) else ""
        if not lead:
            yield joined
    if lead:
        yield lead


def _plain(lines: Sequence[str]) -> Iterator[str]:
    """Lines without marks: wrapped prose joined, list items and table rows one line each."""
    prose = ""
    for line in lines:
        if line.lstrip().startswith("#") or _RULE.match(line):
            continue
        if _ITEM.match(line) or line.lstrip().startswith("|"):
            if prose:
                yield prose
                prose = ""
            yield _row(line)
        else:
            joint = "" if not prose or has_chinese(prose[-1]) else " "
            prose += joint + _MARKS.sub("", line.strip())
    if prose:
        yield prose


def _row(line: str) -> str:
    if not line.lstrip().startswith("|"):
        return _MARKS.sub("", line.rstrip())
    cells = [_MARKS.sub("", cell.strip()) for cell in line.strip().strip("|").split("|")]
    return " · ".join(cell for cell in cells if cell)


def _run_of_sentences(wanted: set[str], block: str, room: int) -> str:
    """The consecutive sentences, or lines, that share most with the question in the room."""
    parts = [p for line in block.split("\n") for p in _parts(line)]
    best, most = parts[:1], -1
    for start in range(len(parts)):
        end = start + 1
        while end < len(parts) and size("".join(parts[start : end + 1])) <= room:
            end += 1
        shared = len(wanted & _terms("".join(parts[start:end])))
        if shared > most:
            best, most = parts[start:end], shared
    return "".join(best).strip()


def _parts(line: str) -> Iterator[str]:
    """Sentences with the space or line break that follows them."""
    found = [part for part in _SENTENCE_END.split(line) if part.strip()]
    for position, part in enumerate(found):
        last = position == len(found) - 1
        yield part + (
            "\n" if last else "" if has_chinese(part[-1:]) or part[-1] in "。！？；" else " "
        )


def _terms(words: str) -> set[str]:
    """Words of Latin script without the common ones, and pairs of Chinese characters."""
    plain = normalise(words)
    found = {word for word in _WORD.findall(plain) if word not in _COMMON}
    for run in _CHINESE.findall(plain):
        found |= {run[i : i + 2] for i in range(len(run) - 1)} or {run}
    return found
