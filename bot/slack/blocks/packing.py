"""Blocks in as many messages as Slack's limits on one message need."""

from collections.abc import Iterator, Mapping, Sequence

from bot.slack.blocks.elements import Json
from bot.slack.limits import characters, limits, table_characters

_KINDS = {"data_visualization": "charts", "table": "tables"}
_SPARE = {"blocks": 1, "characters": 200}


def packed(blocks: Sequence[Json]) -> Iterator[tuple[Json, ...]]:
    """The blocks in order, none cut; no message ends with a title.

    Every message has room for one more small block.
    """
    held: list[Json] = []
    used: dict[str, int] = dict(_SPARE)
    for group in _groups(blocks):
        for part in [group] if _fits(_SPARE, group) else [[block] for block in group]:
            if held and not _fits(used, part):
                yield tuple(held)
                held, used = [], dict(_SPARE)
            held += part
            used = _added(used, part)
    if held:
        yield tuple(held)


def _groups(blocks: Sequence[Json]) -> Iterator[list[Json]]:
    """A title stays with the two blocks after it."""
    held: list[Json] = []
    for block in blocks:
        titled = held and held[0]["type"] == "header" and len(held) < 3
        if held and (block["type"] == "header" or not titled):
            yield held
            held = []
        held.append(block)
    if held:
        yield held


def _fits(used: Mapping[str, int], further: Sequence[Json]) -> bool:
    most = limits()["message"]
    return all(count <= most[name] for name, count in _added(used, further).items())


def _added(used: Mapping[str, int], further: Sequence[Json]) -> dict[str, int]:
    total = dict(used)
    for block in further:
        for name, count in _load(block).items():
            total[name] = total.get(name, 0) + count
    return total


def _load(block: Json) -> dict[str, int]:
    """What a block takes of what a message may hold."""
    load = {
        "blocks": 1,
        "characters": characters(block),
        "table_characters": table_characters(block),
    }
    return load | ({_KINDS[block["type"]]: 1} if block["type"] in _KINDS else {})
