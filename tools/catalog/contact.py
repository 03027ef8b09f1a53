"""One person at a customer: how to reach them, whom they answer to, and how they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.access import scope_of
from tools.basis import basis
from tools.cards import Card, Fact
from tools.catalog.spec import Examples
from tools.contacts import contact_named, is_erased
from tools.data import contacts as reads
from tools.data.accounts import by_ids
from tools.data.models import Contact
from tools.deps import Deps
from tools.domain.rules import RuleSet
from tools.labels import listing
from tools.record_labels import LAYER, STANCE
from tools.sourced import origin_note
from tools.text import Text, Value, text

_TITLE, _DEPARTMENT = text("Title", "职务"), text("Department", "部门")
_EMAIL, _PHONE = text("E-mail", "邮箱"), text("Phone", "电话")
_SUPERIOR, _INTERESTS = text("Reports to", "上级"), text("Interests", "兴趣与关注点")


@dataclass(frozen=True)
class ContactCard:
    """What is recorded of one contact; `superior` and `reports` are at accounts that the asker
    reads in full."""

    contact: Contact
    account: str
    superior: Contact | None
    reports: tuple[Contact, ...]
    last: date | None
    on: date
    rules: RuleSet

    def card(self) -> Card:
        person = self.contact
        return Card(
            title=text("{name} at {account}", "{account}的{name}", **self._who()),
            headline=self._headline(),
            facts=tuple(self._facts()),
            basis=basis(
                self.rules, text("what is recorded of the contact", "联系人登记信息"), "K4", {}
            ),
            missing=tuple(self._missing()),
            next=()
            if self._has_left
            else (
                text(
                    "Tell me what changed, e.g. “{name} is now …”, and I propose the change.",
                    "信息有变时告诉我，例如“{name}现在是……”，我会生成修改草案。",
                    name=person.name,
                ),
            ),
        )

    def _who(self) -> dict[str, Value]:
        return {"name": self.contact.name, "account": self.account}

    @property
    def _has_left(self) -> bool:
        return _has_left(self.contact, self.on)

    def _headline(self) -> Text:
        parts = [*self._known(), *self._unknown()]
        if self._has_left:
            return text(
                "{name} left {account} on {day}. Last recorded: {parts}.",
                "{name}已于 {day} 从{account}离职。离职前登记：{parts}。",
                day=self.contact.left_on,
                parts=_clauses(parts),
                **self._who(),
            )
        return text(
            "{name} at {account}: {parts}.",
            "{account}的{name}：{parts}。",
            parts=_clauses(parts),
            **self._who(),
        )

    def _known(self) -> Iterator[Text]:
        person = self.contact
        for value, said in (
            (person.title, text("{v}", "{v}", v=person.title)),
            (person.department, text("{v}", "{v}", v=person.department)),
            (person.email, text("e-mail {v}", "邮箱 {v}", v=person.email)),
            (person.phone, text("phone {v}", "电话 {v}", v=person.phone)),
            (self.superior, text("reports to {v}", "上级是{v}", v=self._superior())),
            (person.interests, text("interests: {v}", "关注：{v}", v=person.interests)),
        ):
            if value:
                yield said

    def _superior(self) -> Value:
        above = self.superior
        if above is None:
            return None
        if _has_left(above, self.on):
            return text("{name} (has left)", "{name}（已离职）", name=above.name)
        return (
            text("{name}, {title}", "{name}（{title}）", name=above.name, title=above.title)
            if (above.title)
            else above.name
        )

    def _unknown(self) -> Iterator[Text]:
        """One clause for all that somebody may have asked for and is not recorded."""
        person = self.contact
        lacking = [
            label
            for label, value in (
                (text("no title", "职务"), person.title),
                (text("no e-mail", "邮箱"), person.email),
                (text("no phone number", "电话"), person.phone),
                (text("no superior", "上级"), self.superior),
                (text("no interests", "兴趣"), person.interests),
            )
            if not value
        ]
        if lacking:
            yield text("{what} recorded", "没有登记{what}", what=listing(lacking))

    def _facts(self) -> Iterator[Fact]:
        person = self.contact
        if self._has_left:
            yield Fact(text("Left on", "离职日"), person.left_on)
        unknown = text("not known", "未知")
        yield from (
            Fact(_TITLE, person.title),
            Fact(_DEPARTMENT, person.department),
            Fact(_EMAIL, person.email),
            Fact(_PHONE, person.phone),
            Fact(_SUPERIOR, self._superior()),
            Fact(
                text("Report to them", "下属"),
                listing(one.name for one in self.reports) if self.reports else None,
            ),
            Fact(text("Layer", "层级"), LAYER[person.layer] if person.layer else unknown),
            Fact(text("Stance", "态度"), STANCE[person.stance] if person.stance else unknown),
            Fact(text("Decides", "决策"), person.decides),
            Fact(text("Holds the budget", "掌握预算"), person.holds_budget),
            Fact(_INTERESTS, person.interests),
            Fact(text("Last met", "最近见面"), self.last or text("never", "从未")),
            Fact(
                text("Recorded", "登记来源"),
                origin_note(person.source, person.as_of, confirmed=person.confirmed),
            ),
        )

    def _missing(self) -> Iterator[Text]:
        person = self.contact
        for label, value in (
            (_TITLE, person.title),
            (_DEPARTMENT, person.department),
            (_EMAIL, person.email),
            (_PHONE, person.phone),
            (_SUPERIOR, self.superior),
            (text("Layer", "层级"), person.layer),
            (text("Stance", "态度"), person.stance),
            (_INTERESTS, person.interests),
        ):
            if not value:
                yield text("Not recorded: {field}", "未登记：{field}", field=label)


def contact(deps: Deps, contact: str, account: str = "") -> ContactCard:
    """Answers how to reach one contact, whom they report to, their title, stance and interests.

    Args:
        contact: The person at the customer, e.g. "Li Na"; with an account also by title, e.g.
            "purchasing manager".
        account: The customer, where it is said or tells namesakes apart, e.g. "Merrowick".

    Source: K4 (layers), house (stance).
    """
    with deps.sessions() as session:
        found = contact_named(session, deps, contact, account)
        home = by_ids(session, [found.account_id])[found.account_id]
        return ContactCard(
            found,
            home.name,
            _superior_of(session, deps, found),
            tuple(
                one
                for one in reads.reporting_to(session, found.id or 0)
                if _may_be_told(session, deps, one) and not _has_left(one, deps.today)
            ),
            reads.last_met(session, found.id or 0, deps.today),
            deps.today,
            deps.rules,
        )


def _superior_of(session: Session, deps: Deps, person: Contact) -> Contact | None:
    above = session.get(Contact, person.reports_to_id) if person.reports_to_id else None
    return above if above and _may_be_told(session, deps, above) else None


def _may_be_told(session: Session, deps: Deps, person: Contact) -> bool:
    scope = scope_of(session, deps.asker, deps.today)
    return scope.reads_fully(person.account_id) and not is_erased(person)


def _has_left(person: Contact, on: date) -> bool:
    return person.left_on is not None and person.left_on <= on


def _clauses(parts: list[Text]) -> Text:
    """The parts of a sentence, apart by commas."""
    names = {f"p{number}": part for number, part in enumerate(parts)}
    places = [f"{{{name}}}" for name in names]
    return text(", ".join(places), "，".join(places), **names)


EXAMPLES = Examples(
    en=(
        "What's {contact}'s phone number?",
        "e-mail of {contact}",
        "{contact}'s email address at {account}",
        "how can I reach {contact} at {account}",
        "contact details of {contact}",
        "who is {contact}'s boss",
        "whom does {contact} report to",
        "who reports to {contact}",
        "what is {contact}'s job title",
        "which department is {contact} in",
        "what is {contact} interested in",
        "tell me about {contact} at {account}",
        "phone number of the {contact} at {account}",
        "do we have a mobile number for {contact}",
        "what's his email",
        "who is her boss",
    ),
    zh=(
        "{contact}的电话是多少？",
        "{contact}的邮箱",
        "{account}的{contact}的联系方式",
        "怎么联系{contact}",
        "谁是{contact}的上级",
        "{contact}的老板是谁",
        "{contact}向谁汇报",
        "{contact}的下属有谁",
        "{contact}是什么职务",
        "{contact}在哪个部门",
        "{contact}有什么兴趣爱好",
        "{account}的{contact}手机号多少",
        "{contact}是谁",
        "有没有{contact}的手机号",
        "他的邮箱呢",
        "他的上级是谁",
    ),
)
