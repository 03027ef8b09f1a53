"""Servers of other makers, installed with npm into `tests/peers`."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from kam_knowledge.lock import locked

PEERS = Path(__file__).with_name("peers")
SKIPPED = "Node.js"
"""Stands in the reason of every test that is skipped for want of it."""


def node_with(package: str) -> str:
    """Node.js with this package beside it; without either the test is skipped."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip(f"{SKIPPED} is not installed: no {package}")
    with locked(Path(tempfile.gettempdir()) / "kam-npm.lock", wait=300):
        if (PEERS / "node_modules" / package).exists():
            return node
        installed = subprocess.run(
            [npm, "ci", "--silent", "--no-audit", "--no-fund"],
            cwd=PEERS,
            env=os.environ | {"npm_config_update_notifier": "false"},
            capture_output=True,
            text=True,
            check=False,
        )
    if installed.returncode != 0:
        pytest.skip(f"{SKIPPED} lacks {package}, npm ci failed: {installed.stderr.strip()[:200]}")
    return node
