"""The built-in model and what it reads sentences with."""

from bot.agent.builtin.language import language_of, language_of_thread
from bot.agent.builtin.model import BuiltInModel

__all__ = ["BuiltInModel", "language_of", "language_of_thread"]
