"""The Chroma server goes and comes back under a running assistant."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.main import open_assistant, open_index, open_records
from bot.settings import Settings
from bot.turn import Reply, Turn
from tests.chroma_peer import chroma_served, free_port
from tools.access import OPERATOR
from tools.data.models import Account
from tools.domain.names import name_key

pytestmark = pytest.mark.long

NAME = "Tarnwell Turbines Ltd"
DOWN = "library cannot be reached"
WORDS = (("zeppelins", "gondolas"), ("dirigibles", "balloons"))


@pytest.fixture
def settings(sqlite_template: Path, index_folder: Path, tmp_path: Path) -> Settings:
    """A company of one account, with the index of the methodology and a server to come."""
    home = tmp_path / "home"
    shutil.copytree(index_folder, home / "index")
    shutil.copy(sqlite_template, home / "kam.db")
    found = Settings(KAM_HOME=home, CHROMA_URL=f"http://127.0.0.1:{free_port()}")
    with closing(open_records(found)) as sessions, sessions() as session:
        session.add(Account(name=NAME, name_key=name_key(NAME)))
        session.commit()
    return found


async def _say(assistant: Assistant, line: str) -> Reply:
    return await assistant.answer(Turn("t", OPERATOR, line))


async def _note(assistant: Assistant, words: str) -> None:
    """Logs a note, which puts it in the way of the index."""
    proposed = await _say(assistant, f"Log a call with {NAME} today: They want {words}")
    assert proposed.pending is not None, proposed.text
    assert (await _say(assistant, "yes")).pending is None


async def test_two_outages_are_told_and_end_without_a_restart(
    settings: Settings, tmp_path: Path
) -> None:
    url = settings.chroma_url or ""
    port, outages = int(url.rpartition(":")[2]), 0
    async with open_assistant(settings) as assistant:
        for before, during in WORDS:
            with chroma_served(tmp_path / "chroma", port):
                await _note(assistant, before)
                assert f"They want {before}" in await _asked(assistant, before)
            await _note(assistant, during)
            for _ in range(2):
                said = await _asked(assistant, during)
                assert DOWN in said
                assert "Traceback" not in said
            outages += 1
            assert NAME in (await _say(assistant, f"Show the profile of {NAME}")).text
            with chroma_served(tmp_path / "chroma", port):
                assert f"They want {during}" in await _asked(assistant, during)
                _agrees(settings)
    assert outages == len(WORDS)


async def _asked(assistant: Assistant, words: str) -> str:
    """What is answered and quoted."""
    reply = await _say(assistant, f"What do our notes say about {NAME} and {words}?")
    return " ".join([reply.text, *(q.text for card in reply.cards for q in card.quotes)])


def _agrees(settings: Settings) -> None:
    """The records are in Chroma and in the lexical index as they stand."""
    with closing(open_records(settings)) as sessions:
        library, feed = open_index(settings, sessions)
        assert feed.disagreements() == []
        wrong = [key for key in library.index.disagreements() if not key.startswith("file:")]
        assert wrong == []
        library.index.close()
