"""Which encoding a text is in, above all where it is short."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_knowledge.readers.content import Unreadable
from kam_knowledge.readers.encoding import decode

SIMPLIFIED = ("客户", "大客户分级", "联通", "一汽集团，年收入500万元。", "拜访记录：张总很满意")
TRADITIONAL = ("客戶", "重點客戶分級", "臺灣積體電路，年收入500萬元。", "拜訪記錄：張總很滿意")


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030", "utf-32"])
def test_simplified(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5"])
def test_traditional(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_figures(encoding: str) -> None:
    text = "客户 A-100 收入 500"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["café", "Müller & Söhne", "price: 5 €", "naïve résumé"])
def test_western(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_what_a_page_declares_is_believed_where_it_fits() -> None:
    assert decode("営業".encode("shift_jis"), "shift_jis") == "営業"
    assert decode("朱镕基".encode("gbk"), "gb2312") == "朱镕基"
    assert decode("客户".encode(), "gb2312") == "客户"
    assert decode("客户".encode("gbk"), "utf-8") == "客户"
    assert decode("客户".encode("gbk"), "no-such-thing") == "客户"


def test_a_text_cut_within_a_character_is_read_up_to_there() -> None:
    assert decode("大客户分级".encode()[:-1]) == "大客户分"
    assert decode("大客户分级".encode("gb18030")[:-1]) == "大客户分"


def test_a_damaged_byte_in_a_long_utf_8_text_costs_its_character_only() -> None:
    text = "大客户分级管理办法。" * 100
    damaged = bytearray(text.encode())
    damaged[1_501] = 0xFF
    assert decode(bytes(damaged)).replace("\ufffd", "").count("大客户分级管理办法。") == 99


def test_line_ends_are_made_one() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text"):
        decode(bytes(range(32)) * 40)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(decode(data), str)


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00), min_size=2, max_size=40))
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode()) == text
