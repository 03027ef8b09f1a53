"""A real HTTP server that speaks the OpenAI protocol from scripted answers."""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from tests.npm_peers import PEERS, node_with
from tests.scenario.chat_api import faults_of
from tests.scenario.scripted_peer import scripted_peer

AIMOCK, OWN = "aimock", "own"
_SERVER = PEERS / "node_modules" / ".bin" / "llmock"


@dataclass(frozen=True)
class OpenAIPeer:
    """The running server; `url` is what `OPENAI_BASE_URL` takes."""

    url: str
    received: list[tuple[str, dict[str, Any]]]

    def requests(self) -> list[dict[str, Any]]:
        """The bodies of the requests for an answer that it received, in order."""
        return [body for path, body in self.received if "completions" in path]


@contextmanager
def openai_peer(
    fixtures: Sequence[dict[str, Any]],
    folder: Path,
    *options: str,
    strict: bool = True,
    server: str = AIMOCK,
    cut: bool = False,
) -> Iterator[OpenAIPeer]:
    """Starts a server with these scripted answers; stops it afterwards, and fails if the real
    API had refused any request. With `cut` each answer breaks off in its middle.

    `server` is the npm one, with which the test is skipped where Node.js is not installed, or
    our own. A strict npm one refuses what no script answers; otherwise it makes up vectors from
    the texts.
    """
    starting = _aimock(fixtures, folder, options, strict=strict)
    if server == OWN:
        starting = scripted_peer(fixtures, options)
    with starting as port, _recorder(port, cut=cut) as (address, received):
        peer = OpenAIPeer(f"{address}/v1", received)
        yield peer
        assert [fault for request in peer.requests() for fault in faults_of(request)] == []


@contextmanager
def _aimock(
    fixtures: Sequence[dict[str, Any]], folder: Path, options: Sequence[str], *, strict: bool
) -> Iterator[int]:
    node = node_with("@copilotkit/aimock")
    script = folder / "answers.json"
    script.write_text(json.dumps({"fixtures": list(fixtures)}, ensure_ascii=False))
    port = _free_port()
    command = [node, str(_SERVER), "-p", str(port), "-f", str(script), *options]
    if strict:
        command.append("--strict")
    server = subprocess.Popen(
        [*command, "--log-level", "silent"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_listening(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)


@contextmanager
def _recorder(port: int, *, cut: bool) -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Keeps each request whole on its way to the server at `port`, whose own journal cuts long
    ones. Where that server drops the connection, so does this one."""
    received: list[tuple[str, dict[str, Any]]] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, json.loads(body)))
            kept = {name: self.headers[name] for name in ("Content-Type", "Authorization")}
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as upstream:
                try:
                    upstream.request("POST", self.path, body, kept)
                    answer = upstream.getresponse()
                    content = answer.read()
                except (HTTPException, OSError):
                    self.close_connection = True
                    return
            self.send_response(answer.status)
            for name in ("Content-Type", "Retry-After"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if cut else content)
            self.close_connection = cut

        def log_message(self, *_arguments: Any) -> None:
            """Nothing is written beside the test's own output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as front:
        front.daemon_threads = True
        serving = Thread(target=front.serve_forever, args=(0.02,), daemon=True)
        serving.start()
        try:
            yield f"http://127.0.0.1:{front.server_port}", received
        finally:
            front.shutdown()
            serving.join()


def on_model(settings: Settings, url: str, **limits: float) -> Settings:
    """The settings with a language model at this address, and what a turn may cost on it."""
    model = {
        "model": "openai:gpt-test",
        "openai_base_url": url,
        "openai_api_key": SecretStr("test-key"),
        "model_timeout": 5.0,
        **limits,
    }
    return settings.model_copy(update=model)


def calls(word: str, *wanted: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """A script: to a message with this word the model calls these tools."""
    made = [{"name": name, "arguments": arguments} for name, arguments in wanted]
    match = {"userMessage": word, "hasToolResult": False}
    return {"match": match, "response": {"toolCalls": made}}


def says(word: str, content: str) -> dict[str, Any]:
    """A script: after the tools of a message with this word the model says this."""
    match = {"userMessage": word, "hasToolResult": True}
    return {"match": match, "response": {"content": content}}


def after_correction(answer: dict[str, Any]) -> dict[str, Any]:
    """The script's answer for when the model is asked to mend its draft. Goes before others,
    since that request repeats words of theirs."""
    return {**answer, "match": {"userMessage": "not borne out", "hasToolResult": False}}


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_listening(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("the server does not listen")
