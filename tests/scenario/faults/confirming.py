"""A replica of its own that confirms proposed changes: run, and killed, by the fault tests."""

import sys

from tests.unit.catalog.world import World
from tools.changes import confirm
from tools.data.database import open_engine, session_factory


def confirm_all(url: str) -> None:
    """Confirms the change of each line of its input, and says what came of it."""
    world = World(session_factory(open_engine(url)))
    print("ready", flush=True)
    for line in sys.stdin:
        outcome = confirm(world.deps(), int(line)).outcome
        print(line.strip(), outcome.value, flush=True)


if __name__ == "__main__":
    confirm_all(sys.argv[1])
