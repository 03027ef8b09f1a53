"""Playbooks, roles and units by the names that occur in a question."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from kam_knowledge.practice import Phrase
from tools.domain.names import name_key
from tools.errors import NotFound
from tools.text import Text, text


class Called(Protocol):
    """A thing of the practice with its names in both languages."""

    @property
    def name(self) -> Phrase: ...

    @property
    def aliases(self) -> Sequence[str]: ...


Thing = TypeVar("Thing", bound=Called)


def mentioned(question: str, things: Sequence[Thing], kind: Text) -> Thing:
    """The thing whose name occurs in the question, the longest name first; `NotFound` if none."""
    asked = name_key(question)
    names: Mapping[str, Thing] = {
        name_key(name): thing
        for thing in things
        for name in (thing.name.en, thing.name.zh, *thing.aliases)
    }
    found = [name for name in names if name in asked]
    if found:
        return names[max(found, key=len)]
    raise NotFound(
        text(
            "The methodology has no {kind} of that name in “{question}”.",
            "方法论中没有“{question}”所说的{kind}。",
            kind=kind,
            question=question,
        ),
        tuple(thing.name.en for thing in things),
    )


def said(phrase: Phrase) -> Text:
    """A phrase of the practice as a text."""
    return text("{en}", "{zh}", en=phrase.en, zh=phrase.zh)
