"""The language model's server hangs in four ways, each at the first request of a turn and at one
after a tool has run: every question is answered all the same, by the built-in model.
"""

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.main import open_assistant
from bot.settings import Settings
from bot.turn import Turn
from tests.scenario.openai_peer import on_model
from tools.access import OPERATOR

pytestmark = pytest.mark.long

QUESTIONS = 40
WAYS = ("says nothing", "stops after the head", "stops within the body", "drips for ever")
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
_CALL = {
    "id": "call_1",
    "type": "function",
    "function": {
        "name": "coverage_owner",
        "arguments": json.dumps({"account": "Merrowick Semiconductor"}),
    },
}


class _Server:
    """Hangs at each request; where a turn is to get further, it first asks for a tool."""

    def __init__(self) -> None:
        self.hung: Counter[str] = Counter()
        self._way = itertools.cycle(WAYS)
        self.calls_first = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while said := await _request(reader):
                if self.calls_first and said["messages"][-1]["role"] == "user":
                    writer.write(_answer(_CALL))
                    await writer.drain()
                    continue
                way = next(self._way)
                self.hung[way] += 1
                await _hang(way, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()


async def _hang(way: str, writer: asyncio.StreamWriter) -> None:
    """Until the other side gives up."""
    if way != WAYS[0]:
        writer.write(_HEAD)
    if way == WAYS[2]:
        writer.write(b'{"id": "chatcmpl-1", "choices": [')
    while True:
        if way == WAYS[3]:
            writer.write(b" ")
        await writer.drain()
        if writer.is_closing():
            return
        await asyncio.sleep(0.05)


async def _request(reader: asyncio.StreamReader) -> dict[str, list[dict[str, str]]] | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        body: dict[str, list[dict[str, str]]] = json.loads(await reader.readexactly(length))
    except asyncio.IncompleteReadError:
        return None
    return body


def _answer(call: dict[str, object]) -> bytes:
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    body = json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": "gpt-test",
            "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
    ).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


@asynccontextmanager
async def _hanging() -> AsyncIterator[tuple[_Server, str]]:
    told = _Server()
    tasks: set[asyncio.Task[None]] = set()

    def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(told.serve(reader, writer)))

    server = await asyncio.start_server(accepted, "127.0.0.1", 0)
    try:
        yield told, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_40_questions_to_a_model_that_hangs_are_answered(demo: Settings) -> None:
    async with _hanging() as (server, url):
        settings = on_model(demo, url, model_timeout=0.8, model_turn_seconds=5.0, model_rest=0.0)
        async with open_assistant(settings) as assistant:
            for number in range(QUESTIONS):
                server.calls_first = number % 2 == 1
                turn = Turn(f"t{number}", OPERATOR, "Who looks after Merrowick Semiconductor?")
                reply = await asyncio.wait_for(assistant.answer(turn), 60)
                assert reply.failure is None
                assert reply.model == "built-in"
                assert reply.text.startswith("Priya Raman owns Merrowick Semiconductor")
    assert set(server.hung) == set(WAYS)
    print(f"{QUESTIONS} questions, hung {dict(server.hung)}: {QUESTIONS} answers")
