"""What each failure of a provider tells about another try, and about the provider."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelInvalidRequestError,
    ModelRateLimitError,
    ModelTimeoutError,
)

from bot.agent.provider.faults import (
    NoAnswer,
    Nonsense,
    speaks_against_provider,
    wait_before_retry,
    worth_another_try,
)


def _limited(code: str = "rate_limit_exceeded", **headers: str) -> Exception:
    error: Any = ModelRateLimitError("slow down")
    error.code = code
    error.response = httpx.Response(
        429, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    return error  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("error", "again", "against"),
    [
        (ModelAPIError("500"), True, True),
        (_limited(), True, True),
        (_limited("insufficient_quota"), False, True),
        (ModelTimeoutError("slow"), False, True),
        (TimeoutError(), False, True),
        (ModelAuthenticationError("401"), False, True),
        (ModelInvalidRequestError("400"), False, False),
        (ValueError("no JSON"), True, True),
        (ContextOverflowError("too long"), False, False),
        (Nonsense("empty"), True, False),
        (NoAnswer("no time"), False, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_a_failure_tells(error: Exception, again: bool, against: bool) -> None:
    assert worth_another_try(error) is again
    assert speaks_against_provider(error) is against


def test_the_wait_is_what_the_provider_asks_for() -> None:
    later = datetime.now(UTC) + timedelta(minutes=10)
    assert wait_before_retry(_limited(retry_after="7.5"), 0) == 7.5
    assert 500 < wait_before_retry(_limited(retry_after=format_datetime(later)), 0) <= 600


@pytest.mark.parametrize("said", ["", "soon"])
def test_else_it_doubles_up_to_a_limit(said: str) -> None:
    error = _limited(retry_after=said)
    assert 0.375 <= wait_before_retry(error, 0) <= 0.5
    assert 1.5 <= wait_before_retry(error, 2) <= 2.0
    assert 6.0 <= wait_before_retry(error, 20) <= 8.0
