"""Chinese scripts: what is converted, compared and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_knowledge.scripts import fold, is_traditional, normalise, to_simplified, to_traditional


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("客戶軟體", "客户软件"),
        ("客戶\x00軟體", "客户\ufffd软件"),
        ("客戶\ud800軟體", "客户\ufffd软件"),
    ],
)
def test_the_whole_text_is_converted_both_ways(traditional: str, simplified: str) -> None:
    assert to_simplified(traditional) == fold(traditional) == normalise(traditional) == simplified
    assert to_traditional(simplified).replace("\ufffd", "") == "客戶軟體"
    assert is_traditional(traditional)
    assert not is_traditional(simplified)


@given(st.text(st.characters()))
def test_nothing_after_a_strange_character_is_lost(text: str) -> None:
    assert fold(f"{text}户末").endswith("户末")
