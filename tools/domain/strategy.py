"""The devices of an account strategy (K4): service ladder, staged release, hedging, review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Device(StrEnum):
    """What a strategy item belongs to, by the kind it is recorded under."""

    LADDER = "ladder"
    RELEASE = "release"
    HEDGING = "hedging"
    REVIEW = "review"


STAGES: Mapping[Device, tuple[str, ...]] = {
    Device.LADDER: ("basic_service", "value_added", "co_built"),
    Device.RELEASE: ("requirement_confirmed", "prototype_tested", "full_rollout"),
    Device.HEDGING: ("price_formula", "flexible_scope"),
    Device.REVIEW: ("economic", "brand", "technology"),
}
ORDERED = (Device.LADDER, Device.RELEASE)
"""The devices whose stages follow on each other."""


class State(StrEnum):
    """Where a stage stands."""

    DONE = "done"
    LATE = "late"
    PLANNED = "planned"
    OPEN = "open"


@dataclass(frozen=True)
class Step:
    """A recorded strategy item."""

    kind: str
    stage: str
    what: str
    due_on: date | None
    done_on: date | None
    owner: str | None

    def state(self, on: date) -> State:
        if self.done_on is not None and self.done_on <= on:
            return State.DONE
        return State.LATE if self.due_on is not None and self.due_on < on else State.PLANNED


@dataclass(frozen=True)
class Stage:
    """A stage of a device with its items."""

    device: Device
    name: str
    steps: tuple[Step, ...]
    state: State


def stages(steps: Iterable[Step], on: date) -> tuple[Stage, ...]:
    """Every stage of every device; one without an item is open.

    A stage with several items is done when all are, and late when one is (house).
    """
    found = list(steps)
    return tuple(
        _stage(device, name, [s for s in found if (s.kind, s.stage) == (device.value, name)], on)
        for device, names in STAGES.items()
        for name in names
    )


def _stage(device: Device, name: str, steps: Sequence[Step], on: date) -> Stage:
    states = {step.state(on) for step in steps}
    state = State.OPEN
    if states == {State.DONE}:
        state = State.DONE
    elif states:
        state = State.LATE if State.LATE in states else State.PLANNED
    return Stage(device, name, tuple(steps), state)


def unplaced(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Items under a kind or stage that the method does not name."""
    known = {(device.value, name) for device, names in STAGES.items() for name in names}
    return tuple(step for step in steps if (step.kind, step.stage) not in known)


def reached(found: Sequence[Stage], device: Device) -> Stage | None:
    """The last stage of a device up to which all are done; None where the first is not."""
    last = None
    for stage in found:
        if stage.device is device:
            if stage.state is not State.DONE:
                break
            last = stage
    return last


def skipped(found: Sequence[Stage]) -> tuple[Stage, ...]:
    """Stages of ordered devices that are not done though a later one is."""
    return tuple(
        stage
        for place, stage in enumerate(found)
        if stage.device in ORDERED
        and stage.state is not State.DONE
        and any(s.device is stage.device and s.state is State.DONE for s in found[place:])
    )
