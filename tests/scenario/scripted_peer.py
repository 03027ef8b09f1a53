"""A small server of chat completions from the same scripts as the npm one, in Python alone."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from typing import Any
from uuid import uuid4

Fixture = Mapping[str, Any]
Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def scripted_peer(fixtures: Sequence[Fixture], options: Sequence[str]) -> Iterator[int]:
    """The port of a server that answers by these scripts; `options` are the npm one's `--chaos`
    options: `drop` fails, `ratelimit` refuses, `disconnect` and `malformed` break off the answer,
    `latency` delays it."""
    script = _Script(fixtures, dict(zip(options[::2], options[1::2], strict=True)))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = script.answer(body)
            if answer is None:
                self.close_connection = True
                return
            status, headers, content = answer
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: Any) -> None:
            """Nothing is written beside the test's own output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        serving = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        serving.start()
        try:
            yield server.server_port
        finally:
            script.stopped.set()
            server.shutdown()
            serving.join()


class _Script:
    def __init__(self, fixtures: Sequence[Fixture], chaos: Mapping[str, str]) -> None:
        self._fixtures = fixtures
        self._chaos = chaos
        self._served: Counter[str] = Counter()
        self.stopped = threading.Event()

    def answer(self, body: Mapping[str, Any]) -> Answer | None:
        """The status, headers and content; None where the connection breaks off."""
        self.stopped.wait(int(self._chaos.get("--chaos-latency", 0)) / 1000)
        if "--chaos-disconnect" in self._chaos:
            return None
        if "--chaos-drop" in self._chaos:
            return _error(500, {"message": "dropped", "type": "server_error"})
        if "--chaos-ratelimit" in self._chaos:
            return _error(429, {"message": "slow down", "type": "rate_limit_error"}, 1)
        if "--chaos-malformed" in self._chaos:
            return 200, {}, b"{malformed json: <<<"
        return self._scripted(body["messages"])

    def _scripted(self, messages: Sequence[Mapping[str, Any]]) -> Answer:
        for fixture in self._fixtures:
            if self._fits(fixture["match"], messages):
                self._served[_key(fixture["match"])] += 1
                return _content(fixture["response"])
        return _error(503, {"message": "no script answers this", "type": "server_error"})

    def _fits(self, match: Mapping[str, Any], messages: Sequence[Mapping[str, Any]]) -> bool:
        said = [str(m["content"]) for m in messages if m["role"] == "user"]
        turn = list(takewhile(lambda m: m["role"] != "user", reversed(messages)))
        seen = {
            "hasToolResult": any(m["role"] == "tool" for m in turn),
            "sequenceIndex": self._served[_key(match)],
            "turnIndex": sum(m["role"] == "assistant" for m in messages),
        }
        wanted = {name: value for name, value in match.items() if name in seen}
        return match.get("userMessage", "") in said[-1] and wanted.items() <= seen.items()


def _key(match: Mapping[str, Any]) -> str:
    """Scripts that differ in their place in a sequence alone are counted together."""
    return json.dumps({k: v for k, v in match.items() if k != "sequenceIndex"}, sort_keys=True)


def _content(response: Mapping[str, Any]) -> Answer:
    if "error" in response:
        return _error(response["status"], response["error"], response.get("retryAfter"))
    calls = [
        {"id": f"call_{uuid4().hex[:12]}", "type": "function", "function": _function(call)}
        for call in response.get("toolCalls", ())
    ]
    message = {"role": "assistant", "content": response.get("content")}
    content = {
        "id": f"chatcmpl-{uuid4().hex[:12]}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": "gpt-test",
        "choices": [
            {
                "index": 0,
                "message": {**message, "tool_calls": calls} if calls else message,
                "finish_reason": "tool_calls" if calls else "stop",
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return 200, {}, json.dumps(content).encode()


def _function(call: Mapping[str, Any]) -> dict[str, str]:
    given = call["arguments"]
    return {
        "name": call["name"],
        "arguments": given if isinstance(given, str) else json.dumps(given),
    }


def _error(status: int, error: Mapping[str, Any], retry_after: float | None = None) -> Answer:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return status, headers, json.dumps({"error": error}).encode()
