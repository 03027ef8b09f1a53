"""Files that are broken, or made to exhaust whoever reads them."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.knowledge.readers.samples import LOREM, pdf, word, workbook

Files = dict[str, Callable[[], bytes]]
_CELL = '<c r="{}" t="inlineStr"><is><t>account</t></is></c>'


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    """An Office file with one part added or replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for part in source.namelist():
            if part != name:
                to.writestr(part, source.read(part))
        to.writestr(name, data)
    return target.getvalue()


def sheet_xml(rows: str) -> bytes:
    """A workbook with these rows of XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(workbook(A=[["account"], ["x"]]), "xl/worksheets/sheet1.xml", xml.encode())


def nested_archives(levels: int = 12) -> bytes:
    """A zip of zips of zips, each ten times in the next: a petabyte if it is unpacked."""
    inner = zipped(zeros=bytes(1 << 20))
    for _ in range(levels):
        inner = zipped(**{f"{number}.zip": inner for number in range(10)})
    return inner


def raw_pdf(stream: bytes, filters: str, box: str = "0 0 612 792", pages: int = 1) -> bytes:
    """A PDF written by hand, with one content stream for all its pages."""
    kids = " ".join(["3 0 R"] * pages)
    head = (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {pages}>>endobj\n".encode()
        + f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R".encode()
        + b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    )
    body = f"4 0 obj<</Length {len(stream)}/Filter[{filters}]>>stream\n".encode() + stream
    return head + body + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def _deflated(size: int, times: int) -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def _draw(canvas: Any) -> None:
    canvas.drawString(72, 700, LOREM[:80])


def _encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf(_draw, encrypt=StandardEncryption("secret"))


def _mail(depth: int) -> bytes:
    """Multipart within multipart within multipart."""
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    return f"Subject: Plan\nMIME-Version: 1.0\n{head}Content-Type: text/plain\n\n{LOREM}".encode()


def _picture(side: int) -> bytes:
    """A PNG that says it is this many pixels wide and high."""
    size = side.to_bytes(4, "big") * 2
    head = b"IHDR" + size + b"\x08\x02\x00\x00\x00"
    check = zlib.crc32(head).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + head + check


def _plain_docx() -> bytes:
    return word(lambda made: made.add_paragraph(LOREM))


DOCUMENTS: Files = {
    "cut.pdf": lambda: pdf(_draw)[:400],
    "shuffled.pdf": lambda: pdf(_draw).replace(b"endobj", b"obj"),
    "loop.pdf": lambda: raw_pdf(b"", "").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "encrypted.pdf": _encrypted,
    "bomb_once.pdf": lambda: raw_pdf(_deflated(400 << 20, 1), "/FlateDecode"),
    "bomb_twice.pdf": lambda: raw_pdf(_deflated(1 << 30, 2), "/FlateDecode/FlateDecode"),
    "huge_page.pdf": lambda: raw_pdf(b"", "", box="0 0 900000000 900000000"),
    "many_pages.pdf": lambda: raw_pdf(b"", "", pages=200_000),
    "encrypted.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000),
    "nested.docx": nested_archives,
    "nested_within.docx": lambda: with_part(_plain_docx(), "word/a.docx", nested_archives()),
    "bomb.docx": lambda: with_part(_plain_docx(), "word/document.xml", bytes(300 << 20)),
    "huge_picture.docx": lambda: with_part(
        _plain_docx(), "word/media/image1.png", _picture(2_000_000_000)
    ),
    "deep.docx": lambda: with_part(
        _plain_docx(), "word/document.xml", b"<w>" * 300_000 + b"</w>" * 300_000
    ),
    "laughs.xlsx": lambda: with_part(
        workbook(A=[["x"]]),
        "xl/sharedStrings.xml",
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>',
    ),
    "last_row.xlsx": lambda: sheet_xml(f'<row r="2000000000">{_CELL.format("A2000000000")}</row>'),
    "last_column.xlsx": lambda: sheet_xml(f'<row r="1">{_CELL.format("ZZZZZZ1")}</row>'),
    "deep.html": lambda: b"<div>" * 400_000 + LOREM.encode(),
    "one_line.html": lambda: b"<p>" + LOREM.encode() * 50_000,
    "one_line.txt": lambda: b"word " * 4_000_000,
    "one_word.md": lambda: b"x" * 20_000_000,
    "headings.md": lambda: b"#" * 2_000_000,
    "zeros.txt": lambda: bytes(5_000_000),
    "zero_bytes.md": lambda: b"# Plan\x00\n\n" + LOREM.encode() + b"\x00end",
    "deep.eml": lambda: _mail(5_000),
}


def _broken_book(share: float) -> bytes:
    whole = workbook(A=[["account", "sector"], *([f"A{n}", "retail"] for n in range(50))])
    return whole[: int(len(whole) * share)]


def _ring(head: str, size: int = 400) -> bytes:
    """Each is below the next, and the last below the first."""
    return "\n".join([head, *(f"N{n},N{(n + 1) % size}" for n in range(size))]).encode()


_TABLE = b"account,sector\n"
IMPORTS: Files = {
    **{
        f"cut_{tenth}.xlsx": (lambda share=tenth / 10: _broken_book(share))
        for tenth in range(1, 10)
    },
    "bomb.xlsx": lambda: with_part(
        workbook(A=[["account"]]), "xl/worksheets/sheet1.xml", bytes(400 << 20)
    ),
    "nested.xlsx": nested_archives,
    "million_columns.csv": lambda: b"account," + b"c," * 1_000_000 + b"\n",
    "million_cells.csv": lambda: _TABLE + b"Wide," * 1_000_000 + b"\nNext,retail\n",
    "last_column.xlsx": lambda: sheet_xml(f'<row r="1">{_CELL.format("XFD1")}</row>'),
    "beyond_columns.xlsx": lambda: sheet_xml(f'<row r="1">{_CELL.format("ZZZZZZ1")}</row>'),
    "last_row.xlsx": lambda: sheet_xml(
        f'<row r="1">{_CELL.format("A1")}</row>'
        f'<row r="2000000000">{_CELL.format("A2000000000")}</row>'
    ),
    "one_line.csv": lambda: b"account,sector" * 3_000_000,
    "one_cell.csv": lambda: _TABLE + b"x" * 3_000_000,
    "open_quote.csv": lambda: _TABLE + b'"never closed,retail\n' * 20_000,
    "zeros.csv": lambda: _TABLE + bytes(2_000_000),
    "zero_bytes.csv": lambda: _TABLE + b"Zero\x00Byte,retail\nPlain,re\x00tail\n",
    "mixed.csv": lambda: (
        "客户,行业\n".encode("gb18030") + "蓝海集团,零售\n".encode() + "聯發,製造\n".encode("big5")
    ),
    "half_utf16.csv": lambda: "account,sector\nAcme,retail\n".encode("utf-16")[:-1],
    "formulas.csv": lambda: (
        _TABLE + b'"=HYPERLINK(""http://x"",""y"")",retail\n+1+1,retail\n@SUM(A1),retail\n'
    ),
    "ring_of_parents.csv": lambda: _ring("account,parent"),
    "ring_of_managers.csv": lambda: _ring("agent,manager"),
    "folder.csv.txt": lambda: b"\xff" * 100_000,
}


def written(folder: Path, files: Files) -> int:
    """Puts the files into the folder; returns how many."""
    folder.mkdir()
    for name, made in files.items():
        (folder / name).write_bytes(made())
    return len(files)
