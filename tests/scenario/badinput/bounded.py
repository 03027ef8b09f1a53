"""A process with little memory that reads hostile files: run by the tests of bad input.

Says of each file, one JSON line each, what came of it and by how much the most memory that the
process ever held has grown.
"""

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy.orm import close_all_sessions

from kam_knowledge.documents import DocumentError
from kam_knowledge.readers import read_file
from tools.data.database import open_engine, session_factory
from tools.data.importing import ImportOptions, import_paths
from tools.errors import KamError

MEMORY = 2 << 30


def document(path: Path) -> str:
    """What reading it as a document ends in."""
    try:
        found = read_file(path)
    except DocumentError as error:
        return f"refused: {error}"
    return f"read: {len(found.sections)} sections"


def importing(url: str) -> Callable[[Path], str]:
    """What importing a file ends in."""
    sessions = session_factory(open_engine(url))

    def imported(path: Path) -> str:
        try:
            report = import_paths(sessions, [path], ImportOptions(today=date(2026, 1, 15)))
        except KamError as error:
            return f"refused: {error}"
        finally:
            close_all_sessions()
        problems = "; ".join(
            str(KamError(s.problem)) for s in report.sheets if s.problem is not None
        )
        rows = sum(s.rows for s in report.sheets)
        told = "; ".join(str(KamError(r.reason)) for r in report.rejections[:3])
        return f"read: {rows} rows, {report.rejected} rejected ({told}) {problems}"

    return imported


def _most() -> int:
    """The most memory held so far, in megabytes; `getrusage` would count the parent's too."""
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(x.split()[1]) >> 10 for x in status.splitlines() if x.startswith("VmHWM"))


def main(read: Callable[[Path], str], warm_up: Path, folder: Path) -> None:
    """Reads every file of the folder; the first one before it is measured loads what is needed."""
    read(warm_up)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for path in sorted(folder.iterdir()):
        before = _most()
        try:
            outcome = read(path)
        except Exception as error:  # noqa: BLE001  (a traceback is what the test looks for)
            outcome = f"raised: {type(error).__name__}: {str(error)[:300]}"
        print(json.dumps([path.name, outcome, _most() - before]), flush=True)


if __name__ == "__main__":
    main(
        document if sys.argv[1] == "documents" else importing(sys.argv[1]),
        Path(sys.argv[2]),
        Path(sys.argv[3]),
    )
