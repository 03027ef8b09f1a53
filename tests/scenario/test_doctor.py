"""What somebody who sets the assistant up is told: by `kam doctor`, and by a command that fails."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from bot.cli import kam
from bot.cli.failures import told
from bot.settings import Settings
from kam_knowledge.lock import Unavailable
from tests.chroma_peer import free_port
from tests.scenario.slack.peer import APP_TOKEN, BOT_TOKEN, slack_peer


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a .env file."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(kept[0]):
        handler.close()
    root.handlers[:], root.level = kept


def doctor(home: Path, **settings: str) -> tuple[int, str]:
    done = CliRunner().invoke(kam, ["doctor"], env={"KAM_HOME": str(home), **settings})
    return done.exit_code, done.output


def test_a_company_that_is_well(demo: Settings) -> None:
    code, said = doctor(demo.home)
    assert (code, said.count("ok  "), "FAIL" in said) == (0, 5, False)
    assert "57 accounts" in said
    assert "passages, embedding built-in" in said


def test_an_index_that_is_missing_is_named_and_not_built(tmp_path: Path) -> None:
    code, said = doctor(tmp_path / "home")
    assert code == 0
    assert "not built yet" in said
    assert "kam index does it now" in said
    assert "kam demo loads" in said
    assert not list((tmp_path / "home" / "index").glob("*"))


def test_much_that_is_not_indexed_is_counted(demo: Settings) -> None:
    (demo.home / "index" / "records.json").unlink()
    (demo.home / "documents").mkdir(exist_ok=True)
    (demo.home / "documents" / "new.md").write_text("# New\n\nA zeppelin.\n")
    code, said = doctor(demo.home)
    assert code == 0
    assert "1 documents are to be indexed" in said


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL: write it as postgresql://"),
        ({"DATABASE_URL": "mysql://kam:hush@host/name"}, "DATABASE_URL: write it as"),
        ({"DATABASE_URL": "postgresql://kam:hush@127.0.0.1:1/kam"}, "are host, user, password"),
        ({"CHROMA_URL": "127.0.0.1:1"}, "CHROMA_URL: write it as http://"),
        ({"CHROMA_URL": "http://127.0.0.1:1"}, "is the server at http://127.0.0.1:1 running?"),
        ({"KAM_SLACK_MODE": "htp"}, "KAM_SLACK_MODE: Input should be 'socket' or 'http'"),
        ({"KAM_HISTORY_DAYS": "-4"}, "KAM_HISTORY_DAYS: Input should be greater"),
        ({"KAM_MODLE": "openai:m"}, "did you mean KAM_MODEL?"),
        ({"KAM_MODEL": "nonsense"}, "KAM_MODEL: write it as built-in or PROVIDER:MODEL"),
        ({"KAM_MODEL": "openai:m"}, "KAM_MODEL is openai:m, which cannot be used"),
        ({"KAM_MODEL": "nobody:m"}, "KAM_MODEL is nobody:m, which cannot be used"),
        ({"KAM_EMBEDDING": "nobody:m"}, "KAM_EMBEDDING is nobody:m, which cannot be used"),
        ({"SLACK_BOT_TOKEN": "xapp-hush"}, "SLACK_BOT_TOKEN has to begin with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-hush"}, "SLACK_APP_TOKEN is not set (xapp-…)"),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-hush",
                "SLACK_APP_TOKEN": "xapp-hush",
                "SLACK_API_URL": f"http://127.0.0.1:{free_port()}/",
            },
            "can http://127.0.0.1",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_each_wrong_setting_is_named_with_what_to_do(
    demo: Settings, settings: dict[str, str], words: str
) -> None:
    code, said = doctor(demo.home, **settings)
    assert code == 1
    assert "FAIL" in said
    assert words in said
    assert "hush" not in said
    assert "Traceback" not in said


def test_a_misspelt_name_in_the_file_of_settings_is_found(demo: Settings) -> None:
    Path(".env").write_text("SLACK_BOT_TOKN=xoxb-hush\nPOSTGRES_PASSWORD=hush\n")
    code, said = doctor(demo.home)
    assert code == 1
    assert "SLACK_BOT_TOKN is no setting" in said
    assert "did you mean SLACK_BOT_TOKEN?" in said
    assert "POSTGRES_PASSWORD" not in said
    assert "hush" not in said


def test_a_home_that_is_no_folder_hides_nothing_after_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = doctor(tmp_path / "file")
    assert code == 1
    assert "FAIL home" in said
    assert "KAM_HOME names a folder" in said
    assert "not looked at without home and database" in said
    assert "ok   model" in said


@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_slack_is_asked_whom_the_token_belongs_to(demo: Settings) -> None:
    async with slack_peer() as peer:
        code, said = await asyncio.to_thread(
            doctor,
            demo.home,
            SLACK_BOT_TOKEN=BOT_TOKEN,
            SLACK_APP_TOKEN=APP_TOKEN,
            SLACK_API_URL=f"{peer.url}/api/",
        )
        assert code == 0, said
        assert "socket, workspace" in said
        code, said = await asyncio.to_thread(
            doctor,
            demo.home,
            SLACK_BOT_TOKEN="xoxb-another",
            SLACK_APP_TOKEN=APP_TOKEN,
            SLACK_API_URL=f"{peer.url}/api/",
        )
        assert code == 1
        assert "Slack does not accept the bot token: invalid_auth" in said


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("inside"), "failed inside, see {home}/kam.log, reference"),
        (
            OperationalError("SELECT 1", {}, Exception("gone away\n\tIs the server up?")),
            "the database cannot be used: gone away (kam doctor tells more; reference",
        ),
        (Unavailable("Chroma: gone"), "the index cannot be used for now: Chroma: gone (reference"),
        (PermissionError(13, "Permission denied", "x.zip"), "x.zip: Permission denied (reference"),
    ],
    ids=["bug", "database", "index", "file"],
)
def test_a_failure_is_one_line_and_its_details_are_in_the_log_it_names(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    words: str,
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("KAM_HOME", str(home))
    logging.getLogger().handlers[:] = []
    with pytest.raises(SystemExit) as ended, told():
        raise error
    (line,) = capsys.readouterr().err.splitlines()
    assert ended.value.code == 1
    assert line.startswith(f"kam: {words.format(home=home)}")
    reference = line.rpartition("reference ")[2].rstrip(")")
    logged = (home / "kam.log").read_text()
    assert reference in logged
    assert "Traceback" in logged


def test_wrong_settings_are_one_line_without_their_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "hush")
    with pytest.raises(SystemExit), told():
        Settings()
    said = capsys.readouterr().err
    assert said.startswith("kam: DATABASE_URL: write it as postgresql://")
    assert "hush" not in said


def test_a_log_that_cannot_be_written_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("KAM_HOME", str(tmp_path / "file"))
    logging.getLogger().handlers[:] = []
    with pytest.raises(SystemExit), told():
        raise ValueError("inside")
    assert "cannot be written to" in capsys.readouterr().err
