"""The audit trail, entry by entry."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session, col, select

from tools.audit.search import ACTIONS, accounts_of
from tools.data.models import Account, AuditEntry
from tools.deps import Deps
from tools.domain.vocabulary import Role
from tools.errors import NotAllowed
from tools.export.table import Cell, Sheet
from tools.text import text

_AT_ONCE = 1_000


@contextmanager
def trail(deps: Deps) -> Iterator[Sheet]:
    """Every entry, oldest first. Raises `NotAllowed` for all but sales operations."""
    require_operations(deps)
    with deps.sessions() as session:
        yield Sheet(
            text("Audit trail", "审计记录"),
            (
                text("No.", "序号"),
                text("When (UTC)", "时间（UTC）"),
                text("Who", "操作人"),
                text("What", "操作"),
                text("About", "对象"),
                text("Accounts", "客户"),
                text("Surface", "来源"),
                text("Thread", "会话"),
                text("Rule version", "规则版本"),
                text("Details", "详情"),
                text("Hash", "哈希"),
            ),
            _rows(session),
        )


def require_operations(deps: Deps) -> None:
    """Raises `NotAllowed` for anybody but sales operations."""
    if deps.asker.role is not Role.SALES_OPERATIONS:
        raise NotAllowed(
            text("The audit trail is for sales operations.", "审计记录仅供销售运营查看。")
        )


def _rows(session: Session) -> Iterator[tuple[Cell, ...]]:
    names = dict(session.exec(select(Account.id, Account.name)).all())
    query = select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=_AT_ONCE)
    for entry in session.exec(query):
        yield (
            entry.id,
            entry.at,
            entry.actor,
            ACTIONS.get(entry.action, entry.action),
            entry.subject,
            ", ".join(names.get(number, f"#{number}") for number in accounts_of(entry)),
            entry.surface,
            entry.thread,
            entry.rules_version,
            json.dumps(entry.detail, ensure_ascii=False),
            entry.hash,
        )
        session.expunge(entry)
