"""Who covers an account: recorded, or for the owner derived from the deals won there (house)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tools.domain.periods import Period, last_months
from tools.domain.vocabulary import CoverageRole

_ZERO = Decimal(0)


class WonDeal(NamedTuple):
    """A won deal with an account, by the person who won it."""

    account_id: int
    person_id: int
    closed_on: date
    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Seller:
    """A person's won deals with an account in a period; `value` by currency."""

    person_id: int
    name: str
    deals: int
    value: Mapping[str, Decimal]
    last_closed_on: date


@dataclass(frozen=True, slots=True)
class Derivation:
    """The evidence for a derived owner: who sold in the period, highest value first.

    `owner_id` is empty where the period's deals are in several currencies, because the
    sellers cannot be compared then.
    """

    account_id: int
    period: Period
    sellers: tuple[Seller, ...]
    owner_id: int | None


def derive_owners(
    deals: Iterable[WonDeal], names: Mapping[int, str], months: int
) -> dict[int, Derivation]:
    """Per account, the person with the highest won value in the months to its latest won deal.

    Ties go to the latest closing, then to the name.
    """
    by_account: dict[int, list[WonDeal]] = defaultdict(list)
    for deal in deals:
        by_account[deal.account_id].append(deal)
    return {account: _derive(account, won, names, months) for account, won in by_account.items()}


def _derive(
    account_id: int, deals: list[WonDeal], names: Mapping[int, str], months: int
) -> Derivation:
    period = last_months(max(deal.closed_on for deal in deals), months)
    by_person: dict[int, list[WonDeal]] = defaultdict(list)
    for deal in deals:
        if deal.closed_on in period:
            by_person[deal.person_id].append(deal)
    sellers = [_seller(person, won, names[person]) for person, won in by_person.items()]
    if len(sellers) > 1:
        sellers.sort(key=_standing)
    comparable = len({currency for seller in sellers for currency in seller.value}) == 1
    return Derivation(
        account_id, period, tuple(sellers), sellers[0].person_id if comparable else None
    )


def _seller(person_id: int, deals: list[WonDeal], name: str) -> Seller:
    value: dict[str, Decimal] = {}
    last = deals[0].closed_on
    for deal in deals:
        value[deal.currency] = value.get(deal.currency, _ZERO) + deal.value
        last = max(last, deal.closed_on)
    return Seller(person_id, name, len(deals), value, last)


def _standing(seller: Seller) -> tuple[Decimal, int, str, int]:
    total = sum(seller.value.values(), Decimal(0))
    return -total, -seller.last_closed_on.toordinal(), seller.name, seller.person_id


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person on our side; one who is not `active` has left."""

    id: int
    name: str
    active: bool
    unit_id: int | None


class Gap(StrEnum):
    """What is wrong with the coverage of an account."""

    UNCOVERED = "uncovered"
    TWICE = "twice"
    LEFT = "left"
    NO_STAND_IN = "no_stand_in"


@dataclass(frozen=True, slots=True)
class AccountCoverage:
    """Who is in force for an account on a day; `derived` is the owner that nobody recorded."""

    account_id: int
    recorded: Mapping[CoverageRole, tuple[Colleague, ...]]
    derived: Colleague | None = None

    @property
    def owners(self) -> tuple[Colleague, ...]:
        """The recorded owners, else the derived one."""
        recorded = self.recorded.get(CoverageRole.OWNER, ())
        return recorded or ((self.derived,) if self.derived else ())

    @property
    def is_derived(self) -> bool:
        """Whether the owner is derived, because none is recorded."""
        return self.derived is not None and not self.recorded.get(CoverageRole.OWNER)

    @property
    def everybody(self) -> Iterable[tuple[CoverageRole, Colleague]]:
        """Each role with each person in it, owners first."""
        for role in CoverageRole:
            people = self.owners if role is CoverageRole.OWNER else self.recorded.get(role, ())
            yield from ((role, person) for person in people)

    def gaps(self, single_roles: tuple[CoverageRole, ...]) -> tuple[Gap, ...]:
        """What is wrong; a role in `single_roles` may have one holder only."""
        doubled = any(len(self.recorded.get(role, ())) > 1 for role in single_roles)
        owners = self.owners
        found = (
            (Gap.UNCOVERED, not owners),
            (Gap.TWICE, doubled),
            (Gap.LEFT, any(not owner.active for owner in owners)),
            (Gap.NO_STAND_IN, not self.recorded.get(CoverageRole.STAND_IN)),
        )
        return tuple(gap for gap, there in found if there)
