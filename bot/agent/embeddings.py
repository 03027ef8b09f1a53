"""An embedding of a provider for the dense leg of the search, through LangChain."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from kam_knowledge.embedding import Embedding, Vectors

BUILT_IN = "built-in"

_WEIGHT = 1.0
_AT_ONCE = 256


def embedding_of(settings: Settings) -> "Embedding | None":
    """The embedding that `KAM_EMBEDDING` names ("openai:text-embedding-3-small"); None for
    the built-in one."""
    if settings.embedding == BUILT_IN:
        return None
    from langchain.embeddings import init_embeddings

    from bot.agent.models import told_if_unusable

    options: dict[str, Any] = {}
    if settings.embedding.startswith("openai:"):
        # The length check would download a tokenizer.
        options["check_embedding_ctx_length"] = False
        options["timeout"] = settings.model_timeout
        if settings.openai_base_url:
            options["base_url"] = settings.openai_base_url
        if settings.openai_api_key:
            options["api_key"] = settings.openai_api_key
    with told_if_unusable("KAM_EMBEDDING", settings.embedding):
        return ProviderEmbedding(settings.embedding, init_embeddings(settings.embedding, **options))


class ProviderEmbedding:
    """A LangChain embedding with vectors of unit length."""

    weight = _WEIGHT

    def __init__(self, name: str, embeddings: "Embeddings") -> None:
        self._name = name
        self._embeddings = embeddings

    @property
    def fingerprint(self) -> str:
        """Changes with the model, so that vectors of two models never meet."""
        return hashlib.sha256(self._name.encode()).hexdigest()[:16]

    @cached_property
    def dimension(self) -> int:
        return int(self.embed(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """One row for each text; raises what the provider's client raises."""
        import numpy as np

        rows: list[list[float]] = []
        for start in range(0, len(texts), _AT_ONCE):
            rows += self._embeddings.embed_documents(list(texts[start : start + _AT_ONCE]))
        vectors = np.asarray(rows, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, 1e-12)
        return unit
