"""How complete our information on an account is, and which question to ask the customer next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam_knowledge.checklists import Item as Asked
from kam_knowledge.checklists import checklists
from tools.access import scope_of
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.information import (
    Completeness,
    Domain,
    Item,
    by_domain,
    by_level,
    complete_to,
    next_questions,
    outdated,
)
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Level
from tools.information import held_items
from tools.known import ANALYSIS, Known, known_of
from tools.labels import listing
from tools.opened import opened
from tools.phrases import rules_line
from tools.text import Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "How complete is our information on {account}?",
        "What do we not know about {account}?",
        "What should I ask {account} next?",
        "Information level of {account}",
        "Up to which information level do we know {account}?",
        "Which of the five domains is weakest for {account}?",
        "How far is the customer analysis of {account}?",
        "What should I find out about {account}?",
        "Blind spots in what we know about {account}",
        "how complete is our information on {account}",
        "how well informed are we on {account}, what should I ask next",
        "where are we blind on {account}",
    ),
    zh=(
        "我们对{account}的信息完整吗？",
        "{account}还有哪些不了解的？",
        "下一步该问{account}什么问题？",
        "{account}的信息级别",
        "{account}的信息掌握到第几级？",
        "{account}五大领域里哪个最薄弱？",
        "{account}的客户分析做到什么程度？",
        "关于{account}还要打听什么？",
        "{account}的信息盲点",
        "{account}的信息还缺什么",
        "{account}还有什么没摸清楚",
        "{account}我们哪里还没摸清",
    ),
)
_ASK = 3


@dataclass(frozen=True)
class InformationState:
    """Completeness by level and domain; `ask` are open questions, the next one first."""

    known: Known
    levels: Mapping[Level, Completeness]
    domains: Mapping[Domain, Completeness]
    ask: tuple[Asked, ...]
    renew: tuple[Asked, ...]
    rules: RuleSet

    @property
    def reached(self) -> int:
        return complete_to(self.levels)

    def card(self) -> Card:
        name = self.known.account.name
        rows = tuple(self._rows())
        return Card(
            title=text("Information on {name}", "{name}的信息完整度", name=name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(rows)),
            chart=Chart(
                "bar",
                text("Domains answered", "各领域已回答"),
                tuple(DOMAINS[domain] for domain in self.domains),
                tuple(float((c.share or 0) * 100) for c in self.domains.values()),
                text("%", "%"),
            ),
            why=(
                text(
                    "Complete to a level: no item up to it is open. Next: the least complete "
                    "domain first, then the order of the list.",
                    "完整到某一级：该级及以下没有缺项。下一问：先问最不完整的领域，再按清单顺序。",
                ),
            ),
            basis=(
                text(
                    "Four levels and five domains: K2. Items of a level, their records, the "
                    "measure, the ages and the order of questions are house.",
                    "四个级别和五个领域依据 K2。各级条目、所用记录、算法、时效和提问顺序"
                    "为内部规则。",
                ),
                text(
                    "Contacts and needs as recorded now; figures and answers as of {on}.",
                    "联系人和需求为当前记录；数据和答案截至 {on}。",
                    on=self.known.on,
                ),
                rules_line(self.rules),
            ),
            missing=tuple(self._missing()),
            next=tuple(_asked(item) for item in self.ask[:_ASK]),
        )

    def _headline(self) -> Text:
        known, of = _sum(self.levels), _sum(self.domains)
        return text(
            "{name} on {on}: information complete to level {reached} of 4, {items} of {all} items "
            "known, {answered} of {questions} analysis questions answered{ask}.",
            "{name}在 {on}：信息完整到第 {reached} 级（共 4 级），{all} 项中已知 {items} 项，"
            "分析问题 {questions} 个中已回答 {answered} 个{ask}。",
            name=self.known.account.name,
            on=self.known.on,
            reached=self.reached,
            items=known[0],
            all=known[1],
            answered=of[0],
            questions=of[1],
            ask=self._first(),
        )

    def _first(self) -> Value:
        if not self.ask:
            return ""
        question = _named(self.ask[0])
        return text("; ask next: “{question}”", "；下一问：“{question}”", question=question)

    def _facts(self) -> Iterator[Fact]:
        yield Fact(text("Complete to level", "完整到第几级"), self.reached)
        for level, found in self.levels.items():
            yield Fact(
                text("Level {level}", "第 {level} 级", level=int(level)),
                Percent(found.share or Decimal(0)),
                LEVELS[level],
            )
        answers = self.known.analysis.values()
        confirmed = sum(answer.confirmed for answer in answers)
        yield Fact(text("Answers confirmed", "已证实的答案"), confirmed, _of(len(answers)))

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        for level, found in self.levels.items():
            label = text("level {level}", "第 {level} 级", level=int(level))
            yield _row(label, found, [ITEMS[Item(key)] for key in found.open])
        names = {item.key: _named(item) for item in self.ask}
        for domain, found in self.domains.items():
            yield _row(DOMAINS[domain], found, [names[key] for key in found.open])

    def _missing(self) -> Iterator[Text]:
        first = next((level for level in Level if self.levels[level].open), None)
        if first is not None:
            yield text(
                "To complete level {level}: {items}.",
                "补齐第 {level} 级还需：{items}。",
                level=int(first),
                items=listing(ITEMS[Item(key)] for key in self.levels[first].open),
            )
        for item in self.renew:
            answer = self.known.analysis[item.key]
            yield text(
                "Renew the answer of {day}: {question}",
                "更新 {day} 的答案：{question}",
                day=answer.as_of,
                question=_named(item),
            )


def information_state(deps: Deps, account: str, on: date | None = None) -> InformationState:
    """Answers how complete our information on a customer is, and what to ask it next.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K2 (levels, domains), house (items, measure).
    """
    day = on or deps.today
    with deps.sessions() as session:
        found = opened(session, deps, account)
        scope = scope_of(session, deps.asker, deps.today)
        known = known_of(session, deps.rules, found, day, scope)
    asked = {item.key: item for item in checklists()[ANALYSIS].items}
    domains = by_domain(list(asked), known.analysis)
    old = [
        asked[key]
        for key, answer in known.analysis.items()
        if key in asked and outdated(key, answer.as_of, day)
    ]
    return InformationState(
        known,
        by_level(held_items(known)),
        domains,
        tuple(asked[key] for key in next_questions(domains)),
        tuple(old),
        deps.rules,
    )


_COLUMNS = (
    Column(text("Level or domain", "级别或领域")),
    Column(text("Known", "已知"), "right"),
    Column(text("Of", "共"), "right"),
    Column(text("Share", "比例"), "right"),
    Column(text("Open", "缺项")),
)


def _row(label: Text, found: Completeness, open_: list[Text]) -> tuple[Value, ...]:
    share = None if found.share is None else Percent(found.share)
    return (label, found.known, found.of, share, listing(open_) if open_ else None)


def _sum(parts: Mapping[Level, Completeness] | Mapping[Domain, Completeness]) -> tuple[int, int]:
    return sum(c.known for c in parts.values()), sum(c.of for c in parts.values())


def _of(number: int) -> Text:
    return text("of {n}", "共 {n} 个", n=number)


def _named(item: Asked) -> Text:
    return text(item.en, item.zh)


def _asked(item: Asked) -> Text:
    return text(
        "Ask: {question} ({hint})",
        "提问：{question}（{hint}）",
        question=_named(item),
        hint=text(item.hint_en.rstrip("."), item.hint_zh.rstrip("。")),
    )


LEVELS: Mapping[Level, Text] = {
    Level.PUBLIC: text("public, free or cheap", "公开，免费或低价"),
    Level.PUBLIC_PAID: text("public, dearer", "公开，需付费"),
    Level.PRIVATE: text("private, from contacts", "非公开，来自联系人"),
    Level.PRIVATE_TOP: text("private, from the top", "非公开，来自高层"),
}
DOMAINS: Mapping[Domain, Text] = {
    Domain.STRUCTURE: text("structure and management", "组织与管理"),
    Domain.INDUSTRY: text("industry and market", "行业与市场"),
    Domain.STRATEGY: text("strategy and synergy", "战略与协同"),
    Domain.DEMAND: text("demand for our products", "对我方产品的需求"),
    Domain.PERFORMANCE: text("performance", "经营业绩"),
}
ITEMS: Mapping[Item, Text] = {
    Item.SEGMENT: text("segment", "行业"),
    Item.PLACE: text("place", "所在地"),
    Item.EMPLOYEES: text("employees", "员工人数"),
    Item.FOUNDED: text("year of founding", "成立年份"),
    Item.WEBSITE: text("website", "网站"),
    Item.TURNOVER: text("its revenue", "客户营收"),
    Item.PROFIT: text("its profit", "客户利润"),
    Item.MARKET: text("outlook of its market", "市场前景"),
    Item.BARRIERS: text("entry barriers and substitutes", "进入壁垒与替代品"),
    Item.AIMS: text("its aims", "客户的目标"),
    Item.CONTACTS: text("contacts", "联系人"),
    Item.NEEDS: text("needs", "需求"),
    Item.BUDGETS: text("a need with a budget", "有预算的需求"),
    Item.SPEND: text("spend in our categories", "我方品类采购额"),
    Item.SUPPLIERS: text("its other suppliers", "其他供应商"),
    Item.BUYING: text("how it buys", "采购方式"),
    Item.DECIDER: text("who decides", "由谁决策"),
    Item.BUDGET_HOLDER: text("who holds the budget", "由谁掌握预算"),
    Item.REQUIREMENTS: text(
        "a confirmed requirement with amount and day", "已确认金额和日期的确切需求"
    ),
    Item.DECISION_LAYER: text("a contact in the decision layer", "决策层联系人"),
}
