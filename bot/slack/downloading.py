"""A file that somebody shared, fetched from Slack and from nowhere else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.sending import error_of
from tools.errors import BadInput, KamError
from tools.text import Text, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_OK = 200
_PIECE = 65_536
_PATIENCE = aiohttp.ClientTimeout(total=120)
_MEGABYTE = 1_000_000
_SLACK = "slack.com"
_GONE_CODES = frozenset({"file_not_found", "file_deleted"})
_GONE = text("This file is not there any more.", "该文件已不存在。")
_ELSEWHERE = text(
    "{name} is kept outside Slack, so I cannot fetch it. Download it and share it here.",
    "{name} 存放在 Slack 之外，无法获取。请下载后在此上传。",
)
_LARGE = text(
    "{name} is larger than {limit} MB, the most that is taken. Split it, or leave its pictures "
    "out.",
    "{name} 超过 {limit} MB 的上限，请拆分或去掉图片。",
)
_REFUSED = text(
    "Slack does not hand {name} over. The app may lack the scope files:read; install it anew.",
    "Slack 未提供 {name}。应用可能缺少 files:read 权限，请重新安装应用。",
)


@dataclass(frozen=True)
class SharedFile:
    """A file as it is in Slack, and its content."""

    id: str
    name: str
    content: bytes


async def fetched(client: "AsyncWebClient", file_id: str, *, megabytes: int) -> SharedFile:
    """The file; raises `KamError` in words where it is gone, too large or not to be had."""
    try:
        described: dict[str, Any] = (await client.files_info(file=file_id))["file"]
    except SlackApiError as error:
        if error_of(error) in _GONE_CODES:
            raise BadInput(_GONE) from error
        raise
    name = str(described.get("name") or described.get("title") or file_id)
    if described.get("mode") == "tombstone":
        raise BadInput(_GONE)
    if described.get("is_external") or described.get("mode") == "external":
        raise BadInput(_about(_ELSEWHERE, name))
    if int(described.get("size") or 0) > megabytes * _MEGABYTE:
        raise BadInput(_about(_LARGE, name, limit=megabytes))
    url = str(described.get("url_private_download") or described.get("url_private") or "")
    if not is_slacks(url, client.base_url):
        raise BadInput(_about(_ELSEWHERE, name))
    return SharedFile(file_id, name, await _content(client, url, name, megabytes))


def is_slacks(url: str, api: str) -> bool:
    """Whether the address belongs to Slack, or to the server that plays Slack: the token goes
    with the request, so it must not go anywhere else."""
    asked, known = urlsplit(url), urlsplit(api)
    if (asked.scheme, asked.netloc) == (known.scheme, known.netloc):
        return True
    host, own = asked.hostname or "", known.hostname or ""
    slacks = host == _SLACK or host.endswith("." + _SLACK)
    plain = asked.port in (None, 443) and not asked.username
    return own.endswith(_SLACK) and slacks and plain and asked.scheme == "https"


async def _content(client: "AsyncWebClient", url: str, name: str, megabytes: int) -> bytes:
    """The file's bytes. A redirect is not followed, and a page to sign in is no file."""
    headers = {"Authorization": f"Bearer {client.token}"}
    # Not the client's own session: its limit of time is for short calls.
    async with (
        aiohttp.ClientSession(timeout=_PATIENCE) as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        page = answer.content_type == "text/html" and not name.lower().endswith((".html", ".htm"))
        if answer.status != _OK or page:
            raise NotHandedOver(_about(_REFUSED, name))
        found = bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            found += piece
            if len(found) > megabytes * _MEGABYTE:
                raise BadInput(_about(_LARGE, name, limit=megabytes))
        return bytes(found)


class NotHandedOver(KamError):
    """Slack refuses the content of a file that it told of."""


def _about(said: Text, name: str, **more: int) -> Text:
    return text(said.en, said.zh, name=name, **more)
