"""Whole turns over real data: the demo company and the CRM export."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.main import open_assistant, open_records
from bot.settings import Settings
from bot.turn import Reply, Turn
from tools.access import OPERATOR, Asker
from tools.data.importing import ImportOptions, import_paths

Talk = Callable[..., list[Reply]]


@pytest.fixture(autouse=True)
def _settings_of_the_test_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` file and no variable of the machine reaches a test."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


@pytest.fixture
def crm_company(database_url: str, crm: Path, tmp_path: Path) -> Settings:
    """Settings over the imported CRM export, once on each database."""
    settings = Settings(KAM_HOME=tmp_path / "home", DATABASE_URL=database_url)
    with closing(open_records(settings)) as sessions:
        import_paths(sessions, [crm], ImportOptions(today=date(2018, 1, 15)))
    return settings


@pytest.fixture
def talk() -> Talk:
    """Says these lines to the assistant, one after the other in one thread."""

    def said(settings: Settings, *lines: str, asker: Asker = OPERATOR) -> list[Reply]:
        async def conversation() -> list[Reply]:
            async with open_assistant(settings) as assistant:
                return [await assistant.answer(Turn("t", asker, line)) for line in lines]

        return asyncio.run(conversation())

    return said
