"""By what deals are grouped: the columns to group on, the group of a row, the group's name."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tools.data import accounts, organisation
from tools.data.models import Person, Product, Unit
from tools.data.sales import Dimension
from tools.domain.periods import month_label, quarter_label
from tools.record_labels import STAGE
from tools.text import Text, Value, text

Group = int | str | None
SERIES = ("month", "quarter", "year")

_COLUMNS: dict[str, tuple[Dimension, ...]] = {
    "account": ("account",),
    "person": ("person",),
    "product": ("product",),
    "unit": ("unit",),
    "segment": ("segment",),
    "region": ("account_region", "person"),
    "stage": ("stage",),
    "month": ("year", "month"),
    "quarter": ("year", "month"),
    "year": ("year",),
}
TITLE: Mapping[str, Text] = {
    "account": text("account", "客户"),
    "person": text("seller", "销售"),
    "product": text("product", "产品"),
    "unit": text("unit", "部门"),
    "segment": text("segment", "行业"),
    "region": text("region", "区域"),
    "stage": text("stage", "阶段"),
    "month": text("month", "月份"),
    "quarter": text("quarter", "季度"),
    "year": text("year", "年份"),
}
PLURAL: Mapping[str, Text] = {
    "account": text("accounts", "个客户"),
    "person": text("sellers", "位销售"),
    "product": text("products", "个产品"),
    "unit": text("units", "个部门"),
    "segment": text("segments", "个行业"),
    "region": text("regions", "个区域"),
    "stage": text("stages", "个阶段"),
    "month": text("months", "个月"),
    "quarter": text("quarters", "个季度"),
    "year": text("years", "年"),
}
_NONE: Mapping[str, Text] = {
    "account": text("no account", "未关联客户"),
    "person": text("no seller", "未记录销售"),
    "product": text("no product", "未记录产品"),
    "unit": text("no unit", "未记录部门"),
    "segment": text("no segment", "未记录行业"),
    "region": text("no region", "未记录区域"),
}
_UNDATED = text("no date", "无日期")
REGION_BASIS = text(
    "A deal's region is its account's; where none is recorded, that of the seller's unit (house).",
    "商机的区域取客户所在区域；客户未登记区域时，取销售所属的区域部门（内部规则）。",
)


@dataclass(frozen=True)
class Grouping:
    """`columns` to group on in the database; `group` folds such a row's key into a group."""

    by: str
    columns: tuple[Dimension, ...]
    group: Callable[[tuple[object, ...]], Group]


def grouping(session: Session, by: str) -> Grouping:
    """How deals are grouped by that word.

    The region of a deal is its account's; where that names none, it is the regional unit
    above the seller's unit (house).
    """
    regions = organisation.regions_of_people(session) if by == "region" else {}

    def group(key: tuple[object, ...]) -> Group:
        first = key[0]
        if by == "region":
            seller = key[1] if isinstance(key[1], int) else 0
            return first if isinstance(first, str) else regions.get(seller)
        if by in SERIES:
            return _date_group(by, key)
        return first if isinstance(first, int | str) else None

    return Grouping(by, _COLUMNS[by], group)


def names(session: Session, by: str, groups: Collection[Group]) -> dict[Group, Value]:
    """What the groups are called; ask only for those that are shown."""
    ids = {group for group in groups if isinstance(group, int)}
    found: dict[Group, Value] = {None: _NONE.get(by, _UNDATED)}
    found |= {group: group for group in groups if isinstance(group, str)}
    if by == "stage":
        found |= {stage.value: label for stage, label in STAGE.items()}
    if by == "account":
        found |= {key: account.name for key, account in accounts.by_ids(session, ids).items()}
    if by in ("person", "product", "unit"):
        tables: dict[str, Any] = {"person": Person, "product": Product, "unit": Unit}
        table = tables[by]
        rows = session.exec(select(table.id, table.name).where(col(table.id).in_(ids)))
        found |= dict(rows.all())
    return found


def _date_group(by: str, key: tuple[object, ...]) -> str | None:
    year = key[0]
    if not isinstance(year, int):
        return None
    month = key[1] if len(key) > 1 and isinstance(key[1], int) else 1
    labels = {"month": month_label, "quarter": quarter_label}
    return labels[by](year, month) if by in labels else str(year)
