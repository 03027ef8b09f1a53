"""Promises of the repository itself: settings, prompts, and the command."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import prompts
from bot.cli import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.M)
    known = [str(field.validation_alias) for field in Settings.model_fields.values()]
    assert sorted(named) == sorted(known)


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    assert "very-secret" not in repr(Settings())


def test_a_prompt_wants_all_its_slots_and_no_other() -> None:
    assert "2026-01-02" in prompts.load("system", today="2026-01-02", language="English")
    with pytest.raises(KeyError):
        prompts.load("system")
    with pytest.raises(TypeError, match="no slot for mood"):
        prompts.load("system", today="2026-01-02", language="English", mood="good")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_loads_and_has_help(name: str) -> None:
    from click.testing import CliRunner

    from bot.cli import kam

    shown = CliRunner().invoke(kam, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert "Usage: kam" in shown.output


def test_help_loads_none_of_the_heavy_packages() -> None:
    heavy = "langchain_core langgraph chromadb sqlalchemy sqlmodel pydantic rich jieba openpyxl"
    code = (
        "import sys\nfrom bot.cli import kam\n"
        "kam(['--help'], standalone_mode=False)\n"
        f"print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_locks_hold_names_versions_and_hashes_only() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        odd = [
            line
            for line in lock.read_text().splitlines()
            if not re.match(r"^([a-z0-9.-]+(\[[a-z,]+\])?==| +--hash=sha256:[0-9a-f]{64})", line)
        ]
        assert odd == []
