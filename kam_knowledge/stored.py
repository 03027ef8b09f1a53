"""A passage as the lexical index stores it: its fields, its terms, and the passage itself."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from kam_knowledge.beside import Prepared
from kam_knowledge.documents import Passage
from kam_knowledge.terms import FIELDS

SCHEMA = "4"
"""Raised when the fields or their terms change: another folder, filled anew."""

NOBODY = -1
"""Stands for no account or no unit."""

END = "\x1f"
"""Ends a key within a longer value."""

_HEADING = 2


@dataclass(frozen=True)
class Batch:
    """A document as it is to be indexed: no passages means it goes.

    `questions` lead to its passages; None for a kind of document that never has any.
    """

    key: str
    digest: str
    passages: tuple[Passage, ...]
    questions: tuple[Passage, ...] | None = None


def text_for(passage: Passage) -> str:
    """What of a passage is indexed: its heading weighs more than its text."""
    heading = f"{passage.section}\n" * _HEADING
    return f"{passage.title}\n{heading}{passage.text}"


def document_of(batch: Batch, passage: Passage, terms: Prepared) -> Any:
    """What tantivy is given for a passage of the batch."""
    import tantivy

    document = tantivy.Document()
    document.add_text("key", batch.key)
    document.add_text("state", f"{batch.key}{END}{batch.digest}")
    document.add_text("tongue", terms.tongue)
    document.add_text("place", place_of(passage))
    document.add_integer("number", number_of(passage.id))
    document.add_integer("spot", spot_of(passage))
    document.add_integer("paired", int(passage.paired))
    document.add_integer("level", passage.level)
    document.add_integer("account", NOBODY if passage.account is None else passage.account)
    document.add_integer("unit", NOBODY if passage.unit is None else passage.unit)
    for field, words in zip(FIELDS, terms.fields, strict=True):
        document.add_text(field, words)
    document.add_bytes("passage", json.dumps(asdict(passage), ensure_ascii=False).encode())
    return document


def number_of(passage_id: str) -> int:
    """A passage's number: 63 bits of its id's hash."""
    return int.from_bytes(hashlib.blake2b(passage_id.encode(), digest_size=8).digest()) >> 1


def spot_of(passage: Passage) -> int:
    """The number of a passage's place: the same for all editions and parts of a section."""
    return number_of(place_of(passage))


def place_of(passage: Passage) -> str:
    """A passage's place: its document and where it stands there."""
    return f"{passage.document}{END}{passage.order}"


def schema() -> Any:
    """The fields, as tantivy takes them."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("key", "state", "tongue", "place"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("number", "spot", "paired", "level", "account", "unit"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="terms", index_option="freq")
    builder.add_bytes_field("passage", stored=True)
    return builder.build()


def passage_of(document: Any) -> Passage:
    """The passage within a document that was found."""
    stored = json.loads(bytes(document.get_first("passage")))
    return Passage(**{**stored, "sources": tuple(stored["sources"])})
