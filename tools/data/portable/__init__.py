"""Every record as portable lines: what backups hold, and what moves between databases.

A line is one row in JSON, alike on SQLite and PostgreSQL, so two databases hold the same where
the digests of their tables agree.
"""

from tools.data.portable.load import load, replaced
from tools.data.portable.read import Digest, Snapshot, digests, snapshot
from tools.data.portable.shape import seeded

__all__ = ["Digest", "Snapshot", "digests", "load", "replaced", "seeded", "snapshot"]
