"""Whatever a reply holds, what is sent keeps Slack's limits and shows text as it is."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.slack.blocks import card_blocks, messages, passage_view, simpler, why_view
from bot.slack.blocks.written import written
from bot.slack.limits import message_violations, view_violations, violations
from bot.slack.mrkdwn import clean
from bot.turn import Reply
from kam_knowledge.documents import Passage
from tests.unit.slack.random_cards import cards, languages, replies, words
from tools.cards import Card
from tools.text import Language

few = settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def objects(given: Any) -> Iterator[dict[str, Any]]:
    """Every object within blocks."""
    if isinstance(given, dict):
        yield given
    for each in given.values() if isinstance(given, dict) else given:
        if isinstance(each, dict | list | tuple):
            yield from objects(each)


@few
@given(replies())
def test_replies_of_any_content_keep_the_limits_in_every_form(reply: Reply) -> None:
    for message in messages(reply):
        forms = [message]
        while form := simpler(forms[-1]):
            forms.append(form)
        for each in forms:
            assert message_violations(each.text, each.blocks) == []
            (each.text + json.dumps(each.blocks, ensure_ascii=False)).encode()
        assert forms[-1].blocks == ()
        native = any(block["type"].startswith("data_") for block in message.blocks)
        assert len(forms) == (3 if native else 2)
        assert simpler(message) == simpler(message)


@few
@given(replies())
def test_no_text_is_read_as_a_mention_a_link_or_a_format(reply: Reply) -> None:
    for message in messages(reply):
        kinds = {found.get("type") for found in objects(message.blocks)}
        assert not kinds & {"mrkdwn", "markdown", "link", "user", "channel", "broadcast", "emoji"}
        assert all(
            found["emoji"] is False
            for found in objects(message.blocks)
            if found.get("type") == "plain_text"
        )


@few
@given(replies())
def test_splitting_loses_nothing_and_keeps_the_order(reply: Reply) -> None:
    sent = messages(reply, feedback=False)
    whole = [block for message in sent for block in message.blocks]
    calls = reply.tool_calls if len(reply.tool_calls) == len(reply.cards) else None
    drawn = [
        block
        for place, card in enumerate(reply.cards)
        for block in card_blocks(card, reply.language, call=calls[place] if calls else None)
    ]
    kept = [block for block in whole if block["type"] != "divider"]
    assert kept[len(kept) - len(drawn) :] == drawn
    assert all(
        message.blocks[-1]["type"] != "header" for message in sent if len(message.blocks) > 1
    )


@few
@given(cards, languages)
def test_a_card_alone_and_its_reasons_keep_the_limits(card: Card, language: Language) -> None:
    each = [violations([block], view="message") for block in card_blocks(card, language)]
    assert not any(each)
    assert view_violations(why_view(card, language)) == []


stored = words.map(clean)


@few
@given(
    st.builds(
        Passage,
        id=stored,
        document=stored,
        title=stored,
        section=stored,
        language=st.just("zh"),
        text=stored,
        version=stored,
    )
)
def test_a_passage_of_any_content_can_be_opened(passage: Passage) -> None:
    view = passage_view(passage, Language.TRADITIONAL)
    assert view_violations(view) == []
    assert written(view["blocks"])
