"""Moving all records to another database, SQLite or PostgreSQL."""

from collections.abc import Mapping

from sqlalchemy import Engine

from tools.data.database import changing_schema, migrate, revision_of
from tools.data.portable import Digest, digests, replaced, seeded, snapshot
from tools.errors import KamError
from tools.text import text


def move(source: Engine, target: Engine) -> Mapping[str, Digest]:
    """Copies every record in one transaction and compares both sides; returns the digests.

    A copy that was made before is only compared, so the move may be repeated after an
    interruption. Raises `KamError` for a target that holds other records, and where the sides
    differ.
    """
    with snapshot(source) as taken:
        expected = digests(taken.connection)
        if not _there(target, expected):
            by_name = {table.name: table for table in taken.tables}
            with changing_schema(target) as connection:
                replaced(connection, taken.revision, lambda n: taken.lines(by_name[n]), expected)
    if not _there(target, expected):
        raise KamError(
            text(
                "The copy does not hold what the original does; please move again.",
                "复制结果与原数据不一致，请重新执行。",
            )
        )
    return expected


def _there(target: Engine, expected: Mapping[str, Digest]) -> bool:
    """Whether the target holds exactly these records already; raises where it holds others."""
    if revision_of(target) is None:
        return False
    migrate(target)
    with snapshot(target) as held:
        if digests(held.connection) == expected:
            return True
        empty = seeded(held.connection)
    if not empty:
        raise KamError(
            text(
                "The target holds other records; name an empty database.",
                "目标数据库中已有其他数据，请指定空数据库。",
            )
        )
    return False
