"""Erasing a person on request: names and contact data go, the records of the business stay.

The person's rows keep their numbers, so that figures and the trail stay right; whatever names
the person is replaced by a pseudonym.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from tools import audit
from tools.audit.redaction import redacted
from tools.changes.rows import table_of
from tools.data.models import AuditEntry, ChangeSet, ExternalKey, Remembered
from tools.data.outbox import leave_word
from tools.data.written import NOTES, PLAN
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.vocabulary import ChangeStatus
from tools.privacy.finding import OWN, Held, Mention, held, says
from tools.privacy.subject import Subject

_EMPTIED = frozenset(
    {"department", "decides", "email", "holds_budget", "interests", "language", "phone"}
    | {"slack_user", "stance", "time_zone", "title"}
)
"""Fields of a person that are emptied; the name gets a pseudonym."""

_AUDIT = "audit_entry"


@dataclass(frozen=True)
class Erased:
    """How many rows of each table changed, and what names somebody of that name still."""

    subject: Subject
    changed: Mapping[str, int]
    left: tuple[Mention, ...]


def erase(deps: Deps, subject: Subject) -> Erased:
    """Anonymises the person everywhere, in one transaction, and leaves an entry that names
    nobody."""
    with deps.sessions() as session:
        found = held(session, subject)
        work = _Erasing(session, subject)
        work.own_rows()
        work.change_lines(found)
        work.texts(found)
        entries = work.entries()
        audit.append(
            session,
            at=deps.clock(),
            actor_id=deps.asker.person_id,
            actor=deps.asker.name,
            surface=deps.surface,
            action=audit.ERASED,
            subject=subject.key,
            detail={"changed": dict(work.changed), "entries": entries},
            rules_version=deps.rules.version,
        )
        session.commit()
        return Erased(subject, dict(work.changed), found.left)


class _Erasing:
    """One erasure within one transaction."""

    def __init__(self, session: Session, subject: Subject) -> None:
        self._session, self._subject = session, subject
        self.changed: Counter[str] = Counter()

    def own_rows(self) -> None:
        """The person's own row loses all that tells who it is; rows that serve only the person
        go, but for who took part in what."""
        table, subject = table_of(self._subject.table), self._subject
        values: dict[str, Any] = self._anonymous({c.name: True for c in table.columns})
        values = {name: value for name, value in values.items() if value is not True}
        values["version"] = table.c.version + 1
        if subject.table == "person":
            values["active"] = False
        self._run(subject.table, update(table).where(table.c.id == subject.id).values(values))
        for name, column in OWN[subject.table]:
            if name != "interaction_contact":
                own = table_of(name)
                self._run(name, delete(own).where(own.c[column] == subject.id))
        keys = delete(ExternalKey).where(
            col(ExternalKey.kind) == subject.table, col(ExternalKey.record_id) == subject.id
        )
        self._run("external_key", keys)
        if subject.table == "person":
            speaker = f"person {subject.id}"
            self._run("remembered", delete(Remembered).where(col(Remembered.speaker) == speaker))

    def change_lines(self, found: Held) -> None:
        """What changes of the person's row held before and after; what waits is dropped."""
        table = table_of("change_line")
        waiting = set()
        for row in found.records.get("change_line", ()):
            sides = {side: self._anonymous(row[side]) for side in ("before", "after")}
            self._run(table.name, update(table).where(table.c.id == row["id"]).values(sides))
            waiting.add(row["change_set_id"])
        dropped = (
            update(ChangeSet)
            .where(col(ChangeSet.id).in_(waiting), col(ChangeSet.status) == ChangeStatus.PROPOSED)
            .values(status=ChangeStatus.CANCELLED)
        )
        self._run("change_set", dropped)

    def texts(self, found: Held) -> None:
        """Every text that surely names the person."""
        notes, plans = set(), set()
        for mention in found.mentions:
            if not mention.theirs or mention.table == _AUDIT:
                continue
            self._rewrite(mention)
            if mention.table == "interaction":
                notes.add(mention.row["account_id"])
            if mention.table in {"plan", "plan_section"}:
                plans.add(mention.row.get("plan_id", mention.row["id"]))
        leave_word(self._session, NOTES, notes)
        leave_word(self._session, PLAN, plans)

    def entries(self) -> dict[str, str]:
        """Audit entries without the person's name and data; what they say now, by id."""
        kept = {}
        for entry in self._session.exec(select(AuditEntry)):
            actor, detail = entry.actor, self._unnamed_rows(entry.detail)
            if self._is_actor(entry):
                actor = self._subject.pseudonym
            if self._may_rewrite(entry):
                actor, detail = self._without(actor), self._without(detail)
            if (actor, detail) != (entry.actor, entry.detail):
                kept[str(entry.id)] = redacted(self._session, entry, actor, detail)
                self.changed[_AUDIT] += 1
        return kept

    def _is_actor(self, entry: AuditEntry) -> bool:
        return self._subject.table == "person" and entry.actor_id == self._subject.id

    def _may_rewrite(self, entry: AuditEntry) -> bool:
        alone = entry.accounts == f"|{self._subject.account_id}|"
        return self._subject.unique or alone or self._is_actor(entry)

    def _unnamed_rows(self, detail: Mapping[str, Any]) -> dict[str, Any]:
        """An entry's rows, with those of the person emptied."""
        listed = detail.get("rows")
        if not isinstance(listed, list):
            return dict(detail)
        own = (self._subject.table, self._subject.id)
        rows = [
            row | {side: self._anonymous(row[side]) for side in ("before", "after")}
            if (row["table"], row["id"]) == own
            else row
            for row in listed
        ]
        return {**detail, "rows": rows}

    def _anonymous(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Fields of the person's row, as far as they are there."""
        said = dict(fields)
        for name in said.keys() & _EMPTIED:
            said[name] = None
        for name, value in (
            ("name", self._subject.pseudonym),
            ("name_key", name_key(self._subject.pseudonym)),
        ):
            if said.get(name) is not None:
                said[name] = value
        return said

    def _rewrite(self, mention: Mention) -> None:
        table = table_of(mention.table)
        key = [column == mention.row[column.name] for column in table.primary_key.columns]
        # A row may have been emptied already, so it is read as it is now.
        now = self._session.connection().execute(table.select().where(*key)).mappings().first()
        if now is None:
            return
        values = {
            name: self._without(now[name])
            for name in mention.columns
            if says(self._subject, now[name]) and not table.c[name].primary_key
        }
        if not values:
            return
        if "version" in table.c:
            values["version"] = table.c.version + 1
        self._run(mention.table, update(table).where(*key).values(values))

    def _without(self, value: Any) -> Any:
        """The value with the pseudonym for every name."""
        if isinstance(value, str):
            return self._subject.pattern.sub(self._subject.pseudonym, value)
        if isinstance(value, dict):
            return {name: self._without(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._without(part) for part in value]
        return value

    def _run(self, table: str, statement: Any) -> None:
        done = self._session.connection().execute(statement).rowcount
        if done:
            self.changed[table] += done
