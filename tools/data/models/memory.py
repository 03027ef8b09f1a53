"""What is kept of a speaker from one conversation to the next."""

from sqlmodel import Field, SQLModel


class Remembered(SQLModel, table=True):
    """One row per speaker: `speaker` is "person 7", or "operator" for the local operator.

    `account` is the account last spoken of, in the conversation `thread`. Language and default
    scope are the operator's alone; those of a person stand with the person.
    """

    speaker: str = Field(primary_key=True)
    account: str | None = None
    thread: str | None = None
    language: str | None = None
    default_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    default_region: str | None = None
