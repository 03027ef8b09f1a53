"""Modals that open from a message: how a figure was worked out, and a passage in full."""

from itertools import islice

from bot.slack.blocks import elements
from bot.slack.blocks.cards import line_blocks
from bot.slack.blocks.elements import Json
from bot.slack.blocks.words import word_blocks
from kam_knowledge.documents import Passage
from tools.cards import Card
from tools.quoting import in_script
from tools.text import Language, show, text

_WHY = text("Why this answer", "为什么是这个结果")
_PASSAGE = text("Source", "原文")
_CLOSE = text("Close", "关闭")
_HOW = text("How it was worked out", "计算过程")
_MISSING = text("What is missing", "缺少的数据")
_BASIS = text("What it rests on", "依据")
_NOTHING = text("There is no calculation behind this answer.", "这个结果没有计算过程。")
_MOST = 100


def why_view(card: Card, language: Language) -> Json:
    """The steps of a card, what was missing, and the rules it rests on."""
    steps = [
        *line_blocks(_HOW, card.why, language),
        *line_blocks(_MISSING, card.missing, language),
        *line_blocks(_BASIS, card.basis, language),
    ]
    return _modal(
        show(_WHY, language),
        [
            elements.header(show(card.title, language)),
            *elements.sentences(show(card.headline, language)),
            *(steps or elements.sentences(show(_NOTHING, language))),
        ],
        language,
    )


def passage_view(passage: Passage, language: Language) -> Json:
    """A passage with the document and the section it stands in, in the reader's script."""
    found = in_script(passage, language)
    place = [found.section] if found.section else []
    return _modal(
        show(_PASSAGE, language),
        [
            elements.header(found.title),
            *elements.context(place),
            *(word_blocks(found.text) or elements.sentences(found.text)),
        ],
        language,
    )


def _modal(title: str, blocks: list[Json], language: Language) -> Json:
    return {
        "type": "modal",
        "title": elements.plain(title, 24),
        "close": elements.plain(show(_CLOSE, language), 24),
        "blocks": list(islice(blocks, _MOST)),
    }
