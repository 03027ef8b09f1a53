"""A conversation as turns: each begins with what the person said."""

from collections.abc import Sequence

from langchain_core.messages import AnyMessage, HumanMessage

MENDS = "mends"


def is_asked(message: AnyMessage) -> bool:
    """Whether the person said it; a request to mend a draft is none, though of the same role."""
    return isinstance(message, HumanMessage) and not message.additional_kwargs.get(MENDS)


def turns_of(messages: Sequence[AnyMessage]) -> list[list[AnyMessage]]:
    """The turns in order; the last is the present one."""
    turns: list[list[AnyMessage]] = []
    for message in messages:
        if is_asked(message) or not turns:
            turns.append([])
        turns[-1].append(message)
    return turns
