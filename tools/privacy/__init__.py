"""What is held of one person, a customer's contact or one of us: told, or erased on request."""

from tools.privacy.erasing import Erased, erase
from tools.privacy.finding import Held, Mention, held
from tools.privacy.subject import Subject, subject_named

__all__ = ["Erased", "Held", "Mention", "Subject", "erase", "held", "subject_named"]
