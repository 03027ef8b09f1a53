"""Whether a line says no more than the sentence of the note that it comes from."""

import re
from decimal import Decimal

from tools.domain.names import name_key
from tools.errors import BadInput
from tools.notes.figures import amounts_of, percents_of
from tools.notes.lines import NoteLine
from tools.notes.sentences import plain
from tools.text import text

ADDRESSES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})


def check(line: NoteLine, note: str, base: str) -> None:
    """Raises `BadInput` for a line that says more than its sentence, or a sentence that is
    not in the note."""
    if not line.sentence.strip() or _flat(line.sentence) not in _flat(note):
        raise _unfounded(line.sentence)
    for said in _unsaid(line, base):
        raise _unfounded(said)
    if line.kind == "risk" and line.risk is None:
        raise BadInput(
            text("What kind of risk is “{said}”?", "“{said}”属于哪类风险？", said=line.text)
        )


def _unsaid(line: NoteLine, base: str) -> list[str]:
    """What the line states beyond its sentence, or does not state although it must."""
    key = name_key(line.sentence)
    named = line.kind in ("contact", "share")
    worth = line.kind != "share" or line.amount is not None or line.percent is not None
    shares = percents_of(plain(line.sentence))
    stated = (
        (line.text, bool(line.text.strip()) and (not named or name_key(bare(line.text)) in key)),
        (line.text, line.kind == "interaction" or _figures(line.text) <= _figures(line.sentence)),
        (line.title, name_key(line.title) in key),
        (str(line.amount), line.amount is None or line.amount in _values(line.sentence, base)),
        (str(line.percent), line.percent is None or line.percent in shares),
        (line.sentence, worth),
    )
    return [said for said, is_said in stated if not is_said]


def _figures(words: str) -> set[str]:
    return set(re.findall(r"\d+", plain(words)))


def bare(name: str) -> str:
    """The name without an English form of address ("Ms Chen")."""
    words = name.split()
    addressed = len(words) > 1 and words[0].rstrip(".").lower() in ADDRESSES
    return " ".join(words[1:]) if addressed else name


def _values(sentence: str, base: str) -> set[Decimal]:
    return {amount.value for amount in amounts_of(plain(sentence), base)}


def _flat(words: str) -> str:
    return " ".join(plain(words).split())


def _unfounded(said: str) -> BadInput:
    return BadInput(
        text(
            "“{said}” is not in the sentence of the note that it is said to come from.",
            "纪要的对应句子中没有“{said}”。",
            said=said,
        )
    )
