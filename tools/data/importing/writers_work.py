"""Opportunities, transactions, interactions and needs into the records."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from tools.data.importing.context import Context, key_of, live, saved, stated_values
from tools.data.importing.finder import Draft, Target, table_of
from tools.data.importing.rows import Row
from tools.data.importing.writers_customers import contacts_by_name
from tools.data.importing.writers_figures import needed_currency
from tools.data.models import Interaction, InteractionContact, Need, Opportunity, Transaction
from tools.data.outbox import leave_word
from tools.data.written import NOTES
from tools.domain.names import name_key

OPPORTUNITY = Target("opportunity", Opportunity, (("external_id",),))
TRANSACTION = Target("transaction", Transaction, (("source", "external_id"),))
INTERACTION = Target(
    "interaction",
    Interaction,
    (("account_id", "held_on", "summary"),),
    weak=("account_id", "held_on", "summary"),
    external=True,
)
NEED = Target(
    "need",
    Need,
    (("account_id", "horizon", "description"),),
    weak=("account_id", "horizon", "description"),
    external=True,
)
_BETWEEN_NAMES = re.compile(r"\s*[;；,，、/\n]\s*")


def write_opportunities(context: Context, rows: Sequence[Row]) -> None:
    """Deals. An unknown account or agent refuses the row, an unknown product does not."""
    keys = _repeats_by_row_key(context, rows)
    _refer_deal(context, rows)
    context.refuse_repeats(rows, keys)
    drafts = []
    for row in live(rows):
        values = stated_values(
            row, "name", "stage", "engaged_on", "closed_on", "expected_on", "value", "currency"
        )
        values |= _deal_ids(row) | {"external_id": context.row_key(row)}
        label = row.get("name") or row.get("external_id") or row.get("account") or ""
        drafts.append(Draft(row, values, along={"source": context.source}, label=str(label)))
        _note_unclear(context, row)
    context.tally["without account"] += sum("account" not in d.row.ids for d in drafts)
    context.store.save(OPPORTUNITY, drafts)


def _note_unclear(context: Context, row: Row) -> None:
    if row.unclear:
        context.tally["unclear currency"] += 1


def _refer_deal(context: Context, rows: Sequence[Row]) -> None:
    context.refer(rows, "account", "account")
    context.refer(rows, "agent", "person")
    context.refer(rows, "product", "product", needed=False)


def _deal_ids(row: Row) -> dict[str, Any]:
    columns = (("account", "account_id"), ("agent", "person_id"), ("product", "product_id"))
    return {column: row.ids[name] for name, column in columns if name in row.ids}


def _repeats_by_row_key(context: Context, rows: Sequence[Row]) -> dict[int, list[str]]:
    return {id(row): [key_of("external_id", context.row_key(row))] for row in live(rows)}


def write_transactions(context: Context, rows: Sequence[Row]) -> None:
    """Invoice lines. The system they come from is part of their identity."""
    keys = _repeats_by_row_key(context, rows)
    _refer_deal(context, rows)
    context.refuse_repeats(rows, keys)
    drafts = []
    for row in live(rows):
        values = stated_values(row, "booked_on", "amount") | _deal_ids(row)
        values["external_id"] = context.row_key(row)
        values["source"] = context.run.options.system
        values["currency"] = needed_currency(context, row)
        drafts.append(Draft(row, values, label=str(values["external_id"])))
    context.store.save(TRANSACTION, drafts)


def write_interactions(context: Context, rows: Sequence[Row]) -> None:
    """Meetings and calls, with the contacts who took part."""
    context.refer(rows, "account", "account")
    context.refer(rows, "person", "person")
    context.refuse_repeats(rows, _fact_keys(rows, "held_on", "summary"))
    drafts = []
    for row in live(rows):
        values = stated_values(row, "held_on", "summary", "channel", "executive", "level")
        values["account_id"] = row.ids["account"]
        if "person" in row.ids:
            values["person_id"] = row.ids["person"]
        label = f"{row.values['account']} {row.values['held_on']}"
        along = {"source": context.source}
        key = row.get("external_id")
        drafts.append(Draft(row, values, along=along, external_key=key, label=label))
    written = context.store.save(INTERACTION, drafts)
    leave_word(context.run.session, NOTES, (draft.values["account_id"] for draft in written))
    _save_attendance(context, saved(drafts))


def _fact_keys(rows: Sequence[Row], *names: str) -> dict[int, list[str]]:
    keys = {}
    for row in live(rows):
        if row.get("external_id"):
            keys[id(row)] = [key_of("external_id", row.values["external_id"])]
        else:
            parts = (row.values[name] for name in names)
            keys[id(row)] = [key_of(names[-1], row.ids["account"], *parts)]
    return keys


def _save_attendance(context: Context, drafts: Sequence[Draft]) -> None:
    attended = [draft for draft in drafts if draft.row.get("contacts")]
    if not attended:
        return
    known = contacts_by_name(context, {draft.values["account_id"] for draft in attended})
    wanted = set()
    for draft in attended:
        for name in _BETWEEN_NAMES.split(draft.row.values["contacts"]):
            contact = known.get((draft.values["account_id"], name_key(name)))
            if contact is not None:
                wanted.add((draft.id, contact))
            elif name:
                context.tally["unknown contacts"] += 1
    table = table_of(InteractionContact)
    query = select(table.c.interaction_id, table.c.contact_id).where(
        table.c.interaction_id.in_([draft.id for draft in attended])
    )
    present = {(row.interaction_id, row.contact_id) for row in context.run.session.execute(query)}
    new = [{"interaction_id": i, "contact_id": c} for i, c in sorted(wanted - present)]
    if new:
        context.run.session.execute(insert(table), new)


def write_needs(context: Context, rows: Sequence[Row]) -> None:
    """What customers need within a horizon."""
    context.refer(rows, "account", "account")
    context.refuse_repeats(rows, _fact_keys(rows, "horizon", "description"))
    drafts = []
    for row in live(rows):
        values = stated_values(
            row, "horizon", "description", "kind", "found_by", "amount", "currency",
            "expected_on", "capability_gap", "resource_gap", "checked_technology",
            "checked_sales", "checked_operations", "state", "as_of", "level",
        )  # fmt: skip
        values["account_id"] = row.ids["account"]
        label = f"{row.values['account']} {row.values['description']}"
        key = row.get("external_id")
        drafts.append(Draft(row, values, along=context.provenance(), external_key=key, label=label))
        _note_unclear(context, row)
    context.store.save(NEED, drafts)
