"""The methods of the Web API that post, change, stream and read messages."""

import time
from dataclasses import dataclass
from typing import Any

from tests.scenario.slack.peer.workspace import BOT_USER, Json, Message, Workspace


@dataclass(frozen=True)
class Call:
    """One call of the Web API, as it came."""

    method: str
    given: Json
    at: float
    token: str

    def __getitem__(self, name: str) -> Any:
        return self.given.get(name)


class Conversations(Workspace):
    """What stands in conversations, and what the app does to it."""

    def _conversations_replies(self, call: Call) -> Json:
        """What stands in a thread, its root first; with `latest` what stood there before."""
        channel, root = call["channel"], call["ts"]
        latest = str(call["latest"] or "9")
        first = [m for m in self.messages if (m.channel, m.ts) == (channel, root)]
        own = [
            {
                "ts": m.ts,
                "text": m.text,
                "user": BOT_USER,
                "blocks": m.blocks,
                **({"metadata": m.metadata} if m.metadata else {}),
            }
            for m in (*first, *self.thread(channel, root))
            if m.ts < latest
        ]
        said = [
            {"ts": event["ts"], "text": event["text"], "user": event["user"]}
            for event in self.spoken
            if event["channel"] == channel and root in (event["ts"], event.get("thread_ts"))
        ]
        return {"messages": sorted([*own, *said], key=lambda message: message["ts"])}

    def _conversations_history(self, call: Call) -> Json:
        """What stands in the conversation itself, the newest first."""
        own = [m for m in self.messages if m.channel == call["channel"] and not m.thread]
        shown = [
            {
                "ts": m.ts,
                "text": m.text,
                "user": BOT_USER,
                **({"metadata": m.metadata} if m.metadata and call["include_all_metadata"] else {}),
            }
            for m in own
            if not m.only
        ]
        return {"messages": shown[::-1][: int(call["limit"] or 100)]}

    def _conversations_open(self, call: Call) -> Json:
        return {"channel": {"id": "D" + call["users"]}}

    def _chat_postMessage(self, call: Call) -> Json:  # noqa: N802
        return self._posted(call)

    def _chat_postEphemeral(self, call: Call) -> Json:  # noqa: N802
        members = self.channels.get(call["channel"])
        if members is not None and call["user"] not in members:
            return {"ok": False, "error": "user_not_in_channel"}
        return {"message_ts": self._posted(call, only=call["user"])["ts"]}

    def _posted(self, call: Call, only: str | None = None) -> Json:
        message = Message(
            call["channel"],
            self.ts(),
            call["thread_ts"],
            call["text"] or "",
            call["blocks"] or [],
            only,
            call["metadata"],
        )
        self.messages.append(message)
        return {"channel": call["channel"], "ts": message.ts}

    def _chat_update(self, call: Call) -> Json:
        message = self._at(call)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        message.text, message.blocks = call["text"] or "", call["blocks"] or []
        message.metadata = call["metadata"] or message.metadata
        message.streaming = False
        return {"channel": call["channel"], "ts": message.ts}

    def _chat_startStream(self, call: Call) -> Json:  # noqa: N802
        if not call["thread_ts"]:
            return {"ok": False, "error": "invalid_arguments"}
        message = Message(call["channel"], self.ts(), call["thread_ts"], "", [], streaming=True)
        self.messages.append(message)
        _grow(message, call["chunks"])
        return {"channel": call["channel"], "ts": message.ts}

    def _chat_appendStream(self, call: Call) -> Json:  # noqa: N802
        message = self._at(call)
        if message is None or not message.streaming:
            return {"ok": False, "error": "message_not_in_streaming_state"}
        _grow(message, call["chunks"])
        return {"ts": message.ts}

    def _chat_stopStream(self, call: Call) -> Json:  # noqa: N802
        message = self._at(call)
        if message is None or not message.streaming:
            return {"ok": False, "error": "message_not_in_streaming_state"}
        _grow(message, call["chunks"])
        message.blocks = call["blocks"] or []
        message.metadata = call["metadata"]
        message.streaming = False
        message.complete_at = time.monotonic()
        return {"ts": message.ts}

    def _chat_delete(self, call: Call) -> Json:
        message = self._at(call)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        self.messages.remove(message)
        return {}

    def _at(self, call: Call) -> Message | None:
        same = (m for m in self.messages if m.channel == call["channel"] and m.ts == call["ts"])
        return next(same, None)


def _grow(message: Message, chunks: list[Json] | None) -> None:
    for chunk in chunks or ():
        if chunk["type"] == "markdown_text":
            message.text += chunk["text"]
        elif chunk["type"] == "task_update":
            message.steps[chunk["id"]] = chunk
