"""The demo company as of one fixed day, built once and then copied for each conversation."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bot.evaluation import records
from bot.main import open_checkpointer, open_index, open_records
from bot.settings import Settings
from tools.data.demo import load_demo

MORNING = datetime(2026, 6, 15, 10, tzinfo=timezone(timedelta(hours=8)))
"""When each conversation begins: a Monday in the middle of a quarter."""


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self._now = MORNING

    def __call__(self) -> datetime:
        return self._now

    def wait(self, hours: float) -> None:
        self._now += timedelta(hours=hours)

    def reset(self) -> None:
        self._now = MORNING


@dataclass(frozen=True)
class Company:
    """The folder with the company's records and their index; it is only copied, never used."""

    folder: Path
    settings: Settings
    state: records.State
    hashes: records.Hashes


async def build_company(folder: Path, settings: Settings, index: Path | None = None) -> Company:
    """Loads the company into an empty folder and indexes it with the methodology.

    `index` is a folder in which the methodology is indexed already. Of `settings` the model and
    what belongs to it count.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if index is not None:
        shutil.copytree(index, folder / "index")
    own = settings_in(settings, folder)
    with closing(open_records(own)) as sessions:
        load_demo(sessions, MORNING.date())
        library, feed = open_index(own, sessions)
        with closing(library.index):
            library.refresh()
            feed.catch_up()
        with sessions() as session:
            records.watch(session)
            state, hashes = records.state(session), records.hashes(session)
    async with open_checkpointer(own) as checkpointer:
        await checkpointer.setup()  # type: ignore[attr-defined]
    return Company(folder, settings, state, hashes)


def settings_in(settings: Settings, folder: Path) -> Settings:
    """The settings over the records in a folder of their own."""
    apart = {"home": folder, "database_url": None, "chroma_url": None, "language": "auto"}
    return settings.model_copy(update=apart)
