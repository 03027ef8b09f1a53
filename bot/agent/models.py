"""Which model answers: the built-in one, or a provider that LangChain knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from langchain_core.language_models import BaseChatModel

from bot.agent.provider.limits import Limits
from bot.settings import Settings
from tools.errors import KamError
from tools.text import text

BUILT_IN = "built-in"
_OPENAI = "openai:"


class Unusable(KamError):
    """No client can be made for a configured model: no key, no package, an unknown provider."""


@contextmanager
def told_if_unusable(setting: str, name: str) -> Iterator[None]:
    """Makes `Unusable` of whatever a provider's package raises when its client is made."""
    try:
        yield
    except Exception as error:
        raise Unusable(
            text(
                "{setting} is {name}, which cannot be used: {reason}",
                "{setting} 设为 {name}，无法使用：{reason}",
                setting=setting,
                name=name,
                reason=str(error).strip().partition("\n")[0],
            )
        ) from error


def provider_model(settings: Settings) -> BaseChatModel:
    """The language model that `KAM_MODEL` names ("openai:gpt-…"), with a time limit.

    The client tries once: the agent knows when another try is of use, and how long it may take.
    Answers are not streamed, since no word leaves before the whole is checked, and arguments cut
    off in a stream would be completed by guess. Raises `Unusable` where the client cannot be made.
    """
    with told_if_unusable("KAM_MODEL", settings.model):
        return _client(settings)


def _client(settings: Settings) -> BaseChatModel:
    options: dict[str, Any] = {"timeout": settings.model_timeout, "max_retries": 0}
    if settings.model.startswith(_OPENAI):
        from bot.agent.provider.openai import OpenAIChat

        if settings.openai_base_url:
            options["base_url"] = settings.openai_base_url
        if settings.openai_api_key:
            options["api_key"] = settings.openai_api_key
        return OpenAIChat(model=settings.model.removeprefix(_OPENAI), **options)
    from langchain.chat_models import init_chat_model

    model: BaseChatModel = init_chat_model(settings.model, **options)
    return model


def takes_strict_schemas(settings: Settings) -> bool:
    """Whether the provider knows OpenAI's strict function schemas."""
    return settings.model.startswith(_OPENAI)


def limits_of(settings: Settings) -> Limits:
    """What a turn may cost by the settings."""
    return Limits(
        call_seconds=settings.model_timeout,
        turn_seconds=settings.model_turn_seconds,
        retries=settings.model_retries,
        rest_seconds=settings.model_rest,
        calls=settings.model_calls,
        turn_tokens=settings.model_turn_tokens,
        history_tokens=settings.model_history_tokens,
        tools=settings.model_tools,
    )
