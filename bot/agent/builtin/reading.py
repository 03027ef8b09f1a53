"""A sentence read: its names, dates, figures, groupings, and the meaning of its other words."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.agent.builtin.figures import Figure, figures_of
from bot.agent.builtin.folding import Folded, fold
from bot.agent.builtin.grouping import Grouping, groupings_of
from bot.agent.builtin.names import Mention, exact_mentions, heard_mentions, near_mentions
from bot.agent.builtin.periods import Period, periods_of
from bot.agent.builtin.places import overlaps, widest, without_overlap
from bot.agent.builtin.questions import asks, asks_for_sorts
from bot.agent.builtin.selves import my_team, myself
from bot.agent.builtin.spelling import corrected
from bot.agent.builtin.strangers import Span, runs_of, stranger_in, unknown_runs, unknown_words
from bot.agent.builtin.thesaurus import Sense, thesaurus, tokens_of
from bot.agent.builtin.titles import titled_mentions
from bot.agent.lexicon import SOFT, Lexicon
from kam_knowledge.scripts import has_chinese

# Meanings that name a sort of thing: alone they do not say what is asked.
NOUNS = frozenset(
    {"account", "team", "rep", "product", "region", "segment", "month", "deal"}
    | {"high", "low", "trend", "won", "lost", "value", "data"}
)
# What is said to be polite.
POLITE = frozenset({"greeting", "thanks"})
# The sort that a name already shows: "the East team", "零售行业".
_SORT_OF = {"team": ("unit", "region"), "rep": ("person",), "customer": ("account",)}
_ENDING = re.compile(r"\W*$|'s\b")
_WHAT_IS = re.compile(r"^what(?:'s| is| are) (?:an? )?")
_MORE_OF = re.compile(
    r"[哪谁][个家]?.{0,5}[高大好强多低小差]|\bwhich (?:one )?(?:is|has|of)\b|\bbetter\b"
)
_OF_THE_METHOD = re.compile(r"\bmethod(?:ology)?\b|方法论")
_COMPANY = re.compile(
    r"\b(?:inc|corp|corporation|company|co|ltd|limited|llc|gmbh|plc|group|holdings?|industries|"
    r"systems|technologies|partners)\b",
    re.IGNORECASE,
)
_TELLING = ("meaning", "wondering", "asking", "word")


@dataclass(frozen=True, eq=False)
class Reading:
    """What a sentence says. `names` hide their words; `soft` names are ordinary words too.

    `masks` are the places of what is no plain word; `stranger` is an unexplained phrase that
    looks like a name; `known` tells the words that the examples use.
    """

    folded: Folded
    names: tuple[Mention, ...]
    soft: tuple[Mention, ...]
    periods: tuple[Period, ...]
    figures: tuple[Figure, ...]
    groupings: tuple[Grouping, ...]
    masks: tuple[tuple[int, int, str], ...]
    stranger: str | None
    me: bool
    my_team: bool
    known: Callable[[str], bool]

    @property
    def text(self) -> str:
        return self.folded.original

    @property
    def places(self) -> list[Span]:
        """Where names and days stand."""
        names = [(mention.start, mention.end) for mention in self.names]
        return names + [(period.start, period.end) for period in self.periods]

    @cached_property
    def senses(self) -> tuple[Sense, ...]:
        return _senses(self.folded, self.masks, self.known)

    def senses_naming(self, kinds: frozenset[str]) -> tuple[Sense, ...]:
        """The senses where soft names of these kinds hide their words."""
        hidden = [(m.start, m.end, k) for m in self.soft for k in m.values if k in kinds]
        if not hidden:
            return self.senses
        masks = without_overlap([*self.masks, *sorted(hidden, key=lambda s: s[0] - s[1])])
        return _senses(self.folded, masks, self.known)

    @cached_property
    def said(self) -> tuple[Sense, ...]:
        """The senses that tell something."""
        return self.telling(self.senses)

    def telling(self, senses: Iterable[Sense]) -> tuple[Sense, ...]:
        """Of these senses, those that are no grammar, politeness or name, and more than the
        sort of thing that a name beside them is."""
        told = [s for s in senses if s.group in _TELLING and not self._is_sort(s)]
        content = [s for s in told if s.meaning not in POLITE]
        return tuple(content or told)

    def _is_sort(self, sense: Sense) -> bool:
        kinds = _SORT_OF.get(sense.meaning, (sense.meaning,))
        return sense.meaning in NOUNS and any(
            kind in mention.values and _adjacent(sense, mention)
            for mention in self.names
            for kind in kinds
        )

    @cached_property
    def meanings(self) -> frozenset[str]:
        """The field's meanings that say what is asked."""
        telling = {s.meaning for s in self.said if s.group in ("meaning", "wondering")}
        return frozenset(telling - NOUNS)

    @property
    def thanks(self) -> bool:
        """Whether the sentence says thanks, or takes leave, and asks nothing."""
        told = {sense.meaning for sense in self.senses if sense.group in _TELLING}
        return "thanks" in told <= {"thanks", "greeting", "help"} and not self.has_slots

    @property
    def is_elliptical(self) -> bool:
        """Whether the sentence names things, days or figures without saying what of them."""
        words = [s for s in self.said if s.group == "word" and self.known(s.meaning)]
        telling = any(s.end - s.start > 1 and not s.meaning.isdigit() for s in words)
        return not self.meanings and not telling

    @property
    def asks_of_sorts(self) -> bool:
        """Whether the sentence opens as a question, says a sort of thing and bounds it by days
        or figures: "what did we win in 2025"."""
        said = any(s.group == "meaning" and s.meaning in NOUNS for s in self.said)
        return said and bool(self.periods or self.figures) and asks(self.folded.text)

    @property
    def is_fragment(self) -> bool:
        """Whether the sentence is a few words that ask no full question."""
        asks = any(s.group in ("asking", "wondering") for s in self.said)
        return not asks and not self.has_slots and len(self.said) <= 3

    @property
    def is_general(self) -> bool:
        """Whether the sentence asks how, why or when, and names nothing in particular."""
        return not self.has_slots and any(s.group == "wondering" for s in self.said)

    @property
    def asks_how(self) -> bool:
        """Whether the sentence asks how something is done or reckoned, and not what it means."""
        ways = {s.meaning for s in self.said}
        return bool(ways & {"how_do", "computed", "difference", "kinds"}) and "define" not in ways

    @property
    def _term(self) -> Mention | None:
        return next((m for m in self.soft if "term" in m.values), None)

    @property
    def is_term(self) -> bool:
        """Whether the sentence is a term and nothing else."""
        term = self._term
        return term is not None and term.said == self.text.strip(" ?？.。!！")

    @property
    def is_all_term(self) -> bool:
        """Whether nothing but a term is said, beside the words that ask which it has."""
        term = self._term
        return (
            term is not None
            and not self.has_slots
            and asks_for_sorts(self.folded.text)
            and all(
                s.group == "asking" or (term.start <= s.start and s.end <= term.end)
                for s in self.said
            )
        )

    @property
    def defines(self) -> bool:
        """Whether the sentence asks what a term is, names it without an article, and nothing
        of the records."""
        term, opens = self._term, _WHAT_IS.match(self.folded.text)
        if term is None or self.names or (opens and (self.me or self.my_team)):
            return False
        if _OF_THE_METHOD.search(self.folded.text):
            return False
        asked = [s for s in self.senses if s.meaning == "define"]
        opened = opens is not None and opens.end() == term.start
        return opened or any(self._side_by_side(sense, term) for sense in asked)

    def _side_by_side(self, sense: Sense, mention: Mention) -> bool:
        """Whether nothing that tells something stands between the two."""
        start, end = min(sense.end, mention.end), max(sense.start, mention.start)
        between = [s for s in self.senses if start <= s.start and s.end <= end]
        return not any(s.group in _TELLING for s in between)

    @property
    def compares(self) -> bool:
        """Whether the sentence sets things side by side."""
        said = any(s.group == "asking" and s.meaning == "compare" for s in self.said)
        return said or (self._accounts > 1 and bool(_MORE_OF.search(self.folded.text)))

    @property
    def _accounts(self) -> int:
        """How many accounts the sentence names."""
        return len({m.values["account"] for m in self.names if "account" in m.values})

    @property
    def strangeness(self) -> float:
        """The share of the telling words that neither the field nor the examples know."""
        strange = unknown_words(self.said, self.known)
        return len(strange) / len(self.said) if self.said else 0.0

    @property
    def has_slots(self) -> bool:
        parts = (self.names, self.periods, self.figures, self.groupings)
        return any(parts) or self.me or self.my_team

    @cached_property
    def unknown(self) -> str:
        """The longest run of words that nothing explains, as the user wrote it."""
        if self.stranger:
            return self.stranger
        loose = [
            s
            for s in self.senses
            if s.group == "function" or (s.group == "word" and not self.known(s.meaning))
        ]
        spans = [span for run in runs_of(loose, self.folded.text) if (span := _trimmed(run))]
        spans = [span for span in spans if self._may_name(*span)]
        longest = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
        return self.folded.words(*longest)

    @property
    def unknown_name(self) -> str:
        """What nothing explains, if it is Chinese or shows that it is a name: by a capital
        within the sentence, a figure, or a word of companies."""
        said = self.unknown
        opens = self.text.lstrip().startswith(said)
        capital = any(word[:1].isupper() for word in said.split()[1 if opens else 0 :])
        shown = capital or any(c.isdigit() for c in said) or _COMPANY.search(said)
        return said if (has_chinese(said) and len(said) > 1) or shown else ""

    def _may_name(self, start: int, end: int) -> bool:
        """Chinese anywhere; Latin words that end the sentence or own something."""
        rest = self.folded.text[end:]
        return has_chinese(self.folded.text[start:end]) or bool(_ENDING.match(rest))


