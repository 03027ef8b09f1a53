"""A sentence read: its names, dates, figures, groupings, and the meaning of its other words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.agent.builtin.figures import Figure, figures_of
from bot.agent.builtin.folding import Folded, fold
from bot.agent.builtin.grouping import Grouping, groupings_of
from bot.agent.builtin.names import SOFT, Mention, exact_mentions, near_mentions
from bot.agent.builtin.periods import Period, periods_of
from bot.agent.builtin.selves import my_team, myself
from bot.agent.builtin.thesaurus import Sense, Token, thesaurus, tokens_of
from bot.agent.lexicon import Lexicon

# Meanings that name a sort of thing: alone they do not say what is asked.
_NOUNS = frozenset(
    {
        "account",
        "team",
        "rep",
        "product",
        "region",
        "segment",
        "month",
        "high",
        "low",
        "deal",
        "trend",
    }
)


@dataclass(frozen=True)
class Reading:
    """What a sentence says. `names` hide their words; `soft` names are ordinary words too."""

    folded: Folded
    names: tuple[Mention, ...]
    soft: tuple[Mention, ...]
    periods: tuple[Period, ...]
    figures: tuple[Figure, ...]
    groupings: tuple[Grouping, ...]
    senses: tuple[Sense, ...]
    me: bool
    my_team: bool
    known: Callable[[str], bool]

    def _is_unknown(self, sense: Sense) -> bool:
        return sense.group == "word" and not self.known(sense.meaning)

    @property
    def text(self) -> str:
        return self.folded.original

    @cached_property
    def said(self) -> tuple[Sense, ...]:
        """The senses that tell something: no grammar, no politeness, no names or figures."""
        telling = tuple(s for s in self.senses if s.group in ("meaning", "asking", "word"))
        polite = tuple(s for s in telling if s.meaning == "greeting")
        return (
            telling if len(polite) == len(telling) else tuple(s for s in telling if s not in polite)
        )

    @cached_property
    def meanings(self) -> frozenset[str]:
        """The field's meanings that say what is asked."""
        return frozenset(s.meaning for s in self.said if s.group == "meaning") - _NOUNS

    @property
    def is_elliptical(self) -> bool:
        """Whether the sentence names things, days or figures without saying what of them."""
        if self.meanings:
            return False
        return not any(s.group == "word" and s.end - s.start > 1 for s in self.said)

    @property
    def has_slots(self) -> bool:
        parts = (self.names, self.periods, self.figures, self.groupings)
        return any(parts) or self.me or self.my_team

    @cached_property
    def unknown(self) -> str:
        """The words that nothing explains, as the user wrote them: perhaps a name."""
        loose = [s for s in self.senses if s.group == "function" or self._is_unknown(s)]
        runs = [_trimmed(run) for run in _runs(loose, self.folded.text)]
        spans = [(run[0].start, run[-1].end) for run in runs if run]
        longest = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
        return self.folded.words(*longest)


Known = Callable[[str], bool]


def read(
    text: str, lexicon: Lexicon, today: date, known: Known, given: tuple[Mention, ...] = ()
) -> Reading:
    """The sentence read against the lexicon; `known` tells the words that are no names, and
    `given` names are taken as they are."""
    folded = fold(text)
    mentions = [*given, *exact_mentions(folded, lexicon)]
    names = [m for m in mentions if m.kind not in SOFT]
    periods = [p for p in periods_of(folded.text, today) if not _overlaps(p, names)]
    figures = [f for f in figures_of(folded.text) if not _overlaps(f, [*names, *periods])]
    blocked = [*names, *periods, *figures]
    groupings = [g for g in groupings_of(folded.text) if not _overlaps(g, blocked)]
    team = my_team(folded.text)
    masks = _masks(names, periods, figures, groupings, team)
    senses = list(thesaurus().read(tokens_of(folded.text, masks)))
    runs = _unknown_runs(senses, folded.text, known)
    near = list(near_mentions(folded, runs, lexicon)) if runs else []
    if near:
        masks += [(m.start, m.end, m.kind) for m in near]
        senses = list(thesaurus().read(tokens_of(folded.text, masks)))
    return Reading(
        folded,
        tuple(sorted([*names, *near], key=lambda m: m.start)),
        tuple(m for m in mentions if m.kind in SOFT),
        tuple(periods),
        tuple(figures),
        tuple(groupings),
        tuple(senses),
        me=team is None and myself(folded.text) is not None,
        my_team=team is not None,
        known=known,
    )


def _overlaps(
    item: Period | Figure | Grouping, others: Sequence[Mention | Period | Figure]
) -> bool:
    return any(item.start < other.end and other.start < item.end for other in others)


def _masks(
    names: Sequence[Mention],
    periods: Sequence[Period],
    figures: Sequence[Figure],
    groupings: Sequence[Grouping],
    team: tuple[int, int] | None,
) -> list[tuple[int, int, str]]:
    masks = [(m.start, m.end, m.kind) for m in names]
    masks += [(p.start, p.end, "date") for p in periods]
    masks += [(f.start, f.end, f.kind) for f in figures]
    if team and not any(start < team[1] and team[0] < end for start, end, _ in masks):
        masks.append((*team, "unit"))
    for grouping in groupings:
        free = not any(s < grouping.end and grouping.start < e for s, e, _ in masks)
        if grouping.strong and free:
            masks.append((grouping.start, grouping.end, "by"))
    return masks


def _unknown_runs(senses: Sequence[Sense], text: str, known: Known) -> list[list[Token]]:
    """Runs of words of no known meaning that could be names."""
    words = [s for s in senses if s.group == "word" and not known(s.meaning)]
    runs = _runs(words, text)
    return [
        [Token(s.meaning, s.start, s.end) for s in run]
        for run in runs
        if run[-1].end - run[0].start > 1 and not text[run[0].start : run[-1].end].isdigit()
    ]


def _runs(senses: Sequence[Sense], text: str) -> list[list[Sense]]:
    """Senses that stand side by side, with at most a space or a hyphen between them."""
    runs: list[list[Sense]] = []
    for sense in senses:
        if runs and text[runs[-1][-1].end : sense.start].strip(" -&·.") == "":
            runs[-1].append(sense)
        else:
            runs.append([sense])
    return runs


def _trimmed(run: list[Sense]) -> list[Sense]:
    """The run without grammar at its ends."""
    start, end = 0, len(run)
    while start < end and run[start].group == "function":
        start += 1
    while end > start and run[end - 1].group == "function":
        end -= 1
    return run[start:end]
