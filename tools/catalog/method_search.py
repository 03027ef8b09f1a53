"""What the methodology says about a question, in its own words."""

import re
from dataclasses import dataclass

from kam_knowledge.documents import Passage
from kam_knowledge.search import Finding, Hit, Readable
from tools.access import Scope, scope_of
from tools.cards import Card, Fact, Quote
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.extract import Extract, best_sentences
from tools.text import Text, text


@dataclass(frozen=True)
class MethodAnswer:
    """The passages that answer a question, or the nearest ones where none does.

    `sentences` are taken from the passages word for word, each with its passage.
    """

    question: str
    hits: tuple[Hit, ...]
    supported: bool
    sentences: tuple[Extract, ...]

    @property
    def abstained(self) -> bool:
        """Whether the methodology does not answer the question."""
        return not self.supported

    def card(self) -> Card:
        return self._answer() if self.supported else self._abstention()

    def _answer(self) -> Card:
        best = self.sentences[0] if self.sentences else Extract(self.hits[0].passage.text, 0)
        cited = self.hits[best.passage].passage
        return Card(
            title=text("From the methodology", "方法论中的回答"),
            headline=text(
                "{sentence} ({place})",
                "{sentence}（{place}）",
                sentence=best.sentence,
                place=_place(cited),
            ),
            facts=tuple(self._fact(extract) for extract in self.sentences[1:]),
            quotes=tuple(_quote(hit) for hit in self.hits),
            basis=self._sources(),
            next=self._reading(),
        )

    def _abstention(self) -> Card:
        nearest = _titles(self.hits)
        return Card(
            title=text("Not in the methodology", "方法论未涉及"),
            headline=text(
                "The methodology does not answer “{question}”.",
                "方法论没有回答“{question}”。",
                question=self.question,
            ),
            next=tuple(
                text("Nearest: {title}", "最接近的内容：{title}", title=title) for title in nearest
            ),
        )

    def _fact(self, extract: Extract) -> Fact:
        cited = self.hits[extract.passage].passage
        place = cited.section or cited.title
        return Fact(text("{place}", "{place}", place=place), extract.sentence)

    def _sources(self) -> tuple[Text, ...]:
        sources = sorted({source for hit in self.hits for source in hit.passage.sources})
        if not sources:
            return ()
        return (text("Sources: {sources}", "资料来源：{sources}", sources=", ".join(sources)),)

    def _reading(self) -> tuple[Text, ...]:
        return tuple(
            text("Read on: {title}", "延伸阅读：{title}", title=title)
            for title in _titles(self.hits)
        )


def method_search(deps: Deps, question: str) -> MethodAnswer:
    """What the methodology says: rules, steps, duties, reasons, how something is done.

    Args:
        question: The question in full, e.g. "What are the duties of an executive sponsor?"
    """
    with deps.sessions() as session:
        readable = _readable(scope_of(session, deps.asker, deps.today))
    found: Finding = deps.library.search(question, readable, language=deps.language.value)
    supported = found.supported and bool(found.hits)
    sentences = best_sentences(question, [_prose(hit.passage.text) for hit in found.hits])
    return MethodAnswer(question, found.hits, supported, sentences if supported else ())


def _readable(scope: Scope) -> Readable:
    return Readable(scope.full, scope.elsewhere)


def _prose(markdown: str) -> str:
    """The text without headings, tables and list marks."""
    lines = [line for line in markdown.splitlines() if not line.lstrip().startswith(("#", "|"))]
    bare = (re.sub(r"^\s*(?:[-*+]|\d+\.)\s+", "", line) for line in lines)
    return "\n".join(re.sub(r"[*`]", "", line) for line in bare)


def _quote(hit: Hit) -> Quote:
    found = hit.passage
    return Quote(found.id, found.title, found.section, found.text)


def _titles(hits: tuple[Hit, ...]) -> list[str]:
    """Document and section of each hit, once."""
    return list(dict.fromkeys(_place(hit.passage) for hit in hits))


def _place(found: Passage) -> str:
    """Where a passage stands; the opening of a document has no section."""
    return f"{found.title}: {found.section}" if found.section else found.title


EXAMPLES = Examples(
    en=(
        "what are the duties of an executive sponsor",
        "how is a key account identified according to the method",
        "how often should a review take place",
        "what is the difference between solid and dotted line",
        "why should revenue not be the only criterion",
        "what does the methodology say about double counting revenue",
        "who is responsible for partner layout",
        "which steps does the industry playbook have",
        "how do I raise relationship closeness",
        "what belongs to customer information level 3",
        "what should I do when a customer belongs to no tier",
        "what does the method leave open",
        "how do I write an account plan",
        "can you explain how WHCSE works?",
        "best practice for executive visits",
    ),
    zh=(
        "高层赞助人的职责是什么",
        "按方法论怎么识别大客户",
        "多久做一次评估",
        "实线和虚线有什么区别",
        "为什么不能只看销售额",
        "方法论里双算是怎么规定的",
        "合作伙伴布局由谁负责",
        "行业打法有哪些步骤",
        "怎样提升客户关系紧密度",
        "第三级客户信息包括什么",
        "客户不属于任何等级怎么办",
        "方法论有哪些没说清楚的地方",
        "怎么写客户计划",
        "能讲讲WHCSE怎么用吗",
        "高层拜访有什么建议",
    ),
)
