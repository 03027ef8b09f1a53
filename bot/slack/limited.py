"""Waiting out Slack's rate limits, within bounds."""

import asyncio
import random
from collections.abc import Mapping

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.async_handler import AsyncRetryHandler

TOO_MANY = 429
_TRIES = 1_000
_WAITED = "waited"


class BoundedRateLimitRetryHandler(AsyncRetryHandler):
    """Waits as long as Slack says, with a little more so that not all come back at once; a call
    that would wait for more than `longest` seconds in all fails."""

    def __init__(self, longest: float) -> None:
        super().__init__(max_retry_count=_TRIES)
        self._longest = longest

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        limited = response is not None and response.status_code == TOO_MANY
        return limited and _waited(state) + _wait(response) <= self._longest

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> None:
        state.next_attempt_requested = True
        wait = _wait(response) + random.uniform(0.05, 0.5)  # noqa: S311
        state.custom_values = {_WAITED: _waited(state) + wait}
        await asyncio.sleep(wait)
        state.increment_current_attempt()


def _waited(state: RetryState) -> float:
    return float((state.custom_values or {}).get(_WAITED, 0.0))


def _wait(response: HttpResponse | None) -> float:
    """The seconds that Slack asks for; one where it does not say."""
    headers: Mapping[str, object] = response.headers if response is not None else {}
    for name, value in headers.items():
        if name.lower() == "retry-after":
            first = value[0] if isinstance(value, list) else value
            return float(str(first))
    return 1.0
