"""Terms found by another process are those found here, and are found even if it dies."""

from pathlib import Path

import pytest

from kam_knowledge.beside import Beside, prepared
from kam_knowledge.documents import Passage
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.index import Index
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.search import Readable
from kam_knowledge.stored import Batch, number_of
from kam_knowledge.terms import terms_of

TEXTS = [
    "The turbine order of Konex is late.",
    "科耐克的压缩机合同将在六月到期。",
    "",
    "line\nbreaks, “quotes” and 繁體中文",
]


def test_the_other_process_finds_the_same_terms(index_folder: Path, lexicon: Lexicon) -> None:
    with Beside(index_folder, lexicon) as beside:
        for texts in (TEXTS, TEXTS[:1], []):
            beside.ask(texts)
            assert list(beside.answers()) == [
                (tongue, list(fields))
                for tongue, fields in (prepared(text, lexicon) for text in texts)
            ]


@pytest.mark.parametrize("read", [0, 2])
def test_what_a_dead_process_leaves_is_found_here(
    index_folder: Path, lexicon: Lexicon, read: int, caplog: pytest.LogCaptureFixture
) -> None:
    with Beside(index_folder, lexicon) as beside:
        beside.ask(TEXTS)
        answers = beside.answers()
        first = [next(answers) for _ in range(read)]
        assert beside._process is not None
        beside._process.kill()
        beside._process.wait()
        rest = list(answers)
        beside.ask(TEXTS)
        again = list(beside.answers())
    expected = [prepared(text, lexicon).tongue for text in TEXTS]
    assert [answer.tongue for answer in [*first, *rest]] == expected
    assert [answer.tongue for answer in again] == expected
    assert "has ended" in caplog.text


def test_a_large_part_is_indexed_as_small_ones_are(
    tmp_path: Path, index_folder: Path, lexicon: Lexicon
) -> None:
    for dictionary in index_folder.glob("lexicon-*.json"):
        for name in ("large", "small"):
            (tmp_path / name).mkdir()
            (tmp_path / name / dictionary.name).write_bytes(dictionary.read_bytes())
    texts = [f"Order {n} of account {n % 7} 订单{n}" for n in range(1_000)]
    batches = [
        Batch(f"d{n}", "1", (Passage(f"d{n}#1", f"d{n}", "T", "S", "en", text, "1"),))
        for n, text in enumerate(texts)
    ]
    large = Index(tmp_path / "large", lexicon, HashedGrams())
    large.apply(batches)
    small = Index(tmp_path / "small", lexicon, HashedGrams())
    for start in range(0, 1_000, 250):
        small.apply(batches[start : start + 250])
    terms = terms_of("order 777", lexicon)
    everything = Readable(None, 4)
    weights = {"main": 1.0, "pivot": 1.0}
    found = large.lexical.search(terms, weights, everything, limit=5)
    same = small.lexical.search(terms, weights, everything, limit=5)
    assert next(iter(found)) == next(iter(same)) == number_of("d777#1")
    assert list(found.values()) == pytest.approx(list(same.values()))
    assert large.lexical.count() == small.lexical.count() == 1_000
    assert large.disagreements() == []
    large.close()
    small.close()
