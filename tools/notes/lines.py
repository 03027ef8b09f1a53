"""The lines that a meeting note is read into."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["interaction", "contact", "need", "risk", "share", "opportunity"]


@dataclass(frozen=True)
class NoteLine:
    """One record that a note speaks of; `sentence` is the piece of the note that says so.

    `text` is the summary, the need, the risk, the deal, or the name of a contact or supplier.
    `on` is the day of an interaction, or when a need or deal is expected. `percent` is the
    share of the customer's spend that a supplier has (0 to 100), `amount` what it sells there
    in a year.
    """

    kind: Kind
    sentence: str
    text: str = ""
    on: date | None = None
    channel: Literal["visit", "meeting", "call", "message", "event"] | None = None
    title: str = ""
    layer: Literal["execution", "management", "decision"] | None = None
    stance: Literal["champion", "supporter", "neutral", "sceptic", "opponent"] | None = None
    amount: Decimal | None = None
    currency: str = ""
    percent: Decimal | None = None
    risk: (
        Literal[
            "financial",
            "compliance",
            "industry",
            "relationship",
            "competitor",
            "delivery",
            "contract",
        ]
        | None
    ) = None
