"""The agent framework's bare loop behind the SDK's asynchronous app: one trivial tool, no people,
no records, no rights, no memory. What it takes is what no assistant built on both can go below."""

import asyncio
import os

from langchain.agents import create_agent
from langchain_core.messages import HumanMessage
from langchain_openai import ChatOpenAI
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def weather(city: str) -> str:
    """The weather."""
    return f"sunny in {city}"


async def main() -> None:
    client = AsyncWebClient(
        token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]
    )
    app = AsyncApp(client=client)
    agent = create_agent(ChatOpenAI(model="m", api_key="sk-peer"), [weather])  # type: ignore[arg-type]

    @app.event("message")
    async def answer(event: dict[str, str]) -> None:
        found = await agent.ainvoke({"messages": [HumanMessage(event["text"])]})
        await client.chat_postMessage(
            channel=event["channel"], thread_ts=event["ts"], text=found["messages"][-1].text
        )

    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    await handler.start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main())
