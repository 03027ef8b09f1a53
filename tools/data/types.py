"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, TypeDecorator

LARGEST = Decimal(10) ** 14
"""Figures of records are smaller than this, whatever their sign."""


class FixedDecimal(TypeDecorator[Decimal]):
    """A decimal with four places kept as an integer, so that sums are exact everywhere."""

    impl = BigInteger
    cache_ok = True
    _SCALE = Decimal(10_000)

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        return None if value is None else round(Decimal(value) * self._SCALE)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / self._SCALE


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes in, UTC out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def enum_type(kind: type[StrEnum]) -> Enum:
    """An enumeration kept as its text, so that a new member needs no new database type."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )
