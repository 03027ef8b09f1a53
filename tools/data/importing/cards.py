"""The report of an import as cards: what was read, written, changed, proposed and rejected."""

from collections.abc import Iterator

from tools.cards import Card, Column, Table
from tools.data.importing import words
from tools.data.importing.report import FieldChange, ImportReport, SheetReport
from tools.domain.names import name_key
from tools.text import Text, Value, text

_SHOWN = 20

_RECORDS = {
    "unit": (text("units", "组织单位"), "units"),
    "person": (text("people", "人员"), "people"),
    "reporting_line": (text("reporting lines", "汇报关系"), "people"),
    "product": (text("products", "产品"), "products"),
    "account": (text("accounts", "客户"), "accounts"),
    "account_alias": (text("account aliases", "客户别名"), "aliases"),
    "person_alias": (text("aliases of people", "人员别名"), "aliases"),
    "unit_alias": (text("aliases of units", "单位别名"), "aliases"),
    "contact": (text("contacts", "联系人"), "contacts"),
    "financial": (text("financial figures", "财务数据"), "financials"),
    "opportunity": (text("opportunities", "商机"), "opportunities"),
    "transaction": (text("transactions", "交易"), "transactions"),
    "wallet_share": (text("wallet shares", "钱包份额"), "wallet"),
    "interaction": (text("interactions", "互动"), "interactions"),
    "need": (text("needs", "需求"), "needs"),
}
_RENAMED = {"person": "agent", "reports_to_id": "reports_to", "unit": "branch"}


def report_cards(report: ImportReport) -> tuple[Card, ...]:
    """One card for the outcome and one for each list that is not empty."""
    lists = (_columns(report), _changes(report), _proposals(report), _rejections(report))
    return (_outcome(report), _files(report), *(card for card in lists if card is not None))


def _outcome(report: ImportReport) -> Card:
    rows = tuple(
        (_RECORDS[name][0], counter["created"], counter["updated"], counter["unchanged"])
        for name, counter in report.counts.items()
    )
    columns = (
        Column(text("Records", "记录")),
        Column(text("Created", "新增"), "right"),
        Column(text("Updated", "更新"), "right"),
        Column(text("Unchanged", "未变"), "right"),
    )
    return Card(
        title=text("Import", "导入"),
        headline=_headline(report),
        table=Table(columns, rows, len(rows)),
        missing=tuple(report.notices),
        next=tuple(_next(report)),
    )


def _headline(report: ImportReport) -> Text:
    values: dict[str, Value] = {
        "created": report.total("created"),
        "updated": report.total("updated"),
        "unchanged": report.total("unchanged"),
        "rejected": report.rejected,
    }
    if not report.read_anything:
        return text("Nothing could be imported.", "没有可以导入的内容。")
    if report.dry_run:
        return text(
            "Nothing was written. An import would create {created} records, update {updated}, "
            "leave {unchanged} as they are and reject {rejected} rows.",
            "未写入任何内容。若导入，将新增{created}条记录，更新{updated}条，{unchanged}条不变，"
            "{rejected}行被拒。",
            **values,
        )
    return text(
        "{created} records created, {updated} updated, {unchanged} unchanged; "
        "{rejected} rows rejected.",
        "新增{created}条记录，更新{updated}条，{unchanged}条未变；{rejected}行被拒。",
        **values,
    )


def _next(report: ImportReport) -> Iterator[Text]:
    for sheet in report.sheets:
        if sheet.rejects_file is not None:
            yield text(
                "Mend the rows in {file}, then import that file.",
                "请修改 {file} 中的行，然后导入该文件。",
                file=str(sheet.rejects_file),
            )
    if any(not proposal.applied for proposal in report.proposals.values()):
        yield text(
            "Accept all near spellings with --accept-near, or one with --accept 'OLD=NEW'.",
            "用 --accept-near 接受全部相近写法，或用 --accept '原写法=新写法' 接受一个。",
        )


def _files(report: ImportReport) -> Card:
    columns = (
        Column(text("File", "文件")),
        Column(text("Holds", "内容")),
        Column(text("Encoding", "编码")),
        Column(text("Rows", "行数"), "right"),
        Column(text("Rejected", "被拒"), "right"),
    )
    rows = tuple(_file(sheet) for sheet in report.sheets)
    read = sum(sheet.problem is None for sheet in report.sheets)
    return Card(
        title=text("Files", "文件"),
        headline=text(
            "{read} of {all} tables were recognised.",
            "共{all}个表，识别出{read}个。",
            read=read,
            all=len(rows),
        ),
        table=Table(columns, rows, len(rows)),
    )


