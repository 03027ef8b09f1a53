"""What the writers of all kinds share: references of a batch, duplicates, provenance."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from tools.data.importing.finder import Draft, table_of
from tools.data.importing.mapping import FileMapping, ImportOptions
from tools.data.importing.recognise import Layout
from tools.data.importing.references import Match, References, Referred
from tools.data.importing.report import ImportReport
from tools.data.importing.rows import Row
from tools.data.importing.seen import SeenKeys
from tools.data.importing.store import Store
from tools.text import Text, text


class Hierarchy:
    """Who is above whom, as ids, so that no circle is ever written."""

    def __init__(self, above: dict[int, int]) -> None:
        self._above = above

    def place(self, child: int, parent: int) -> bool:
        """Puts the child under the parent; False, and nothing done, where a circle would close."""
        above: int | None = parent
        steps = 0
        while above is not None and steps <= len(self._above):
            if above == child:
                return False
            above = self._above.get(above)
            steps += 1
        self._above[child] = parent
        return True


@dataclass
class Run:
    """What lasts for the whole import."""

    session: Session
    report: ImportReport
    options: ImportOptions
    base_currency: str
    store: Store
    references: dict[Referred, References]
    hierarchies: dict[str, Hierarchy] = field(default_factory=dict)
    rejects: set[Path] = field(default_factory=set)

    def checkpoint(self) -> None:
        """Makes the work so far lasting; a dry run keeps it in its open transaction."""
        if self.options.dry_run:
            self.session.flush()
        else:
            self.session.commit()

    def hierarchy(self, model: type[SQLModel], column: str) -> Hierarchy:
        name = f"{table_of(model).name}.{column}"
        if name not in self.hierarchies:
            table = table_of(model)
            query = select(table.c.id, table.c[column]).where(table.c[column].is_not(None))
            above = {row[0]: row[1] for row in self.session.execute(query)}
            self.hierarchies[name] = Hierarchy(above)
        return self.hierarchies[name]


@dataclass
class Context:
    """What one pass over one sheet needs.

    A sheet whose rows refer to each other is passed over twice: first to create what is new
    (`create_only`, nothing reported), then to write everything with its links.
    """

    run: Run
    layout: Layout
    stated: FileMapping
    source: str
    seen: SeenKeys
    create_only: bool = False
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def store(self) -> Store:
        return self.run.store

    @property
    def today(self) -> date:
        return self.run.options.today

    def provenance(self) -> dict[str, Any]:
        return {"source": self.source, "as_of": self.today}

    def match(self, kind: Referred, names: Iterable[str | None]) -> dict[str, Match]:
        return self.run.references[kind].resolve(name for name in names if name)

    def refer(self, rows: Sequence[Row], name: str, kind: Referred, *, needed: bool = True) -> None:
        """Finds the records that a column names, into `row.ids[name]`.

        An unknown name refuses the row if it is `needed`; otherwise the row goes on without,
        and the nearest name, if any, is proposed.
        """
        live = [row for row in rows if row.refusal is None and row.get(name)]
        matches = self.match(kind, (row.get(name) for row in live))
        for row in live:
            shown = row.values[name]
            match = matches[shown]
            found = self.settle(name, shown, match)
            if found is not None:
                row.ids[name] = found
            elif needed:
                row.refuse(name, not_found(match))
            elif not match.near:
                self.tally[f"unknown {name}"] += 1

    def settle(self, name: str, shown: str, match: Match) -> int | None:
        """The record a name means: found, or near and accepted. Near names are proposed."""
        if match.id is not None or not match.near:
            return match.id
        accepted = self.run.options.accept_near and match.meant is not None
        if not self.create_only:
            self.run.report.propose(
                self.layout.kind.name, name, shown, match.near, applied=accepted
            )
        return match.meant if accepted else None

    def settle_currencies(self, rows: Iterable[Row]) -> None:
        """A sign that several currencies share is read as our base currency, if that is one."""
        base = self.run.base_currency
        for row in rows:
            if base in row.unclear:
                row.unclear = ()
                row.values["currency"] = base
                self.tally["narrowed currency"] += 1

    def refuse_repeats(self, rows: Sequence[Row], keys: Mapping[int, list[str]]) -> None:
        """Refuses rows that use a key (by `id(row)`) which an earlier row of the file used."""
        uses = [(key, row) for row in rows if row.refusal is None for key in keys.get(id(row), ())]
        lines = self.seen.first_lines([(key, row.line) for key, row in uses])
        for (key, row), first in zip(uses, lines, strict=True):
            if first != row.line:
                row.refuse(self._key_field(key), _repeated(first))

    def _key_field(self, key: str) -> str | None:
        name = key.split("\t", 1)[0]
        return name if name in self.layout.columns else None

    def row_key(self, row: Row) -> str:
        """The id of the row, else one made from the cells that tell rows apart."""
        stated = row.get("external_id")
        if stated:
            return str(stated)
        indexes = [
            self.layout.columns[name].index
            for name in self.layout.kind.apart
            if name in self.layout.columns
        ]
        cells = [str(row.cells[i]) if i < len(row.cells) else "" for i in indexes]
        return "row-" + hashlib.blake2s("\t".join(cells).encode(), digest_size=12).hexdigest()


def stated_values(row: Row, *names: str) -> dict[str, Any]:
    """The values of these fields, where the row states them."""
    return {name: row.values[name] for name in names if name in row.values}


def key_of(name: str, *parts: object) -> str:
    return "\t".join((name, *map(str, parts)))


def live(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.refusal is None]


def saved(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts that have become records."""
    return [draft for draft in drafts if draft.row.refusal is None and draft.id is not None]


def not_found(match: Match) -> Text:
    if match.several:
        return text(
            "several records go by this name; use an id or an alias",
            "有多条记录同名，请改用编号或别名",
        )
    if match.near:
        return text(
            "not known; near: {near}. Accept it with --accept-near or mend the cell",
            "未找到；相近的有：{near}。可用 --accept-near 接受，或修改此单元格",
            near=" / ".join(match.near),
        )
    return text("not known", "未找到")


def circular() -> Text:
    return text(
        "this would close a circle: the one above already stands below",
        "会形成循环：上级已在其下级之中",
    )


def _repeated(line: int) -> Text:
    return text(
        "already used in line {line} of this file",
        "与本文件第{line}行重复",
        line=str(line),
    )


def spelling_proposals(context: Context, rows: Iterable[Row]) -> None:
    """Reports the plain values that look misspelt."""
    if context.create_only:
        return
    accepted = context.run.options.accept_near
    for row in rows:
        for name, meant in row.respelt.items():
            index = context.layout.columns[name].index
            found = str(row.cells[index]).strip()
            kind = context.layout.kind.name
            context.run.report.propose(kind, name, found, (meant,), applied=accepted)
