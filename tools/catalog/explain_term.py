"""What a term of the field means."""

from dataclasses import dataclass

from kam_knowledge.glossary import Term, terms
from kam_knowledge.scripts import to_traditional
from tools.cards import Card, Fact
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.names import name_key
from tools.errors import Ambiguous, NotFound
from tools.named import match
from tools.text import Language, Text, Value, text


@dataclass(frozen=True)
class Explained:
    """A term; `near` says that the question wrote it otherwise, `language` is the reader's."""

    term: Term
    near: bool
    language: Language = Language.SIMPLIFIED

    def card(self) -> Card:
        found = self.term
        return Card(
            title=text("Term: {name}", "术语：{name}", name=self._name),
            headline=text(
                "{name}: {definition}",
                "{name}（{en}）：{definition}",
                name=self._name,
                en=found.en,
                definition=_plain(found.definition_en, found.definition_zh),
            ),
            facts=self._names(),
            basis=(
                text("House definition.", "内部定义。")
                if found.source == "house"
                else text("Source: {source}", "来源：{source}", source=found.source),
            ),
        )

    @property
    def _name(self) -> Text:
        """The term as the reader writes it; Taiwan has words of its own for some."""
        if self.term.hant and self.language is Language.TRADITIONAL:
            return text("{en}", "{hant}", en=self.term.en, hant=self.term.hant)
        return _plain(self.term.en, self.term.zh)

    def _names(self) -> tuple[Fact, ...]:
        found = self.term
        names: list[tuple[Text, Value]] = [
            (text("English", "英文"), found.en),
            (text("Simplified Chinese", "简体中文"), found.zh),
            (text("Traditional Chinese", "繁体中文"), found.hant or to_traditional(found.zh)),
        ]
        if found.aliases:
            names.append(
                (
                    text("Also called", "又称"),
                    _plain(", ".join(found.aliases), "、".join(found.aliases)),
                )
            )
        return tuple(Fact(label, value) for label, value in names)


def explain_term(deps: Deps, term: str) -> Explained:
    """What a term of key account management means, with its names in three scripts.

    Args:
        term: The term as written, e.g. "share of wallet", "ESP+" or "双算".

    Source: K1 to K5, house.
    """
    known = {name_key(name): t.id for t in terms().values() for name in t.names}
    found = match(term, known)
    if len(found.likely) == 1:
        return Explained(terms()[found.likely[0]], not found.exact, deps.language)
    if found.likely:
        raise Ambiguous(
            text("Which term is “{term}”?", "“{term}”是指哪个术语？", term=term),
            "term",
            tuple(terms()[key].en for key in found.likely),
        )
    raise NotFound(
        text("The glossary has no term {term}.", "术语表中没有“{term}”。", term=term),
        tuple(terms()[key].en for key in found.offered),
    )


def _plain(en: str, zh: str) -> Text:
    """Text from data, which may hold braces."""
    return Text(_escaped(en), _escaped(zh))


def _escaped(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


EXAMPLES = Examples(
    en=(
        "what is {term}",
        "what does {term} mean",
        "define {term}",
        "meaning of {term}",
        "explain {term}",
        "explain the term {term} please",
        "{term}?",
        "what do we mean by {term}",
        "{term} definition",
        "how do you say {term} in Chinese",
        "I don't understand {term}",
        "is there a definition of {term}",
    ),
    zh=(
        "什么是{term}",
        "{term}是什么意思",
        "{term}的定义",
        "解释一下{term}",
        "{term}怎么理解",
        "{term}是啥",
        "请解释{term}这个术语",
        "{term}指的是什么",
        "名词解释：{term}",
        "{term}英文怎么说",
        "没听懂{term}",
        "所谓{term}是指",
    ),
)
