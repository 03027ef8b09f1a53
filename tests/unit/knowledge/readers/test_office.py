"""Word files, slide decks and workbooks: sections, tables, lists and what is left out."""

from datetime import date, datetime
from typing import Any

from kam_knowledge.readers.content import Content
from kam_knowledge.readers.sheets import read_sheets
from kam_knowledge.readers.slides import read_slides
from kam_knowledge.readers.word import read_word

from .samples import deck, slide, word, workbook


def texts(content: Content) -> dict[tuple[str, ...], str]:
    return {section.path: section.text for section in content.sections}


def test_word_headings_make_the_path_and_the_title_is_not_repeated() -> None:
    def build(document: Any) -> None:
        document.add_heading("客户管理办法", 0)
        document.add_paragraph("前言。")
        document.add_heading("第一章 总则", 1)
        document.add_paragraph("正文。")
        document.add_heading("适用范围", 2)
        document.add_paragraph("全国各分公司。")
        document.add_heading("第二章 职责", 1)
        document.add_paragraph("总监每季度评审。")

    content = read_word(word(build))

    assert content.title == "客户管理办法"
    assert texts(content) == {
        (): "前言。",
        ("第一章 总则",): "正文。",
        ("第一章 总则", "适用范围"): "全国各分公司。",
        ("第二章 职责",): "总监每季度评审。",
    }


def test_word_tables_keep_their_place_and_merged_cells_say_their_text_once() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Before")
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Account"
        table.cell(0, 2).text = "Won | lost"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "East"
        table.cell(1, 1).text, table.cell(1, 2).text = "Kan-code", "12"
        table.cell(2, 1).text, table.cell(2, 2).text = "Betatech", "7"
        document.add_paragraph("After")

    assert texts(read_word(word(build)))[()] == (
        "Before\n\n"
        "| Account |  | Won \\| lost |\n| --- | --- | --- |\n"
        "| East | Kan-code | 12 |\n|  | Betatech | 7 |\n\n"
        "After"
    )


def test_word_lists_are_lists() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Visit:")
        document.add_paragraph("monthly", style="List Bullet")
        document.add_paragraph("with the sponsor", style="List Number")

    assert texts(read_word(word(build)))[()] == "Visit:\n\n- monthly\n- with the sponsor"


def test_word_without_heading_styles_is_cut_at_its_chinese_numbers() -> None:
    def build(document: Any) -> None:
        for line in ("一、目标", "覆盖全部重点客户。", "二、分工", "（一）总部", "制定规则。"):
            document.add_paragraph(line)

    assert texts(read_word(word(build))) == {
        ("一、目标",): "覆盖全部重点客户。",
        ("二、分工", "（一）总部"): "制定规则。",
    }


def test_word_leaves_out_headers_contents_and_deletions_and_reads_insertions() -> None:
    def build(document: Any) -> None:
        from docx.oxml import parse_xml

        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        document.sections[0].header.paragraphs[0].text = "ACME confidential"
        document.add_paragraph("Coverage .... 3", style=document.styles.add_style("toc 1", 1))
        paragraph = document.add_paragraph("Revenue is ")
        for xml in (
            "<w:del {}><w:r><w:delText>10</w:delText><w:t>11</w:t></w:r></w:del>",
            "<w:ins {}><w:r><w:t>12</w:t></w:r></w:ins>",
        ):
            paragraph._p.append(parse_xml(xml.format(space)))

    assert texts(read_word(word(build))) == {(): "Revenue is 12"}


def test_a_slide_is_a_section_with_number_title_and_notes() -> None:
    def build(presentation: Any) -> None:
        first = slide(presentation, "Coverage plan", "Visit monthly", "Sponsor each quarter")
        first.notes_slide.notes_text_frame.text = "Thank the team"
        slide(presentation, "", "No title here")
        slide(presentation, "Only a title")

    content = read_slides(deck(build))

    assert content.title == "Coverage plan"
    assert texts(content) == {
        ("Slide 1: Coverage plan",): (
            "- Visit monthly\n- Sponsor each quarter\n\nSpeaker notes: Thank the team"
        ),
        ("Slide 2",): "No title here",
        ("Slide 3: Only a title",): "Only a title",
    }


def test_slides_in_chinese_are_named_in_chinese() -> None:
    content = read_slides(deck(lambda made: slide(made, "覆盖计划", "每月拜访一次")))

    assert texts(content) == {("幻灯片1：覆盖计划",): "每月拜访一次"}


def test_slide_tables_and_charts_are_tables_and_groups_are_opened() -> None:
    def build(presentation: Any) -> None:
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE

        added = slide(presentation, "Figures")
        shapes = added.shapes
        table = shapes.add_table(2, 2, 0, 2_000_000, 10, 10).table
        for place, text in enumerate(("Account", "Won", "Kan-code", "341,455")):
            table.cell(*divmod(place, 2)).text = text
        chart = CategoryChartData()
        chart.categories = ["Q1", "Q2"]
        chart.add_series("Visits", (3, None))
        shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 3_000_000, 10, 10, chart)
        group = shapes.add_group_shape()
        group.shapes.add_textbox(0, 4_000_000, 10, 10).text_frame.text = "In a group"

    assert texts(read_slides(deck(build)))[("Slide 1: Figures",)] == (
        "| Account | Won |\n| --- | --- |\n| Kan-code | 341,455 |\n\n"
        "|  | Visits |\n| --- | --- |\n| Q1 | 3 |\n| Q2 |  |\n\n"
        "In a group"
    )


