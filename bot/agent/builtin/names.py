"""Names in a sentence: the longest that the lexicon holds, then misspelt, partial or romanised."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.agent.builtin.folding import Folded, fold
from bot.agent.builtin.thesaurus import Token, thesaurus, tokens_of
from bot.agent.lexicon import SOFT, Entry, Lexicon, sound_of
from kam_knowledge.scripts import has_chinese
from tools.domain.names import name_key

_LIKE_LATIN, _LIKE_CHINESE = 80.0, 60.0


@dataclass(frozen=True)
class Mention:
    """A name as said. `values` holds, per kind, what a tool is given: the full name where one
    thing goes by the words, otherwise the words themselves, for the tool to ask about.
    `choices` are the candidates among which only the user can choose."""

    start: int
    end: int
    said: str
    values: Mapping[str, str]
    choices: tuple[str, ...] = field(default=())

    @property
    def kind(self) -> str:
        return next(iter(self.values))


@dataclass(frozen=True)
class _Condensed:
    """Folded text without spaces and punctuation; `places` leads back into the folded text."""

    text: str
    places: tuple[int, ...]
    starts: tuple[bool, ...]
    ends: tuple[bool, ...]


def _condense(text: str) -> _Condensed:
    places = [i for i, character in enumerate(text) if character.isalnum()]
    starts = tuple(i == 0 or not (_latin(text[i]) and _latin(text[i - 1])) for i in places)
    last = len(text) - 1
    ends = tuple(i == last or not (_latin(text[i]) and _latin(text[i + 1])) for i in places)
    return _Condensed("".join(text[i] for i in places), tuple(places), starts, ends)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def exact_mentions(folded: Folded, lexicon: Lexicon) -> list[Mention]:
    """The longest names at each place, without overlap among the names that hide words."""
    condensed = _condense(folded.text)
    found: list[Mention] = []
    taken = 0
    for start in range(len(condensed.text)):
        mention = _longest_at(condensed, start, folded, lexicon, hard=start >= taken)
        if mention is None:
            continue
        found.append(mention)
        if mention.kind not in SOFT:
            taken = sum(place < mention.end for place in condensed.places)
    return found


def _longest_at(
    condensed: _Condensed, start: int, folded: Folded, lexicon: Lexicon, *, hard: bool
) -> Mention | None:
    if not condensed.starts[start] or condensed.text[start : start + 2] not in lexicon.starts:
        return None
    longest = min(len(condensed.text), start + lexicon.longest)
    for end in range(longest, start + 1, -1):
        if not condensed.ends[end - 1]:
            continue
        entries = lexicon.find(condensed.text[start:end])
        usable = [entry for entry in entries if hard or entry.kind in SOFT]
        if usable:
            first, last = condensed.places[start], condensed.places[end - 1] + 1
            mention = _mention(folded, first, last, usable)
            if not _is_plain_word(mention, folded, usable):
                return _whole_name(mention, folded)
    return None


_MORE_OF_A_NAME = re.compile(r" (?:& )?[A-Z][A-Za-z-]+")


def _whole_name(mention: Mention, folded: Folded) -> Mention:
    """An account's name that goes on with capital letters: if that is no longer the start of
    its full name it is perhaps another's, and all of it is passed on as it was said."""
    if mention.kind != "account" or not mention.said.isascii():
        return mention
    end = _end_of_name(folded, mention.end)
    said = folded.words(mention.start, end)
    same = name_key(mention.values["account"]).startswith(name_key(said))
    values = mention.values if same else dict.fromkeys(mention.values, said)
    return Mention(mention.start, end, said, values)


def _end_of_name(folded: Folded, end: int) -> int:
    """Where the words with capitals end that follow this place and mean nothing else."""
    while more := _MORE_OF_A_NAME.match(folded.original, folded.origin[end - 1] + 1):
        following = end + len(fold(more.group()).text)
        forms = tuple(token.form for token in tokens_of(folded.text[end:following]))
        if forms in thesaurus().phrases:
            break
        end = following
    return end


def _mention(folded: Folded, start: int, end: int, entries: Sequence[Entry]) -> Mention:
    said = folded.words(start, end)
    return Mention(start, end, said, _values(entries, said))


_RANK = ("account", "person", "product", "region", "unit", "segment")


def _values(entries: Iterable[Entry], said: str) -> dict[str, str]:
    by_kind: dict[str, set[str]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, set()).add(entry.name)
    ordered = sorted(by_kind, key=lambda kind: _RANK.index(kind) if kind in _RANK else len(_RANK))
    return {k: next(iter(by_kind[k])) if len(by_kind[k]) == 1 else said for k in ordered}


