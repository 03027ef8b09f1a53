"""Office files are zip archives of XML: what is checked before a parser sees one."""

import io
import zipfile

from kam_knowledge.readers.content import Unreadable

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = 20_000
_LARGEST = 500_000_000
_LARGEST_XML = 150_000_000
_RATIO = 250
_SMALL = 10_000_000
_HEAD = 2_000


def check_package(data: bytes) -> None:
    """Raises `Unreadable` for a file that is no Office package, is protected by a password,
    unpacks to far more than it is, or declares entities."""
    if data.startswith(_OLD):
        raise Unreadable(
            "it is protected by a password or in an old Office format; "
            "save it without a password as .docx, .pptx or .xlsx"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Unreadable("it is broken; open it in its own program and save it anew") from error
    with archive:
        _check_sizes(archive, len(data))
        for part in archive.namelist():
            _check_entities(archive, part)


def _check_sizes(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    largest = max((part.file_size for part in parts if _is_xml(part.filename)), default=0)
    swollen = total > _SMALL and total > packed * _RATIO
    if len(parts) > _PARTS or total > _LARGEST or largest > _LARGEST_XML or swollen:
        megabytes = total // 1_000_000
        raise Unreadable(f"it unpacks to {megabytes} MB, too much for a document; split it")


def _check_entities(archive: zipfile.ZipFile, part: str) -> None:
    """Office writes no document type, so one is there only to declare entities."""
    if not _is_xml(part):
        return
    with archive.open(part) as file:
        head = file.read(_HEAD).replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("it declares XML entities, which no Office program does; it is refused")


def _is_xml(part: str) -> bool:
    return part.lower().endswith((".xml", ".rels", ".vml"))
