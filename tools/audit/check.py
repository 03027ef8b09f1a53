"""Whether the trail is as it was written: every entry, and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from tools.audit.chain import FIRST, Head, content_digest, digest, head_of
from tools.data.models import AuditEntry
from tools.text import Text, text

ERASED = "personal data erased"
"""The action of an entry that names others whose words were erased: `detail["entries"]` maps
their ids to the salted hash of what they say since."""

_AT_ONCE = 1_000


@dataclass(frozen=True)
class Verdict:
    """`broken` are the entries that do not fit, by id; `cut` says what is wrong with the end."""

    head: Head
    broken: tuple[int, ...] = ()
    cut: tuple[Text, ...] = ()
    erased: int = 0

    @property
    def sound(self) -> bool:
        return not self.broken and not self.cut


@dataclass
class _Walk:
    """What has been seen on the way along the chain."""

    count: int = 0
    previous: str = FIRST
    broken: list[int] = field(default_factory=list)
    reworded: dict[int, str] = field(default_factory=dict)
    allowed: dict[int, str] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)

    def step(self, entry: AuditEntry, positions: frozenset[int]) -> None:
        number = entry.id or 0
        sound = entry.previous_hash == self.previous and entry.hash == digest(entry)
        if not sound:
            self.broken.append(number)
        said = content_digest(entry)
        if said != entry.content_hash:
            self.reworded[number] = said
        elif sound and entry.action == ERASED:
            self.allowed |= {int(i): h for i, h in entry.detail["entries"].items()}
        self.previous = entry.hash
        self.count += 1
        if self.count in positions:
            self.seen[self.count] = entry.hash


def verify(session: Session, *known: Head) -> Verdict:
    """Walks the whole chain, and compares its end with the head in the database and with
    every head that is `known` from elsewhere."""
    walk = _Walk()
    positions = frozenset(head.count for head in known)
    query = select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=_AT_ONCE)
    for entry in session.exec(query):
        walk.step(entry, positions)
        session.expunge(entry)
    unexplained = [i for i, said in walk.reworded.items() if walk.allowed.get(i) != said]
    end = Head(walk.count, walk.previous)
    return Verdict(
        end,
        tuple(sorted({*walk.broken, *unexplained})),
        (*_against_head(end, head_of(session)), *_against_known(end, known, walk.seen)),
        len(walk.reworded) - len(unexplained),
    )


def _against_head(end: Head, kept: Head | None) -> tuple[Text, ...]:
    if kept is None:
        return (
            text(
                "The head of the trail is gone from the database.", "数据库中审计记录的头部已丢失。"
            ),
        )
    if kept == end:
        return ()
    return (
        text(
            "The database counted {kept} entries and holds {held}, or the newest is another one.",
            "数据库登记了 {kept} 条审计记录，实际有 {held} 条，或最后一条不符。",
            kept=kept.count,
            held=end.count,
        ),
    )


def _against_known(end: Head, known: tuple[Head, ...], seen: Mapping[int, str]) -> tuple[Text, ...]:
    return tuple(
        text(
            "There was an entry {count} with hash {hash}…; the trail of {held} entries does not "
            "have it, so its end was cut off or it was rewritten.",
            "曾有第 {count} 条记录（哈希 {hash}……），现有的 {held} 条中没有它，"
            "说明末尾被截断或记录被改写。",
            count=head.count,
            hash=head.hash[:12],
            held=end.count,
        )
        for head in known
        if head.count and seen.get(head.count) != head.hash
    )
