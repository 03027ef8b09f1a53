"""The container file and the compose file say the same, and name only what there is."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.health import health_routes
from bot.settings import Settings
from bot.slack.serve import GRACE_SECONDS

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


def test_the_image_runs_as_a_numbered_user_that_owns_its_home_and_hears_signals(image: str) -> None:
    """By number, since Kubernetes cannot tell otherwise that it is not root."""
    number = re.search(r"useradd .*--uid (\d+) kam", image)
    assert number
    assert re.search(rf"^USER {number[1]}$", image, re.MULTILINE)
    home = re.search(r"KAM_HOME=(\S+)", image)
    assert home
    assert f"install -d -o kam -g kam {home[1]} {home[1]}/documents" in image
    assert image.index("install -d") < image.index("VOLUME")
    assert re.search(r'^CMD \["kam", "serve"\]$', image, re.MULTILINE)


def test_what_is_checked_is_what_is_served(image: str, bot: dict[str, Any]) -> None:
    check = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", image)
    assert check
    assert check[1] == bot["environment"]["KAM_HEALTH_PORT"]
    assert check[2] in {route.path for route in health_routes({})}


def test_a_stop_has_time_to_hand_on_what_it_cannot_end(bot: dict[str, Any]) -> None:
    assert int(bot["stop_grace_period"].removesuffix("s")) >= GRACE_SECONDS + 30
    assert bot["init"]
