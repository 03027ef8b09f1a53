"""What the methodology says about a question, in its own words."""

from dataclasses import dataclass, replace

from tools.access import scope_of
from tools.cards import Card, Fact, Quote
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.rules import HOUSE
from tools.quoting import cited_place, in_script, place_of, quotes_from
from tools.text import text


@dataclass(frozen=True)
class MethodAnswer:
    """The passages that answer a question, or the nearest ones where none does.

    `quotes` are the parts that answer, word for word, most relevant first; `further` are
    titles of other places to read.
    """

    question: str
    supported: bool
    quotes: tuple[Quote, ...]
    further: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def abstained(self) -> bool:
        """Whether the methodology does not answer the question."""
        return not self.supported

    def card(self) -> Card:
        return self._answer() if self.supported else self._abstention()

    def _answer(self) -> Card:
        first, *others = self.quotes
        keys = text(
            ", ".join(_HOUSE.en if key == HOUSE else key for key in self.sources),
            "、".join(_HOUSE.zh if key == HOUSE else key for key in self.sources),
        )
        sources = text("Sources: {keys}", "资料来源：{keys}", keys=keys)
        return Card(
            title=text("From the methodology", "方法论中的回答"),
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
            basis=(sources,) if self.sources else (),
            next=tuple(
                text("Read on: {title}", "延伸阅读：{title}", title=title) for title in self.further
            ),
        )

    def _abstention(self) -> Card:
        return Card(
            title=text("Not in the methodology", "方法论未涉及"),
            headline=text(
                "The methodology does not answer “{question}”.",
                "方法论没有回答“{question}”。",
                question=self.question,
            ),
            next=tuple(
                text("Nearest: {title}", "最接近的内容：{title}", title=title)
                for title in self.further
            ),
        )


_HOUSE = text("house rules", "内部规则")


def method_search(deps: Deps, question: str) -> MethodAnswer:
    """What the methodology says: rules, steps, duties, reasons, how something is done.

    Args:
        question: The question in full, e.g. "What are the duties of an executive sponsor?"

    Source: K1 to K5, house.
    """
    with deps.sessions() as session:
        readable = scope_of(session, deps.asker, deps.today).readable(about=frozenset())
    found = deps.library.search(question, readable, language=deps.language.value)
    hits = [replace(hit, passage=in_script(hit.passage, deps.language)) for hit in found.hits]
    supported = found.supported and bool(hits)
    quotes = quotes_from(question, hits) if supported else ()
    cited = {cited_place(quote) for quote in quotes}
    places = dict.fromkeys(place_of(hit.passage) for hit in hits)
    return MethodAnswer(
        question=question,
        supported=supported,
        quotes=quotes,
        further=tuple(place for place in places if place not in cited),
        sources=tuple(sorted({key for hit in hits[: len(quotes)] for key in hit.passage.sources})),
    )


EXAMPLES = Examples(
    en=(
        "how is a key account identified according to the method",
        "how often should a review take place",
        "what is the difference between solid and dotted line",
        "why should revenue not be the only criterion",
        "what does the methodology say about double counting revenue",
        "who is responsible for partner layout",
        "how do I raise relationship closeness",
        "what belongs to customer information level 3",
        "what should I do when a customer belongs to no tier",
        "what does the method leave open",
        "how do I write an account plan",
        "can you explain how WHCSE works?",
        "best practice for executive visits",
        "who may approve an account plan",
        "how do I hand over an account",
        "who may see which information level",
        "what kinds of serving modes are there",
        "who approves an account plan",
        "who may approve plans",
        "who signs off account plans",
        "what should a newcomer learn first",
        "does the methodology define sharing ratios",
        "how is the composite score worked out",
        "what does the method say about this",
        "who decides on profit sharing",
        "who may assign accounts",
        "what's the difference between tiers and key accounts",
        "what route does a large deal take in ESP+",
    ),
    zh=(
        "按方法论怎么识别大客户",
        "多久做一次评估",
        "实线和虚线有什么区别",
        "为什么不能只看销售额",
        "方法论里双算是怎么规定的",
        "合作伙伴布局由谁负责",
        "怎样提升客户关系紧密度",
        "第三级客户信息包括什么",
        "客户不属于任何等级怎么办",
        "方法论有哪些没说清楚的地方",
        "怎么写客户计划",
        "能讲讲WHCSE怎么用吗",
        "高层拜访有什么建议",
        "客户信息分几级",
        "怎么提交客户计划",
        "收入可以重复计算吗",
        "谁有权批准客户计划",
        "评估的标准是什么",
        "客户有哪几种",
        "客户计划由谁审批",
        "谁来审批客户计划",
        "客户计划谁核准",
        "新人应该先学什么",
        "方法论有没有规定分利比例",
        "方法论没有说清楚的有哪些",
        "综合积分是怎么算出来的",
        "方法论里怎么说",
        "谁有权限指派客户",
        "分级的临界值谁定的",
        "VIP和大客户一样吗",
        "ESP+里大项目走什么流程",
        "渗透障碍有哪几类",
        "利润分成谁说了算",
        "一个客户经理管几个客户合适",
    ),
)