Known = Callable[[str], bool]


def read(
    text: str, lexicon: Lexicon, today: date, known: Known, given: tuple[Mention, ...] = ()
) -> Reading:
    """The sentence read against the lexicon; `known` tells the words that are no names, and
    `given` names are taken as they are."""
    folded = fold(text)
    mentions = [*given, *exact_mentions(folded, lexicon)]
    mentions += [m for m in titled_mentions(folded, lexicon) if not overlaps(m, mentions)]
    mentions += heard_mentions(folded, mentions, lexicon)
    names = [m for m in mentions if m.kind not in SOFT]
    periods = [p for p in periods_of(folded.text, today) if not overlaps(p, names)]
    figures = [f for f in figures_of(folded.text) if not overlaps(f, [*names, *periods])]
    blocked: list[Mention | Period | Figure] = [*names, *periods, *figures]
    groupings = [g for g in groupings_of(folded.text) if not overlaps(g, blocked)]
    team = my_team(folded.text)
    masks = _masks(names, periods, figures, groupings, team)
    soft = widest([m for m in mentions if m.kind in SOFT])
    near, stranger = _unexplained(folded, masks, soft, lexicon, known)
    masks += [(m.start, m.end, m.kind) for m in near]
    masks += [(*stranger, "stranger")] if stranger else []
    return Reading(
        folded,
        tuple(sorted([*names, *near], key=lambda m: m.start)),
        tuple(soft),
        tuple(periods),
        tuple(figures),
        tuple(groupings),
        tuple(masks),
        folded.words(*stranger) if stranger else None,
        me=team is None and myself(folded.text) is not None,
        my_team=team is not None,
        known=known,
    )


