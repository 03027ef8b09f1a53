"""The container file and the compose file say the same, and name only what there is."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[3]
KNOWN = {str(field.validation_alias) for field in Settings.model_fields.values()}


@pytest.fixture(scope="module")
def image() -> str:
    return (ROOT / "Containerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def bot() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    service: dict[str, Any] = found["services"]["bot"]
    return service


def test_what_is_copied_is_there_and_not_ignored(image: str) -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [
        name
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", image, re.MULTILINE)
        for name in sources.split()
    ]
    assert "requirements.lock" in copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in copied if f"!{name}" not in ignored] == []


def test_what_holds_inside_wins_over_a_file_made_from_the_example(
    image: str, bot: dict[str, Any]
) -> None:
    inside = dict(re.findall(r"(KAM_\w+)=(\S+)", image))
    assert {name: bot["environment"].get(name) for name in inside} == inside
    assert inside.keys() | bot["environment"].keys() <= KNOWN


def test_the_only_writable_places_are_those_that_are_written(bot: dict[str, Any]) -> None:
    assert bot["read_only"]
    assert bot["environment"]["KAM_HOME"] in bot["volumes"]
    assert bot["ports"][0].endswith(f":{bot['environment']['KAM_HTTP_PORT']}")
    assert re.search(r"^USER kam$", (ROOT / "Containerfile").read_text("utf-8"), re.MULTILINE)
