"""`kam eval`: how good the answers are, in figures."""

import asyncio
import json
import resource
import tempfile
import time
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.evaluation.cases import Case
    from bot.evaluation.scores import Report
    from kam_knowledge.retrieval import Figures

_CASES = Path("tests") / "evals" / "conversations"
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
    perhaps `set`. One process indexes and another asks, so that the memory of each shows.
    """
    from kam_knowledge.retrieval import ask, built_library, figures, percentile

    rows = _lines(questions, "question")
    _lines(passages, "id", "text")
    with tempfile.TemporaryDirectory(prefix="kam-eval-") as folder:
        begun = time.perf_counter()
        _indexed_apart(Path(folder), passages)
        indexed = time.perf_counter() - begun
        library = built_library(Path(folder))
        asked = list(ask(library, rows))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        _show(figures(asked))
        times = [one.seconds * 1000 for one in asked]
        click.echo(
            f"{library.index.lexical.count()} passages indexed in {indexed:.1f} s, "
            f"{size / 1e6:.0f} MB on disk; a query takes {percentile(times, 0.5):.1f} ms, "
            f"95 % within {percentile(times, 0.95):.1f} ms; "
            f"at most {_memory(resource.RUSAGE_CHILDREN):.0f} MB of memory to index and "
            f"{_memory(resource.RUSAGE_SELF):.0f} MB to ask"
        )


def _indexed_apart(folder: Path, passages: Path) -> None:
    process = get_context("spawn").Process(target=_index, args=(folder, passages))
    process.start()
    process.join()
    if process.exitcode:
        raise click.ClickException(f"{passages} could not be indexed; the reason stands above")


def _index(folder: Path, passages: Path) -> None:
    from kam_knowledge.retrieval import build_library, read_lines

    build_library(folder, read_lines(passages)).index.close()


def _memory(whose: int) -> float:
    """The most memory that a process held, in MB."""
    return resource.getrusage(whose).ru_maxrss / 1024


@command.command()
@click.argument("questions", type=_FILE)
def library(questions: Path) -> None:
    """Ask QUESTIONS of the methodology that comes with the assistant.

    QUESTIONS are JSON lines; each has `question`, `language` and `gold`, the places that
    answer it ("document#order of the section"; none if nothing does).
    """
    from kam_knowledge.library import open_library
    from kam_knowledge.retrieval import ask, figures

    rows = _lines(questions, "question", "language")
    with tempfile.TemporaryDirectory(prefix="kam-eval-") as folder:
        _show(figures(list(ask(open_library(Path(folder)), rows))))


@command.command()
@click.argument("cases", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--runs", default=1, type=click.IntRange(1), help="Play each case so often.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def conversations(cases: tuple[Path, ...], runs: int, as_json: bool) -> None:
    """Hold the conversations of CASES with the configured model and grade them.

    CASES are YAML files or folders of them; the project's own where none is named. Each case
    works on a fresh copy of the demo company. With four runs or more, pass^4 tells how many
    cases pass four times out of four.
    """
    from bot.evaluation.cases import CaseError, load_cases
    from bot.evaluation.printing import lines_of, plain_report

    try:
        loaded = load_cases(cases or [_CASES])
        report = asyncio.run(_played(loaded, runs, as_json))
    except (CaseError, FileNotFoundError) as error:
        raise click.ClickException(f"{error}") from error
    if as_json:
        click.echo(json.dumps(plain_report(report), ensure_ascii=False, indent=2))
        return
    for line in lines_of(report):
        click.echo(line)


async def _played(cases: "list[Case]", runs: int, quiet: bool) -> "Report":
    from bot.evaluation.company import build_company
    from bot.evaluation.running import play
    from bot.evaluation.scores import report_of
    from bot.settings import Settings

    with tempfile.TemporaryDirectory(prefix="kam-eval-") as folder:
        if not quiet:
            click.echo("Building the demo company and its index …", err=True)
        company = await build_company(Path(folder) / "company", Settings())
        return report_of(await play(company, cases, Path(folder), runs=runs))


def _lines(path: Path, *needed: str) -> list[dict[str, Any]]:
    """The rows of a file of questions or passages; a fault in it ends the command."""
    from kam_knowledge.documents import DocumentError
    from kam_knowledge.retrieval import read_lines

    try:
        return read_lines(path, needed)
    except (DocumentError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{error}") from error


def _show(lines: "Iterable[Figures]") -> None:
    click.echo(f"{'set':<14}{'asked':>6}{'R@1':>8}{'R@5':>8}{'MRR@10':>8}{'supported':>11}")
    for line in lines:
        click.echo(
            f"{line.set:<14}{line.questions:>6}{line.first:>8.1f}{line.five:>8.1f}"
            f"{line.reciprocal:>8.1f}{line.supported:>11.1f}"
        )
