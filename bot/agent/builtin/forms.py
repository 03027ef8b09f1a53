"""A sentence as the forms that the learned routes weigh: words, neighbours and meanings."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

from bot.agent.builtin.reading import Reading
from bot.agent.builtin.thesaurus import stem
from bot.agent.lexicon import SOFT

BUCKETS = 1 << 15
_TOKEN = re.compile(r"@[a-z]+|[a-z]+(?:'[a-z]+)?|\d+|[\u3400-\u9fff]")
_NUMBER = "#"


def forms(reading: Reading) -> frozenset[int]:
    """The hashed forms of a sentence; names, days and figures count as their kind."""
    tokens = _tokens(reading)
    return frozenset(crc32(form.encode()) % BUCKETS for form in _forms(tokens, reading))


def _forms(tokens: list[str], reading: Reading) -> Iterator[str]:
    yield from (f"1 {token}" for token in tokens)
    edged = ["<", *tokens, ">"]
    yield from (f"2 {first} {second}" for first, second in pairwise(edged))
    yield from (f"3 {a} {b} {c}" for a, b, c in zip(edged, edged[1:], edged[2:], strict=False))
    yield from (f"s {first} {third}" for first, third in zip(tokens, tokens[2:], strict=False))
    senses = [f"{s.group} {s.meaning}" for s in reading.senses if s.group in _TELLING]
    yield from (f"m {sense}" for sense in senses)
    yield from (f"mm {first} {second}" for first, second in pairwise(senses))
    if reading.me:
        yield "me"


_TELLING = frozenset({"meaning", "wondering", "asking"})


def _tokens(reading: Reading) -> list[str]:
    text, parts, place = reading.folded.text, [], 0
    for start, end, kind in sorted(reading.masks):
        if kind not in SOFT:
            parts += [text[place:start], f" @{_KINDS.get(kind, kind)} "]
            place = end
    found = _TOKEN.findall("".join([*parts, text[place:]]))
    return [_NUMBER if token.isdigit() else _form(token) for token in found]


_KINDS = {"stranger": "account", "contact": "person"}


def _form(token: str) -> str:
    return token if token.startswith("@") else stem(token)
