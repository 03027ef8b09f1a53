"""KPIs (K1, K5): targets beside actuals; the set and the reading of attainment are house."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Subject(NamedTuple):
    """Whose figure it is: one of unit, person and account; the company where none is given."""

    unit_id: int | None
    person_id: int | None
    account_id: int | None
    name: str | None


class Amount(NamedTuple):
    """A figure in its unit: a currency, "%" or "count"."""

    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True)
class Kpi:
    """One KPI of a subject in a period; a side that is not recorded is None, never zero."""

    subject: Subject
    kpi: str
    starts: date
    ends: date
    target: Amount | None
    actual: Amount | None

    @property
    def attainment(self) -> Decimal | None:
        """Actual ÷ target as a fraction; None without both, in one unit, or a target of 0."""
        if self.target is None or self.actual is None or self.target.unit != self.actual.unit:
            return None
        return self.actual.value / self.target.value if self.target.value > 0 else None


def latest(kpis: list[Kpi]) -> list[Kpi]:
    """Per subject and KPI the newest period of each length, years apart from quarters."""
    newest: dict[tuple[Subject, str, int], Kpi] = {}
    for found in sorted(kpis, key=lambda item: item.ends):
        months = round((found.ends - found.starts).days / 30)
        newest[found.subject, found.kpi, months] = found
    return list(newest.values())
