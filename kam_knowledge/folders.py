"""Folders of documents, kept in step with the index: dropping a file in is the whole change."""

import hashlib
import json
import time
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kam_knowledge.asked import asked_file, questions_about
from kam_knowledge.documents import (
    FORMAT,
    DocumentError,
    Passage,
    UnitId,
    UnknownUnit,
    no_unit,
    passages_of,
)
from kam_knowledge.index import Index, Progress
from kam_knowledge.lock import Behind
from kam_knowledge.readers import is_document, read_file
from kam_knowledge.readers.about import side_files
from kam_knowledge.stored import Batch

METHODOLOGY = Path(__file__).with_name("methodology")

_PREFIX = "file:"
_SETTLED = 2_000_000_000


@dataclass(frozen=True)
class Synced:
    """What a sync did: keys of documents, and for those that cannot be read the reason."""

    indexed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    faulty: tuple[str, ...] = ()


@dataclass
class Folders:
    """The files that are to be in the index: the methodology and whatever was added.

    `state` remembers the added paths, and of each file its time, size and digest, so that
    only a changed file is read; losing it costs one reading of every file. `units` gives the
    record id of the unit that a document names; a document of an unknown unit is faulty.
    """

    state: Path
    library: Path = METHODOLOGY
    units: UnitId = no_unit
    _seen: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    _added: list[str] = field(default_factory=list)
    _faulty: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.state.exists():
            known = json.loads(self.state.read_text("utf-8"))
            self._added = known["added"]
            if known.get("format") == FORMAT:
                self._seen = {key: tuple(value) for key, value in known["seen"].items()}

    @property
    def added(self) -> tuple[Path, ...]:
        """The files and folders that were taken in beside the methodology."""
        return tuple(map(Path, self._added))

    def add(self, paths: Collection[Path]) -> None:
        """Takes further files or folders in, from now on. Raises `DocumentError` for a path
        that is not there."""
        for path in paths:
            if not path.exists():
                raise DocumentError(f"{path}: there is no such file or folder")
        new = [path for path in map(_resolved, paths) if path not in self._added]
        if new:
            self._added += dict.fromkeys(new)
            self._save()

    def sync(
        self, index: Index, progress: Progress | None = None, at_most: int | None = None
    ) -> Synced:
        """Brings the index up to date with the files. Raises `Busy` when another process
        keeps writing. With `at_most`, raises `Behind` where more documents are to be indexed,
        those not counted that could not be read the last time, or any of the library's own:
        what people ask of it is then learned anew."""
        files = dict(self._files())
        digests = self._digests(files)
        indexed = index.lexical.documents(_PREFIX)
        stale = [key for key, digest in digests.items() if indexed.get(key) != digest]
        gone = [key for key in indexed if key not in digests]
        due = [key for key in (*stale, *gone) if key not in self._faulty]
        if at_most is not None:
            count = len(due) + index.to_embed()
            if count > at_most or any(not key.startswith(f"{_PREFIX}/") for key in due):
                raise Behind(count)
        index.repair()
        self._faulty = {k: f for k, f in self._faulty.items() if f[0] == digests.get(k)}
        fresh = [key for key in stale if key not in self._faulty]
        if fresh or gone:
            index.apply(self._read({key: files[key] for key in fresh}, digests, indexed), progress)
            index.apply(Batch(key, "", (), ()) for key in gone)
            self._save()
        read = (key for key in fresh if key not in self._faulty)
        reasons = (reason for _, reason in self._faulty.values())
        return Synced(tuple(read), tuple(gone), tuple(reasons))

    def disagreements(self, index: Index) -> list[str]:
        """Keys of files that are not in the index as they are, and of indexed files that
        are gone."""
        digests = self._digests(dict(self._files()))
        indexed = index.lexical.documents(_PREFIX)
        keys = (digests.keys() | indexed.keys()) - self._faulty.keys()
        return sorted(key for key in keys if digests.get(key) != indexed.get(key))

    def _files(self) -> Iterator[tuple[str, Path]]:
        for path in _documents(self.library):
            yield f"{_PREFIX}{path.relative_to(self.library).as_posix()}", path
        for root in self._added:
            for path in _documents(Path(root)):
                yield f"{_PREFIX}{path.as_posix()}", path

    def _digests(self, files: Mapping[str, Path]) -> dict[str, str]:
        folders: dict[Path, list[Path]] = {}
        return {key: self._digest(key, path, folders) for key, path in files.items()}

    def _digest(self, key: str, path: Path, folders: dict[Path, list[Path]]) -> str:
        """A digest of the file and of the side files that speak of it; empty when it cannot
        be read, so that reading it says why."""
        try:
            own = self._own_digest(key, path)
            beside = [side.read_bytes() for side in side_files(path, folders)]
            if (asked := asked_file(path)).exists():
                beside.append(asked.read_bytes())
            if self._paired(path):
                beside.append(b"paired")
        except OSError:
            return ""
        return hashlib.sha256(b"\n".join([own.encode(), *beside])).hexdigest()[:20]

    def _own_digest(self, key: str, path: Path) -> str:
        """A file's digest, from memory when its time and size are those remembered and the
        time is old enough to tell a later change."""
        stat = path.stat()
        known = self._seen.get(key)
        if known is not None and known[:2] == (stat.st_mtime_ns, stat.st_size):
            return known[2]
        digest = hashlib.sha256(FORMAT.encode() + path.read_bytes()).hexdigest()[:20]
        if time.time_ns() - stat.st_mtime_ns > _SETTLED:
            self._seen[key] = (stat.st_mtime_ns, stat.st_size, digest)
        return digest

    def _read(
        self, files: Mapping[str, Path], digests: Mapping[str, str], indexed: Container[str]
    ) -> Iterator[Batch]:
        """The documents to index. A faulty file's earlier passages go: it may be faulty
        because it is no longer meant for everybody."""
        for key, path in files.items():
            try:
                passages = self._passages(path)
                yield Batch(key, digests[key], passages, questions_about(path, passages))
            except DocumentError as error:
                # A unit may be founded at any time, so this file is tried again.
                tried = "" if isinstance(error, UnknownUnit) else digests[key]
                self._faulty[key] = (tried, str(error))
                if key in indexed:
                    yield Batch(key, "", (), ())

    def _passages(self, path: Path) -> tuple[Passage, ...]:
        document = read_file(path)
        try:
            passages = passages_of(document, self.units)
        except UnknownUnit as error:
            raise UnknownUnit(f"{path}: {error}") from error
        paired = self._paired(path)
        return tuple(replace(passage, paired=True) for passage in passages) if paired else passages

    def _paired(self, path: Path) -> bool:
        """Whether a document of the library stands in the folder of another language too."""
        if path.parent.parent != self.library:
            return False
        others = (folder for folder in self.library.iterdir() if folder != path.parent)
        return any((folder / path.name).exists() for folder in others)

    def _save(self) -> None:
        self.state.parent.mkdir(parents=True, exist_ok=True)
        pending = self.state.with_suffix(".new")
        state = {"format": FORMAT, "added": self._added, "seen": self._seen}
        pending.write_text(json.dumps(state), "utf-8")
        pending.replace(self.state)


def _resolved(path: Path) -> str:
    return str(path.resolve())


def _documents(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for path in sorted(root.rglob("*")):
        if is_document(path) and path.is_file():
            yield path
