"""The forms there are, and how one is opened: by a command, a button or after a choice."""

import asyncio
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.slack.blocks import forms as views
from bot.slack.desk import Desk
from bot.slack.fields import Field, fields_of
from bot.slack.pick import known_account, own_account
from bot.slack.records import checklist_items, records
from bot.slack.visit import Visit
from tools.catalog.spec import Tool
from tools.deps import Deps
from tools.text import Text, text

OPEN = "kam_form_open"
"""The button that opens the forms; its value is the form to begin with."""


@dataclass(frozen=True)
class Form:
    """A structured update: the tool it fills, and its title of at most 24 characters."""

    name: str
    title: Text

    @cached_property
    def tool(self) -> Tool:
        from tools.catalog import WRITES

        return next(tool for tool in WRITES if tool.name == self.name)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.tool)


FORMS = {
    "log": Form("log_interaction", text("Log an interaction", "登记客户联系")),
    "contact": Form("add_contact", text("New contact", "新增联系人")),
    "contact_update": Form("update_contact", text("Update a contact", "更新联系人")),
    "need": Form("add_need", text("New need", "新增需求")),
    "need_update": Form("update_need", text("Update a need", "更新需求")),
    "opportunity": Form("add_opportunity", text("New opportunity", "新增商机")),
    "opportunity_update": Form("update_opportunity", text("Update an opportunity", "更新商机")),
    "risk": Form("add_risk", text("New risk", "新增风险")),
    "risk_update": Form("update_risk", text("Update a risk", "更新风险")),
    "evaluation": Form("record_evaluation", text("Record an evaluation", "登记评估")),
    "checklist": Form("set_checklist_item", text("Checklist item", "清单条目")),
    "coverage": Form("assign_coverage", text("Who is responsible", "调整客户分工")),
}


async def open_choice(
    desk: Desk, visit: Visit, *, chosen: str | None = None, account_id: int | None = None
) -> None:
    """Opens the modal that asks for the update and the account; with both given, the form."""
    if chosen in FORMS and account_id is not None:
        view = await account_form(desk, visit, chosen, str(account_id))
    else:
        named = await _named(desk, visit, account_id) if account_id is not None else None
        forms = [(key, form.title) for key, form in FORMS.items()]
        view = views.choice_view(forms, visit.language, account=named, chosen=chosen)
    await visit.open(view)


async def account_form(desk: Desk, visit: Visit, form: str, picked: str | None) -> dict[str, Any]:
    """The modal of a form for an account that the person reads in full; raises `KamError`."""
    deps = await visit.deps(desk)
    return await asyncio.to_thread(_form_view, deps, form, picked)


def _form_view(deps: Deps, key: str, picked: str | None) -> dict[str, Any]:
    form = FORMS[key]
    account = own_account(deps, picked)
    number = account.id or 0
    with deps.sessions() as session:
        kinds = [field.name for field in form.fields if field.kind == "record"]
        return views.form_view(
            form.title,
            account.name,
            form.fields,
            records={kind: records(session, kind, number) for kind in kinds},
            groups=checklist_items(deps.language),
            language=deps.language,
            metadata=json.dumps({"form": key, "account": number}),
        )


async def _named(desk: Desk, visit: Visit, account_id: int) -> tuple[str, str]:
    deps = await visit.deps(desk)
    account = await asyncio.to_thread(known_account, deps, str(account_id))
    return str(account_id), account.name
