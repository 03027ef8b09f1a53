"""The names that sentences can mention, each under every key that it goes by."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from kam_knowledge.scripts import has_chinese, normalise
from kam_knowledge.spoken import Kind, ways_to_say
from tools.domain.names import name_key, short_key

# Kinds whose names are ordinary words of the field: they fill slots but hide no words.
SOFT = frozenset({"term", "checklist", "stage", "kpi"})
# Beginnings that many companies share with their country or town.
_WIDE = frozenset(
    [
        "中国",
        "中华",
        "北京",
        "上海",
        "天津",
        "重庆",
        "广州",
        "深圳",
        "苏州",
        "杭州",
        "南京",
        "武汉",
        "成都",
        "西安",
        "香港",
        "台湾",
        "台北",
        "澳门",
        "浙江",
        "江苏",
        "广东",
        "山东",
        "河北",
        "河南",
        "湖北",
        "湖南",
        "福建",
        "安徽",
        "四川",
        "华东",
        "华北",
        "华南",
        "华中",
        "西南",
        "东北",
        "国家",
        "国际",
        "全国",
        "第一",
    ]
)
_LEGAL_WORD = re.compile(
    r"公司|集团|\b(inc|incorporated|corp|corporation|company|co|ltd|limited|llc|gmbh|plc|group|"
    r"holdings?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


class Entry(NamedTuple):
    """A thing that goes by a name: its kind is the parameter it fills, `name` its full name."""

    kind: str
    name: str


class Named(NamedTuple):
    """A thing and one way to write it; `key` is computed where the records do not hold it."""

    kind: str
    name: str
    alias: str
    key: str = ""


About = Callable[[str, Sequence[str]], Mapping[str, str]]


def nothing_known(_kind: str, _names: Sequence[str]) -> Mapping[str, str]:
    """Of no thing a word."""
    return {}


class Lexicon:
    """Entries by key. Partial and romanised names are indexed when first asked for."""

    def __init__(self, names: Iterable[Named], about: About = nothing_known) -> None:
        """`about` gives what the records say of where and what things of a kind are."""
        self.about = about
        self._exact: dict[str, dict[Entry, None]] = {}
        self._aliases: list[tuple[Entry, str]] = []
        for named in names:
            self._add(named)
        self._add_short_names()

    def _add(self, named: Named) -> None:
        entry = Entry(named.kind, named.name)
        if named.kind == "person" and named.alias != named.name:
            self._aliases.append((entry, named.alias))
        key = named.key or name_key(named.alias)
        if key:
            self._exact.setdefault(key, {})[entry] = None
        for form in _other_forms(named.kind, named.alias):
            self._exact.setdefault(form, {})[entry] = None

    def _add_short_names(self) -> None:
        """The first two characters of a Chinese company name, where no other thing has them."""
        found: dict[str, set[Entry]] = {}
        for key, entries in self._exact.items():
            if len(key) > 3 and has_chinese(key[0]) and has_chinese(key[1]):
                found.setdefault(key[:2], set()).update(entries)
        for short, owners in found.items():
            kinds = {entry.kind for entry in owners}
            if len(owners) == 1 and kinds == {"account"} and short not in _WIDE:
                self._exact.setdefault(short, dict.fromkeys(owners))

    def find(self, key: str) -> tuple[Entry, ...]:
        """All that go by exactly this key."""
        return tuple(self._exact.get(key, ()))

    @cached_property
    def longest(self) -> int:
        """The length of the longest key."""
        return max(map(len, self._exact), default=0)

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first two characters of each key, to rule out most places of a sentence."""
        return frozenset(key[:2] for key in self._exact)

    @cached_property
    def parts(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by each single word of a name of several words; people's other names too."""
        found: dict[str, dict[Entry, None]] = {}
        for entry, name in [*((entry, entry.name) for entry in self._hard()), *self._aliases]:
            words = [word.casefold() for word in _WORD.findall(name)]
            for word in words if len(words) > 1 else ():
                if len(word) > 2:
                    found.setdefault(word, {})[entry] = None
        return {word: tuple(entries) for word, entries in found.items()}

    @cached_property
    def surnames(self) -> dict[str, tuple[Entry, ...]]:
        """People with Chinese names by the character that these begin with."""
        found: dict[str, dict[Entry, None]] = {}
        for entry in self._hard():
            if entry.kind == "person" and has_chinese(entry.name):
                found.setdefault(normalise(entry.name)[0], {})[entry] = None
        return {sign: tuple(entries) for sign, entries in found.items()}

    def namesakes(self, name: str, kind: str) -> list[str]:
        """The full names of one kind that a name could also mean: those that share a way to
        write it, or its first word."""
        entries = {e for e in self._entries() if e.kind == kind and e.name == name}
        entries.update(self.find(name_key(name)))
        starts = {e.name[:2] for e in entries if e.kind == kind and has_chinese(e.name[:2])}
        shared = {e for found in self._exact.values() if entries & found.keys() for e in found}
        first = next(iter(_WORD.findall(name.casefold())), "")
        shared.update(self.parts.get(first, ()))
        shared.update(entry for entry in self._entries() if entry.name[:2] in starts)
        return sorted({entry.name for entry in shared if entry.kind == kind})

    def goes_by(self, name: str, kind: str, said: str) -> bool:
        """Whether one of the names of this thing holds what is said."""
        entry, key = Entry(kind, name), name_key(said)
        return any(entry in found and key in own for own, found in self._exact.items())

    @cached_property
    def romanised(self) -> dict[str, tuple[Entry, ...]]:
        """Entries with Chinese names by their pinyin; people's also given name first."""
        found: dict[str, dict[Entry, None]] = {}
        for key, entries in self._exact.items():
            if has_chinese(key):
                for entry in (e for e in entries if e.kind not in SOFT):
                    for sound in _sounds(key, person=entry.kind == "person"):
                        found.setdefault(sound, {})[entry] = None
        return {sound: tuple(entries) for sound, entries in found.items()}

    @cached_property
    def keys_by_script(self) -> tuple[list[str], list[str]]:
        """Keys long enough to be misspelt: those without Chinese, and those with it."""
        hard = (k for k, found in self._exact.items() if any(e.kind not in SOFT for e in found))
        long = [key for key in hard if len(key) > 2]
        return (
            [key for key in long if len(key) > 3 and not has_chinese(key)],
            [key for key in long if has_chinese(key)],
        )

    def of_kind(self, kind: str) -> list[str]:
        """Full names of one kind, in order."""
        return sorted({entry.name for entry in self._entries() if entry.kind == kind})

    def _hard(self) -> Iterable[Entry]:
        return (entry for entry in self._entries() if entry.kind not in SOFT)

    def _entries(self) -> set[Entry]:
        return {entry for entries in self._exact.values() for entry in entries}


_LIST_ENDINGS = ("清单", "检查表", "检查清单", "核对表")


@lru_cache(maxsize=131_072)
def _other_forms(kind: str, alias: str) -> tuple[str, ...]:
    """Further keys: without the legal form, and a checklist by each word for "checklist"."""
    if kind == "checklist" and has_chinese(alias):
        bare = name_key(alias).removesuffix("清单")
        stems = {bare, bare.removeprefix("客户")} - {""}
        return tuple(stem + ending for stem in stems for ending in _LIST_ENDINGS)
    if not _LEGAL_WORD.search(alias):
        return ()
    stem = name_key(_LEGAL_CHINESE.split(alias)[0]) if kind == "account" else ""
    return tuple({short_key(alias), *([stem] if len(stem) > _STEM and has_chinese(stem) else [])})


_LEGAL_CHINESE = re.compile(r"(?:股份|集团)?有限(?:责任)?公司|[（(]")
_STEM = 3
"""A name before its legal form is a name of its own from here on: 澄岳新材料."""


def sound_of(text: str) -> str:
    """The text's pinyin without tones or spaces; what is not Chinese stays."""
    return "".join(map(_sound, text))


@lru_cache(maxsize=16384)
def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0])


def _sounds(key: str, *, person: bool) -> set[str]:
    sounds = {sound_of(key)}
    if person and 2 <= len(key) <= 3:
        sounds.add(sound_of(key[1:] + key[:1]))
    return sounds


def spoken(kind: Kind, value: str) -> list[Named]:
    """The ways to say one segment or region."""
    return [Named(kind, value, word) for word in sorted({value, *ways_to_say(kind, value)})]
