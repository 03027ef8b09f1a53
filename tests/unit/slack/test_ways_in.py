"""What is compared at the end of a run: the ways into the app, and those that tests went."""

from tests.scenario.slack.peer.pushed import PUSHED, Way, push
from tests.ways_in import declared, untried


def test_every_declared_way_counts_until_it_is_tried() -> None:
    ways = declared()
    assert untried(ways, ways) == []
    assert len(untried(ways, [])) == len(ways)
    assert ("events", "message.groups") in ways
    assert untried(ways, ways - {("commands", "/kam")}) == ["commands: /kam"]


def test_a_star_stands_for_all_that_begin_so() -> None:
    assert untried([("actions", "kam_pick_*")], [("actions", "kam_pick_1")]) == []
    assert untried([("actions", "kam_pick_*")], [("views", "kam_pick_1")]) != []


def test_bodies_are_told_by_what_they_are() -> None:
    PUSHED.clear()
    message = {"type": "message", "channel_type": "channel"}
    push({"type": "event_callback", "event": message}, "http")
    push({"type": "block_actions", "actions": [{"action_id": "a"}]}, "socket")
    push({"command": "/kam", "text": "help"}, "http")
    assert {
        Way("events", "message.channels", "http"),
        Way("actions", "a", "socket"),
        Way("commands", "/kam", "http"),
    } == PUSHED
