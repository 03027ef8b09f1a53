"""Files as a whole: what is known about them, what is refused and why, and broken ones."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_knowledge.documents import Document, DocumentError, passages_of
from kam_knowledge.readers import READERS, is_document, read_file

from .samples import LOREM, deck, mail, pdf, slide, word, workbook

PAGE = f"<html><body><h1>Plan</h1><p>{LOREM}</p></body></html>".encode()


@lru_cache
def sample(suffix: str) -> bytes:
    """A sound file of each kind, with a text about reviews."""

    def draw(canvas: Any) -> None:
        canvas.drawString(72, 700, "Key account reviews are held every quarter")

    made: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: word(lambda document: document.add_paragraph(LOREM)),
        ".pptx": lambda: deck(lambda made: slide(made, "Plan", LOREM)),
        ".xlsx": lambda: workbook(Plan=[["account", "text"], ["x", LOREM]]),
        ".xlsm": lambda: sample(".xlsx"),
        ".pdf": lambda: pdf(draw),
        ".eml": lambda: mail(LOREM),
    }
    text = PAGE if "htm" in suffix else f"# Plan\n\n{LOREM}".encode()
    return made[suffix]() if suffix in made else text


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    def put(name: str, data: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return put


Put = Callable[..., Path]


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_every_kind_gives_a_document_with_passages(put: Put, suffix: str) -> None:
    document = read_file(put(f"review{suffix}", sample(suffix)))

    assert "Key account reviews are held every quarter" in passages_of(document)[-1].text
    assert document.level == 1
    assert document.unit is None
    assert document.id.startswith("review-")


def test_a_citation_names_page_and_heading(put: Put) -> None:
    document = read_file(put("review.pdf", sample(".pdf")))
    assert [passage.section for passage in passages_of(document)] == ["Page 1"]


def test_two_files_of_one_name_are_two_documents(put: Put) -> None:
    first, second = (read_file(put(f"{folder}/minutes.md", "text")) for folder in "ab")
    assert first.id != second.id


def about(document: Document) -> tuple[Any, ...]:
    return document.level, document.unit, document.title, document.language, document.version


def test_front_matter_over_side_file_over_folder_over_outer_folder(put: Put) -> None:
    put("_about.yaml", "level: 4\nunit: East\nversion: 1\nlanguage: zh-Hant\n")
    put("in/_about.yaml", "level: 3\nversion: 2\n")
    put("in/plan.md.yaml", "Version: 3\ntitle: Side\nsources: [K2]")
    path = put("in/plan.md", "---\ntitle: Own\ntopic: manage\n---\ntext")

    assert about(read_file(path)) == (3, "East", "Own", "zh-Hant", "3")
    assert read_file(path).sources == ("K2",)
    assert about(read_file(put("in/deep/a.pdf", sample(".pdf"))))[:2] == (3, "East")


_NESTED = ["&a0 [x]", *(f"&a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(12))]
BILLION = f"level: [{', '.join(_NESTED)}]"


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ("level: 5", "level has to be 1, 2, 3 or 4, not 5"),
        ("level: true", "level has to be"),
        ("level: high", "level has to be"),
        ("level:", "level has to be"),
        ("unit:", "unit has to be a name"),
        ("unit: [a, b]", "unit has to be a name"),
        ("levle: 3", r"plan.pdf.yaml has levle; known are id, language, level"),
        ("language: French", "language has to be one of en, zh-Hans, zh-Hant"),
        ("sources: {a: b}", "sources has to be a list"),
        ("just words", "plan.pdf.yaml has to be a list of"),
        ("level: [", "plan.pdf.yaml is not YAML"),
        ("sources: [[K2]]", "sources has to be a list"),
        (BILLION, "level has to be"),
        (b"unit: \xff\xfe\xfd", "not UTF-8"),
        (b"x" * 200_000, "too long"),
    ],
)
def test_a_side_file_that_cannot_be_right_closes_the_document(
    put: Put, entries: str | bytes, reason: str
) -> None:
    put("plan.pdf.yaml", entries)
    with pytest.raises(DocumentError, match=reason):
        read_file(put("plan.pdf", sample(".pdf")))


def test_a_folder_gives_no_title(put: Put) -> None:
    put("_about.yaml", "title: All of them")
    with pytest.raises(DocumentError, match=r"_about.yaml has title"):
        read_file(put("plan.md", "text"))


def test_the_unit_becomes_its_id_and_an_unknown_one_closes_the_document(put: Put) -> None:
    document = read_file(put("plan.md", "---\nunit: East\nlevel: 3\n---\ntext"))

    (passage,) = passages_of(document, {"East": 5}.get)
    assert (passage.unit, passage.level) == (5, 3)
    with pytest.raises(DocumentError, match="no unit called East"):
        passages_of(document, {"West": 6}.get)
    with pytest.raises(DocumentError, match="no unit called East"):
        passages_of(document)


def bomb(size: int, suffix: str = ".docx") -> bytes:
    target = io.BytesIO(sample(suffix))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/extra.xml", b" " * size)
    return target.getvalue()


def with_entities() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample(".docx"))) as source, zipfile.ZipFile(target, "w") as to:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY y "z">]>', 1)
            to.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", lambda: b"", "broken"),
        ("a.pdf", lambda: b"", "broken or no PDF"),
        ("a.md", lambda: b" \n", "empty"),
        ("a.xlsx", lambda: workbook(Empty=[]), "empty"),
        ("a.docx", lambda: sample(".pdf"), "broken"),
        ("a.docx", lambda: sample(".xlsx"), "broken"),
        ("a.pptx", lambda: sample(".pptx")[:2_000], "broken"),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        ("a.docx", lambda: bomb(60_000_000), "unpacks to 60 MB"),
        ("a.docx", with_entities, "entities"),
        ("a.txt", lambda: bytes(range(256)) * 9, "no text|characters"),
        ("a.zip", lambda: b"PK", "no reader for this kind"),
        ("a.doc", lambda: b"x", r"\.doc files cannot be read; save it as \.docx"),
    ],
)
def test_a_file_that_gives_no_document_says_which_and_why(
    put: Put, name: str, data: Callable[[], bytes], reason: str
) -> None:
    path = put(name, data())
    with pytest.raises(DocumentError, match=reason) as caught:
        read_file(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_file_too_large_is_not_even_read(put: Put) -> None:
    path = put("a.txt", "")
    with path.open("r+b") as file:
        file.truncate(200_000_000)
    with pytest.raises(DocumentError, match="larger than 100 MB"):
        read_file(path)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.md"):
        read_file(tmp_path / "gone.md")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.PDF", True), ("a.doc", True), ("~$a.docx", False), ("._a.pdf", False), ("a.zip", False)],
)
def test_which_files_of_a_folder_are_read(name: str, expected: bool) -> None:
    assert is_document(Path(name)) is expected


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx", ".pdf", ".eml", ".html", ".md"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 7))))
def test_a_damaged_file_gives_a_document_or_a_reason(
    tmp_path: Path, suffix: str, cut: float, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(sample(suffix))
    for place, bit in flips:
        data[int(place * (len(data) - 1))] ^= 1 << bit
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(bytes(data[: int(cut * len(data))] if cut < 0.9 else data))
    with suppress(DocumentError):
        assert read_file(path).sections
