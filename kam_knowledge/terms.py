"""Text as the terms that the lexical index counts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kam_knowledge.lexicon import Lexicon, stem, stems
from kam_knowledge.scripts import CHINESE, chinese_share, fold

_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+|[a-zà-ÿ0-9]+")
_CHINESE_FROM = 0.15


@dataclass(frozen=True)
class Terms:
    """A text's terms: `main` are Chinese characters with their pairs and English stems,
    `pivot` English stems alone, Chinese words given by their glosses. `tongue` is zh or en."""

    tongue: str
    main: Counter[str]
    pivot: Counter[str]


def terms_of(text: str, lexicon: Lexicon) -> Terms:
    plain = fold(text)
    main: list[str] = []
    pivot: list[str] = []
    for run in _RUN.findall(plain):
        if CHINESE.match(run):
            main.extend(_grams(run))
            for gloss in lexicon.glosses(run):
                pivot.extend(gloss.split())
        else:
            main.append(stem(run))
            pivot.extend(stems(run) * 2)
    tongue = "zh" if chinese_share(plain) > _CHINESE_FROM else "en"
    return Terms(tongue, Counter(main), Counter(pivot))


def _grams(run: str) -> Iterator[str]:
    yield from run
    for start in range(len(run) - 1):
        yield run[start : start + 2]
