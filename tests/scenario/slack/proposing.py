"""Proposals for scenarios: their buttons, and an account that is to move."""

from typing import Any

from sqlmodel import select

from bot.slack.blocks.edits import field_id
from tests.scenario.slack.bench import Bench
from tests.scenario.slack.peer import Message
from tools.data.models import Account, ChangeSet

CONFIRM, EDIT, CANCEL = "kam_proposal_confirm", "kam_proposal_edit", "kam_proposal_cancel"
REMOVE, UNDO = "kam_proposal_remove", "kam_proposal_undo"

CITY = field_id(0, "city")
NOTE = (
    "Met the purchasing manager Li Na yesterday. They plan a new line worth 3 million next "
    "spring. They are unhappy with our delivery. The weather was fine."
)


def city(bench: Bench, account: str) -> str | None:
    found: Account = bench.one(select(Account).where(Account.name == account))
    return found.city


def move(bench: Bench, account: str, **fields: Any) -> None:
    """Changes the record behind the bot's back."""

    def change(session: Any) -> None:
        found = session.exec(select(Account).where(Account.name == account)).one()
        for name, value in fields.items():
            setattr(found, name, value)
        found.version += 1

    bench.write(change)


def renaming(bench: Bench, account: str) -> Message:
    """The card of a move from Lyon to Paris."""
    return bench.proposed("update_account", account=account, city="Paris")


def changes(bench: Bench, account: str) -> list[ChangeSet]:
    return [c for c in bench.all(select(ChangeSet).order_by(ChangeSet.id)) if account in c.title]
