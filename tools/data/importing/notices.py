"""What a person should know of a sheet beyond its counts."""

from collections.abc import Iterator

from tools.data.importing import words
from tools.data.importing.context import Context
from tools.data.importing.recognise import scale_of
from tools.data.importing.schema import Cell
from tools.text import Text, text


def notices_of(context: Context) -> Iterator[Text]:
    """Assumptions made and things left open while a sheet was imported."""
    yield from _counted(context)
    yield from _scales(context)
    kind = context.layout.kind
    if kind.apart and "external_id" not in context.layout.columns:
        yield text(
            "{file} has no id column: its rows are told apart by their names, dates and amounts; "
            "a row corrected there later counts as a new one.",
            "{file} 没有编号列：各行按名称、日期和金额区分，日后改动这些内容的行会视为新记录。",
            file=context.source,
        )
    if context.tally["revenue without unit"]:
        yield text(
            "Unit and currency of “{column}” in {file} are not stated; the figures are kept as "
            "found and unconfirmed. State scale, currency and year for the file in a mapping "
            "file (--map).",
            "{file} 的“{column}”未注明单位和币种，数值按原样保存并标为未确认。"
            "请在映射文件（--map）中为该文件写明 scale、currency 和 year。",
            column=context.layout.header("revenue"),
            file=context.source,
        )


def _counted(context: Context) -> Iterator[Text]:
    tally, file = context.tally, context.source
    if tally["without account"]:
        yield text(
            "{count} opportunities in {file} name no account; they are kept as unassigned.",
            "{file} 中有 {count} 个商机未写客户，按未分配保存。",
            count=tally["without account"],
            file=file,
        )
    if tally["unknown product"]:
        yield text(
            "{count} rows in {file} name a product that is not known; they were imported "
            "without a product.",
            "{file} 中有 {count} 行的产品未找到，已导入但产品留空。",
            count=tally["unknown product"],
            file=file,
        )
    if tally["unknown contacts"]:
        yield text(
            "{count} attendees in {file} are not known as contacts and were left out.",
            "{file} 中有 {count} 位参与人不在联系人中，未记录。",
            count=tally["unknown contacts"],
            file=file,
        )
    if tally["unclear currency"]:
        yield text(
            "In {count} rows of {file} the currency sign may mean several currencies; the "
            "currency was left empty. Add a currency column or state it in a mapping file.",
            "{file} 有 {count} 行的货币符号可指多种货币，币种留空。"
            "请增加币种列或在映射文件中写明。",
            count=tally["unclear currency"],
            file=file,
        )
    if tally["narrowed currency"]:
        yield text(
            "In {count} rows of {file} a currency sign that several currencies share was read "
            "as {currency}, our base currency.",
            "{file} 有 {count} 行的货币符号可指多种货币，按本位币 {currency} 读取。",
            count=tally["narrowed currency"],
            file=file,
            currency=context.run.base_currency,
        )
    if tally["assumed currency"]:
        yield text(
            "{count} rows in {file} state no currency; {currency}, our base currency, was assumed.",
            "{file} 有 {count} 行未写币种，按本位币 {currency} 处理。",
            count=tally["assumed currency"],
            file=file,
            currency=context.run.base_currency,
        )


def _scales(context: Context) -> Iterator[Text]:
    for name in context.layout.columns:
        scale = scale_of(context.layout, context.stated, name)
        if scale is None or context.layout.kind.field(name).cell is not Cell.AMOUNT:
            continue
        yield text(
            "“{field}” in {file} was multiplied by {scale}, as stated.",
            "{file} 的“{field}”已按注明的单位乘以 {scale}。",
            field=words.field_label(context.layout.kind.name, name),
            file=context.source,
            scale=scale,
        )
