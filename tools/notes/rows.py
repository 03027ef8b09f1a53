"""Lines of a meeting note as rows of a change set, each checked against the note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tools.changes import Draft
from tools.data.models import (
    Account,
    Contact,
    Interaction,
    InteractionContact,
    Need,
    Opportunity,
    Risk,
    WalletShare,
)
from tools.data.models.base import Record
from tools.data.profile import contacts
from tools.data.spend import addressable_spend
from tools.domain.names import name_key
from tools.domain.needs import horizon_of
from tools.domain.vocabulary import Channel, Layer, Level, RiskKind, Stage, Stance
from tools.forms import amount_of, currency_of, past
from tools.notes.checks import bare, check
from tools.notes.cues import cues
from tools.notes.lines import NoteLine
from tools.notes.people import layer_of
from tools.notes.sentences import plain
from tools.text import Text, text

_NOT_READ = frozenset({"account_id", "person_id", "name_key", "as_of", "source", "confirmed"})
_MIDDLE = 3


@dataclass
class NoteRows:
    """Adds the lines of one note to a draft; `remarks` say which could not be added."""

    draft: Draft
    account: Account
    note: str
    remarks: list[Text]

    def add(self, lines: Sequence[NoteLine], on: date | None) -> date:
        """Adds all lines, the contact record first; returns its day."""
        base = self.draft.deps.rules.company.base_currency
        for line in lines:
            check(line, self.note, base)
        opening = next(line for line in lines if line.kind == "interaction")
        held = past(self.draft.deps, on or opening.on)
        known = contacts(self.draft.session, self._account_id, Level.PRIVATE_TOP)
        met = [(line, _alike(line, known)) for line in lines if line.kind == "contact"]
        top = any("decision" in (line.layer, *(c.layer for c in same)) for line, same in met)
        number = self._interaction(opening, held, executive=top)
        for line, same in met:
            self._contact(line, same, held, number)
        for line in lines:
            if line.kind not in ("interaction", "contact"):
                self._fact(line, held)
        return held

    def _interaction(self, line: NoteLine, held: date, *, executive: bool) -> int:
        return self._added(
            Interaction(
                account_id=self._account_id,
                person_id=self.draft.deps.asker.person_id,
                held_on=held,
                channel=Channel(line.channel or Channel.MEETING),
                summary=line.text,
                executive=executive,
                source=self.draft.deps.asker.name,
            )
        )

    def _contact(
        self, line: NoteLine, same: Sequence[Contact], held: date, interaction: int
    ) -> None:
        """Links the contact record to somebody known, with what is new of them, or to a new
        contact; where several are known by that name, to nobody."""
        if len(same) > 1:
            self.remarks.append(_which(line, same))
            return
        link = InteractionContact(interaction_id=0, contact_id=0)
        made = {"interaction_id": interaction}
        if same:
            new = {k: v for k, v in _told_of(line).items() if v and getattr(same[0], k) is None}
            self.draft.change(same[0], assumed=new, **new)
            link.contact_id = same[0].id or 0
        else:
            row = Contact(
                account_id=self._account_id,
                name=line.text,
                name_key=name_key(line.text),
                **_told_of(line),
                **self._source(line, held),
            )
            made["contact_id"] = self._added(row)
        self.draft.add(link, made=made)

    def _fact(self, line: NoteLine, held: date) -> None:
        row = {
            "need": self._need,
            "risk": self._risk,
            "share": self._share,
            "opportunity": self._opportunity,
        }[line.kind](line, held)
        if isinstance(row, WalletShare):
            key = ("account_id", "year", "supplier", "category")
            self.draft.put(row, key, assumed=_assumed(row))
        else:
            self._added(row)

    def _need(self, line: NoteLine, held: date) -> Record:
        return Need(
            account_id=self._account_id,
            horizon=horizon_of(self.draft.deps.today, line.on),
            description=line.text,
            expected_on=line.on,
            **self._money(line, "amount"),
            **self._source(line, held),
        )

    def _risk(self, line: NoteLine, held: date) -> Record:
        return Risk(
            account_id=self._account_id,
            kind=RiskKind(line.risk or RiskKind.COMPETITOR),
            description=line.text,
            likelihood=_MIDDLE,
            impact=_MIDDLE,
            **self._source(line, held),
        )

    def _share(self, line: NoteLine, held: date) -> Record:
        """What the supplier sells there in the year; a share counts of the known spend, and
        without one it is a risk that is described."""
        money = self._money(line, "amount")
        if line.percent is not None and not money:
            base = self.draft.deps.rules.company.base_currency
            spends = addressable_spend(self.draft.session, held, base, [self._account_id])
            spend = spends.get(self._account_id)
            if spend is None:
                described = replace(line, text=line.sentence, risk="competitor")
                return self._risk(described, held)
            part = spend.amount.amount * line.percent / 100
            money = {"amount": amount_of(part), "currency": base}
        return WalletShare(
            account_id=self._account_id,
            year=held.year,
            supplier=line.text,
            **money,
            **self._source(line, held),
        )

    def _opportunity(self, line: NoteLine, held: date) -> Record:
        return Opportunity(
            account_id=self._account_id,
            person_id=self.draft.deps.asker.person_id,
            name=line.text,
            stage=Stage.PROSPECTING,
            engaged_on=held,
            expected_on=line.on,
            source=self._source(line, held)["source"],
            **self._money(line, "value"),
        )

    @property
    def _account_id(self) -> int:
        return self.account.id or 0

    def _added(self, row: Record) -> int:
        return self.draft.add(row, assumed=_assumed(row))

    def _money(self, line: NoteLine, field: str) -> dict[str, Any]:
        if line.amount is None:
            return {}
        code, _ = currency_of(self.draft.deps, line.currency)
        return {field: amount_of(line.amount), "currency": code}

    def _source(self, line: NoteLine, held: date) -> dict[str, Any]:
        """The sentence of the note, which nobody has confirmed yet."""
        said = text(
            "note of {day}: “{words}”", "{day} 纪要：“{words}”", day=held, words=line.sentence
        )
        source = said.render(self.draft.deps.language)
        return {"as_of": held, "source": source, "confirmed": False}


def _assumed(row: Record) -> list[str]:
    """The fields that were read out of the note, all of them assumed."""
    return [name for name in type(row).model_fields if name not in _NOT_READ]


def _which(line: NoteLine, alike: Sequence[Contact]) -> Text:
    return text(
        "“{name}” may be any of {names}; add the right one to the contact record.",
        "“{name}”可能是{names}中的一位，请自行补充到联系记录。",
        name=line.text,
        names=", ".join(contact.name for contact in alike),
    )


def _told_of(line: NoteLine) -> dict[str, Any]:
    return {
        "title": line.title or None,
        "layer": Layer(line.layer) if line.layer else None,
        "stance": Stance(line.stance) if line.stance else None,
    }


def _alike(line: NoteLine, known: Sequence[Contact]) -> list[Contact]:
    """The known contacts of that name; of that surname where only a surname is said."""
    same = [contact for contact in known if contact.name_key == name_key(line.text)]
    if same or not _is_surname(line.text):
        return same
    surname = name_key(bare(line.text))
    if line.text.isascii():
        return [c for c in known if surname in {name_key(word) for word in c.name.split()}]
    return [contact for contact in known if contact.name_key[:1] == surname[:1]]


def _is_surname(name: str) -> bool:
    """Whether a name is a surname with a form of address: "Ms Chen", "陈总"."""
    if name.isascii():
        return bare(name) != name and " " not in bare(name)
    return plain(name[1:]) in cues().honorifics or layer_of(name[1:]) is not None
