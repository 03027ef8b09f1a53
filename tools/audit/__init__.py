"""The audit trail: what happened, chained so that a later alteration shows.

Each entry's hash covers who did what, when and where, and the hash before it. The words of an
entry (names, values, texts) come into it as a salted hash only, so that personal data can be
erased on request while the chain still holds. A head keeps how many entries there are; a
witness file beside the database keeps the newest head, so that an end cut off shows too.
"""

from tools.audit.chain import Event, Head, append, append_all, digest, head_of
from tools.audit.check import ERASED, Verdict, verify
from tools.audit.witness import Witness

__all__ = [
    "ERASED",
    "Event",
    "Head",
    "Verdict",
    "Witness",
    "append",
    "append_all",
    "digest",
    "head_of",
    "verify",
]
