"""A company whose records are changed."""

import pytest

from tests.unit.catalog.world import World
from tools.data.database import Sessions


@pytest.fixture
def world(sessions: Sessions) -> World:
    """An empty company."""
    return World(sessions)
