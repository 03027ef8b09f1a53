"""Messages that bring files."""

import json
from typing import Any

import pytest

from bot.slack.inbound import Asked, Shared, asked


def body(**more: Any) -> dict[str, Any]:
    event = {
        "type": "message",
        "subtype": "file_share",
        "user": "U1",
        "channel": "D1",
        "ts": "1.5",
        "text": "",
        **more,
    }
    return {"event_id": "Ev1", "team_id": "T1", "event": event}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([{"id": "F1", "name": "a.md"}], (Shared("F1", "a.md"),)),
        ([{"id": "F1", "title": "A"}, {"id": "F2"}], (Shared("F1", "A"), Shared("F2", "F2"))),
        ([{"id": "F1", "name": None}], (Shared("F1", "F1"),)),
    ],
)
def test_files_come_with_a_message_of_no_words(
    files: list[dict[str, Any]], found: tuple[Shared, ...]
) -> None:
    said = asked(body(files=files), "UBOT")
    assert said is not None
    assert said.files == found
    assert said.text == ""


@pytest.mark.parametrize("files", [[], [{"name": "no id"}], None])
def test_without_words_and_files_there_is_nothing_to_answer(files: Any) -> None:
    assert asked(body(files=files), "UBOT") is None


def test_files_of_other_bots_are_none_of_ours() -> None:
    assert asked(body(files=[{"id": "F1"}], bot_id="B1"), "UBOT") is None


def test_another_process_can_answer_it() -> None:
    said = asked(body(files=[{"id": "F1", "name": "报价.pdf"}], text="see"), "UBOT")
    assert said is not None
    assert Asked.of(json.loads(json.dumps(said.payload()))) == said


def test_a_message_kept_by_an_older_version_has_no_files() -> None:
    said = asked(body(text="hello"), "UBOT")
    assert said is not None
    kept = said.payload()
    del kept["files"]
    assert Asked.of(kept) == said
