"""Putting a backup in the place of what a database holds."""

import shutil
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine

from tools.backup.archive import Archive
from tools.data.database import changing_schema, revision_of
from tools.data.portable import replaced, seeded
from tools.errors import KamError
from tools.text import text


def restore(archive: Archive, engine: Engine, *, force: bool = False) -> None:
    """Loads the records, checks them against the manifest and brings the schema up to date, in
    one transaction: a process that dies on the way leaves what was there.

    Raises `KamError` for a database that holds records, unless `force` gives them up.
    """
    if revision_of(engine) is not None and not force:
        with engine.connect() as connection:
            empty = seeded(connection)
        if not empty:
            raise KamError(
                text(
                    "The database holds records already. --force puts the backup in their place; "
                    "they are lost then.",
                    "数据库中已有数据。加上 --force 会用备份替换它们，原有数据将丢失。",
                )
            )
    with changing_schema(engine) as connection:
        manifest = archive.manifest
        replaced(connection, manifest.revision, archive.table, manifest.tables)


def restore_documents(
    archive: Archive, folder: Path, followed: Collection[Path] = ()
) -> list[Path]:
    """Writes the documents under `folder`, but for those whose place is `followed` here and
    there; returns the paths to follow.

    A place that only the backup names is not followed: whoever made the file would choose which
    files of this machine are shown.
    """
    roots = []
    for place, origin in archive.manifest.documents.items():
        if Path(origin) in followed and Path(origin).exists():
            roots.append(Path(origin))
            continue
        members = [m for m in archive.manifest.parts if m.startswith(f"{place}/")]
        for member in members:
            _extract(archive, member, folder)
        if members:
            roots.append(folder / PurePosixPath(place).name / Path(origin).name)
    return roots


def _extract(archive: Archive, member: str, folder: Path) -> None:
    parts = PurePosixPath(member).parts[1:]
    if ".." in parts or any(part.startswith("/") for part in parts):
        raise KamError(
            text(
                "The backup names a file outside its folder: {member}.",
                "备份中有指向目录之外的文件：{member}。",
                member=member,
            )
        )
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.zip.open(member) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
