"""Who may read what: decided here, from the asking person, and nowhere else.

Newcomers read the sandbox account only; reps their own accounts in full and the public
levels (1 and 2) of the others; managers also the accounts of their unit and below;
directors those of their region and dotted line; sponsors those they sponsor; sales
operations all (house).
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.data import coverage, organisation
from tools.data.accounts import sandbox_ids
from tools.data.rules import current_rules
from tools.domain.vocabulary import Level, Role
from tools.errors import NotAllowed
from tools.text import text


@dataclass(frozen=True)
class Asker:
    """The person behind a turn; the local operator has no `person_id`."""

    person_id: int | None
    name: str
    role: Role
    unit_id: int | None = None


OPERATOR = Asker(None, "operator", Role.SALES_OPERATIONS)


@dataclass(frozen=True)
class Scope:
    """What one asker may read: `full` accounts at every level (None: all accounts), and
    the others up to `elsewhere` (0: nothing). `people` are those whose own deals they read,
    `units` those whose documents they read (None: all units)."""

    full: frozenset[int] | None
    elsewhere: int
    people: frozenset[int] = frozenset()
    units: frozenset[int] | None = frozenset()

    def level(self, account_id: int) -> int:
        """The highest information level this asker may read of the account."""
        return Level.PRIVATE_TOP if self.reads_fully(account_id) else self.elsewhere

    def reads_fully(self, account_id: int) -> bool:
        return self.full is None or account_id in self.full

    def require_full(self, account_id: int, name: str) -> None:
        """Raises `NotAllowed` unless the asker reads this account in full."""
        if not self.reads_fully(account_id):
            raise NotAllowed(
                text(
                    "Details of {name} are for its account team and their managers.",
                    "{name}的内部信息只对其客户团队和上级开放。",
                    name=name,
                )
            )


def scope_of(session: Session, asker: Asker, today: date) -> Scope:
    """What the asker may read on that day."""
    if asker.role is Role.SALES_OPERATIONS:
        return Scope(None, Level.PRIVATE_TOP, units=None)
    if asker.person_id is None:
        raise NotAllowed(
            text(
                "I do not know you yet; sales operations can add you.",
                "我还不认识您，请联系销售运营添加您的账号。",
            )
        )
    if asker.role is Role.NEWCOMER:
        return Scope(frozenset(sandbox_ids(session)), 0)
    people = {asker.person_id}
    if asker.role is Role.MANAGER:
        people |= organisation.people_in_units(
            session, organisation.units_below(session, asker.unit_id)
        )
        people |= organisation.reports_of(session, asker.person_id, today)
    if asker.role is Role.DIRECTOR:
        people |= organisation.people_in_units(
            session, organisation.units_below(session, asker.unit_id)
        )
        people |= organisation.reports_of(session, asker.person_id, today, dotted=True)
    covered = coverage.accounts_of(session, people, today, current_rules(session))
    accounts = covered | set(sandbox_ids(session))
    units = organisation.units_around(session, asker.unit_id)
    return Scope(frozenset(accounts), Level.PUBLIC_PAID, frozenset(people), frozenset(units))
