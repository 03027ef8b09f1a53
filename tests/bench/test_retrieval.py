"""Speed and size of the search at ten thousand passages."""

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kam_knowledge.retrieval import ask, build_library, percentile, read_lines

SETS = Path(__file__).parents[3] / "shared" / "eval"
PASSAGES = 10_000


@pytest.mark.bench
def test_ten_thousand_passages_are_indexed_and_asked_in_time(tmp_path: Path) -> None:
    if not SETS.is_dir():
        pytest.skip(f"the question sets are not at {SETS}")
    rows = read_lines(SETS / "mixed.passages.jsonl")
    begun = time.perf_counter()
    library = build_library(tmp_path, enlarged(rows, PASSAGES))
    indexed = time.perf_counter() - begun
    asked = list(ask(library, read_lines(SETS / "mixed.questions.jsonl")[::11]))
    slow = percentile([one.seconds for one in asked], 0.95)
    print(f"indexed in {indexed:.1f} s, 95 % of queries within {slow * 1000:.1f} ms")

    assert indexed < 90
    assert slow < 0.025


def enlarged(rows: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """The passages and as many mixtures of their sentences as it takes."""
    yield from rows
    chance = random.Random(1)
    texts = [re.split(r"(?<=[。.])", row["text"]) for row in rows]
    for number in range(count - len(rows)):
        one, other = chance.sample(texts, 2)
        mixed = chance.sample(one, len(one) // 2 + 1) + chance.sample(other, len(other) // 2 + 1)
        yield {"id": f"mixed-{number}", "text": "".join(mixed)}
