"""References, log lines and figures of a serving process."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.health import health_routes
from bot.logs import log_to_stream, log_turn
from bot.metrics import Metrics
from bot.references import current_reference, new_reference, turn_reference
from bot.turn import Reply, ToolCall, Turn
from tools.access import OPERATOR
from tools.text import Language

TURN = Turn("1.0", OPERATOR, "a very private question", "slack:T1:C1")
REPLY = Reply(
    "a very private answer", (), (ToolCall("revenue", {}, None),), (), Language.ENGLISH, "built-in"
)


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, left as it was."""
    logger = logging.getLogger()
    kept = (logger.handlers[:], logger.level, logging.getLogger("bot").level)
    yield logger
    logger.handlers[:] = kept[0]
    logger.setLevel(kept[1])
    logging.getLogger("bot").setLevel(kept[2])


def test_all_of_a_turn_has_one_reference() -> None:
    assert current_reference() == ""
    assert new_reference() != new_reference()
    with turn_reference() as reference:
        assert reference == new_reference() == current_reference()
    assert current_reference() == ""


async def test_turns_side_by_side_keep_their_own_reference_in_threads_too() -> None:
    async def turn() -> bool:
        with turn_reference() as reference:
            await asyncio.sleep(0)
            return await asyncio.to_thread(current_reference) == reference

    assert all(await asyncio.gather(*(turn() for _ in range(20))))


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_turn_is_one_line_without_its_words(root: logging.Logger, form: str) -> None:
    stream = io.StringIO()
    log_to_stream(form, stream)  # type: ignore[arg-type]

    with turn_reference() as reference:
        log_turn(TURN, REPLY, 0.0421)

    (line,) = stream.getvalue().splitlines()
    assert reference in line
    assert "private" not in line
    if form == "json":
        said = json.loads(line)
        assert said["reference"] == reference
        assert (said["tools"], said["outcome"], said["milliseconds"]) == (
            ["revenue"],
            "answered",
            42,
        )


def test_a_failure_is_found_by_the_reference_that_the_person_was_told(
    root: logging.Logger,
) -> None:
    stream = io.StringIO()
    log_to_stream("json", stream)
    with turn_reference() as reference:
        try:
            raise ValueError("inside")
        except ValueError:
            logging.getLogger("bot.assistant").exception("failed")

    said = json.loads(stream.getvalue())
    assert said["reference"] == reference
    assert "ValueError: inside" in said["exc_info"]


def test_figures_count_turns_and_tools() -> None:
    metrics = Metrics()
    metrics.gauge("kam_tasks_running", "Work under way", lambda: 3)
    for _ in range(2):
        metrics.turn(TURN, REPLY, 0.2)

    text = metrics.text().decode()

    assert 'kam_turns_total{model="built-in",outcome="answered",surface="slack"} 2.0' in text
    assert 'kam_tool_calls_total{tool="revenue"} 2.0' in text
    assert 'kam_turn_seconds_bucket{le="0.25"} 2.0' in text
    assert "kam_tasks_running 3.0" in text


async def _well() -> None:
    return


async def _ill() -> None:
    raise ConnectionError("gone")


@pytest.mark.parametrize(
    ("check", "status", "parts"), [(_well, 200, True), (_ill, 503, False)], ids=["well", "ill"]
)
async def test_ready_says_which_part_cannot_be_used(check, status: int, *, parts: bool) -> None:  # type: ignore[no-untyped-def]
    alive, ready = health_routes({"database": check})

    assert (await alive.endpoint(None)).status_code == 200
    answer = await ready.endpoint(None)
    assert answer.status_code == status
    assert json.loads(answer.body)["parts"] == {"database": parts}
