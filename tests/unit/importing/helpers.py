"""Small files and imports of them."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlmodel import SQLModel

from tools.data.database import Sessions
from tools.data.importing import ImportOptions, ImportReport, import_paths
from tools.data.importing.finder import table_of
from tools.data.models import AuditEntry, AuditHead

TODAY = date(2026, 1, 15)


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(line + "\n" for line in lines).encode(encoding))
    return path


def load(sessions: Sessions, *paths: Path, **options: Any) -> ImportReport:
    return import_paths(sessions, list(paths), ImportOptions(today=TODAY, **options))


def everything(sessions: Sessions, model: type[SQLModel], *columns: str) -> list[Any]:
    """The stored values of these columns, in the order of the ids; bare for one column."""
    table = table_of(model)
    with sessions() as session:
        query = select(*(table.c[name] for name in columns)).order_by(table.c.id)
        found = session.execute(query).all()
    return [row[0] if len(columns) == 1 else tuple(row) for row in found]


def count(sessions: Sessions, model: type[SQLModel]) -> int:
    with sessions() as session:
        return session.execute(select(func.count()).select_from(table_of(model))).scalar_one()


AUDIT_TRAIL = frozenset({AuditEntry.__tablename__, AuditHead.__tablename__})


def fingerprint(engine: Engine, but: Collection[Any] = ()) -> str:
    """A hash of every row of every table, `but` of those named."""
    digest = hashlib.sha256()
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in but]
    with engine.connect() as connection:
        for table in tables:
            rows = connection.execute(select(table)).all()
            digest.update(repr((table.name, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


def reasons(report: ImportReport) -> list[tuple[int, str | None, str]]:
    return [(item.line, item.column, item.reason.en) for item in report.rejections]


def places(report: ImportReport) -> Sequence[tuple[int, str | None]]:
    return [(item.line, item.column) for item in report.rejections]
