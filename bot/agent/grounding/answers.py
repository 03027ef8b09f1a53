"""The text that leaves: the sentences that stand, with their citations counted from 1."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.agent.grounding.citations import marks_in, renumbered
from bot.agent.grounding.sentences import without
from bot.agent.grounding.verdicts import Reason, Verdict
from tools.cards import Quote

_WHY = {
    Reason.FIGURE: "no result has this figure:",
    Reason.DATE: "no result has this date:",
    Reason.NAME: "no result speaks of",
    Reason.NO_PASSAGE: "no passage has the mark",
    Reason.NOT_IN_PASSAGE: "this is not what it cites:",
    Reason.UNCITED: "no passage is cited for this",
}


@dataclass(frozen=True)
class Answer:
    """What a language model said, as far as it stands: `citations[n - 1]` is what [n] cites,
    `dropped` how many sentences do not stand."""

    text: str
    citations: tuple[Quote, ...] = ()
    dropped: int = 0


def answer_of(reply: str, verdicts: Sequence[Verdict], quotes: Sequence[Quote]) -> Answer:
    """The reply without the sentences that do not pass."""
    dropped = [place for place, verdict in enumerate(verdicts) if not verdict.passes]
    kept = without(reply, [verdict.sentence for verdict in verdicts], dropped)
    cited = [mark for mark in dict.fromkeys(marks_in(kept)) if 0 < mark <= len(quotes)]
    numbers = {mark: number for number, mark in enumerate(cited, 1)}
    citations = tuple(quotes[mark - 1] for mark in cited)
    return Answer(renumbered(kept, numbers), citations, len(dropped))


def correction(verdicts: Sequence[Verdict]) -> str:
    """What did not stand and why, one line a sentence, for the model to mend."""
    lines = []
    for verdict in verdicts:
        if verdict.faults:
            why = "; ".join(
                f"{_WHY[fault.reason]} {fault.said}".strip() for fault in verdict.faults
            )
            lines.append(f"- {verdict.sentence.claim.strip()}\n  {why}")
    return "\n".join(lines)
