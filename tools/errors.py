"""What can go wrong in a tool that a person can mend. Anything else is a bug.

Each error carries a sentence for the person who asked, in their language.
"""

from tools.text import Language, Text


class KamError(Exception):
    """An error whose message may be shown to a user."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.render(Language.ENGLISH))
        self.message = message


class BadInput(KamError):
    """An argument does not fit; the message says which and how to write it, and `parameter`
    is its name where only one can be meant."""

    def __init__(self, message: Text, parameter: str | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter


class NotFound(KamError):
    """Nothing goes by that name; `choices` are the nearest names, if any, and `parameter`
    what was to be named."""

    def __init__(
        self, message: Text, choices: tuple[str, ...] = (), parameter: str | None = None
    ) -> None:
        super().__init__(message)
        self.choices = choices
        self.parameter = parameter


class Ambiguous(KamError):
    """Several things go by that name; `choices` are the names to choose from."""

    def __init__(self, message: Text, parameter: str, choices: tuple[str, ...]) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.choices = choices


class NotAllowed(KamError):
    """The asking person may not read or write this."""
