"""Finding entries of the audit trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from tools.audit.chain import accounts_text
from tools.cards import Card, Column, Table
from tools.data.models import AuditEntry
from tools.text import Text, Value, text


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is None does not restrict. Days are whole days in local time."""

    person_id: int | None = None
    account_id: int | None = None
    action: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Found:
    """The newest entries that fit, of `total`; `names` are accounts by id."""

    entries: tuple[AuditEntry, ...]
    total: int
    names: dict[int, str]

    def card(self) -> Card:
        return Card(
            title=text("Audit trail", "审计记录"),
            headline=text("Entries found: {total}.", "找到 {total} 条记录。", total=self.total),
            table=Table(_COLUMNS, tuple(map(self._row, self.entries)), self.total),
        )

    def _row(self, entry: AuditEntry) -> tuple[Value, ...]:
        accounts = ", ".join(self.names.get(n, f"#{n}") for n in accounts_of(entry)[:_NAMED])
        return (
            str(entry.id),
            entry.at.astimezone(),
            entry.actor,
            ACTIONS.get(entry.action, entry.action),
            entry.subject or None,
            accounts or None,
            "/".join(filter(None, (entry.surface, entry.thread))),
            str(entry.rules_version or 0),
        )


_NAMED = 3
ACTIONS: Mapping[str, Text] = {
    "asked": text("asked", "提问"),
    "audit searched": text("audit searched", "查询审计记录"),
    "backed up": text("backed up", "备份"),
    "change applied": text("change applied", "修改生效"),
    "change cancelled": text("change cancelled", "修改取消"),
    "change expired": text("change expired", "修改过期"),
    "change line removed": text("change line removed", "去掉修改中的一行"),
    "change proposed": text("change proposed", "提出修改"),
    "change refused as stale": text("change refused as stale", "修改因数据已变被拒"),
    "change undone": text("change undone", "修改撤销"),
    "exported": text("exported", "导出"),
    "import started": text("import started", "开始导入"),
    "imported": text("imported", "导入"),
    "moved away": text("moved away", "迁出"),
    "moved here": text("moved here", "迁入"),
    "old data ended": text("old data ended", "清理到期数据"),
    "personal data erased": text("personal data erased", "删除个人信息"),
    "personal data exported": text("personal data exported", "导出个人信息"),
    "restored": text("restored", "恢复备份"),
}
"""What entries call what was done, in words."""
_COLUMNS = (
    Column(text("No.", "序号"), "right"),
    Column(text("When", "时间")),
    Column(text("Who", "操作人")),
    Column(text("What", "操作")),
    Column(text("About", "对象")),
    Column(text("Accounts", "客户")),
    Column(text("Where", "来源")),
    Column(text("Rules", "规则版本"), "right"),
)


def search(session: Session, wanted: Wanted, limit: int) -> Found:
    """The newest entries that fit, newest first."""
    from tools.data.accounts import by_ids

    conditions = _conditions(wanted)
    query = select(AuditEntry).where(*conditions).order_by(col(AuditEntry.id).desc())
    entries = tuple(session.exec(query.limit(limit)))
    total = session.exec(select(func.count()).select_from(AuditEntry).where(*conditions)).one()
    known = by_ids(session, {number for entry in entries for number in accounts_of(entry)})
    return Found(entries, total, {number: account.name for number, account in known.items()})


def accounts_of(entry: AuditEntry) -> list[int]:
    """The ids of the accounts that an entry is about."""
    return [int(number) for number in entry.accounts.strip("|").split("|") if number]


def as_data(entry: AuditEntry) -> dict[str, Any]:
    """An entry as plain data, without what only seals it."""
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "person": entry.actor,
        "person_id": entry.actor_id,
        "surface": entry.surface,
        "thread": entry.thread,
        "action": entry.action,
        "subject": entry.subject,
        "accounts": accounts_of(entry),
        "detail": entry.detail,
        "rules_version": entry.rules_version,
        "hash": entry.hash,
    }


def _conditions(wanted: Wanted) -> Sequence[Any]:
    found: list[Any] = []
    if wanted.person_id is not None:
        found.append(col(AuditEntry.actor_id) == wanted.person_id)
    if wanted.account_id is not None:
        found.append(col(AuditEntry.accounts).contains(accounts_text([wanted.account_id])))
    if wanted.action is not None:
        found.append(col(AuditEntry.action).contains(wanted.action, autoescape=True))
    if wanted.since is not None:
        found.append(col(AuditEntry.at) >= _start(wanted.since))
    if wanted.until is not None:
        found.append(col(AuditEntry.at) < _start(wanted.until + timedelta(days=1)))
    return found


def _start(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone().astimezone(UTC)
