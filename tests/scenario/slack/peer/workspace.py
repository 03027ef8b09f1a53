"""What a Slack workspace holds: its members, its files, and what stands in its conversations."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
TEAM, BOT_USER, BOT = "T0KAM", "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN = "xoxb-peer", "xapp-peer"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass
class Message:
    """A message as it stands; `only` is the user who alone sees it."""

    channel: str
    ts: str
    thread: str | None
    text: str
    blocks: list[Json]
    only: str | None = None
    metadata: Json | None = None
    streaming: bool = False
    steps: dict[str, Json] = field(default_factory=dict)
    complete_at: float = field(default_factory=time.monotonic)

    def words(self) -> str:
        """All that it says."""
        return " ".join([self.text, json.dumps(self.blocks, ensure_ascii=False)])


class Workspace:
    """The members, files and messages, and the news of whatever changes among them."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.spoken: list[Json] = []
        self.users: dict[str, Json] = {}
        self.channels: dict[str, list[str]] = defaultdict(list)
        self.names: dict[str, str] = {}
        self.files: dict[str, tuple[Json, bytes]] = {}
        self.url = ""
        self._numbers = itertools.count(1)
        self._news = asyncio.Condition()

    def add_user(self, user: str, email: str | None = None, **more: Any) -> str:
        """A member of the workspace; `more` overrides what `users.info` says."""
        self.users[user] = {
            "id": user,
            "team_id": TEAM,
            "is_bot": False,
            "deleted": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
            "locale": "en-US",
            "tz": "Europe/Berlin",
            "profile": {"email": email} if email else {},
            **more,
        }
        return user

    def add_file(self, name: str, content: bytes, user: str, **more: Any) -> Json:
        """A file that somebody uploaded; `more` overrides what `files.info` says."""
        number = f"F{next(self._numbers):06d}"
        described = {
            "id": number,
            "name": name,
            "title": name,
            "size": len(content),
            "mode": "hosted",
            "user": user,
            "is_external": False,
            "url_private": f"{self.url}/files/{number}/{name}",
            "url_private_download": f"{self.url}/files/{number}/download/{name}",
            **more,
        }
        self.files[number] = described, content
        return described

    def thread(self, channel: str, root: str) -> list[Message]:
        """What stands in a thread for everybody."""
        return [
            m for m in self.messages if m.channel == channel and m.thread == root and not m.only
        ]

    def ts(self) -> str:
        """A timestamp after all others."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    async def quiet(self, seconds: float = 0.6) -> None:
        """Lets some time pass in which something could be said."""
        await asyncio.sleep(seconds)

    async def until(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:
        """What the condition returns, once it is true; it is asked again after each call."""
        async with asyncio.timeout(seconds), self._news:
            while not (found := condition()):
                await self._news.wait()
            return found

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()
