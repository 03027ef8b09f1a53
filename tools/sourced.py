"""What is said of a recorded value: where it comes from, as of when, how sure it is."""

from datetime import date

from tools.text import Text, Value, text


def state(confirmed: bool) -> Text:
    """Whether somebody confirmed a value."""
    return text("confirmed", "已确认") if confirmed else text("assumed", "假设")


def origin_note(source: Value, as_of: date, *, confirmed: bool) -> Text:
    """Source, day and state of a value in one phrase."""
    return text(
        "{source}, as of {as_of}, {state}",
        "{source}，截至 {as_of}，{state}",
        source=source,
        as_of=as_of,
        state=state(confirmed),
    )


def not_set(path: str) -> Text:
    """A rule without a default that the company has not set."""
    return text(
        "{path} is not set; sales operations can set it in the rules.",
        "规则 {path} 未设置，请销售运营在规则中设定。",
        path=path,
    )