def _is_plain_word(mention: Mention, folded: Folded, entries: Sequence[Entry]) -> bool:
    """Whether a name is also a word of ours and is not written just as the name is."""
    if mention.kind in SOFT or mention.kind in ("segment", "region"):
        return False
    forms = tuple(token.form for token in tokens_of(folded.text[mention.start : mention.end]))
    if forms not in thesaurus().phrases:
        return False
    alone = mention.said.strip() == folded.original.strip(" .!?。！？")
    return alone or mention.said not in {entry.name for entry in entries}


def near_mentions(
    folded: Folded, unknown: Sequence[Sequence[Token]], lexicon: Lexicon
) -> Iterator[Mention]:
    """Names meant by runs of unknown words: part of a name, pinyin, or a small mistake."""
    for run in unknown:
        mention = _near(folded, run, lexicon, (_by_sound, _by_part, _by_likeness))
        if mention:
            yield mention
            continue
        # "Jichuan deserve" holds a name, though it is none.
        for word in run if len(run) > 1 and run[0].form.isascii() else ():
            single = _near(folded, [word], lexicon, (_by_sound, _by_part))
            if single:
                yield single


def _near(
    folded: Folded, run: Sequence[Token], lexicon: Lexicon, readers: Sequence["Reader"]
) -> Mention | None:
    start, end = run[0].start, run[-1].end
    said = folded.words(start, end)
    key = "".join(c for c in folded.text[start:end] if c.isalnum())
    found = (reader(key, said, start, end, lexicon) for reader in readers)
    return next((mention for mention in found if mention), None)


def heard_mentions(folded: Folded, taken: Iterable[Mention], lexicon: Lexicon) -> list[Mention]:
    """Accounts whose Chinese names are written with other characters of the same sound."""
    blocked = [place for mention in taken for place in range(mention.start, mention.end)]
    found: list[Mention] = []
    for run in _CHINESE_RUN.finditer(folded.text):
        start = run.start()
        while start <= run.end() - _HEARD[0]:
            mention = _heard_at(folded, start, run.end(), lexicon)
            clear = mention and not set(range(mention.start, mention.end)) & set(blocked)
            if mention and clear:
                found.append(mention)
            start = mention.end if mention and clear else start + 1
    return found


def _heard_at(folded: Folded, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    shortest, longest = _HEARD
    for length in range(min(longest, end - start), shortest - 1, -1):
        key, said = folded.text[start : start + length], folded.words(start, start + length)
        mention = _by_sound(key, said, start, start + length, lexicon)
        if mention and "account" in mention.values:
            return mention
    return None


_CHINESE_RUN = re.compile(r"[㐀-鿿]+")
_HEARD = (4, 12)
"""So many characters are heard as a name: fewer sound like ordinary words."""

Reader = Callable[[str, str, int, int, Lexicon], Mention | None]


def _by_part(_key: str, said: str, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    words = [word.casefold() for word in said.replace("-", " ").split()]
    found = [set(lexicon.parts.get(word, ())) for word in words]
    entries = set.intersection(*found) if found else set()
    if not entries:
        return None
    people = sorted(entry.name for entry in entries if entry.kind == "person")
    several = tuple(people) if len(people) == len(entries) > 1 else ()
    return Mention(start, end, said, _values(entries, said), several)


def _by_sound(key: str, said: str, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    entries = lexicon.romanised.get(sound_of(key), ())
    if not entries:
        return None
    names = sorted({entry.name for entry in entries})
    values = _values(entries, said)
    return Mention(start, end, said, values, tuple(names) if len(names) > 1 else ())


def _by_likeness(key: str, said: str, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    from rapidfuzz import fuzz, process

    latin, chinese = lexicon.keys_by_script
    is_chinese = has_chinese(key)
    if len(key) < (3 if is_chinese else 4):
        return None
    near = process.extract(
        key,
        chinese if is_chinese else latin,
        scorer=fuzz.ratio,
        score_cutoff=_LIKE_CHINESE if is_chinese else _LIKE_LATIN,
        limit=5,
    )
    best = [found for found, likeness, _ in near if likeness >= near[0][1] - 5]
    entries = {entry for other in best for entry in lexicon.find(other) if entry.kind not in SOFT}
    # A near name is only passed on as it was said: which one is meant, the tool decides.
    return (
        Mention(start, end, said, dict.fromkeys(_values(entries, said), said)) if entries else None
    )
