"""What every list needs to know of a customer."""

from typing import NamedTuple


class Customer(NamedTuple):
    """An account by id, with what it is grouped by."""

    id: int
    name: str
    segment: str | None
    region: str | None
