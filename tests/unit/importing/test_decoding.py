"""The encoding of a file, decided from the whole of it."""

from pathlib import Path

import pytest

from tools.data.importing.decoding import detect
from tools.data.importing.sheets import open_sheets

SIMPLIFIED = ["客户名称,行业,城市", "恒远科技有限公司,制造业,上海", "蓝海集团,零售,北京"]
TRADITIONAL = ["客戶名稱,行業,城市", "恆遠科技有限公司,製造業,臺北", "藍海集團,零售,高雄"]
ENGLISH = ["account,sector,city", "Northwind,retail,Oslo", "Contoso,finance,Bonn"]


@pytest.mark.parametrize(
    ("lines", "encoding", "shown"),
    [
        (SIMPLIFIED, "utf-8", "UTF-8"),
        (SIMPLIFIED, "utf-8-sig", "UTF-8"),
        (SIMPLIFIED, "utf-16", "UTF-16"),
        (SIMPLIFIED, "gb18030", "GB18030"),
        (SIMPLIFIED, "gbk", "GB18030"),
        (TRADITIONAL, "utf-8", "UTF-8"),
        (TRADITIONAL, "utf-16", "UTF-16"),
        (TRADITIONAL, "big5", "Big5"),
        (TRADITIONAL, "gb18030", "GB18030"),
        (ENGLISH, "ascii", "UTF-8"),
        (ENGLISH, "utf-16-le", "UTF-16"),
        (ENGLISH, "utf-16-be", "UTF-16"),
        (ENGLISH, "utf-16", "UTF-16"),
    ],
)
def test_encodings(tmp_path: Path, lines: list[str], encoding: str, shown: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    [sheet] = open_sheets(path)
    assert sheet.encoding == shown
    assert [list(row.cells) for row in sheet.rows()] == [line.split(",") for line in lines]


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"Caf\xe9", "公司".encode("gb18030")])
def test_few_foreign_lines_in_an_ascii_file_are_damage(tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 400 + b"3," + bad + b"\n")
    assert detect(path).label == "UTF-8"


def test_bytes_that_no_encoding_reads_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n3,\xff\xfe\xfd\n")
    assert detect(path).label == "UTF-8"


def test_damaged_lines_among_real_utf8_do_not_change_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "客户,行业\n蓝海,零售\n恒远,制造\n".encode() + "公司".encode("gb18030") + b",x\n"
    )
    assert detect(path).label == "UTF-8"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_delimiters(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'account{sign}sector{sign}city\n"A{sign}B, C; D"{sign}retail{sign}Oslo\n')
    [sheet] = open_sheets(path)
    assert sheet.delimiter == sign
    assert [row.cells for row in sheet.rows()][1] == (f"A{sign}B, C; D", "retail", "Oslo")
