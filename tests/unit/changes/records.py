"""What the database holds, to compare before and after."""

from typing import Any

from sqlmodel import SQLModel, select

from tools.changes import Proposal, drafting
from tools.data.database import Sessions
from tools.data.models import Account, ChangeSet
from tools.deps import Deps
from tools.domain.vocabulary import ChangeStatus
from tools.text import text

LEDGER = {"change_set", "change_line", "audit_entry", "audit_head", "outbox", "inbound_event"}


def everything(sessions: Sessions, *, versions: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but those that tell of changes."""
    held = {}
    with sessions() as session:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in LEDGER:
                rows = [dict(row) for row in session.connection().execute(select(table)).mappings()]
                for row in rows:
                    if not versions and "id" in row:
                        row.pop("version", None)
                held[table.name] = sorted(rows, key=lambda row: str(list(row.values())))
    return held


def renamed(deps: Deps, account: int, **fields: Any) -> Proposal:
    """A proposal to change fields of an account."""
    with drafting(deps) as draft:
        draft.change(draft.session.get_one(Account, account), **fields)
        return draft.propose(text("Change it", "修改"))


def account(sessions: Sessions, number: int) -> Account:
    with sessions() as session:
        return session.get_one(Account, number)


def status(sessions: Sessions, change: int) -> ChangeStatus:
    with sessions() as session:
        return session.get_one(ChangeSet, change).status