def test_what_most_slides_repeat_is_left_out() -> None:
    def build(presentation: Any) -> None:
        for number in range(4):
            added = slide(presentation, f"Topic {number}", f"Point {number}")
            added.shapes.add_textbox(0, 9, 9, 9).text_frame.text = "ACME confidential"

    content = read_slides(deck(build))

    assert [section.text for section in content.sections] == [f"Point {n}" for n in range(4)]


def test_a_sheet_is_a_section_with_caption_and_table() -> None:
    rows = [
        ["Key accounts 2024"],
        [],
        ["Account", "Won", "Closed", "Key"],
        ["Kan-code", 1234.5, datetime(2024, 3, 1), True],  # noqa: DTZ001 - cells have no zone,
        ["Betatech", None, date(2024, 4, 2), False],
    ]
    content = read_sheets(workbook(Accounts=rows, Empty=[]))

    assert texts(content) == {
        ("Sheet Accounts",): (
            "Key accounts 2024\n\n"
            "| Account | Won | Closed | Key |\n| --- | --- | --- | --- |\n"
            "| Kan-code | 1234.5 | 2024-03-01 | TRUE |\n"
            "| Betatech |  | 2024-04-02 | FALSE |"
        )
    }


def test_percentages_and_hidden_sheets() -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(Shares=[["Share", 0.125]], Secret=[["x", "y"]])))
    book["Shares"]["B1"].number_format = "0.0%"
    book["Secret"].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)

    found = texts(read_sheets(target.getvalue()))

    assert found == {("Sheet Shares",): "| Share | 12.5% |\n| --- | --- |"}


def test_a_huge_sheet_is_cut_and_says_so_and_each_part_has_the_heading() -> None:
    rows = [["账号", "收入"], *[[f"客户{number}", number] for number in range(3_000)]]
    wide = [[f"c{number}" for number in range(80)], list(range(80))]
    found = texts(read_sheets(workbook(清单=rows))) | texts(read_sheets(workbook(Wide=wide)))
    blocks = found[("工作表 清单",)].split("\n\n")

    assert blocks[-1] == "（仅显示前2000行。）"
    assert len(blocks) > 20
    assert all(block.startswith("| 账号 | 收入 |\n") for block in blocks[:-1])
    assert "| 客户1998 | 1998 |" in blocks[-2]
    assert "客户1999" not in found[("工作表 清单",)]
    assert found[("Sheet Wide",)].endswith("(Only the first 60 columns are shown.)")
    assert " c59 |" in found[("Sheet Wide",)]
    assert " c60 |" not in found[("Sheet Wide",)]


def test_content_controls_are_read_and_a_generated_contents_is_not() -> None:
    def build(document: Any) -> None:
        from docx.oxml import parse_xml

        control = (
            '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:sdtPr>{}</w:sdtPr><w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        )
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        for about, text in ((gallery, "1 Coverage 3"), ("", "Owner: Ana")):
            document.element.body.insert(0, parse_xml(control.format(about, text)))

    assert texts(read_word(word(build))) == {(): "Owner: Ana"}


def test_footers_of_slides_are_left_out_and_diagrams_are_read() -> None:
    def build(presentation: Any) -> None:
        from copy import deepcopy

        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI
        from pptx.oxml import parse_xml

        added = slide(presentation, "Steps", "Body")
        footer = next(
            shape
            for shape in added.slide_layout.placeholders
            if shape.placeholder_format.type.name == "FOOTER"
        )
        copied = deepcopy(footer._element)
        added.shapes._spTree.append(copied)
        added.shapes[-1].text_frame.text = "ACME confidential"
        space = "http://schemas.openxmlformats.org/drawingml/2006"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        diagram = f'<d xmlns:a="{space}/main"><a:p><a:r><a:t>Identify</a:t></a:r></a:p></d>'
        part = Part(PackURI("/ppt/d.xml"), "application/xml", added.part.package, diagram.encode())
        related = added.part.relate_to(part, f"{office}/diagramData")
        frame = (
            '<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            f'xmlns:a="{space}/main"><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/>'
            "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='9000000'/>"
            f"<a:ext cx='1' cy='1'/></p:xfrm><a:graphic><a:graphicData uri='{space}/diagram'>"
            f"<r:relIds xmlns:r='{office}' r:dm='{related}'/></a:graphicData></a:graphic>"
            "</p:graphicFrame>"
        )
        added.shapes._spTree.append(parse_xml(frame))

    assert texts(read_slides(deck(build))) == {("Slide 1: Steps",): "Body\n\n- Identify"}
