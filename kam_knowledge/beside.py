"""The terms of many texts, found by a process beside this one.

Chroma keeps the interpreter to itself while it writes, so a thread would not help. The other
process gets texts and gives their terms back as lines of JSON, and ends with its input.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, cast

from kam_knowledge.lexicon import Lexicon, load_lexicon
from kam_knowledge.terms import FIELDS, Field, terms_of

_LOG = logging.getLogger(__name__)
_COUNTED: tuple[Field, ...] = ("main", "names")
_REPEAT = 2


class Prepared(NamedTuple):
    """A text as the lexical index takes it: zh or en, and per field its terms, each as often
    as its weight says."""

    tongue: str
    fields: Sequence[str]


def prepared(text: str, lexicon: Lexicon) -> Prepared:
    terms = terms_of(text, lexicon)
    fields = [_repeated(terms.fields[name], 1 if name in _COUNTED else _REPEAT) for name in FIELDS]
    return Prepared(terms.tongue, fields)


def _repeated(weights: Mapping[str, float], factor: int) -> str:
    words: list[str] = []
    for term, weight in weights.items():
        words.extend([term] * (int(weight * factor + 0.5) or 1))
    return " ".join(words)


class Beside:
    """The other process, for the time of a `with` block; it loads the lexicon of `folder`."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        self._folder = folder
        self._lexicon = lexicon
        self._process: subprocess.Popen[str] | None = None
        self._asked: Sequence[str] = ()

    def __enter__(self) -> "Beside":
        command = [sys.executable, "-X", "utf8", "-m", "kam_knowledge.beside", str(self._folder)]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._process is not None:
            with suppress(OSError):
                self._process.communicate()

    def ask(self, texts: Sequence[str]) -> None:
        """Hands over texts; their terms are fetched by `answers`."""
        self._asked = texts
        with suppress(OSError):
            print(json.dumps(texts, ensure_ascii=False), file=self._pipe("stdin"), flush=True)

    def answers(self) -> Iterator[Prepared]:
        """The terms of each text handed over; found here once the other process has died."""
        for number, text in enumerate(self._asked):
            line = self._pipe("stdout").readline()
            if not line:
                _LOG.warning("The process that finds terms has ended; going on without it")
                yield from (prepared(text, self._lexicon) for text in self._asked[number:])
                return
            yield Prepared(*json.loads(line))

    def _pipe(self, name: str) -> IO[str]:
        return cast("IO[str]", getattr(self._process, name))


def main() -> None:
    """Reads a line of texts, finds the terms of all, then gives a line for each; so on until
    there is no more."""
    lexicon = load_lexicon(Path(sys.argv[1]))
    for line in sys.stdin:
        found = [prepared(text, lexicon) for text in json.loads(line)]
        sys.stdout.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in found)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
