"""Whole turns over real data: the demo company and the CRM export."""

import asyncio
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.main import open_assistant, open_records
from bot.settings import Settings
from bot.turn import Reply, Turn
from tools.access import OPERATOR, Asker
from tools.data.demo import load_demo
from tools.data.importing import ImportOptions, import_paths

Talk = Callable[..., list[Reply]]


@pytest.fixture(autouse=True)
def _settings_of_the_test_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` file and no variable of the machine reaches a test."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A SQLite file with the demo company as of today."""
    path = tmp_path_factory.mktemp("demo") / "kam.db"
    shutil.copy(sqlite_template, path)
    load_demo(open_records(Settings(DATABASE_URL=f"sqlite:///{path}")), date.today())  # noqa: DTZ011
    return path


@pytest.fixture
def demo(tmp_path: Path, demo_file: Path, index_folder: Path) -> Settings:
    """Settings over a copy of the demo company."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(demo_file, home / "kam.db")
    shutil.copytree(index_folder, home / "index")
    return Settings(KAM_HOME=home)


@pytest.fixture
def crm_company(database_url: str, crm: Path, tmp_path: Path) -> Settings:
    """Settings over the imported CRM export, once on each database."""
    settings = Settings(KAM_HOME=tmp_path / "home", DATABASE_URL=database_url)
    import_paths(open_records(settings), [crm], ImportOptions(today=date(2018, 1, 15)))
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
