"""A start without an index: figures are answered at once, questions for the library are told to
wait, and a stop does not wait for the index."""

import shutil

from bot.settings import Settings
from kam_knowledge.lock import held
from tests.scenario.slack.conftest import Staff, Start
from tests.scenario.slack.peer import SlackPeer


async def test_a_server_without_an_index_answers_and_stops(
    slack_settings: Settings, peer: SlackPeer, start: Start, staff: Staff
) -> None:
    index = slack_settings.home / "index"
    shutil.rmtree(index)
    async with start(slack_settings):
        asked = "What does the methodology say about share of wallet?"
        [told] = await peer.answer(peer.said(asked, staff.operations, "D1"))
        assert "is being indexed" in told.words()
        [answer] = await peer.answer(peer.said("who covers Merrowick?", staff.operations, "D1"))
        assert "Priya Raman" in answer.words()
        assert not list(index.glob("lexicon-*.json"))
    assert not held(index / "building")
    assert not list(index.glob("lexicon-*.json"))
