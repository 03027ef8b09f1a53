"""The people at an account: layer, stance, last met, and who is not met often enough."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.contact_map import people_met
from tools.data.models import Contact
from tools.deps import Deps
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Layer, Stance
from tools.labels import listing
from tools.opened import opened
from tools.record_labels import LAYER, STANCE
from tools.sourced import state
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Contact map of {account}",
        "Who are the decision makers at {account}?",
        "Whom did we not meet often enough at {account}?",
        "Who holds the budget at {account}?",
        "Who supports us and who opposes us at {account}?",
        "When did we last meet the contacts of {account}?",
        "Show the layers and stance of the people at {account}",
        "Which layers of {account} do we not know?",
        "Decision structure of {account} on {on}",
        "Who decides at {account}?",
        "Which people at {account} are against us?",
        "Which contacts were added at {account}?",
        "Whom at {account} have we not met lately?",
        "Who do I call at {account} for a budget decision",
        "who is our champion at {account}",
        "who is the contact person at {account}",
        "when did we last visit {account}",
        "have we met the decision layer at {account} recently",
        "did we meet {account}'s executives lately",
    ),
    zh=(
        "{account}的联系人地图",
        "{account}的决策人是谁？",
        "{account}有哪些人我们见得不够？",
        "{account}谁掌握预算？",
        "{account}谁支持我们，谁反对我们？",
        "上次见{account}的联系人是什么时候？",
        "看看{account}各层级的人和态度",
        "{account}哪些层级我们还不认识？",
        "{account}在{on}的决策结构",
        "{account}谁说了算",
        "{account}谁拍板",
        "{account}的关键决策人",
        "{account}的联系窗口有谁",
        "{account}那边的对口人是谁",
        "{account}里谁是反对者",
        "{account}谁是我们的支持者",
        "{account}上次拜访是什么时候",
        "{account}谁能拍板",
        "{account}那边的champion是谁",
        "{account}有没有决策层联系人",
        "{account}的决策层我们认识谁",
        "{account}的技术决策人是谁",
        "{account}谁话事",
    ),
)
_ORDER = (Layer.DECISION, Layer.MANAGEMENT, Layer.EXECUTION, None)
_AGAINST = (Stance.SCEPTIC, Stance.OPPONENT)


@dataclass(frozen=True)
class Known:
    """A contact with the day we last met and the days after which that is too long ago."""

    contact: Contact
    last: date | None
    target_days: int

    def late(self, on: date) -> bool:
        """Whether the contact was never met, or longer ago than the target."""
        return self.last is None or (on - self.last).days > self.target_days


@dataclass(frozen=True)
class ContactMap:
    """The contacts from the decision layer down."""

    name: str
    on: date
    contacts: tuple[Known, ...]
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Contact map: {name}", "联系人地图：{name}", name=self.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=self._table() if self.contacts else None,
            why=(
                text(
                    "Target: met within {target} days, the decision layer within {executive} days.",
                    "目标：{target} 天内见过，决策层 {executive} 天内见过。",
                    target=self.rules.closeness.target_days,
                    executive=self.rules.closeness.executive_days,
                ),
            ),
            basis=basis(
                self.rules,
                text("contact per layer of the customer", "按客户层级的联系"),
                "K4",
                {
                    "closeness.target_days": text("Target in days", "目标天数"),
                    "closeness.executive_days": text("Target, decision layer", "决策层目标天数"),
                },
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    @property
    def _late(self) -> list[Known]:
        return [known for known in self.contacts if known.late(self.on)]

    def _headline(self) -> Text:
        if not self.contacts:
            return text(
                "{name}: no contact is recorded on {on}.",
                "{name}：{on} 没有登记联系人。",
                name=self.name,
                on=self.on,
            )
        late = self._late
        return text(
            "{name}: {count} contacts on {on}, {layers}; not met often enough: {late}.",
            "{name}：{on} 联系人 {count} 位，{layers}；见面不足：{late}。",
            name=self.name,
            count=len(self.contacts),
            on=self.on,
            layers=self._layers(),
            late=listing(known.contact.name for known in late) if late else text("nobody", "无"),
        )

    def _layers(self) -> Text:
        counts = Counter(known.contact.layer for known in self.contacts)
        return listing(
            text("{layer} {n}", "{layer} {n}", layer=LAYER[layer], n=counts[layer])
            for layer in _ORDER
            if layer is not None
        )

    def _facts(self) -> Iterator[Fact]:
        for label, chosen in (
            (text("Decide", "有决策权"), [k for k in self.contacts if k.contact.decides]),
            (
                text("Hold the budget", "掌握预算"),
                [k for k in self.contacts if k.contact.holds_budget],
            ),
            (
                text("Champions", "坚定支持者"),
                [k for k in self.contacts if k.contact.stance is Stance.CHAMPION],
            ),
            (
                text("Sceptics and opponents", "怀疑者与反对者"),
                [k for k in self.contacts if k.contact.stance in _AGAINST],
            ),
        ):
            named = listing(known.contact.name for known in chosen) if chosen else None
            yield Fact(label, named)

    def _table(self) -> Table:
        columns = (
            Column(text("Contact", "联系人")),
            Column(text("Title", "职务")),
            Column(text("Layer", "层级")),
            Column(text("Stance", "态度")),
            Column(text("Decides", "决策")),
            Column(text("Budget", "预算")),
            Column(text("Last met", "最近见面")),
            Column(text("Often enough", "频次达标")),
            Column(text("As of", "截至")),
            Column(text("Source", "来源")),
            Column(text("State", "状态")),
        )
        rows = tuple(self._row(known) for known in self.contacts)
        return Table(columns, rows, len(rows))

    def _row(self, known: Known) -> tuple[Value, ...]:
        person = known.contact
        return (
            person.name,
            person.title,
            LAYER[person.layer] if person.layer else text("not known", "未知"),
            STANCE[person.stance] if person.stance else text("not known", "未知"),
            person.decides,
            person.holds_budget,
            known.last if known.last else text("never", "从未"),
            not known.late(self.on),
            person.as_of,
            person.source,
            state(person.confirmed),
        )

    def _missing(self) -> Iterator[Text]:
        layers = {known.contact.layer for known in self.contacts}
        for layer in _ORDER:
            if layer is not None and layer not in layers:
                yield text(
                    "No contact in the layer {layer} is recorded.",
                    "{layer}没有登记联系人。",
                    layer=LAYER[layer],
                )
        for label, unknown in (
            (text("layer", "层级"), [k for k in self.contacts if k.contact.layer is None]),
            (text("stance", "态度"), [k for k in self.contacts if k.contact.stance is None]),
            (
                text("part in the decision", "决策作用"),
                [k for k in self.contacts if k.contact.decides is None],
            ),
        ):
            if unknown:
                yield text(
                    "{what} not known of: {names}.",
                    "{what}未知：{names}。",
                    what=label,
                    names=listing(known.contact.name for known in unknown),
                )

    def _next(self) -> Iterator[Text]:
        for known in self._late[:3]:
            yield text(
                "Meet {name} (last: {last}).",
                "安排与{name}见面（上次：{last}）。",
                name=known.contact.name,
                last=known.last if known.last else text("never", "从未"),
            )


def contact_map(deps: Deps, account: str, on: date | None = None) -> ContactMap:
    """Answers who the people at an account are: layer, stance, last met, met often enough.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K4 (layers), house (targets, stance).
    """
    day, rules = on or deps.today, deps.rules.closeness
    with deps.sessions() as session:
        found = opened(session, deps, account)
        people = people_met(session, found.id or 0, day)
    contacts = [
        Known(
            contact,
            last,
            rules.executive_days if contact.layer is Layer.DECISION else rules.target_days,
        )
        for contact, last in people
    ]
    contacts.sort(key=lambda known: _ORDER.index(known.contact.layer))
    return ContactMap(found.name, day, tuple(contacts), deps.rules)
