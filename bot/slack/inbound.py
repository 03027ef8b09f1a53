"""What a message event says, and whether it is for the assistant. Pure: no call is made here."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.slack.answer import Where

# A message of a person; what Slack says about joins, edits, deletions and the like is none.
_SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
_MENTION = re.compile(r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?P<target>[^@#!<>|][^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_CHANNEL = re.compile(r"<#(?P<id>C[A-Z0-9]+)(?:\|(?P<name>[^<>]*))?>")
_SPECIAL = re.compile(r"<!(?P<word>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
_KINDS = {"im": "im", "mpim": "mpim"}


@dataclass(frozen=True)
class Shared:
    """A file that came with a message."""

    id: str
    name: str


@dataclass(frozen=True)
class Asked:
    """A message of a person. `mention` says whether it names the assistant; `others` are the
    users it names beside, `files` what came with it."""

    event_id: str
    where: Where
    text: str
    mention: bool
    others: tuple[str, ...] = ()
    files: tuple[Shared, ...] = ()

    @property
    def conversation(self) -> str:
        """The thread and the speaker: what is said there is answered in its order."""
        return conversation_of(self.where.root, self.where.user)

    def payload(self) -> dict[str, Any]:
        """The message as JSON, so that another process can answer it."""
        return asdict(self)

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Asked":
        """The message that `payload` was made from."""
        others = tuple(payload["others"])
        files = tuple(Shared(**shared) for shared in payload.get("files", ()))
        where = Where(**payload["where"])
        return cls(**{**payload, "where": where, "others": others, "files": files})


def conversation_of(root: str, user: str) -> str:
    """What groups the messages of one speaker in one thread."""
    return f"{root}:{user}"


def asked(body: Mapping[str, Any], bot_user: str | None) -> Asked | None:
    """The message of a person in an event, or None: other bots' and our own messages, edits,
    deletions and notices are none."""
    event = body["event"]
    if event.get("subtype") not in _SPOKEN or event.get("bot_id") or event.get("bot_profile"):
        return None
    user, channel, moment = event.get("user"), event.get("channel"), event.get("ts")
    if not (user and channel and moment) or user in {bot_user, "USLACKBOT"}:
        return None
    said = event.get("text") or ""
    named = tuple(m["user"] for m in _MENTION.finditer(said))
    text, files = plain(said, bot_user), tuple(_files(event))
    if not text and not files and bot_user not in named:
        return None
    thread = event.get("thread_ts")
    where = Where(
        team=body.get("team_id") or event.get("team") or "",
        channel=channel,
        thread=thread if thread != moment else None,
        moment=moment,
        kind=_kind(event, channel),
        user=user,
    )
    mention = event["type"] == "app_mention" or bot_user in named
    others = tuple(dict.fromkeys(u for u in named if u != bot_user))
    return Asked(body["event_id"], where, text, mention, others, files)


def plain(said: str, bot_user: str | None) -> str:
    """What was typed: without the assistant's own mention, links as their words. Mentions of
    others stay as "<@U…>" for whoever knows their names."""
    said = _MENTION.sub(lambda m: "" if m["user"] == bot_user else f"<@{m['user']}>", said)
    said = _CHANNEL.sub(lambda m: f"#{m['name'] or m['id']}", said)
    said = _SPECIAL.sub(lambda m: m["label"] or f"@{m['word']}", said)
    said = _LINK.sub(lambda m: m["label"] or m["target"].removeprefix("mailto:"), said)
    return html.unescape(said).strip()


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with the names of the users it mentions."""
    return _MENTION.sub(lambda m: names.get(m["user"], "@" + m["user"]), text)


def _files(event: Mapping[str, Any]) -> Iterator[Shared]:
    for file in event.get("files") or ():
        if file.get("id"):
            yield Shared(str(file["id"]), str(file.get("name") or file.get("title") or file["id"]))


def _kind(event: Mapping[str, Any], channel: str) -> Any:
    if channel.startswith("D"):
        return "im"
    return _KINDS.get(event.get("channel_type", ""), "channel")
