"""Whole turns over real data: the demo company and the CRM export."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.main import open_assistant
from bot.settings import Settings
from bot.turn import Reply, Turn
from tools.access import OPERATOR, Asker

Talk = Callable[..., list[Reply]]


@pytest.fixture(autouse=True)
def _settings_of_the_test_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` file and no variable of the machine reaches a test."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


@pytest.fixture
def records_url(database_url: str) -> str:
    """Other processes know the database too."""
    return database_url


@pytest.fixture
def crm_company(crm_url: str, tmp_path: Path) -> Settings:
    """Settings over the imported CRM export, once on each database."""
    return Settings(KAM_HOME=tmp_path / "home", DATABASE_URL=crm_url)


@pytest.fixture
def talk() -> Talk:
    """Says these lines to the assistant, one after the other in one thread."""

    def said(settings: Settings, *lines: str, asker: Asker = OPERATOR) -> list[Reply]:
        async def conversation() -> list[Reply]:
            async with open_assistant(settings) as assistant:
                return [await assistant.answer(Turn("t", asker, line)) for line in lines]

        return asyncio.run(conversation())

    return said
