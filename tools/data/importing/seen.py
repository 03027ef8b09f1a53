"""Which ids a file has used, and where: kept on disk, so that a long file fits in memory."""

import sqlite3
from collections.abc import Sequence


class SeenKeys:
    """Remembers the line of the first use of each key."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, line INT) WITHOUT ROWID")

    def first_lines(self, uses: Sequence[tuple[str, int]]) -> list[int]:
        """For each (key, line) in order, the line where that key was used first."""
        self._db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", uses)
        find = "SELECT line FROM seen WHERE key = ?"
        return [self._db.execute(find, (key,)).fetchone()[0] for key, _ in uses]

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> "SeenKeys":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
