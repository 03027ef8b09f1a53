"""What the assistant is doing, in words: one phrase per tool, nothing of its arguments."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tools.text import Text, text

_WORKING = text("Working on it", "正在处理")


def step_title(tool: str) -> Text:
    """What the tool of that name is doing."""
    return titles().get(tool, _WORKING)


@lru_cache
def titles() -> Mapping[str, Text]:
    """The phrases by the name of the tool."""
    import yaml

    kept = yaml.safe_load(Path(__file__).with_name("steps.yaml").read_text(encoding="utf-8"))
    return {name: text(en, zh) for name, (en, zh) in kept.items()}
