"""Documents, their sections, and the passages that search finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A piece of a document small enough to cite.

    `document` is the document's id and `section` its heading path; `level` the information
    level (K2), `account` and `unit` the record ids that access depends on; empty: everyone.
    """

    id: str
    document: str
    title: str
    section: str
    language: str
    text: str
    version: str
    level: int = 1
    account: int | None = None
    unit: int | None = None
    sources: tuple[str, ...] = ()
