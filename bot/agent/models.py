"""Which model answers: the built-in one, or a provider that LangChain knows."""

from typing import Any

from langchain_core.language_models import BaseChatModel

from bot.settings import Settings

BUILT_IN = "built-in"


def provider_model(settings: Settings) -> BaseChatModel:
    """The language model that `KAM_MODEL` names ("openai:gpt-…"), with a time limit."""
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": settings.model_timeout, "max_retries": 1}
    if settings.model.startswith("openai:"):
        if settings.openai_base_url:
            options["base_url"] = settings.openai_base_url
        if settings.openai_api_key:
            options["api_key"] = settings.openai_api_key
    model: BaseChatModel = init_chat_model(settings.model, **options)
    return model
