"""How far a checklist is: items done, open and not applicable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.domain.vocabulary import ItemState


@dataclass(frozen=True)
class Done:
    """What is recorded of one item: its state, the evidence, who decided it and when."""

    state: ItemState = ItemState.OPEN
    evidence: str | None = None
    person: str | None = None
    decided_on: date | None = None


UNTOUCHED = Done()


@dataclass(frozen=True)
class Run:
    """A checklist being worked through, with the items recorded so far by key."""

    checklist: str
    started_on: date
    finished_on: date | None
    items: Mapping[str, Done]


@dataclass(frozen=True)
class Progress:
    """Counts over the items of a checklist; items that do not apply are left out of the share."""

    done: int
    open: int
    not_applicable: int

    @property
    def share(self) -> Decimal | None:
        """Done ÷ (done + open); None where nothing applies (house)."""
        applicable = self.done + self.open
        return Decimal(self.done) / applicable if applicable else None


def states(run: Run, keys: Sequence[str]) -> dict[str, Done]:
    """The state of each item of the checklist, in its order; items never touched are open."""
    return {key: run.items.get(key, UNTOUCHED) for key in keys}


def progress(run: Run, keys: Sequence[str]) -> Progress:
    """How far the run is over these items."""
    found = [item.state for item in states(run, keys).values()]
    return Progress(
        found.count(ItemState.DONE),
        found.count(ItemState.OPEN),
        found.count(ItemState.NOT_APPLICABLE),
    )


def unknown(run: Run, keys: Sequence[str]) -> tuple[str, ...]:
    """Items recorded in the run that the checklist does not have (any more)."""
    return tuple(sorted(set(run.items) - set(keys)))