def _senses(
    folded: Folded, masks: Sequence[tuple[int, int, str]], known: Known
) -> tuple[Sense, ...]:
    tokens = tokens_of(folded.text, masks)
    return tuple(thesaurus().read(corrected(tokens, folded, known)))


def _unexplained(
    folded: Folded,
    masks: Sequence[tuple[int, int, str]],
    soft: Sequence[Mention],
    lexicon: Lexicon,
    known: Known,
) -> tuple[list[Mention], Span | None]:
    """Names meant by unknown words, and else the phrase of them that looks like a name."""
    senses = _senses(folded, masks, known)
    runs = [
        run
        for run in unknown_runs(senses, folded.text, known)
        if not any(m.start < run[-1].end and run[0].start < m.end for m in soft)
    ]
    near = list(near_mentions(folded, runs, lexicon)) if runs else []
    asks = any(s.group == "meaning" and s.meaning not in NOUNS for s in senses)
    return near, stranger_in(folded, runs, senses) if asks and not near else None


def _adjacent(sense: Sense, mention: Mention) -> bool:
    return 0 <= sense.start - mention.end <= 1 or 0 <= mention.start - sense.end <= 1


def _masks(
    names: Sequence[Mention],
    periods: Sequence[Period],
    figures: Sequence[Figure],
    groupings: Sequence[Grouping],
    team: Span | None,
) -> list[tuple[int, int, str]]:
    masks = [(m.start, m.end, m.kind) for m in names]
    masks += [(p.start, p.end, "date") for p in periods]
    masks += [(f.start, f.end, f.kind) for f in figures]
    masks += [(*team, "unit")] if team else []
    masks += [(g.start, g.end, "by") for g in groupings if g.strong]
    return without_overlap(masks)


def _trimmed(run: Sequence[Sense]) -> Span | None:
    """The place of the run without grammar at its ends."""
    words = [i for i, sense in enumerate(run) if sense.group != "function"]
    return (run[words[0]].start, run[words[-1]].end) if words else None
