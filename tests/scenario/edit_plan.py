"""A process of its own that edits a plan section, over and over: run by the scenario tests."""

import sys

from sqlmodel import select

from tools.data.database import open_engine, session_factory
from tools.data.models import PlanSection
from tools.data.outbox import leave_word
from tools.data.written import PLAN


def edit_forever(url: str) -> None:
    """Writes the number it is given on each line of its input into the plan, and echoes it."""
    sessions = session_factory(open_engine(url))
    for line in sys.stdin:
        with sessions() as session:
            section = session.exec(select(PlanSection)).one()
            section.body = f"The turbine order moved {line.strip()} times."
            section.version += 1
            leave_word(session, PLAN, [section.plan_id])
            session.commit()
        print(line.strip(), flush=True)


if __name__ == "__main__":
    edit_forever(sys.argv[1])
