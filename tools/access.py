"""Who may read and write what: decided here, from the asking person, and nowhere else.

Newcomers read the sandbox account only; reps their own accounts in full and the public
levels (1 and 2) of the others; managers also the accounts of their unit and below;
directors those of their region and dotted line; sponsors those they sponsor; sales
operations all (house).

Whoever writes an account reads it in full; what kind of record they may write there is
their role's (house). The local operator administers and may write everything.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from kam_knowledge.search import Readable
from tools.data import coverage, organisation
from tools.data.accounts import sandbox_ids
from tools.data.models import Person
from tools.data.rules import current_rules
from tools.domain.vocabulary import Level, PlanStatus, Role
from tools.errors import NotAllowed
from tools.once import once
from tools.text import text


@dataclass(frozen=True)
class Readers:
    """Those who read along where something is asked: colleagues by id, and whether there are
    others, who may read nothing of accounts."""

    people: frozenset[int]
    others: bool = False


@dataclass(frozen=True)
class Asker:
    """The person behind a turn; the local operator has no `person_id`.

    With `readers`, only what each of them may read as well is read.
    """

    person_id: int | None
    name: str
    role: Role
    unit_id: int | None = None
    readers: Readers | None = None


OPERATOR = Asker(None, "operator", Role.SALES_OPERATIONS)


@dataclass(frozen=True)
class Scope:
    """What one asker may read: `full` accounts at every level (None: all accounts), and
    the others up to `elsewhere` (0: nothing). `people` are those whose own deals they read,
    `units` those whose documents they read (None: all units), `led` the units whose figures
    they read."""

    full: frozenset[int] | None
    elsewhere: int
    people: frozenset[int] = frozenset()
    units: frozenset[int] | None = frozenset()
    led: frozenset[int] = frozenset()

    def level(self, account_id: int) -> int:
        """The highest information level this asker may read of the account."""
        return Level.PRIVATE_TOP if self.reads_fully(account_id) else self.elsewhere

    def reads_fully(self, account_id: int) -> bool:
        return self.full is None or account_id in self.full

    def readable(self, *, method: bool = True, about: frozenset[int] | None = None) -> Readable:
        """The passages that this asker may find; `method` and `about` narrow them down."""
        return Readable(self.full, self.elsewhere, self.units, method, about)

    def shared_with(self, other: "Scope") -> "Scope":
        """What both may read."""
        if self.full is None or other.full is None:
            return other if self.full is None else self
        return Scope(
            self.full & other.full,
            min(self.elsewhere, other.elsewhere),
            self.people & other.people,
            (self.units or frozenset()) & (other.units or frozenset()),
            self.led & other.led,
        )

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


_NOTHING = Scope(frozenset(), 0)


def require_known(asker: Asker) -> None:
    """Raises `NotAllowed` for somebody whom the records do not know."""
    if asker.person_id is None and asker.role is not Role.SALES_OPERATIONS:
        raise NotAllowed(
            text(
                "I do not know you yet; sales operations can add you.",
                "我还不认识您，请联系销售运营添加您的账号。",
            )
        )


def scope_of(session: Session, asker: Asker, today: date) -> Scope:
    """What the asker, and whoever reads along, may read on that day."""
    return once(("scope", asker, today), lambda: _scope_now(session, asker, today))


def _scope_now(session: Session, asker: Asker, today: date) -> Scope:
    scope = _scope_alone(session, asker, today)
    if asker.readers is None:
        return scope
    if asker.readers.others:
        return scope.shared_with(_NOTHING)
    found = session.exec(select(Person).where(col(Person.id).in_(asker.readers.people))).all()
    for one in found:
        reader = Asker(one.id, one.name, one.role, one.unit_id)
        alone = _scope_alone(session, reader, today) if one.active else _NOTHING
        scope = scope.shared_with(alone)
    return scope if len(found) == len(asker.readers.people) else scope.shared_with(_NOTHING)


def _scope_alone(session: Session, asker: Asker, today: date) -> Scope:
    require_known(asker)
    if asker.role is Role.SALES_OPERATIONS or asker.person_id is None:
        return Scope(None, Level.PRIVATE_TOP, units=None)
    if asker.role is Role.NEWCOMER:
        return Scope(frozenset(sandbox_ids(session)), 0)
    people, led = {asker.person_id}, set[int]()
    if asker.role in (Role.MANAGER, Role.DIRECTOR):
        led = organisation.units_below(session, asker.unit_id)
        people |= organisation.people_in_units(session, led)
        dotted = asker.role is Role.DIRECTOR
        people |= organisation.reports_of(session, asker.person_id, today, dotted=dotted)
    covered = coverage.accounts_of(session, people, today, current_rules(session))
    accounts = covered | set(sandbox_ids(session))
    units = organisation.units_around(session, asker.unit_id)
    return Scope(
        frozenset(accounts),
        Level.PUBLIC_PAID,
        frozenset(people),
        frozenset(units),
        frozenset(led),
    )


class Right(StrEnum):
    """A kind of record that a role may write."""

    ACCOUNT = "account"
    EVALUATE = "evaluate"
    TASKS = "tasks"
    COVERAGE = "coverage"
    APPROVE = "approve"
    TARGETS = "targets"
    REVIEW = "review"
    PLAN_REVIEW = "plan review"
    CREDIT = "credit"
    CONFIGURE = "configure"
    LEARN = "learn"


_SELLING = frozenset({Right.ACCOUNT, Right.EVALUATE, Right.TASKS})
_OWN = frozenset({Right.LEARN})
_HELD: Mapping[Role, frozenset[Right]] = {
    Role.NEWCOMER: _SELLING,
    Role.REP: _SELLING,
    Role.MANAGER: _SELLING | {Right.COVERAGE, Right.APPROVE, Right.TARGETS},
    Role.DIRECTOR: frozenset({Right.EVALUATE, Right.TASKS, Right.REVIEW}),
    Role.SPONSOR: frozenset({Right.PLAN_REVIEW}),
    Role.SALES_OPERATIONS: frozenset({Right.CONFIGURE, Right.CREDIT}),
}
_NEEDED: Mapping[str, Right] = {
    "evaluation": Right.EVALUATE,
    "checklist_run": Right.TASKS,
    "checklist_item": Right.TASKS,
    "strategy_item": Right.TASKS,
    "coverage": Right.COVERAGE,
    "kpi_figure": Right.TARGETS,
    "review_period": Right.REVIEW,
    "review_entry": Right.REVIEW,
    "exchange_rate": Right.CONFIGURE,
    "rollout_activity": Right.CONFIGURE,
    "rule_set": Right.CONFIGURE,
    "lesson": Right.LEARN,
}
_APPROVING = {PlanStatus.APPROVED, PlanStatus.SUPERSEDED}
PLAN_REVIEW_KEY = "review-"
"""How the key of a plan section begins that holds a review of the plan."""


def right_needed(
    table: str, states: set[object], fields: AbstractSet[str] = frozenset(), key: str = ""
) -> Right:
    """The right that writing a row takes: `states` are its status before and after, if any,
    `fields` those that change, `key` is what it is kept under."""
    if table == "plan" and states & _APPROVING:
        return Right.APPROVE
    if table == "plan_section" and key.startswith(PLAN_REVIEW_KEY):
        return Right.PLAN_REVIEW
    if table == "coverage" and fields == {"credit_share"}:
        return Right.CREDIT
    return _NEEDED.get(table, Right.ACCOUNT)


@dataclass(frozen=True)
class Rights:
    """What one asker may write: the rights of the role, on the accounts read in full.

    `units` are those whose own records they write.
    """

    held: frozenset[Right]
    scope: Scope
    everything: bool = False
    units: frozenset[int] = frozenset()
    person_id: int | None = None

    def require_held(self, right: Right) -> None:
        """Raises `NotAllowed` unless the asker's role makes this kind of change at all."""
        if not self.everything and right not in self.held:
            raise NotAllowed(
                text("Your role does not make this kind of change.", "您的角色不能做这类修改。")
            )

    def require_led(self, right: Right, unit_id: int | None, person_id: int | None) -> None:
        """Raises `NotAllowed` unless the unit or person is among those the asker leads."""
        self.require_held(right)
        led = unit_id in self.units or person_id in self.scope.people
        if not (self.everything or led):
            raise NotAllowed(
                text(
                    "Only those who lead this team or colleague may change this.",
                    "只有该部门或该同事的上级可以修改。",
                )
            )

    def require_own(self, person_id: int | None) -> None:
        """Raises `NotAllowed` unless the record is about the asker."""
        if person_id is None or person_id != self.person_id:
            raise NotAllowed(
                text("Only the person themselves may change this.", "只有本人可以修改。")
            )

    def require(self, right: Right, account_id: int | None) -> None:
        """Raises `NotAllowed` unless the asker may write that here; an account of None is
        a record of the company's own."""
        if self.everything:
            return
        self.require_held(right)
        if account_id is None and right in {Right.CONFIGURE, Right.REVIEW}:
            return
        if account_id is None or not self.scope.reads_fully(account_id):
            raise NotAllowed(
                text(
                    "Only the account's team and their managers may change this.",
                    "只有该客户的团队及其上级可以修改。",
                )
            )


def rights_of(session: Session, asker: Asker, today: date) -> Rights:
    """What the asker may write on that day, by the role that is recorded now."""
    if asker.person_id is None:
        return Rights(frozenset(Right), scope_of(session, asker, today), everything=True)
    person = session.get(Person, asker.person_id)
    if person is None or not person.active:
        raise NotAllowed(text("You are no longer active here.", "您的账号已停用。"))
    now = Asker(person.id, person.name, person.role, person.unit_id)
    led = organisation.units_below(session, now.unit_id) if now.role is Role.MANAGER else ()
    held = _HELD[now.role] | _OWN
    return Rights(held, scope_of(session, now, today), units=frozenset(led), person_id=person.id)
