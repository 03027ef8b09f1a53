"""What every list needs to know of a customer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """An account by id, with what it is grouped by."""

    id: int
    name: str
    segment: str | None
    region: str | None
