"""A card explained: how its figures came about, by what rule, and what is missing."""

from collections.abc import Iterable
from dataclasses import replace

from tools.cards import Card
from tools.labels import listing
from tools.text import Text, Value, text

_MOST = 8
_WHY = text("Why: {title}", "依据：{title}")
_SAID = text(
    "How “{title}” came about: {steps}{rule}{missing}", "“{title}”的由来：{steps}{rule}{missing}"
)
_QUOTED = text(
    "These are the words of {documents}; nothing is computed.",
    "以上是{documents}的原文，没有经过计算。",
)
_RECORDED = text(
    "Nothing is computed: it is shown as it is kept.",
    "没有经过计算，按保存的内容显示。",
)
_RULE = text(" Rule: {basis}", "规则：{basis}")
_MISSING = text(" Missing: {missing}", "缺少：{missing}")
_COMPLETE = text(" No input is missing.", "没有缺少的数据。")


def explained(card: Card) -> Card:
    """The card with the steps, the rule and what is missing as its answer, and its inputs below;
    where nothing was computed it says where the answer stands."""
    missing = _filled(_MISSING, missing=_sentences(card.missing)) if card.missing else _COMPLETE
    said = _filled(
        _SAID,
        title=card.title,
        steps=_steps(card),
        rule=_filled(_RULE, basis=_sentences(card.basis)) if card.basis else text("", ""),
        missing=missing if card.why or card.missing else text("", ""),
    )
    return replace(card, title=_filled(_WHY, title=card.title), headline=said, chart=None, next=())


def _steps(card: Card) -> Text:
    if card.why:
        return _sentences(card.why)
    if card.quotes:
        documents = dict.fromkeys(quote.document for quote in card.quotes)
        return _filled(_QUOTED, documents=listing(documents))
    return _RECORDED


def _filled(template: Text, **values: Value) -> Text:
    return replace(template, values=values)


def _sentences(lines: Iterable[Text]) -> Text:
    """Lines one after the other, each ended as a sentence; the card has those that are too many."""
    named = {f"line{position}": line for position, line in enumerate([*lines][:_MOST])}
    parts = [_ended(line, name) for name, line in named.items()]
    return Text(" ".join(en for en, _ in parts), "".join(zh for _, zh in parts), named)


def _ended(line: Text, name: str) -> tuple[str, str]:
    """The slot of a line, with a full stop in the languages in which it has none."""
    en = "" if line.en.rstrip().endswith((".", "?", "!")) else "."
    zh = "" if line.zh.rstrip().endswith(("。", "？", "！", ".")) else "。"
    return f"{{{name}}}{en}", f"{{{name}}}{zh}"
