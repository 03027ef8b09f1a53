"""The accounts that a question about internal facts is about."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.access import scope_of
from tools.data.models import Account
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.selection import Filters, select
from tools.text import Text, text


def opened(session: Session, deps: Deps, name: str) -> Account:
    """The account of that name; raises `NotAllowed` unless the asker reads it in full."""
    scope = scope_of(session, deps.asker, deps.today)
    found = resolve.account(session, name, scope)
    scope.require_full(found.id or 0, found.name)
    return found


@dataclass(frozen=True)
class Meant:
    """The accounts that a question is about, all readable in full, and what it named.

    `practice` says that they are sandbox accounts.
    """

    accounts: tuple[Customer, ...]
    named: Text
    practice: bool

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(customer.id for customer in self.accounts)


def meant(session: Session, deps: Deps, account: str, on: date, filters: Filters) -> Meant:
    """The one account named, or all that fit the filters and the asker reads in full."""
    if account:
        found = opened(session, deps, account)
        one = Customer(found.id or 0, found.name, found.segment, found.region)
        return Meant((one,), text("{name}", "{name}", name=found.name), found.sandbox)
    chosen = select(session, deps, on, filters)
    return Meant(chosen.chosen, chosen.named, chosen.practice)
