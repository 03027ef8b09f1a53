"""What a turn may cost on a language model."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds for one call and for the whole turn; further tries of a call that failed; seconds
    a provider is left alone after failing turn after turn; calls and estimated tokens of a turn;
    tokens of the conversation before it; tools shown beside the fixed ones."""

    call_seconds: float = 30.0
    turn_seconds: float = 60.0
    retries: int = 2
    rest_seconds: float = 60.0
    calls: int = 8
    turn_tokens: int = 100_000
    history_tokens: int = 6_000
    tools: int = 24
