"""How revenue is credited: counted twice in full, or shared by ratios that sum to 100 % (K3).

No source gives a ratio: it is recorded with the coverage of an account, else it is not set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tools.domain.rules import CreditRules
from tools.domain.vocabulary import CoverageRole
from tools.errors import BadInput
from tools.text import text


class Crediting(StrEnum):
    """The rule that holds for an account."""

    SHARED = "shared"
    COUNTED_TWICE = "counted_twice"
    NOT_SET = "not_set"


class Fault(StrEnum):
    """Why the rule cannot be carried out as recorded."""

    SUM = "sum"
    NO_SALES_SIDE = "no_sales_side"
    NO_KEY_ACCOUNT_SIDE = "no_key_account_side"
    SEVERAL = "several"
    NO_RATIO = "no_ratio"


@dataclass(frozen=True)
class Party:
    """Somebody who covers the account; `share` is the recorded fraction of its revenue."""

    person_id: int
    name: str
    role: CoverageRole
    share: Decimal | None = None
    derived: bool = False


@dataclass(frozen=True)
class Credited:
    """A party and the fraction credited; None where that is not settled."""

    party: Party
    share: Decimal | None


@dataclass(frozen=True)
class Credit:
    """How an account is credited. With a fault nobody is credited anything yet."""

    rule: Crediting
    credited: tuple[Credited, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """The sum of the fractions: 1 when shared, 2 when counted twice; None while not settled."""
        known = [item.share for item in self.credited if item.share is not None]
        return sum(known, Decimal(0)) if known else None


def credit(parties: Sequence[Party], rules: CreditRules) -> Credit:
    """How the revenue is credited: by recorded shares, else by the company's rule."""
    mode = _mode(rules)
    recorded = [party.share for party in parties if party.share is not None]
    if recorded:
        if sum(recorded, Decimal(0)) != 1 or min(recorded) < 0:
            return Credit(Crediting.SHARED, _nobody(parties), (Fault.SUM,))
        return Credit(Crediting.SHARED, tuple(Credited(p, p.share) for p in parties))
    if mode is Crediting.COUNTED_TWICE:
        return _twice(parties)
    if mode is Crediting.SHARED:
        return Credit(Crediting.SHARED, _nobody(parties), (Fault.NO_RATIO,))
    return Credit(Crediting.NOT_SET, _nobody(parties))


def _twice(parties: Sequence[Party]) -> Credit:
    """In full for the owner on the sales side, and for the key account director."""
    sides = {
        CoverageRole.OWNER: Fault.NO_SALES_SIDE,
        CoverageRole.DIRECTOR: Fault.NO_KEY_ACCOUNT_SIDE,
    }
    holders = {role: sum(party.role is role for party in parties) for role in sides}
    faults = [fault for role, fault in sides.items() if not holders[role]]
    if max(holders.values()) > 1:
        faults.append(Fault.SEVERAL)
    if faults:
        return Credit(Crediting.COUNTED_TWICE, _nobody(parties), tuple(faults))
    full = tuple(Credited(p, Decimal(1) if p.role in sides else None) for p in parties)
    return Credit(Crediting.COUNTED_TWICE, full)


def _nobody(parties: Sequence[Party]) -> tuple[Credited, ...]:
    return tuple(Credited(party, None) for party in parties)


def _mode(rules: CreditRules) -> Crediting:
    if rules.mode not in set(Crediting):
        raise BadInput(
            text(
                "The rule credit.mode is {mode}; it must be one of {known}. Sales operations can "
                "correct it.",
                "规则 credit.mode 为 {mode}，须为 {known} 之一，请销售运营修改。",
                mode=rules.mode,
                known=", ".join(Crediting),
            )
        )
    return Crediting(rules.mode)
