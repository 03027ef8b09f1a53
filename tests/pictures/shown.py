"""What people see without asking a question: the Home tab, modals, failures, and long lists."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from sqlmodel import select

from bot.agent.failures import failure_text
from bot.slack.blocks import card_blocks, forms, messages, passage_view, why_view
from bot.slack.blocks.elements import sentences
from bot.slack.blocks.home import home_view, reminder_message, settings_view
from bot.slack.blocks.proposals import settled, waiting
from bot.slack.opening import FORMS
from bot.slack.records import checklist_items, records
from bot.slack.surfaces.home import shown_to
from bot.turn import Reply
from tools.access import Asker, scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog import READS, WRITES
from tools.changes import Proposal, confirm
from tools.data.models import Account, Person
from tools.deps import Deps
from tools.domain.reminding import Wishes
from tools.domain.vocabulary import Role
from tools.errors import NotFound
from tools.text import Language, Money, text

Json = dict[str, Any]
ACCOUNT = "霁川半导体"
LONG = (
    "江海联合先进半导体材料与智能制造装备研究开发应用推广示范"
    "（长江三角洲一体化发展区）股份有限公司苏州工业园区第二分公司"
)
ROWS = 120
NOTES = {
    Language.ENGLISH: "Met the purchasing manager Li Na yesterday. They plan a new line worth "
    "3 million next spring. They are unhappy with our delivery. The weather was fine.",
    Language.SIMPLIFIED: "昨天见了采购经理李娜，计划明年春天新建产线，金额300万，"
    "对我们的交付不满意。天气很好。",
    Language.TRADITIONAL: "昨天見了採購經理李娜，計劃明年春天新建產線，金額300萬，"
    "對我們的交付不滿意。天氣很好。",
}


def shown(deps: Deps) -> Iterator[tuple[str, list[list[Json]]]]:
    """Each picture's name, and the blocks of its messages or modal, in the language of `deps`."""
    language = deps.language
    for role in (Role.REP, Role.MANAGER, Role.NEWCOMER):
        own = _as(deps, role)
        cards, waits = shown_to(own)
        yield f"home-{role}", [home_view(cards, waits or 2, language)["blocks"]]
        if role is Role.REP:
            yield "reminder", [list(reminder_message(cards, language).blocks)]
    yield "settings", [settings_view(Wishes(), language)["blocks"]]
    yield (
        "why",
        [why_view(_call(deps, "composite_score", account=ACCOUNT).card(), language)["blocks"]],
    )
    yield "passage", [passage_view(_passage(deps), language)["blocks"]]
    told = NotFound(text("There is no account “{name}”.", "没有名为“{name}”的客户。", name=LONG))
    failures = (failure_text("7f3a90c1", language), told.message.render(language))
    yield "failure", [sentences(said) for said in failures]
    yield "form", [_form(deps)]
    yield "long", [card_blocks(_long(), language)]
    yield "rows", [list(message.blocks) for message in messages(_rows(language))]
    note = _call(deps, "note_to_plan", account=ACCOUNT, note=NOTES[language])
    yield "note", [list(waiting(note, language).blocks)]
    moved: Proposal = _call(deps, "update_account", account=ACCOUNT, city=f"Nice {language}")
    yield "waiting", [list(waiting(moved, language).blocks)]
    yield "settled", [list(settled(confirm(deps, moved.change_id), language).blocks)]


def _as(deps: Deps, role: Role) -> Deps:
    """The same as somebody of that role."""
    with deps.sessions() as session:
        query = select(Person).where(Person.role == role, Person.active)
        person = session.exec(query.order_by(Person.id)).first()
        assert person is not None
        asker = Asker(person.id, person.name, person.role, person.unit_id)
    return replace(deps, asker=asker)


def _call(deps: Deps, name: str, **arguments: Any) -> Any:
    return next(one for one in (*READS, *WRITES) if one.name == name).function(deps, **arguments)


def _passage(deps: Deps) -> Any:
    """The passage that a question cites."""
    asks = (
        "为什么不能只看销售额？"
        if deps.language is not Language.ENGLISH
        else "why not sales alone?"
    )
    quote = _call(deps, "method_search", question=asks).card().quotes[0]
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
    found = deps.library.passage(quote.passage, scope.readable())
    assert found is not None
    return found


def _form(deps: Deps) -> list[Json]:
    form = FORMS["opportunity"]
    with deps.sessions() as session:
        account = session.exec(select(Account).where(Account.name.contains(ACCOUNT))).first()
        assert account is not None
        number = account.id or 0
        kinds = [field.name for field in form.fields if field.kind == "record"]
        view = forms.form_view(
            form.title,
            account.name,
            form.fields,
            records={kind: records(session, kind, number) for kind in kinds},
            groups=checklist_items(deps.language),
            language=deps.language,
            metadata="{}",
        )
    return cast("list[Json]", view["blocks"])


def _long() -> Card:
    """Every place of a card where a name can stand, with one of sixty characters."""
    name = LONG
    head = text("Accounts of {name}", "{name}的客户", name=name)
    return Card(
        title=head,
        headline=text(
            "{name} leads with {worth}.", "{name}以 {worth} 居首。", name=name, worth="CNY 1"
        ),
        facts=(Fact(text("Owner", "负责人"), name, name), Fact(text("Region", "区域"), None)),
        table=_table(3),
        next=(text("Ask {name}.", "询问{name}。", name=name),),
    )


def _table(rows: int) -> Table:
    columns = (
        Column(text("Rank", "排名"), "right"),
        Column(text("Account", "客户")),
        Column(text("Value", "金额"), "right"),
        Column(text("Owner", "负责人")),
    )
    named = tuple(
        (
            n,
            f"{LONG[: 60 - n % 40]}{n}",
            Money(Decimal(10**7 - n), "CNY"),
            None if n % 5 else "王晓彤",
        )
        for n in range(1, rows + 1)
    )
    return Table(columns, named, rows)


def _owner(row: int) -> str | None:
    return None if row % 5 else "王晓彤"


def _rows(language: Language) -> Reply:
    card = Card(
        title=text("All accounts", "全部客户"),
        headline=text("There are {rows} accounts.", "共有 {rows} 家客户。", rows=ROWS),
        table=_table(ROWS),
    )
    return Reply(card.headline.render(language), (card,), (), (), language, "picture")
