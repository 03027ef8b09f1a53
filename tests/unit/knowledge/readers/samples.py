"""Real files of each kind, made by the libraries that make such files."""

import io
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

LOREM = (
    "Key account reviews are held every quarter with the sponsor present, and the owner brings "
    "the plan, the open issues and the figures of the period to the table for a decision. "
)


def word(build: Callable[[Any], None]) -> bytes:
    from docx import Document

    document = Document()
    build(document)
    return _saved(document)


def deck(build: Callable[[Any], None]) -> bytes:
    from pptx import Presentation

    presentation = Presentation()
    build(presentation)
    return _saved(presentation)


def slide(presentation: Any, title: str, *lines: str) -> Any:
    """A slide with a title and a bulleted body."""
    added = presentation.slides.add_slide(presentation.slide_layouts[1])
    added.shapes.title.text = title
    added.placeholders[1].text = "\n".join(lines)
    return added


def workbook(**sheets: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return _saved(book)


def pdf(draw: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF drawn on a canvas; the font STSong-Light writes Chinese."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, **options)
    draw(canvas)
    canvas.save()
    return target.getvalue()


def laid_out_pdf(story: list[Any], header: str = "") -> bytes:
    """A PDF of flowing paragraphs and tables, with a header and a page number on each page."""
    from reportlab.platypus import SimpleDocTemplate

    def frame(canvas: Any, _: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 800, header)
        canvas.drawCentredString(300, 30, f"Page {canvas.getPageNumber()}")

    target = io.BytesIO()
    SimpleDocTemplate(target).build(story, onFirstPage=frame, onLaterPages=frame)
    return target.getvalue()


def mail(body: str, html: str = "", attachment: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"] = "关于一汽客户的季度评审安排"
    message["From"] = "李明 <li.ming@example.com>"
    message["To"] = "王芳 <wang.fang@example.com>"
    message["Date"] = "Fri, 01 Mar 2024 09:30:00 +0800"
    message.set_content(body, charset="gb18030")
    if html:
        message.add_alternative(html, subtype="html", charset="gb18030")
    if attachment:
        message.add_attachment(
            b"PK", maintype="application", subtype="octet-stream", filename=attachment
        )
    return message.as_bytes()


def _saved(saveable: Any) -> bytes:
    target = io.BytesIO()
    saveable.save(target)
    return target.getvalue()
