"""PDF files: pages, paragraphs, headings, tables, and what every page repeats."""

from typing import Any

import pytest

from kam_knowledge.readers.content import Content, Unreadable
from kam_knowledge.readers.pdf import read_pdf
from kam_knowledge.readers.pdf_page import Line
from kam_knowledge.readers.prose import one_line
from kam_knowledge.readers.wrapping import paragraphs

from .samples import LOREM, laid_out_pdf, pdf

ARTICLE = (
    "为规范大客户管理，提升服务质量，根据公司战略制定本办法。各分公司应当按照本办法的规定"
    "开展客户分级、拜访、评审等工作，并按季度向总部报告执行情况，由总部统一考核。"
)


def texts(content: Content) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, section.text) for section in content.sections]


def report() -> bytes:
    from reportlab.lib.colors import black
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, Table

    styles = getSampleStyleSheet()
    grid = [("GRID", (0, 0), (-1, -1), 0.5, black), ("SPAN", (0, 0), (1, 0))]
    rows = [["Won by account", ""], ["Kan-code", "341,455"], ["Betatech", "107,000"]]
    return laid_out_pdf(
        [
            Paragraph("Annual review", styles["Heading1"]),
            Paragraph(LOREM, styles["Normal"]),
            Paragraph("Coverage", styles["Heading2"]),
            Paragraph(LOREM.upper(), styles["Normal"]),
            PageBreak(),
            Paragraph("Results follow.", styles["Normal"]),
            Table(rows, style=grid),
            Paragraph("So much for results.", styles["Normal"]),
            PageBreak(),
            Paragraph("Outlook", styles["Heading1"]),
            Paragraph("We shall see.", styles["Normal"]),
        ],
        header="ACME Ltd, confidential",
    )


def test_pages_headings_tables_and_no_headers() -> None:
    content = read_pdf(report())

    assert content.title == "Annual review"
    assert texts(content) == [
        (("Page 1", "Annual review"), LOREM.strip()),
        (("Page 1", "Annual review", "Coverage"), LOREM.strip().upper()),
        (
            ("Page 2", "Annual review", "Coverage"),
            "Results follow.\n\n"
            "| Won by account |  |\n| --- | --- |\n"
            "| Kan-code | 341,455 |\n| Betatech | 107,000 |\n\n"
            "So much for results.",
        ),
        (("Page 3", "Outlook"), "We shall see."),
    ]


def test_chinese_lines_are_joined_without_space_and_pages_named_in_chinese() -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    plain = ParagraphStyle("plain", fontName="STSong-Light", fontSize=10.5, leading=16)
    body = ParagraphStyle("body", plain, firstLineIndent=21, wordWrap="CJK")
    pdf(lambda _: None)
    story = [
        Paragraph("一、总则", plain),
        Paragraph(f"第一段，{ARTICLE}", body),
        Paragraph(f"另一段说明，{ARTICLE}", body),
        Paragraph("Unicode （二）职责".removeprefix("Unicode "), plain),
        Paragraph("总监每季度评审。", body),
    ]

    assert texts(read_pdf(laid_out_pdf(story))) == [
        (("第1页", "一、总则"), f"第一段，{ARTICLE}\n\n另一段说明，{ARTICLE}"),
        (("第1页", "一、总则", "（二）职责"), "总监每季度评审。"),
    ]


def test_a_table_of_contents_is_left_out() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(72, 700, "1 Coverage ............ 3")
        canvas.drawString(72, 600, "The plan is made in March.")

    assert texts(read_pdf(pdf(draw))) == [(("Page 1",), "The plan is made in March.")]


def test_figures_alone_in_the_middle_of_a_page_stay() -> None:
    def draw(canvas: Any) -> None:
        for place, text in enumerate(("Head", "Below head", "1200", "Above foot", "Foot", "7")):
            canvas.drawString(72, 700 - 100 * place, text)

    assert texts(read_pdf(pdf(draw))) == [
        (("Page 1",), "Head\n\nBelow head\n\n1200\n\nAbove foot\n\nFoot")
    ]


def line(text: str, at: int, *, left: float = 0, right: float = 400) -> Line:
    return Line(text, left, right, 700 - 14 * at, 10)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("one two", 0), line("three.", 1, right=60)], ["one two three."]),
        ([line("manage-", 0), line("ment of", 1)], ["management of"]),
        ([line("manage\x02", 0), line("ment of", 1)], ["management of"]),
        ([line("2023-", 0), line("2024", 1)], ["2023- 2024"]),
        ([line("我们的", 0), line("客户", 1)], ["我们的客户"]),
        ([line("我们的", 0), line("CRM 系统", 1)], ["我们的 CRM 系统"]),
        ([line("short.", 0, right=60), line("Next one", 1)], ["short.", "Next one"]),
        ([line("full", 0), line("  indented", 1, left=21), line("x", 2)], ["full", "  indented x"]),
        ([line("full", 0), line("after a gap", 4)], ["full", "after a gap"]),
        (
            [line("full", 0), line("2. item", 1), line("第三条 x", 2)],
            ["full", "2. item", "第三条 x"],
        ),
        ([line("- item", 0), line("goes on", 1, left=14)], ["- item goes on"]),
        ([line("a cut word\x02", 0)], ["a cut word-"]),
    ],
)
def test_lines_to_paragraphs(lines: list[Line], expected: list[str]) -> None:
    assert list(paragraphs(lines)) == expected


def test_a_scan_is_refused_and_says_what_to_do(tmp_path: Any) -> None:
    from PIL import Image

    def draw(canvas: Any) -> None:
        canvas.drawInlineImage(Image.new("RGB", (40, 40), "white"), 0, 0, 500, 700)

    with pytest.raises(Unreadable, match=r"scan.*OCR"):
        read_pdf(pdf(draw))


def test_a_password_is_named_as_the_reason() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = StandardEncryption("user", "owner", strength=128)
    with pytest.raises(Unreadable, match="password"):
        read_pdf(pdf(lambda canvas: canvas.drawString(72, 700, "x"), encrypt=locked))


def test_a_long_file_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kam_knowledge.readers.pdf._PAGES", 2)
    found = texts(read_pdf(report()))

    assert found[-1] == (("Page 2",), "(Only the first 2 pages are shown.)")
    assert "We shall see." not in str(found)


def test_fonts_without_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = set(map(ord, "abcdefghijklmnopqrstuvwxyz"))
    monkeypatch.setattr("kam_knowledge.readers.pdf_page._UNMAPPED", unknown)

    with pytest.raises(Unreadable, match="fonts hide"):
        read_pdf(report())


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Any) -> None:
        for left, words in ((72, ("the left", "column")), (300, ("the right", "one"))):
            for place, text in enumerate(words):
                canvas.drawString(left, 700 - 14 * place, text)

    assert texts(read_pdf(pdf(draw))) == [(("Page 1",), "the left column\n\nthe right one")]


def test_look_alikes_and_invisible_characters_are_made_plain() -> None:
    assert one_line("⼤客\u200b户\n⽅案\u00ad ﬁ") == "大客户方案 ﬁ"
