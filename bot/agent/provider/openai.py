"""OpenAI's chat models, whose client would take apart every tool anew for each request."""

from typing import Any

from langchain_openai import ChatOpenAI


class OpenAIChat(ChatOpenAI):
    """Sends tools as they are: they have the API's form already, and the client's walk through
    their schemas costs more than all the rest of a request."""

    def _get_request_payload(self, *given: Any, **more: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(*given, **more)
        if "messages" in payload and "tools" in payload:
            body = payload.get("extra_body") or {}
            payload["extra_body"] = {**body, "tools": payload.pop("tools")}
        return payload
