"""Accounts, as `kam import` reads them, with owner and score beside."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tools.access import Scope, scope_of
from tools.data.coverage import coverage_on
from tools.data.importing.words import field_label
from tools.data.models import Account
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.vocabulary import Role
from tools.export.table import Cell, Sheet
from tools.record_labels import STATUS
from tools.scoring import Scoreboard, scoreboard, top_share
from tools.text import Text, text

_FACTS = (
    "name",
    "segment",
    "region",
    "city",
    "country",
    "status",
    "parent",
    "customer_since",
    "founded",
    "employees",
    "website",
)
_AT_ONCE = 2_000


@contextmanager
def accounts(deps: Deps) -> Iterator[Sheet]:
    """Every account that the asker may know of; the score only of those read in full."""
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        owners, board = _owners(session, deps), _board(session, deps, scope)
        yield Sheet(
            text("Accounts", "客户"),
            (
                *map(_heading, _FACTS),
                text("Owner", "负责人"),
                text("Composite score", "综合积分"),
                text("Rank by score", "积分排名"),
            ),
            _rows(session, deps, scope, owners, board),
        )


def _heading(name: str) -> Text:
    label = field_label("accounts", name)
    return text(label.en[:1].upper() + label.en[1:], label.zh)


def _rows(
    session: Session,
    deps: Deps,
    scope: Scope,
    owners: Mapping[int, str],
    board: Scoreboard | None,
) -> Iterator[tuple[Cell, ...]]:
    totals = {} if board is None else board.totals
    for number, *facts in session.connection().execute(_query(deps)):
        if not (scope.elsewhere >= 1 or scope.reads_fully(number)):
            continue
        facts[_FACTS.index("status")] = STATUS[facts[_FACTS.index("status")]]
        place = None
        if board is not None and scope.reads_fully(number):
            place = board.standing(number)
        score = None if place is None else totals.get(number)
        yield (*facts, owners.get(number), score, None if place is None else place.rank)


def _query(deps: Deps) -> Any:
    """Accounts by name; for newcomers those to practise on."""
    above = aliased(Account)
    columns = [
        col(above.name).label("parent") if name == "parent" else getattr(Account, name)
        for name in _FACTS
    ]
    return (
        select(col(Account.id), *columns)
        .outerjoin(above, col(above.id) == col(Account.parent_id))
        .where(col(Account.sandbox).is_(deps.asker.role is Role.NEWCOMER))
        .order_by(col(Account.name))
        .execution_options(yield_per=_AT_ONCE)
    )


def _owners(session: Session, deps: Deps) -> dict[int, str]:
    ids = [number or 0 for number in session.scalars(select(col(Account.id)))]
    covered = coverage_on(session, deps.today, deps.rules, ids)
    return {
        account: ", ".join(owner.name for owner in found.owners)
        for account, found in covered.items()
        if found.owners
    }


def _board(session: Session, deps: Deps, scope: Scope) -> Scoreboard | None:
    if scope.full is not None and not scope.full:
        return None
    practice = deps.asker.role is Role.NEWCOMER
    company = customers(session, sandbox=practice)
    share = top_share(deps.rules, None)
    return scoreboard(session, deps.rules, deps.today, company, share, practice=practice)
