"""A provider's embedding in the dense leg: a real client against an OpenAI-compatible server."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.main import open_index, open_records
from bot.settings import Settings
from kam_knowledge.search import Readable
from tests.scenario.openai_peer import openai_peer

ANSWERS = [{"match": {"userMessage": "never asked"}, "response": {"content": "x"}}]


@pytest.mark.heavy
def test_a_changed_embedding_embeds_everything_anew(demo: Settings, tmp_path: Path) -> None:
    sessions = open_records(demo)
    before, _ = open_index(demo, sessions)
    before.refresh()
    passages = before.index.lexical.count()
    before.index.close()
    with openai_peer(ANSWERS, tmp_path, strict=False) as peer:
        provider = demo.model_copy(
            update={
                "embedding": "openai:text-embedding-3-small",
                "openai_base_url": peer.url,
                "openai_api_key": SecretStr("test-key"),
            }
        )
        library, _ = open_index(provider, sessions)
        found = library.search("share of wallet", Readable(None, 4), language="en", limit=300)
        assert library.index.disagreements() == []
        assert library.index.lexical.count() == passages
        near = library.index.nearest("share of wallet", Readable(None, 4), 5)
        library.index.close()
    sessions.close()
    assert len(near) == 5
    assert found.hits[0].passage.document == "share-of-wallet"
    assert any(name == "dense" for hit in found.hits for name, _ in hit.legs)
