"""Every kind of file, in English, Simplified and Traditional headers, in every encoding."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from tests.unit.importing.helpers import everything, load, write
from tools.data.database import Sessions
from tools.data.models import (
    Account,
    AccountAlias,
    Contact,
    Financial,
    Interaction,
    InteractionContact,
    Need,
    Opportunity,
    Person,
    Product,
    Transaction,
    Unit,
    WalletShare,
)
from tools.domain.vocabulary import (
    Channel,
    Horizon,
    Layer,
    Measure,
    NeedKind,
    Role,
    Stage,
    UnitKind,
)
from tools.text import Language

ENCODINGS = {
    "en": ("utf-8", "utf-8-sig", "utf-16"),
    "zh-Hans": ("utf-8", "utf-8-sig", "utf-16", "gb18030"),
    "zh-Hant": ("utf-8", "utf-16", "big5", "gb18030"),
}
BASICS = (
    ("accounts.csv", "account,sector", "Lanhai Group,retail", "蓝海集团,零售"),
    ("people.csv", "agent,email", "Mo Lin,mo@example.com", "林默,lm@example.com"),
    ("products.csv", "product,series", "Alpha 5,A", "云桥,Y"),
)


@dataclass(frozen=True)
class Case:
    """A kind: its headers and row per language, and what is stored then."""

    kind: str
    model: type[SQLModel]
    columns: tuple[str, ...]
    stored: tuple[Any, ...]
    en: tuple[str, str]
    hans: tuple[str, str]
    hant: tuple[str, str]

    def lines(self, language: str) -> tuple[str, str]:
        return {"en": self.en, "zh-Hans": self.hans, "zh-Hant": self.hant}[language]


CASES = [
    Case(
        "units", Unit, ("kind", "function"), (UnitKind.BRANCH, "VIP"),
        ("unit,unit type,parent unit,function", "Oslo,branch,,VIP"),
        ("单位名称,类型,上级单位,职能", "上海分公司,分公司,,VIP"),
        ("單位名稱,類型,上級單位,職能", "臺北分公司,分公司,,VIP"),
    ),
    Case(
        "people", Person, ("role", "email"), (Role.DIRECTOR, "z@example.com"),
        ("name,email,role,title", "Zoe Berg,z@example.com,director,VP"),
        ("姓名,邮箱,角色,职务", "周一,z@example.com,总监,副总"),
        ("姓名,郵箱,角色,職務", "周一,z@example.com,總監,副總"),
    ),
    Case(
        "products", Product, ("series", "list_price", "currency"), ("X", Decimal("12500"), "CNY"),
        ("product,series,price,currency", "Nova,X,\"12,500\",CNY"),
        ("产品名称,系列,单价,币种", "新星,X,1.25万,人民币"),
        ("產品名稱,系列,單價,幣別", "新星,X,1.25萬,人民幣"),
    ),
    Case(
        "accounts", Account, ("segment", "employees", "founded", "customer_since"),
        ("X1", 1200, 1998, date(2017, 3, 4)),
        (
            "account,industry,employees,founded,customer since",
            "Yun Co,X1,\"1,200\",1998,2017-03-04",
        ),
        ("客户名称,行业,员工人数,成立年份,合作开始日期", "云起,X1,1200,1998年,2017年3月4日"),
        ("客戶名稱,行業,員工人數,成立年份,合作開始日期", "雲起,X1,1200,1998年,2017年3月4日"),
    ),
    Case(
        "aliases", AccountAlias, ("account_id",), (1,),
        ("alias,account", "Blue Sea,Lanhai Group"),
        ("别名,客户名称", "蓝海,蓝海集团"),
        ("別名,客戶名稱", "藍海,藍海集團"),
    ),
    Case(
        "contacts", Contact, ("account_id", "layer", "decides", "level", "as_of"),
        (1, Layer.DECISION, True, 3, date(2026, 1, 15)),
        ("account,contact,layer,decision maker", "Lanhai Group,Ana Ro,executive,yes"),
        ("客户名称,联系人,层级,决策人", "蓝海集团,王一,决策层,是"),
        ("客戶名稱,聯繫人,層級,決策人", "藍海集團,王一,決策層,是"),
    ),
    Case(
        "opportunities", Opportunity,
        ("external_id", "account_id", "person_id", "product_id", "stage", "closed_on", "value"),
        ("D1", 1, 1, 1, Stage.WON, date(2017, 3, 4), Decimal("30000")),
        (
            "deal id,account,agent,product,stage,close date,amount",
            "D1,Lanhai Group,Mo Lin,Alpha 5,Closed Won,2017-03-04,30k",
        ),
        (
            "商机编号,客户名称,销售代表,产品,阶段,成交日期,成交金额",
            "D1,蓝海集团,林默,云桥,赢单,2017年3月4日,3万",
        ),
        (
            "商機編號,客戶名稱,銷售代表,產品,階段,成交日期,成交金額",
            "D1,藍海集團,林默,雲橋,贏單,2017年3月4日,3萬",
        ),
    ),
    Case(
        "transactions", Transaction,
        ("external_id", "account_id", "booked_on", "amount", "currency"),
        ("T1", 1, date(2017, 3, 4), Decimal("-5"), "EUR"),
        ("invoice number,account,invoice date,amount", "T1,Lanhai Group,2017-03-04,(€5)"),
        ("发票号,客户,开票日期,金额,币种", "T1,蓝海集团,2017-03-04,-5,欧元"),
        ("發票號,客戶,開票日期,金額,幣別", "T1,藍海集團,2017-03-04,-5,歐元"),
    ),
    Case(
        "financials", Financial, ("account_id", "year", "measure", "amount", "currency", "level"),
        (1, 2016, Measure.COST_SERVICE, Decimal("1000000"), "USD", 3),
        ("account,year,measure,amount,currency", "Lanhai Group,2016,service cost,1m,USD"),
        ("客户,年度,服务成本,币种", "蓝海集团,2016,100万,美元"),
        ("客戶,年度,服務成本,幣別", "藍海集團,2016,100萬,美元"),
    ),
    Case(
        "wallet", WalletShare, ("account_id", "year", "supplier", "amount", "ours"),
        (1, 2016, "A", Decimal("500"), True),
        ("account,year,supplier,amount,ours,currency", "Lanhai Group,2016,A,500,yes,USD"),
        ("客户,年份,供应商,采购额,是否我方", "蓝海集团,2016,A,500,是"),
        ("客戶,年份,供應商,採購額,是否我方", "藍海集團,2016,A,500,是"),
    ),
    Case(
        "interactions", Interaction, ("account_id", "person_id", "held_on", "channel", "executive"),
        (1, 1, date(2017, 3, 4), Channel.VISIT, False),
        (
            "account,agent,visit date,type,summary,executive",
            "Lanhai Group,Mo Lin,2017-03-04,site visit,talked,no",
        ),
        ("客户,拜访人,拜访日期,拜访方式,内容,是否高层", "蓝海集团,林默,2017-03-04,上门拜访,谈,否"),
        ("客戶,拜訪人,拜訪日期,拜訪方式,內容,是否高層", "藍海集團,林默,2017-03-04,上門拜訪,談,否"),
    ),
    Case(
        "needs", Need, ("account_id", "horizon", "kind", "amount"),
        (1, Horizon.MEDIUM, NeedKind.HIDDEN, Decimal("70")),
        ("account,need,horizon,need type,budget", "Lanhai Group,storage,mid term,hidden,70"),
        ("客户,需求描述,时间范围,需求类型,预计金额", "蓝海集团,存储,中期,隐性,70"),
        ("客戶,需求描述,時間範圍,需求類型,預計金額", "藍海集團,儲存,中期,隱性,70"),
    ),
]  # fmt: skip


def basics(sessions: Sessions, folder: Path, language: str) -> None:
    """One account, person and product for the others to refer to."""
    for name, header, english, chinese in BASICS:
        row = english if language == "en" else chinese
        load(sessions, write(folder / name, header, row))


@pytest.mark.parametrize("language", list(ENCODINGS))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_headers_in_three_languages(
    sessions: Sessions, tmp_path: Path, case: Case, language: str
) -> None:
    basics(sessions, tmp_path, language)
    path = write(tmp_path / "upload.csv", *case.lines(language))
    for encoding in ENCODINGS[language]:
        write(path, *case.lines(language), encoding=encoding)
        report = load(sessions, path, dry_run=True)
        assert [sheet.kind for sheet in report.sheets] == [case.kind], encoding
        assert report.sheets[0].unmatched == ()
        assert (report.rejected, report.total("created")) == (0, 1), encoding
    first, second = load(sessions, path), load(sessions, path)
    assert everything(sessions, case.model, *case.columns)[-1] == (
        case.stored if len(case.columns) > 1 else case.stored[0]
    )
    assert first.total("created") == 1
    assert (second.total("created"), second.total("updated")) == (0, 0)
    assert second.total("unchanged") == 1


def test_a_figure_keeps_the_currency_that_a_later_file_leaves_out(
    sessions: Sessions, tmp_path: Path
) -> None:
    basics(sessions, tmp_path, "en")
    path = tmp_path / "figures.csv"
    header = "account,year,measure,amount"
    load(sessions, write(path, f"{header},currency", "Lanhai Group,2016,profit,-5,USD"))
    report = load(sessions, write(path, header, "Lanhai Group,2016,profit,-6"))
    assert everything(sessions, Financial, "amount", "currency") == [(Decimal(-6), "USD")]
    assert report.counts["financial"] == {"updated": 1}


def test_attendees_are_linked_and_unknown_ones_counted(sessions: Sessions, tmp_path: Path) -> None:
    basics(sessions, tmp_path, "en")
    load(sessions, write(tmp_path / "c.csv", "account,contact,email", "Lanhai Group,Ana,a@x.com"))
    header = "account,visit date,summary,attendees"
    path = write(tmp_path / "v.csv", header, "Lanhai Group,2017-03-04,talked,Ana; Bo")
    for _ in range(2):
        report = load(sessions, path)
        assert any("1" in notice.render(Language.ENGLISH) for notice in report.notices)
    with sessions() as session:
        assert session.exec(select(InteractionContact.contact_id)).all() == [1]
