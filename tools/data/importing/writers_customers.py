"""Accounts, their names, their people and their figures into the records."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tools.data.importing.context import (
    Context,
    circular,
    key_of,
    live,
    not_found,
    saved,
    stated_values,
)
from tools.data.importing.finder import Draft, Target, table_of
from tools.data.importing.rows import Row
from tools.data.importing.writers_figures import write_own_revenue
from tools.data.models import (
    Account,
    AccountAlias,
    Contact,
    PersonAlias,
    UnitAlias,
)
from tools.domain.names import name_key
from tools.text import Text, text

ACCOUNT = Target("account", Account, (("name_key",),), external=True)
CONTACT = Target(
    "contact",
    Contact,
    (("account_id", "email"), ("account_id", "name_key")),
    weak=("account_id", "name_key"),
    external=True,
)
_ALIASES = {
    "account": Target("account_alias", AccountAlias, (("account_id", "name_key"),)),
    "person": Target("person_alias", PersonAlias, (("person_id", "name_key"),)),
    "unit": Target("unit_alias", UnitAlias, (("unit_id", "name_key"),)),
}
Problems = list[tuple[Row, str, Text]]


def named_keys(rows: Sequence[Row]) -> dict[int, list[str]]:
    """What must not recur among rows that each describe one named record."""
    keys: dict[int, list[str]] = {}
    for row in live(rows):
        found = [key_of("name", name_key(row.values["name"]))]
        if row.get("external_id"):
            found.append(key_of("external_id", row.values["external_id"]))
        keys[id(row)] = found
    return keys


def named_draft(row: Row, *names: str) -> Draft:
    name = row.values["name"]
    values = {"name": name, "name_key": name_key(name)} | stated_values(row, *names)
    respelt = {field: meant for field, meant in row.respelt.items() if field in names}
    return Draft(row, values, respelt=respelt, external_key=row.get("external_id"), label=str(name))


def write_accounts(context: Context, rows: Sequence[Row]) -> None:
    """Accounts, the account above each, and the revenue they report themselves."""
    context.refuse_repeats(rows, named_keys(rows))
    names = ("segment", "region", "city", "country", "status", "customer_since")
    drafts = [named_draft(row, *names, "founded", "employees", "website") for row in live(rows)]
    problems: Problems = []
    if not context.create_only:
        problems = link_above(context, ACCOUNT, drafts, "parent", "parent_id")
    context.store.save(ACCOUNT, drafts, create_only=context.create_only)
    context.run.references["account"].forget()
    if not context.create_only:
        write_own_revenue(context, saved(drafts))
    for row, name, reason in problems:
        row.refuse(name, reason)


def link_above(
    context: Context, target: Target, drafts: Sequence[Draft], name: str, column: str
) -> Problems:
    """States the record above in each draft; returns the links that cannot be made."""
    linking = [draft for draft in drafts if draft.row.get(name)]
    if not linking:
        return []
    context.store.locate(target, linking)
    above = context.run.hierarchy(target.model, column)
    kind: Any = target.name
    matches = context.match(kind, (draft.row.get(name) for draft in linking))
    problems: Problems = []
    for draft in linking:
        shown = draft.row.values[name]
        parent = context.settle(name, shown, matches[shown])
        if parent is None:
            problems.append((draft.row, name, not_found(matches[shown])))
        elif draft.id is not None and not above.place(draft.id, parent):
            problems.append((draft.row, name, circular()))
        else:
            draft.values[column] = parent
    return problems


def write_aliases(context: Context, rows: Sequence[Row]) -> None:
    """Other names of accounts, people and units; a name that means another record is refused."""
    for kind, target in _ALIASES.items():
        named = [row for row in live(rows) if row.get(kind)]
        _write_aliases_of(context, kind, target, named)
    for row in live(rows):
        if not any(row.get(kind) for kind in _ALIASES):
            row.refuse("account", text("the record it names is missing", "未写明所指的记录"))


def _write_aliases_of(context: Context, kind: Any, target: Target, rows: Sequence[Row]) -> None:
    context.refer(rows, kind, kind)
    taken = context.match(kind, (row.get("alias") for row in live(rows)))
    drafts = []
    for row in live(rows):
        alias, owner = row.values["alias"], row.ids[kind]
        if taken[alias].several or taken[alias].id not in (None, owner):
            row.refuse("alias", text("another record goes by this name", "已是另一条记录的名称"))
            continue
        values = {f"{kind}_id": owner, "name": alias, "name_key": name_key(alias)}
        drafts.append(Draft(row, values, label=alias))
    keys = {
        id(d.row): [key_of("alias", kind, d.row.ids[kind], d.values["name_key"])] for d in drafts
    }
    context.refuse_repeats([draft.row for draft in drafts], keys)
    context.store.save(target, drafts, create_only=context.create_only)
    context.run.references[kind].forget()


def write_contacts(context: Context, rows: Sequence[Row]) -> None:
    """People at the customer, and who they report to there."""
    context.refer(rows, "account", "account")
    drafts = []
    for row in live(rows):
        draft = named_draft(
            row, "title", "department", "layer", "stance", "decides", "holds_budget", "email",
            "phone", "interests", "left_on", "as_of", "level",
        )  # fmt: skip
        draft.values["account_id"] = row.ids["account"]
        draft.along = context.provenance()
        drafts.append(draft)
    context.refuse_repeats(rows, {id(draft.row): [_contact_key(draft)] for draft in drafts})
    problems = [] if context.create_only else _report_within_account(context, drafts)
    context.store.save(CONTACT, drafts, create_only=context.create_only)
    for row, name, reason in problems:
        row.refuse(name, reason)


def _contact_key(draft: Draft) -> str:
    account = draft.values["account_id"]
    if draft.external_key:
        return key_of("external_id", draft.external_key)
    if draft.values.get("email"):
        return key_of("email", account, draft.values["email"])
    return key_of("name", account, draft.values["name_key"])


def contacts_by_name(context: Context, account_ids: set[int]) -> dict[tuple[int, str], int]:
    """Contact ids by account and name key."""
    table = table_of(Contact)
    query = select(table.c.account_id, table.c.name_key, table.c.id).where(
        table.c.account_id.in_(account_ids)
    )
    found = context.run.session.execute(query)
    return {(row.account_id, row.name_key): row.id for row in found}


def _report_within_account(context: Context, drafts: Sequence[Draft]) -> Problems:
    linking = [draft for draft in drafts if draft.row.get("reports_to")]
    if not linking:
        return []
    context.store.locate(CONTACT, linking)
    known = contacts_by_name(context, {draft.values["account_id"] for draft in linking})
    above = context.run.hierarchy(Contact, "reports_to_id")
    problems: Problems = []
    for draft in linking:
        name = draft.row.values["reports_to"]
        boss = known.get((draft.values["account_id"], name_key(name)))
        if boss is None:
            reason = text(
                "no contact of this account goes by that name", "该客户没有此姓名的联系人"
            )
            problems.append((draft.row, "reports_to", reason))
        elif draft.id is not None and not above.place(draft.id, boss):
            problems.append((draft.row, "reports_to", circular()))
        else:
            draft.values["reports_to_id"] = boss
    return problems
