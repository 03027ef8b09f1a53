"""Writing a backup while others go on working."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from tools.backup.archive import MANIFEST, Manifest
from tools.data.portable import Digest, snapshot
from tools.data.portable.read import Running

HISTORY = "history.jsonl"


def back_up(
    engine: Engine,
    path: Path,
    *,
    made_at: datetime,
    program: str,
    history: Iterable[str] = (),
    documents: Iterable[Path] = (),
) -> Manifest:
    """Writes all records as of one moment, then `history` (lines) and the files of `documents`.

    The file appears whole or not at all.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            tables, revision = _records(engine, file)
            parts = {HISTORY: _lines(file, HISTORY, history)}
            origins = {}
            for number, root in enumerate(documents, start=1):
                folder = f"documents/{number}"
                origins[folder] = str(root)
                parts |= {name: _file(file, name, found) for name, found in _members(folder, root)}
            manifest = Manifest(
                made_at=made_at.isoformat(timespec="seconds"),
                program=program,
                revision=revision,
                database=engine.dialect.name,
                tables=tables,
                parts=parts,
                documents=origins,
            )
            file.writestr(MANIFEST, manifest.as_json())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _records(engine: Engine, file: zipfile.ZipFile) -> tuple[dict[str, Digest], str]:
    with snapshot(engine) as taken:
        tables = {
            table.name: _lines(file, f"tables/{table.name}.jsonl", taken.lines(table))
            for table in taken.tables
        }
    return tables, taken.revision


def _lines(file: zipfile.ZipFile, member: str, lines: Iterable[str]) -> Digest:
    running = Running()
    with file.open(member, "w", force_zip64=True) as raw:
        for line in running.of(lines):
            raw.write(line.encode() + b"\n")
    return running.digest()


def _members(folder: str, root: Path) -> Iterator[tuple[str, Path]]:
    if root.is_file():
        yield f"{folder}/{root.name}", root
        return
    for source in sorted(root.rglob("*")):
        if source.is_file():
            yield f"{folder}/{root.name}/{source.relative_to(root).as_posix()}", source


def _file(file: zipfile.ZipFile, member: str, source: Path) -> Digest:
    digest = hashlib.sha256()
    with source.open("rb") as content, file.open(member, "w", force_zip64=True) as raw:
        while block := content.read(1 << 20):
            digest.update(block)
            raw.write(block)
    return Digest(1, digest.hexdigest())


def described(manifest: Manifest) -> Mapping[str, int]:
    """How much a backup holds, for people."""
    return {
        "records": manifest.rows,
        "conversations": manifest.parts[HISTORY].rows,
        "documents": len(manifest.parts) - 1,
    }
