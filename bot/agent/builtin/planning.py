"""What is to be done with a customer on a day to come: a task, and no contact that took place."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from bot.agent.builtin.folding import fold
from bot.agent.builtin.followup import inherited
from bot.agent.builtin.periods import Period
from bot.agent.builtin.questions import asks, wants_to_see
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import Arguments
from bot.agent.builtin.thesaurus import any_of, phrase_lists
from bot.agent.builtin.thread import Call
from tools.catalog.spec import Tool

TASK = "add_task"
_EDGES = " ,，。.:：;；!！"


def plan_of(said: str, reading: Reading, today: date) -> Arguments | None:
    """What the task is and until when, where the sentence tells of one; a question tells none."""
    day = _day_to_come(reading, today)
    text = reading.folded.text.strip()
    if day is None or asks(text) or wants_to_see(said) or _wants(text) or _is_done(text):
        return None
    said = _without_day(reading)
    lead = _lead().match(said)
    task = (said[lead.end() :] if lead else said).strip(_EDGES)
    if not _opens_a_task().search(fold(task).text):
        return None
    account = next((m.values["account"] for m in reading.names if "account" in m.values), None)
    named = {"account": account} if account else {}
    mine = {"person": "me"} if lead and _MYSELF.search(fold(lead.group()).text) else {}
    return {**named, **mine, "description": task, "due_on": day.isoformat()}


def plan_call(tool: Tool, plan: Arguments, sources: Sequence[Call]) -> Call:
    """The call that proposes the task, for the customer of the conversation where it names none."""
    return Call(tool.name, plan | inherited(tool, plan, sources, wide=False))


def _day_to_come(reading: Reading, today: date) -> date | None:
    """The last day that the sentence names, where that is still to come."""
    if len(reading.periods) != 1:
        return None
    period: Period = reading.periods[0].ahead(today)
    last = period.until or period.since
    return last if last and last >= today else None


def _without_day(reading: Reading) -> str:
    """The sentence without its day."""
    period, folded = reading.periods[0], reading.folded
    before = folded.words(0, period.start)
    after = folded.words(period.end, len(folded.text))
    return f"{_TO_A_DAY.sub('', before).rstrip(_EDGES)} {after.lstrip(_EDGES)}".strip(_EDGES)


_MYSELF = re.compile(r"\b(?:i|i'll|me)\b|我(?!们)")
_TO_A_DAY = re.compile(
    r"\s*\b(?:on|by|until|before|for|at|in|from)\s*$|[在于於到]\s*$", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    said = phrase_lists("planning")
    return re.compile(
        rf"^(?:(?:{any_of(said, 'lead_en')})\b[\s,]*|(?:{any_of(said, 'lead_zh')})[\s,，]*)+",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _opens_a_task() -> re.Pattern[str]:
    """A verb of dealing with a customer: in English at the start, in Chinese perhaps after whom
    it is dealt with."""
    said = phrase_lists("planning")
    return re.compile(
        rf"^(?:{any_of(said, 'en')})\b"
        rf"|^(?:(?:{any_of(said, 'whom_zh')})[^,;，。]{{1,30}}?)?(?:{any_of(said, 'zh')})"
    )


def _wants(text: str) -> bool:
    """Whether the sentence wants something for that day."""
    said = phrase_lists("planning")
    wanted = re.compile(rf"\b(?:{any_of(said, 'wants_en')})\b|{any_of(said, 'wants_zh')}")
    return wanted.search(text) is not None


def _is_done(text: str) -> bool:
    """Whether the sentence tells that it took place."""
    return re.search(phrase_lists("planning")["done"][0], text) is not None
