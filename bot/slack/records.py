"""What a field of a form can mean: contacts, needs, deals and risks of an account, and items of
checklists."""

from collections.abc import Mapping

from sqlmodel import Session

from kam_knowledge.checklists import checklists
from tools.data.open_deals import open_deals
from tools.data.profile import contacts, open_needs, open_risks
from tools.domain.vocabulary import Level
from tools.text import Language, show, text

Named = list[tuple[str, str]]
"""The id of each record, and the words by which a tool finds it."""


def records(session: Session, kind: str, account_id: int) -> Named:
    """The records of an account that an update can be about."""
    if kind == "contact":
        return [(str(c.id), c.name) for c in contacts(session, account_id, Level.PRIVATE_TOP)]
    if kind == "need":
        return [(str(n.id), n.description) for n in open_needs(session, account_id)]
    if kind == "risk":
        return [(str(r.id), r.description) for r in open_risks(session, account_id)]
    return [(str(deal.id), called) for deal, called in open_deals(session, account_id)]


def checklist_items(language: Language) -> list[tuple[str, Named]]:
    """The items of every checklist, under its name; an id holds the keys of both."""
    return [
        (
            show(text(one.en, one.zh), language),
            [(f"{one.key}:{i.key}", show(text(i.en, i.zh), language)) for i in one.items],
        )
        for one in checklists().values()
    ]


def item_words(picked: str) -> Mapping[str, str]:
    """The arguments that an item picked stands for: its checklist and its own words."""
    checklist, _, item = picked.partition(":")
    found = checklists()[checklist]
    words = next(one.en for one in found.items if one.key == item)
    return {"checklist": found.en, "item": words}
