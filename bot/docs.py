"""The README's table of tools, made from their docstrings: `python -m bot.docs` writes it."""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.catalog import READS, WRITES
from tools.catalog.spec import Tool

START = "<!-- tools: made from the docstrings by `make docs` -->\n"
END = "<!-- end of tools -->"

_SOURCE = re.compile(r"^Source: (.+)\.$", re.MULTILINE)


def tool_table() -> str:
    """A Markdown table: every tool, what it answers, read or write, and its source keys.

    Raises ValueError for a tool whose docstring names no source.
    """
    lines = ["| tool | what it answers | | source |", "|---|---|---|---|"]
    lines += [_row(tool, "read") for tool in READS]
    lines += [_row(tool, "write") for tool in WRITES]
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """The README with its table of tools brought up to date."""
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}{tool_table()}{END}{after}"


def _row(tool: Tool, kind: str) -> str:
    documented = inspect.getdoc(tool.function) or ""
    source = _SOURCE.search(documented)
    if source is None:
        raise ValueError(f"the docstring of {tool.name} has no line “Source: ….”")
    return f"| `{tool.name}` | {' '.join(_summary(documented))} | {kind} | {source[1]} |"


def _summary(documented: str) -> Iterator[str]:
    for line in documented.splitlines():
        if not line.strip():
            return
        yield line.strip()


if __name__ == "__main__":
    readme = Path(sys.argv[1])
    readme.write_text(with_table(readme.read_text("utf-8")), "utf-8")
