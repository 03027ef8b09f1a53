"""`kam eval`: how good the answers are, in figures."""

import resource
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kam_knowledge.retrieval import Figures

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Measure answers and retrieval."""


@command.command()
@click.argument("passages", type=_FILE)
@click.argument("questions", type=_FILE)
def retrieval(passages: Path, questions: Path) -> None:
    """Ask QUESTIONS of an index of PASSAGES, both JSON lines.

    A passage has `id` and `text`; a question has `question`, `gold_id` or `gold_ids`, and
    perhaps `set`.
    """
    from kam_knowledge.retrieval import ask, build_library, figures, percentile, read_lines

    with tempfile.TemporaryDirectory(prefix="kam-eval-") as folder:
        begun = time.perf_counter()
        library = build_library(Path(folder), read_lines(passages))
        indexed = time.perf_counter() - begun
        asked = list(ask(library, read_lines(questions)))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        _show(figures(asked))
        times = [one.seconds * 1000 for one in asked]
        click.echo(
            f"{library.index.lexical.count()} passages indexed in {indexed:.1f} s, "
            f"{size / 1e6:.0f} MB on disk; a query takes {percentile(times, 0.5):.1f} ms, "
            f"95 % within {percentile(times, 0.95):.1f} ms; "
            f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
        )


@command.command()
@click.argument("questions", type=_FILE)
def library(questions: Path) -> None:
    """Ask QUESTIONS of the methodology that comes with the assistant.

    QUESTIONS are JSON lines; each has `question`, `language` and `gold`, the places that
    answer it ("document#order of the section"; none if nothing does).
    """
    from kam_knowledge.library import open_library
    from kam_knowledge.retrieval import ask, figures, read_lines

    with tempfile.TemporaryDirectory(prefix="kam-eval-") as folder:
        _show(figures(list(ask(open_library(Path(folder)), read_lines(questions)))))


def _show(lines: "Iterable[Figures]") -> None:
    click.echo(f"{'set':<14}{'asked':>6}{'R@1':>8}{'R@5':>8}{'MRR@10':>8}{'supported':>11}")
    for line in lines:
        click.echo(
            f"{line.set:<14}{line.questions:>6}{line.first:>8.1f}{line.five:>8.1f}"
            f"{line.reciprocal:>8.1f}{line.supported:>11.1f}"
        )
