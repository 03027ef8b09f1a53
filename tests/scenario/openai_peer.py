"""A real HTTP server that speaks the OpenAI protocol from scripted answers."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Settings

_PEERS = Path(__file__).parents[1] / "peers"
_SERVER = _PEERS / "node_modules" / ".bin" / "llmock"


@dataclass(frozen=True)
class OpenAIPeer:
    """The running server; `url` is what `OPENAI_BASE_URL` takes."""

    url: str

    def requests(self) -> list[dict[str, Any]]:
        """The bodies of the requests that it received, in order."""
        journal = f"{self.url.removesuffix('/v1')}/__aimock/journal"
        with urllib.request.urlopen(journal, timeout=5) as answer:
            entries = json.load(answer)
        return [entry["body"] for entry in entries if "completions" in entry["path"]]


@contextmanager
def openai_peer(
    fixtures: Sequence[dict[str, Any]], folder: Path, *options: str, strict: bool = True
) -> Iterator[OpenAIPeer]:
    """Starts the server with these scripted answers; stops it afterwards. A strict one
    refuses what no script answers; otherwise it makes up vectors from the texts.

    Skips the test where Node.js is not installed.
    """
    node = _prepared()
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
        yield OpenAIPeer(f"http://127.0.0.1:{port}/v1")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)


def on_model(settings: Settings, url: str) -> Settings:
    """The settings with a language model at this address."""
    model = {
        "model": "openai:gpt-test",
        "openai_base_url": url,
        "openai_api_key": SecretStr("test-key"),
        "model_timeout": 5.0,
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


def checked_order(messages: list[dict[str, Any]]) -> None:
    """The API's own rule: an assistant's tool calls are followed by exactly their results."""
    waiting: list[str] = []
    for message in messages:
        if message["role"] == "tool":
            assert waiting, "a tool result without a call"
            waiting.remove(message["tool_call_id"])
            continue
        assert not waiting, f"calls without results: {waiting}"
        waiting = [call["id"] for call in message.get("tool_calls") or ()]
    assert not waiting


def _prepared() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node.js is not installed: no scripted OpenAI-compatible server")
    if not _SERVER.exists():
        installed = subprocess.run(
            [npm, "ci", "--silent", "--no-audit", "--no-fund"],
            cwd=_PEERS,
            env=os.environ | {"npm_config_update_notifier": "false"},
            capture_output=True,
            text=True,
            check=False,
        )
        if installed.returncode != 0:
            pytest.skip(f"npm ci failed: {installed.stderr.strip()[:200]}")
    return node


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_listening(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server does not listen")
