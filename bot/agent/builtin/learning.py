"""Learning the routes from the phrases of the catalog: `make learn` writes `routes.npz`."""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import kam_knowledge
from bot.agent.builtin import forms as features
from bot.agent.builtin.routes import WEIGHTS
from bot.agent.builtin.routing import ELSEWHERE, example_reading
from kam_knowledge.checklists import checklists
from kam_knowledge.glossary import terms
from kam_knowledge.scripts import has_chinese
from kam_knowledge.yamls import read_yaml
from tools import catalog
from tools.catalog import READS, WRITES

METHOD = "method_search"
_SAID = Path(catalog.__file__).parent / "said"
_ASKED = Path(kam_knowledge.__file__).parent / "methodology" / "asked"
_OF_THE_METHOD, _OF_NOTHING = 1_200, 500
_STRICTNESS = 0.5
_RARE = 2
_SLOT = re.compile(r"\{(\w+)\}")
_VALUES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "amount": (("2 million", "$3.5m", "800k", "EUR 120,000"), ("300万", "1.2亿", "50万元")),
    "percent": (("30%", "a third", "15 percent"), ("三成", "15%", "百分之二十")),
    "date": (("by friday", "on 3 march", "tomorrow"), ("明天", "3月5日", "下周五", "月底")),
    "period": (
        ("last quarter", "this year", "in the past 90 days"),
        ("上季度", "今年", "过去90天"),
    ),
    "count": (("5", "three"), ("5", "三")),
    "month": (("march",), ("三月",)),
    "year": (("2016",), ("2016年",)),
    "stage": (("won", "engaging"), ("赢单", "跟进中")),
    "kpi": (("growth", "satisfaction"), ("增长率", "客户满意度")),
}
Phrase = tuple[str, str]


def phrases() -> list[Phrase]:
    """What people say, each with the tool that answers, in a fixed order."""
    found: list[Phrase] = []
    for tool in (*READS, *WRITES):
        said = (*tool.examples.en, *tool.examples.zh, *tool.examples.hant)
        found += [(phrase, tool.name) for phrase in said]
    for path in sorted(_SAID.glob("*.yaml")):
        name = ELSEWHERE if path.stem == ELSEWHERE else path.stem
        found += [(phrase, name) for phrase in _strings(read_yaml(path))]
    of_method: list[Phrase] = []
    of_nothing: list[Phrase] = []
    for path in sorted(_ASKED.glob("*.yaml")):
        nothing = path.stem == ELSEWHERE
        kept = of_nothing if nothing else of_method
        kept += [(asked, ELSEWHERE if nothing else METHOD) for asked in _strings(read_yaml(path))]
    chance = random.Random(1)  # noqa: S311 - a fixed choice, not a secret
    found += chance.sample(of_method, min(_OF_THE_METHOD, len(of_method)))
    return found + chance.sample(of_nothing, min(_OF_NOTHING, len(of_nothing)))


def stamp_of(said: Sequence[Phrase]) -> str:
    """Names the phrases and the forms that they are read as."""
    forms = Path(features.__file__).read_bytes()
    content = "\n".join(f"{name}\t{phrase}" for phrase, name in said).encode()
    return hashlib.sha256(forms + content).hexdigest()


def learn(path: Path = WEIGHTS) -> None:
    """Writes the weights of a linear support vector machine over all phrases."""
    from sklearn.svm import LinearSVC

    said = phrases()
    chance = random.Random(2)  # noqa: S311 - a fixed choice, not a secret
    rows = [features.forms(example_reading(filled(phrase, chance))) for phrase, _ in said]
    counts, rarity = _matrix(rows)
    machine = LinearSVC(C=_STRICTNESS, dual=True, random_state=0)
    machine.fit(counts, [name for _, name in said])
    weights = machine.coef_.T.astype(np.float32)
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        path,
        stamp=stamp_of(said),
        names=np.array(machine.classes_, dtype=str),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        offsets=machine.intercept_.astype(np.float32),
        rarity=rarity,
    )


def filled(phrase: str, chance: random.Random) -> str:
    """The phrase with sample values for its slots that are no names of things."""
    chinese = has_chinese(phrase)

    def sample(match: re.Match[str]) -> str:
        name = match[1]
        if name == "term":
            term = chance.choice(list(terms().values()))
            return term.zh if chinese else term.en
        if name == "checklist":
            checklist = chance.choice(list(checklists().values()))
            return checklist.zh if chinese else checklist.en
        if name in _VALUES:
            return chance.choice(_VALUES[name][chinese])
        return "{person}" if name == "contact" else match[0]

    return _SLOT.sub(sample, phrase)


def _matrix(rows: Sequence[frozenset[int]]) -> tuple[Any, Any]:
    """The rows weighed by how rare their forms are, each of length one."""
    from scipy.sparse import csr_matrix, diags

    places = [place for row in rows for place in sorted(row)]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    ones = np.ones(len(places), np.float32)
    found = csr_matrix((ones, places, ends), shape=(len(rows), features.BUCKETS))
    spread = np.asarray(found.sum(axis=0)).ravel()
    rarity = np.where(spread < _RARE, 0, np.log((1 + len(rows)) / (1 + spread)) + 1)
    weighed = found @ diags(rarity)
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return diags(1 / np.where(lengths == 0, 1, lengths)) @ weighed, rarity.astype(np.float32)


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, list | tuple):
        for one in held:
            yield from _strings(one)
    elif isinstance(held, dict):
        for one in held.values():
            yield from _strings(one)


if __name__ == "__main__":
    learn()
