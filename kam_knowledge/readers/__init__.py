"""Any file becomes a document: one reader per kind of file, all listed here.

A reader takes a file's bytes and gives its text by sections. It runs nothing that the file
holds and fetches nothing that the file names. `about` tells how a file gets an information
level, a unit, a title.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kam_knowledge.documents import Document, DocumentError, slug
from kam_knowledge.readers.about import About, about_of
from kam_knowledge.readers.content import Content, Unreadable
from kam_knowledge.readers.html import read_html
from kam_knowledge.readers.mail import read_mail
from kam_knowledge.readers.markdown import read_markdown, read_text
from kam_knowledge.readers.pdf import read_pdf
from kam_knowledge.readers.sheets import read_sheets
from kam_knowledge.readers.slides import read_slides
from kam_knowledge.readers.word import read_word

Reader = Callable[[bytes], Content]

READERS: Mapping[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".pptx": read_slides,
    ".xlsx": read_sheets,
    ".xlsm": read_sheets,
    ".eml": read_mail,
}

_SAVE_AS: Mapping[str, str] = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".wps": ".docx",
    ".pages": ".docx",
    ".ppt": ".pptx",
    ".dps": ".pptx",
    ".key": ".pptx",
    ".odp": ".pptx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".csv": ".xlsx",
    ".numbers": ".xlsx",
    ".ods": ".xlsx",
    ".msg": ".eml",
}
"""Kinds that are documents and have no reader: named as faulty, with the kind to save as."""

_LARGEST = 100_000_000


def is_document(path: Path) -> bool:
    """Whether a folder's file is to be read; what programs leave beside their files is not."""
    known = path.suffix.lower() in READERS.keys() | _SAVE_AS.keys()
    return known and not path.name.startswith((".", "~$"))


def read_file(path: Path) -> Document:
    """Raises `DocumentError`, which names the file, the reason and what to do about it."""
    try:
        content, digest = _content(path)
        about = about_of(path, content.about)
    except (Unreadable, OSError) as error:
        raise DocumentError(f"{path}: {error}") from error
    return _document(path, content, about, digest)


def _content(path: Path) -> tuple[Content, str]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(_no_reader(path.suffix.lower()))
    if path.stat().st_size > _LARGEST:
        limit = _LARGEST // 1_000_000
        raise Unreadable(f"it is larger than {limit} MB; split it, or leave out its pictures")
    data = path.read_bytes()
    content = _read(reader, data)
    if not any(section.text for section in content.sections):
        raise Unreadable("it is empty; add text, or take it out of the folder")
    return content, hashlib.sha256(data).hexdigest()[:8]


def _no_reader(suffix: str) -> str:
    if suffix in _SAVE_AS:
        return f"{suffix} files cannot be read; save it as {_SAVE_AS[suffix]}"
    known = ", ".join(sorted(READERS))
    return f"no reader for this kind of file; save it as one of {known}"


def _read(reader: Reader, data: bytes) -> Content:
    try:
        return reader(data)
    except Unreadable:
        raise
    except Exception as error:
        # A broken file makes a parser fail in ways that nobody can list.
        reason = "it is broken; open it in its own program and save it anew"
        raise Unreadable(f"{reason} ({type(error).__name__})") from error


def _document(path: Path, content: Content, about: About, digest: str) -> Document:
    place = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:6]
    return Document(
        id=about.id or f"{slug(path.stem)}-{place}",
        title=about.title or content.title or path.stem,
        language=about.language or content.language,
        version=about.version or digest,
        sources=about.sources,
        sections=content.sections,
        level=about.level,
        unit=about.unit,
    )
