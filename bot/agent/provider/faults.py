"""What a failed call tells: whether to try again, how long to wait, whose fault it was."""

import random
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelError,
    ModelInvalidRequestError,
    ModelTimeoutError,
)

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0
_QUOTA = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")


class NoAnswer(Exception):
    """The language model is not asked, or not asked any more; says why for the log."""


class Nonsense(NoAnswer):
    """An answer that cannot be used: empty, or calls whose arguments are no JSON."""


def worth_another_try(error: Exception) -> bool:
    """Whether the same request may succeed shortly. A timeout is not repeated: a provider that
    is slow stays slow; nor is a spent quota, which looks like a rate limit."""
    if isinstance(error, Nonsense):
        return True
    if isinstance(error, TimeoutError | ModelTimeoutError | ContextOverflowError | NoAnswer):
        return False
    if is_quota(error):
        return False
    return error.is_retryable if isinstance(error, ModelError) else True


def speaks_against_provider(error: Exception) -> bool:
    """Whether other requests would fail as well; a request that it refuses says nothing."""
    return not isinstance(error, NoAnswer | ModelInvalidRequestError | ContextOverflowError)


def is_quota(error: Exception) -> bool:
    """Whether the account behind the key has nothing left to spend."""
    return getattr(error, "code", None) in _QUOTA or getattr(error, "type", None) in _QUOTA


def wait_before_retry(error: Exception, attempt: int) -> float:
    """Seconds: what the provider asks for, else doubling from half a second, a little uneven so
    that several processes do not come back at once."""
    asked = _asked_for(error)
    if asked is not None:
        return asked
    return min(_FIRST_WAIT * 2.0**attempt, _LONGEST_WAIT) * random.uniform(0.75, 1.0)  # noqa: S311


def _asked_for(error: Exception) -> float | None:
    """The header Retry-After, in seconds or as a date."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    said = headers.get("retry-after")
    if not said:
        return None
    try:
        return max(0.0, float(said))
    except ValueError:
        return _until(said)


def _until(said: str) -> float | None:
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - datetime.fromtimestamp(time.time(), UTC).timestamp())
