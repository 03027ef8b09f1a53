"""Slack's documented limits on blocks, checked before anything is sent."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal


def violations(
    blocks: Sequence[Mapping[str, Any]], *, view: Literal["message", "modal", "home"]
) -> list[str]:
    """What Slack would refuse in these blocks, each in words that say what and where."""
    most = 50 if view == "message" else 100
    return [f"{len(blocks)} blocks; a {view} takes {most}"] if len(blocks) > most else []
