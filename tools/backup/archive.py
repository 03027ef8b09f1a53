"""The file: a ZIP of one JSON line per row, with a manifest that counts and hashes each part."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools.data.database import revisions
from tools.data.portable import Digest
from tools.errors import KamError
from tools.text import text

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `tables` are digests of the rows, `parts` of other members
    of the file; `documents` gives the path that each folder of documents came from."""

    made_at: str
    program: str
    revision: str
    database: str
    tables: Mapping[str, Digest]
    parts: Mapping[str, Digest]
    documents: Mapping[str, str]

    @property
    def rows(self) -> int:
        return sum(digest.rows for digest in self.tables.values())

    def as_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Manifest":
        tables, parts = (
            {name: Digest(**digest) for name, digest in given[kind].items()}
            for kind in ("tables", "parts")
        )
        said = {k: v for k, v in given.items() if k not in {"format", "tables", "parts"}}
        return cls(tables=tables, parts=parts, **said)


@dataclass(frozen=True)
class Archive:
    """A backup opened for reading."""

    zip: zipfile.ZipFile
    manifest: Manifest

    def lines(self, member: str) -> Iterator[str]:
        """The lines of a member; none where it is not there."""
        if member not in self.zip.namelist():
            return
        with self.zip.open(member) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as lines:
            for line in lines:
                yield line.rstrip("\n")

    def table(self, name: str) -> Iterator[str]:
        return self.lines(f"tables/{name}.jsonl")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup whose every part is as its manifest says. Raises `KamError` in words for a file
    that is none, is damaged, or comes from a newer program."""
    try:
        with zipfile.ZipFile(path) as file:
            archive = Archive(file, _manifest(file))
            _check(archive)
            yield archive
    except (zipfile.BadZipFile, EOFError) as error:
        raise _damaged(path.name) from error


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        given = json.loads(file.read(MANIFEST))
        known = given["format"] <= FORMAT and given["revision"] in revisions()
        manifest = Manifest.of(given) if known else None
    except (KeyError, TypeError, ValueError) as error:
        raise KamError(
            text(
                "This is no backup of this program, or it is incomplete: it has no manifest.",
                "这不是本程序的备份文件，或备份不完整：缺少清单。",
            )
        ) from error
    if manifest is None:
        raise KamError(
            text(
                "The backup comes from a newer program (revision {found}); please update first.",
                "该备份来自更新版本的程序（结构版本 {found}），请先升级。",
                found=str(given["revision"]),
            )
        )
    return manifest


def _check(archive: Archive) -> None:
    """Reads every part once and compares it with the manifest."""
    expected = {f"tables/{n}.jsonl": d for n, d in archive.manifest.tables.items()}
    for member, digest in {**expected, **archive.manifest.parts}.items():
        try:
            with archive.zip.open(member) as raw:
                found = hashlib.file_digest(raw, "sha256").hexdigest()  # type: ignore[arg-type]
        except KeyError:
            found = ""
        if found != digest.sha256:
            raise _damaged(member)


def _damaged(part: str) -> KamError:
    return KamError(
        text(
            "The backup is damaged ({part}); nothing was changed.",
            "备份文件已损坏（{part}），未做任何改动。",
            part=part,
        )
    )
