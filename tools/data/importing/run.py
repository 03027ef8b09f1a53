"""One import: files to sheets, sheets to batches, batches to records."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from tools import audit
from tools.data.database import Sessions
from tools.data.importing.context import Context, Run, spelling_proposals
from tools.data.importing.mapping import FileMapping, ImportOptions
from tools.data.importing.notices import notices_of
from tools.data.importing.recognise import Layout, Unrecognised, recognise
from tools.data.importing.references import References
from tools.data.importing.rejects import RejectsFile, rejects_path
from tools.data.importing.report import ImportReport, Matched, Rejection, SheetReport
from tools.data.importing.rows import Profile, Row, RowReader, profile
from tools.data.importing.schema import KINDS
from tools.data.importing.seen import SeenKeys
from tools.data.importing.sheets import Sheet, UnreadableFile, files_in, open_sheets
from tools.data.importing.store import Store
from tools.data.importing.writers_customers import (
    write_accounts,
    write_aliases,
    write_contacts,
)
from tools.data.importing.writers_figures import write_financials, write_wallet
from tools.data.importing.writers_organisation import write_people, write_products, write_units
from tools.data.importing.writers_work import (
    write_interactions,
    write_needs,
    write_opportunities,
    write_transactions,
)
from tools.data.rules import current_rules

Writer = Callable[[Context, Sequence[Row]], None]

_WRITERS: dict[str, Writer] = {
    "units": write_units,
    "people": write_people,
    "products": write_products,
    "accounts": write_accounts,
    "aliases": write_aliases,
    "contacts": write_contacts,
    "opportunities": write_opportunities,
    "transactions": write_transactions,
    "financials": write_financials,
    "wallet": write_wallet,
    "interactions": write_interactions,
    "needs": write_needs,
}


@dataclass(frozen=True)
class Progress:
    """How far the import of one sheet is, in rows."""

    sheet: str
    done: int
    total: int


@dataclass(frozen=True)
class _Job:
    sheet: Sheet
    layout: Layout
    stated: FileMapping
    report: SheetReport


def import_paths(
    sessions: Sessions,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: Callable[[Progress], None] | None = None,
) -> ImportReport:
    """Imports files and folders, each batch in a transaction of its own.

    Whatever cannot be read is in the report; running again changes nothing more. A dry run
    does the same work in one transaction and takes all of it back.
    """
    report = ImportReport(dry_run=options.dry_run)
    jobs = _recognised(paths, options, report)
    order = list(KINDS)
    with sessions() as session:
        run = Run(
            session=session,
            report=report,
            options=options,
            base_currency=current_rules(session).company.base_currency,
            store=Store(session, report, options.system),
            references={
                "account": References(session, "account", options.system),
                "person": References(session, "person", options.system),
                "product": References(session, "product", options.system),
                "unit": References(session, "unit", options.system),
            },
        )
        _record(run, "import started", jobs)
        for job in sorted(jobs, key=lambda job: order.index(job.layout.kind.name)):
            _import_sheet(run, job, progress or (lambda _: None))
        _record(run, "imported", jobs)
        session.rollback()
    return report


def _record(run: Run, action: str, jobs: Sequence[_Job]) -> None:
    """Leaves word in the audit trail; batches are committed one by one, so at both ends."""
    if run.options.dry_run or not jobs:
        return
    counts = {name: dict(found) for name, found in run.report.counts.items()}
    audit.append(
        run.session,
        at=datetime.now(UTC),
        actor_id=None,
        actor="operator",
        surface="terminal",
        action=action,
        detail={"files": [job.sheet.label for job in jobs], "records": counts},
        rules_version=current_rules(run.session).version,
    )
    run.session.commit()


def _recognised(paths: Sequence[Path], options: ImportOptions, report: ImportReport) -> list[_Job]:
    jobs: list[_Job] = []
    for path in files_in(paths):
        try:
            sheets = open_sheets(path, options.encoding)
        except UnreadableFile as error:
            report.sheets.append(SheetReport(path.name, problem=error.message))
            continue
        found = [_job(sheet, options) for sheet in sheets]
        report.sheets += [job if isinstance(job, SheetReport) else job.report for job in found]
        jobs += [job for job in found if isinstance(job, _Job)]
    return jobs


def _job(sheet: Sheet, options: ImportOptions) -> _Job | SheetReport:
    report = SheetReport(sheet.path.name, sheet.name, None, sheet.encoding, sheet.delimiter)
    stated = options.stated(sheet)
    try:
        layout = recognise(sheet, stated, options.kind)
    except UnreadableFile as error:
        report.problem = error.message
        return report
    if isinstance(layout, Unrecognised):
        report.problem, report.unmatched = layout.reason, layout.headers
        return report
    report.kind, report.header_line = layout.kind.name, layout.header_line
    report.matched = tuple(Matched(column.header, name) for name, column in layout.columns.items())
    report.unmatched = layout.unmatched
    return _Job(sheet, layout, stated, report)


def _import_sheet(run: Run, job: _Job, progress: Callable[[Progress], None]) -> None:
    try:
        seen = profile(job.sheet, job.layout)
        job.report.rows = seen.rows
        reader = RowReader(job.sheet, job.layout, job.stated, run.options, seen)
        if job.layout.kind.links & job.layout.columns.keys():
            _create(run, job, reader)
        _apply(run, job, reader, seen, progress)
    except UnreadableFile as error:
        run.session.rollback()
        job.report.problem = error.message


def _create(run: Run, job: _Job, reader: RowReader) -> None:
    """The first pass over rows that refer to each other: creates what is new."""
    with SeenKeys() as seen:
        context = Context(run, job.layout, job.stated, job.sheet.source, seen, create_only=True)
        for rows in _batches(reader.rows(), run.options.batch_size):
            _WRITERS[job.layout.kind.name](context, rows)
            run.checkpoint()


def _apply(
    run: Run,
    job: _Job,
    reader: RowReader,
    found: Profile,
    progress: Callable[[Progress], None],
) -> None:
    options = run.options
    done = 0
    path = rejects_path(job.sheet, options.rejects, run.rejects)
    rejects = RejectsFile(job.sheet, job.layout, path, reader.date_order, options.language)
    with SeenKeys() as seen, rejects:
        context = Context(run, job.layout, job.stated, job.sheet.source, seen)
        for rows in _batches(reader.rows(), options.batch_size):
            context.settle_currencies(rows)
            _WRITERS[job.layout.kind.name](context, rows)
            spelling_proposals(context, rows)
            refused = [row for row in rows if row.refusal is not None]
            _report(run, job, refused)
            if not options.dry_run:
                rejects.add(refused)
            run.checkpoint()
            done += len(rows)
            progress(Progress(job.sheet.label, done, found.rows))
    job.report.rejects_file = rejects.path
    for notice in notices_of(context):
        run.report.notice(notice)


def _report(run: Run, job: _Job, refused: Sequence[Row]) -> None:
    for row in refused:
        if row.refusal is None:
            continue
        name = row.refusal.field
        column = None if name is None else job.layout.header(name)
        rejection = Rejection(
            job.sheet.label, row.line, column, row.refusal.value, row.refusal.reason
        )
        run.report.reject(job.report, rejection)


def _batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while batch := list(islice(rows, size)):
        yield batch
