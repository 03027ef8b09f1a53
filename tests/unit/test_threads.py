"""Many threads read words at once: each gets the stem of its own word."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.agent.builtin import thesaurus
from kam_knowledge import english

ENDINGS = ("ation", "ing", "ments", "fully", "iveness", "ability", "edly", "ies")
WORDS = [
    f"{first}ol{second}a{ending}"
    for first in "bcdfglmnprst"
    for second in "dlmnt"
    for ending in ENDINGS
]


@pytest.fixture(autouse=True)
def _switch_often() -> Iterator[None]:
    kept = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(kept)


@pytest.mark.parametrize("stem", [thesaurus.stem, english.stem], ids=lambda f: f.__module__)
def test_stems_are_the_same_in_many_threads(stem: Callable[[str], str]) -> None:
    uncached: Callable[[str], str] = stem.__wrapped__  # type: ignore[attr-defined]
    alone = [uncached(word) for word in WORDS]
    with ThreadPoolExecutor(8) as threads:
        together = [list(threads.map(uncached, WORDS)) for _ in range(5)]
    assert together == [alone] * 5
