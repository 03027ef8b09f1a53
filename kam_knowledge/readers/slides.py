"""Slide decks (.pptx): one section a slide, with its number, title, tables, charts and notes."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kam_knowledge.documents import Section
from kam_knowledge.readers.content import Content, label, language_in
from kam_knowledge.readers.package import check_package
from kam_knowledge.readers.prose import one_line, section, table

_DIAGRAM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 20
_FEW = 3


def read_slides(data: bytes) -> Content:
    check_package(data)
    from pptx import Presentation

    deck = Presentation(io.BytesIO(data))
    slides = [(_title(slide), list(_body(slide)), _notes(slide)) for slide in deck.slides]
    language = language_in("".join([title, *body, notes]) for title, body, notes in slides)
    repeated = _repeated([body for _, body, _ in slides])
    found: list[Section] = []
    for number, (title, body, notes) in enumerate(slides, start=1):
        kept = [block for block in body if block and block not in repeated]
        if notes:
            kept.append(label("notes", language, notes))
        key, values = ("titled slide", (number, title)) if title else ("slide", (number,))
        found += section((label(key, language, *values),), kept or [title])
    name = one_line(deck.core_properties.title or "")
    first = next((title for title, _, _ in slides if title), "")
    return Content(tuple(found), title=first if _is_default(name) else name)


def _is_default(title: str) -> bool:
    """Whether a title is only what the program gives to every new deck."""
    return title.casefold() in {"", "powerpoint presentation", "powerpoint 演示文稿", "演示文稿"}


def _repeated(slides: Sequence[list[str]]) -> set[str]:
    """Blocks that most slides show, such as the company's name in a corner."""
    counts = Counter(block for body in slides for block in set(body))
    return {block for block, times in counts.items() if times >= max(_FEW, len(slides) // 2 + 1)}


def _title(slide: Any) -> str:
    shape = slide.shapes.title
    return "" if shape is None else one_line(shape.text_frame.text)


def _notes(slide: Any) -> str:
    if not slide.has_notes_slide:
        return ""
    frame = slide.notes_slide.notes_text_frame
    return "" if frame is None else one_line(frame.text)


def _body(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    for shape in _in_reading_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape, _DEEPEST)


def _in_reading_order(shapes: Any) -> list[Any]:
    """From the top and from the left; shapes without a place of their own come first."""
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def _shape(shape: Any, depth: int) -> Iterator[str]:
    if _is_furniture(shape):
        return
    if hasattr(shape, "shapes"):
        for inner in _in_reading_order(shape.shapes) if depth else ():
            yield from _shape(inner, depth - 1)
    elif getattr(shape, "has_table", False):
        yield table([[cell.text for cell in row.cells] for row in shape.table.rows])
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame:
        yield _paragraphs(shape.text_frame)
    else:
        yield _diagram(shape)


def _is_furniture(shape: Any) -> bool:
    """Slide numbers, footers and dates."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    furniture = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE}
    return shape.is_placeholder and shape.placeholder_format.type in furniture


def _paragraphs(frame: Any) -> str:
    texts = [one_line(paragraph.text) for paragraph in frame.paragraphs]
    filled = [text for text in texts if text]
    if len(filled) < 2:
        return "".join(filled)
    return "\n".join(f"- {text}" for text in filled)


def _chart(chart: Any) -> Iterator[str]:
    """A chart's figures as a table: categories down, series across."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield one_line(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        heads = ["", *(str(one.name) for one in series)]
        columns = [[_figure(value) for value in one.values] for one in series]
        names = [str(category) for category in plot.categories]
        rows = zip(names, *columns, strict=False)
        yield table([heads, *rows])


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _diagram(shape: Any) -> str:
    """The texts of a SmartArt diagram, which lie in a part of their own."""
    if not shape._element.tag.endswith("}graphicFrame"):
        return ""
    ids = {value for node in shape._element.iter() for value in node.attrib.values()}
    parts = [
        r.target_part for r in shape.part.rels.values() if r.reltype == _DIAGRAM and r.rId in ids
    ]
    return "\n".join(line for part in parts for line in _diagram_lines(part.blob))


def _diagram_lines(blob: bytes) -> Iterator[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for paragraph in etree.fromstring(blob, parser).iter(f"{_A}p"):
        text = one_line("".join(node.text or "" for node in paragraph.iter(f"{_A}t")))
        if text:
            yield f"- {text}"
