"""Text is shown as it is, wherever Slack would read something into it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from bot.slack.mrkdwn import clean, cut, escaped, length, one_line, pieces, shown

any_text = st.one_of(
    st.text(max_size=60),
    st.text("*_~`<>&@#!|:/ab中。（） \n", max_size=60),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn"]), max_size=10),
)


@pytest.mark.parametrize(
    ("said", "safe"),
    [
        ("<!channel> hi", "&lt;!channel&gt; hi"),
        ("R&D <https://x.example|y>", "R&amp;D &lt;https://x.example|y&gt;"),
        ("*粗体*", "∗粗体∗"),
        ("_a_ ~b~ `c`", "ˍaˍ ∼b∼ ˋcˋ"),
        ("account_id, 2*3", "account_id, 2*3"),
        (" \u200b ", "—"),
        ("", "—"),
    ],
)
def test_nothing_is_read_into_a_text(said: str, safe: str) -> None:
    assert escaped(said) == safe


@given(any_text)
def test_no_mark_stands_where_a_format_could_begin_or_end(said: str) -> None:
    safe = escaped(said)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", safe)
    assert not re.search(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])", safe)


@given(any_text)
def test_what_is_shown_can_be_sent_and_is_never_empty(said: str) -> None:
    for found in (shown(said), one_line(said)):
        found.encode()
        assert found.strip()
    assert "\n" not in one_line(said)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", clean(said))


@given(st.text(max_size=80), st.integers(8, 30))
def test_pieces_break_no_grapheme_and_lose_nothing(said: str, room: int) -> None:
    found = list(pieces(said, room))
    assert "".join(found) == said
    assert all(0 < length(piece) <= room for piece in found)
    if all(length(cluster) <= room for cluster in iter_graphemes(said)):
        assert [c for piece in found for c in iter_graphemes(piece)] == list(iter_graphemes(said))
    assert length(cut(said, room)) <= room


def test_a_family_is_not_cut_apart() -> None:
    family = "👩‍👩‍👧‍👦"
    assert list(pieces(family * 3, length(family) + 3)) == [family] * 3
    assert cut(f"ab{family}", 12) == "ab…"
