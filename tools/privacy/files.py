"""What is held of a person, as a file to hand over."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.export.files import write
from tools.export.table import Cell, Sheet
from tools.privacy.finding import Held
from tools.text import Language, text


def write_held(found: Held, conversations: Mapping[str, Sequence[str]], path: Path) -> int:
    """Writes JSON or, by the file's name, a workbook with a row for each field; returns the
    number of records."""
    data = found.as_data() | {"conversations": dict(conversations)}
    rows = sum(map(len, found.records.values())) + len(found.mentions) + len(conversations)
    if path.suffix == ".json":
        path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
    else:
        headings = (
            text("Table", "数据表"),
            text("Row", "行"),
            text("Field", "字段"),
            text("Value", "值"),
        )
        sheet = Sheet(text("What is held", "现有个人信息"), headings, _fields(data))
        write(sheet, path, "xlsx", Language.ENGLISH)
    return rows


def _fields(data: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for table, rows in data["records"].items():
        yield from (cell for row in rows for cell in _cells(table, row))
    for row in data["mentions"]:
        yield from _cells(row["table"], row)
    for thread, said in data["conversations"].items():
        yield from (("conversation", thread, None, line) for line in said)


def _cells(table: str, row: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for name, value in row.items():
        if value not in (None, "", [], {}):
            shown = json.dumps(value, ensure_ascii=False) if type(value) in (dict, list) else value
            yield table, row.get("id"), name, shown