def _file(sheet: SheetReport) -> tuple[Value, ...]:
    holds = sheet.problem or words.kind_label(sheet.kind or "")
    return (_label(sheet), holds, sheet.encoding or "XLSX", sheet.rows, sheet.rejected)


def _label(sheet: SheetReport) -> str:
    return sheet.file if sheet.sheet is None else f"{sheet.file} [{sheet.sheet}]"


def _columns(report: ImportReport) -> Card | None:
    """Which header was taken for which field, and which for none."""
    columns = (
        Column(text("File", "文件")),
        Column(text("Header → field", "表头 → 字段")),
        Column(text("Not matched", "未识别")),
    )
    rows = tuple(_matched(sheet) for sheet in report.sheets if sheet.matched or sheet.unmatched)
    if not rows:
        return None
    return Card(
        title=text("Columns", "列"),
        headline=text("How the headers were read.", "各列表头的识别结果。"),
        table=Table(columns, rows, len(rows)),
    )


def _matched(sheet: SheetReport) -> tuple[Value, ...]:
    kind = sheet.kind or ""
    labels = [(item.header, words.field_label(kind, item.field)) for item in sheet.matched]
    matched = Text(
        ", ".join(_pair(header, label.en) for header, label in labels),
        "，".join(_pair(header, label.zh) for header, label in labels),
    )
    return (_label(sheet), matched, ", ".join(sheet.unmatched) or None)


def _pair(header: str, label: str) -> str:
    shown = header if name_key(header) == name_key(label) else f"{header} → {label}"
    return shown.replace("{", "{{").replace("}", "}}")


def _changes(report: ImportReport) -> Card | None:
    if not report.changes:
        return None
    columns = (
        Column(text("Records", "记录")),
        Column(text("Name", "名称")),
        Column(text("Field", "字段")),
        Column(text("Old", "原值")),
        Column(text("New", "新值")),
    )
    rows = tuple(
        (_RECORDS[c.record][0], c.name, _field(c), c.old, c.new) for c in report.changes[:_SHOWN]
    )
    return Card(
        title=text("Changes", "变更"),
        headline=text(
            "{count} existing records change; for example:",
            "{count}条已有记录有变化，例如：",
            count=report.total("updated"),
        ),
        table=Table(columns, rows, len(rows)),
    )


def _field(change: FieldChange) -> Value:
    kind = _RECORDS[change.record][1]
    name = _RENAMED.get(change.field, change.field)
    try:
        return words.field_label(kind, name)
    except KeyError:
        return change.field


def _proposals(report: ImportReport) -> Card | None:
    if not report.proposals:
        return None
    columns = (
        Column(text("Field", "字段")),
        Column(text("Written", "写法")),
        Column(text("Rows", "行数"), "right"),
        Column(text("Near to", "相近的有")),
        Column(text("Accepted", "已接受")),
    )
    found = sorted(report.proposals.values(), key=lambda item: (-item.rows, item.value))
    rows = tuple(
        (
            words.field_label(item.kind, item.field),
            item.value,
            item.rows,
            " / ".join(item.near),
            item.applied,
        )
        for item in found[:_SHOWN]
    )
    return Card(
        title=text("Near spellings", "相近写法"),
        headline=text(
            "{count} spellings are near to known names or words.",
            "有{count}种写法与已知名称或用词相近。",
            count=len(found),
        ),
        table=Table(columns, rows, len(found)),
    )


def _rejections(report: ImportReport) -> Card | None:
    if not report.rejections:
        return None
    columns = (
        Column(text("File", "文件")),
        Column(text("Line", "行号"), "right"),
        Column(text("Column", "列")),
        Column(text("Value", "内容")),
        Column(text("Reason", "原因")),
    )
    rows = tuple(
        (item.file, str(item.line), item.column, item.value[:60] or None, item.reason)
        for item in report.rejections[:_SHOWN]
    )
    return Card(
        title=text("Rejected rows", "被拒的行"),
        headline=text(
            "{count} rows were not imported.",
            "有{count}行未导入。",
            count=report.rejected,
        ),
        table=Table(columns, rows, report.rejected),
    )
