"""What the plans of accounts and the notes of meetings say, in their authors' words."""

import re
from dataclasses import dataclass

from kam_knowledge.scripts import fold
from tools import resolve
from tools.access import scope_of
from tools.cards import Card, Fact, Quote
from tools.catalog.spec import Examples
from tools.data.written import PLAN
from tools.deps import Deps
from tools.quoting import cited_place, place_of, quotes_from
from tools.text import Text, text


@dataclass(frozen=True)
class AccountWords:
    """Passages of plans and notes that speak of the question, most relevant first.

    `account` is empty where all readable accounts were searched; `plans_alone` where a plan was
    asked for, and notes were left out.
    """

    question: str
    account: str
    supported: bool
    quotes: tuple[Quote, ...]
    further: tuple[str, ...]
    plans_alone: bool = False

    @property
    def abstained(self) -> bool:
        """Whether nothing written speaks of the question."""
        return not self.supported

    def card(self) -> Card:
        if not self.supported:
            return self._nothing()
        first, *others = self.quotes
        return Card(
            title=text("From plans and notes", "计划与记录中的内容"),
            headline=text(
                "{answer} ({place})",
                "{answer}（{place}）",
                answer=first.text,
                place=cited_place(first),
            ),
            facts=tuple(
                Fact(text("{place}", "{place}", place=cited_place(q)), q.text) for q in others
            ),
            quotes=self.quotes,
            basis=(
                text(
                    "Quoted as people wrote it; not checked against the records.",
                    "以上为撰写人的原文，未与系统数据核对。",
                ),
            ),
            next=tuple(
                text("Read on: {title}", "延伸阅读：{title}", title=title) for title in self.further
            ),
        )

    def _nothing(self) -> Card:
        return Card(
            title=text("Not in plans and notes", "计划与记录中没有"),
            headline=text(
                "No {what} of {whose} that you may read speaks of “{question}”.",
                "您可查看的{whose}的{what}中没有提到“{question}”。",
                what=_PLAN if self.plans_alone else _BOTH,
                whose=self.account or _ALL,
                question=self.question,
            ),
            next=tuple(
                text("Nearest: {title}", "最接近的内容：{title}", title=title)
                for title in self.further
            ),
        )


_ALL: Text = text("any account", "各客户")
_PLAN, _BOTH = text("plan", "计划"), text("plan or note", "计划和记录")
# A plan that is written, not what a customer plans to do; and what is written besides.
_ASKS_PLANS = re.compile(r"\bplans?\b(?! to\b)|计划(?:书|里|中|上|内|的|提到|怎么说|有没有|写)")
_ASKS_NOTES = re.compile(
    r"\b(?:notes?|meetings?|visits?|calls?|minutes|records?)\b|记录|纪要|拜访|会议|开会"
)
_FEW, _MANY = 5, 60


def account_search(deps: Deps, question: str, account: str = "") -> AccountWords:
    """What account plans and meeting notes say about something, quoted with their place.

    Args:
        question: What to look for, e.g. "delivery problems" or "Who decides on the new line?"
        account: The customer whose plans and notes to read; all readable ones when left out.

    Source: K2 (account plan), house.
    """
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope) if account else None
        if found is not None:
            scope.require_full(found.id or 0, found.name)
    about = None if found is None else frozenset({found.id or 0})
    readable = scope.readable(method=False, about=about)
    asked = fold(question)
    plans_alone = bool(_ASKS_PLANS.search(asked)) and not _ASKS_NOTES.search(asked)
    limit = _MANY if plans_alone else _FEW
    finding = deps.library.search(question, readable, language=deps.language.value, limit=limit)
    hits = [h for h in finding.hits if not plans_alone or h.passage.id.startswith(f"{PLAN}-")]
    hits = hits[:_FEW]
    supported = bool(hits) and (finding.supported or found is not None)
    quotes = quotes_from(question, hits) if supported else ()
    cited = {cited_place(quote) for quote in quotes}
    places = dict.fromkeys(place_of(hit.passage) for hit in hits)
    return AccountWords(
        question=question,
        account=found.name if found is not None else "",
        supported=supported,
        quotes=quotes,
        further=tuple(place for place in places if place not in cited),
        plans_alone=plans_alone,
    )


EXAMPLES = Examples(
    en=(
        "what does the plan of {account} say about delivery",
        "what do our notes say about {account} and pricing",
        "which plans mention a second production line",
        "did anybody at {account} complain",
        "search the notes of {account} for the budget",
        "what did we discuss with {account} last time",
        "where in the plan of {account} are the milestones",
        "which customers talked about energy saving in meetings",
        "find the part on competitors in the account plan of {account}",
        "what was said in the meetings with {account}",
        "What did {account} say about prices?",
    ),
    zh=(
        "{account}的计划里怎么说交付问题",
        "{account}的拜访记录里提到价格了吗",
        "哪些客户计划提到了扩产",
        "{account}有人抱怨过吗，查一下记录",
        "在{account}的记录里找一下预算",
        "上次和{account}谈了什么",
        "{account}计划里的里程碑写了什么",
        "哪些客户在会议中谈到了节能",
        "找一下{account}客户计划里关于竞争对手的部分",
        "跟{account}开会都说了些什么",
        "哪些客户在拜访时提到过涨价",
        "{account}的计划里写了竞争对手吗",
        "哪些客户拜访时提到过降价",
    ),
)
