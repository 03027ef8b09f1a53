"""Bodies that Slack could send, and the same with fields dropped, altered or of another type."""

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.scenario.slack.acting import clicked, on_message, searched, shortcut, submitted, typed
from tests.scenario.slack.bench import REP, Bench
from tests.scenario.slack.peer import BOT_USER, Json

ODD: tuple[Any, ...] = (
    *(None, "", 0, -1, 1.5, True, [], {}, [None], {"id": None}, [[]], {"": {"": ""}}),
    *("\x00", "a\x00b", "\ud800", "\u202e\u2066", "\U0001f600" * 50, "x" * 5_000, "<!channel>"),
    *("NaN", "../../etc/passwd", "9" * 400, "'; DROP TABLE account; --", "{0.__class__}"),
)
KINDS = ("event_callback", "block_actions", "view_submission", "message", "app_mention", "im")
# Where the bot is told to answer is Slack's to say; a wrong address is nobody's payload.
KEPT = frozenset({"response_url"})


def bodies(bench: Bench) -> list[tuple[str, Json]]:
    """One sound body of each kind, with the way it comes; their names are unlike each other."""
    slack, account = bench.slack, bench.account(city="Lyon")
    card = bench.proposed("update_account", account=account, city="Paris")
    events = [
        slack.said("What is share of wallet?", REP),
        slack.said(f"<@{BOT_USER}> help", REP, "C1"),
        slack.said(f"<@{BOT_USER}> help", REP, "C1", kind="app_mention"),
        slack.event({"type": "app_home_opened", "tab": "home", "user": REP, "channel": "D1"}),
        slack.event({"type": "app_context_changed", "user": REP, "channel": "D1", "context": {}}),
        slack.event(
            {
                "type": "agent_session_stopped",
                "channel": "D1",
                "thread_ts": slack.ts(),
                "user": REP,
                "streaming_message_ts": [],
                "event_ts": slack.ts(),
            }
        ),
    ]
    form = {
        "type": "modal",
        "callback_id": "kam_proposal_edited",
        "private_metadata": json.dumps({"change": 1, "channel": "D1", "ts": "1.1"}),
        "blocks": [
            {
                "type": "input",
                "block_id": "0:city",
                "label": {"type": "plain_text", "text": "City"},
                "element": {"type": "plain_text_input", "action_id": "value"},
            }
        ],
    }
    interactive = [
        clicked(slack, card, "kam_proposal_confirm", REP),
        clicked(slack, card, "kam_proposal_edit", REP),
        submitted(form, REP, {"0:city": "Oslo"}),
        shortcut("kam_prepare_meeting", REP),
        on_message(slack, "kam_add_note", "They want a second line in May", REP),
        searched("kam_account", "tarn", REP),
    ]
    return [
        *(("events_api", event) for event in events),
        *(("interactive", body) for body in interactive),
        ("slash_commands", typed(slack, f"score {account}", REP)),
    ]


def mutated(body: Json, chance: random.Random) -> Json:
    """The body with one to three of its fields dropped, altered or of another type."""
    changed: Json = json.loads(json.dumps(body))
    for _ in range(chance.randint(1, 3)):
        places = list(_places(changed))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.choice(("drop", "odd", "odd", "kind")):
            case "drop":
                del holder[key]
            case "odd":
                holder[key] = chance.choice(ODD)
            case _:
                holder[key] = chance.choice(KINDS)
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every field within, with what holds it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in list(pairs):
        if key not in KEPT:
            yield value, key
        if isinstance(held, dict | list):
            yield from _places(held)
