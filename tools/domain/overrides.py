"""A company's own rules: values set by path over the defaults, typed as the defaults are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from tools.domain.rules import Band, LargeDeal, Multiplier, RuleSet, SegmentBands


@dataclass(frozen=True)
class RuleValue:
    """One value of a rule set: its path, the value in force and its origin."""

    path: str
    value: Any
    origin: str


def with_overrides(version: int, overrides: Mapping[str, Any]) -> RuleSet:
    """The defaults with a company's values, by path; an unknown path is a KeyError."""
    rules = RuleSet(version=version)
    for path, value in overrides.items():
        rules = _set(rules, path.split("."), value, path)
    return rules


def values(rules: RuleSet, overrides: Mapping[str, Any]) -> Iterator[RuleValue]:
    """Every value in force; an overridden one has the origin "company"."""
    yield from _walk(rules, "", overrides)


def near_rules(words: str, paths: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """The paths that read most like these words, nearest first."""
    wanted = words.casefold().replace(" ", "_")

    def likeness(path: str) -> float:
        parts = (path, path.rpartition(".")[2])
        return max(SequenceMatcher(None, wanted, part).ratio() for part in parts)

    return tuple(sorted(paths, key=likeness, reverse=True)[:most])


def _walk(part: Any, prefix: str, overrides: Mapping[str, Any]) -> Iterator[RuleValue]:
    for item in fields(part):
        path, value = prefix + item.name, getattr(part, item.name)
        if is_dataclass(value):
            yield from _walk(value, f"{path}.", overrides)
        elif "origin" in item.metadata:
            origin = "company" if path in overrides else item.metadata["origin"]
            yield RuleValue(path, value, origin)


def _set(part: Any, names: list[str], value: Any, path: str) -> Any:
    known = {item.name for item in fields(part) if item.name != "version"}
    if names[0] not in known:
        raise KeyError(f"no rule {path}")
    current = getattr(part, names[0])
    if len(names) > 1:
        if not is_dataclass(current):
            raise KeyError(f"no rule {path}")
        return replace(part, **{names[0]: _set(current, names[1:], value, path)})
    if is_dataclass(current):
        raise KeyError(f"{path} is a group of rules")
    return replace(part, **{names[0]: _typed(current, value, path)})


def _typed(current: Any, value: Any, path: str) -> Any:
    """Overrides come from JSON: numbers become the type of the default.

    A rule that is not set by default is a number.
    """
    if current is None or isinstance(current, Decimal):
        return Decimal(str(value))
    if isinstance(current, int | str) and type(value) is type(current):
        return value
    if isinstance(current, tuple) and isinstance(value, list | tuple):
        return _rows(current, value, path)
    raise TypeError(f"{path} takes {type(current).__name__}")


def _rows(current: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    kinds: dict[str, type[Any]] = {
        "segment_bands": SegmentBands,
        "multipliers": Multiplier,
        "large_deals": LargeDeal,
    }
    name = path.rsplit(".", 1)[-1]
    kind = kinds.get(name) or (type(current[0]) if current else None)
    if kind is None or not is_dataclass(kind):
        return tuple(
            kind(entry) if kind and issubclass(kind, StrEnum) else entry for entry in value
        )
    return tuple(_row(kind, entry) for entry in value)


def _row(kind: type[Any], entry: Mapping[str, Any]) -> Any:
    arguments: dict[str, Any] = {}
    for item in fields(kind):
        given = entry[item.name]
        if item.name == "bands":
            arguments[item.name] = tuple(_row(Band, band) for band in given)
        elif item.type in (Decimal, "Decimal"):
            arguments[item.name] = Decimal(str(given))
        elif isinstance(item.type, type) and issubclass(item.type, StrEnum):
            arguments[item.name] = item.type(given)
        else:
            arguments[item.name] = given
    return kind(**arguments)
