"""Figures, days, titles and people in notes, each by itself."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.domain.vocabulary import Layer
from tools.notes.coming import coming_day
from tools.notes.cues import cues
from tools.notes.figures import amounts_of, number, percents_of
from tools.notes.past import past_day
from tools.notes.people import layer_of, people_in
from tools.notes.sentences import clauses, plain, sentences

TODAY = date(2018, 1, 10)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("a 3 million line", [("3000000", "")]),
        ("EUR 2.5m and 40k", [("2500000", "EUR"), ("40000", "")]),
        ("about $1,200,000", [("1200000", "USD")]),
        ("¥80", [("80", "CNY")]),
        ("half a million dollars", [("500000", "USD")]),
        ("20 robots and 2 lines", []),
        ("300万的产线", [("3000000", "")]),
        ("预算两千五百万元", [("25000000", "CNY")]),
        ("約新台幣5000萬", [("50000000", "TWD")]),
        ("三百五十万美元", [("3500000", "USD")]),
        ("新台币两千万", [("20000000", "TWD")]),
        ("1.2亿", [("120000000", "")]),
        ("两百台", []),
    ],
)
def test_amounts(said: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (a.value, a.currency) for a in amounts_of(plain(said), "CNY" if "¥" in said else "USD")
    ]
    assert found == [(Decimal(value), currency) for value, currency in expected]


@given(st.integers(1, 9_999), st.sampled_from(["万", "亿", "million", "k"]))
def test_any_number_with_a_scale_is_an_amount(count: int, scale: str) -> None:
    factor = {"万": 10**4, "亿": 10**8, "million": 10**6, "k": 10**3}[scale]
    assert [a.value for a in amounts_of(f"预算 {count}{scale}", "USD")] == [Decimal(count * factor)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("8 % lower", ["8"]),
        ("12.5 percent", ["12.5"]),
        ("低8个点", ["8"]),
        ("百分之四十", ["40"]),
        ("四成半", ["45"]),
        ("40 units", []),
    ],
)
def test_shares(said: str, expected: list[str]) -> None:
    assert percents_of(said) == [Decimal(value) for value in expected]


@pytest.mark.parametrize(
    ("word", "value"), [("12", 12), ("an", 1), ("seven", 7), ("十二", 12), ("三千零五", 3005)]
)
def test_numbers(word: str, value: int) -> None:
    assert number(word) == value


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("met them yesterday", "2018-01-09"),
        ("two weeks ago", "2017-12-27"),
        ("on monday", "2018-01-08"),
        ("last friday", "2018-01-05"),
        ("on wednesday", "2018-01-03"),
        ("on 20 december", "2017-12-20"),
        ("dec 3rd, 2016", "2016-12-03"),
        ("2017-11-30", "2017-11-30"),
        ("上周五", "2018-01-05"),
        ("周一", "2018-01-08"),
        ("前天", "2018-01-08"),
        ("三天前", "2018-01-07"),
        ("十二月五日", "2017-12-05"),
        ("去年3月8号", "2017-03-08"),
        ("tomorrow", None),
        ("30 february", None),
    ],
)
def test_days_of_the_past(said: str, day: str | None) -> None:
    assert past_day(plain(said), TODAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("in spring", "2018-03-01"),
        ("next winter", "2018-12-01"),
        ("by june", "2018-06-30"),
        ("in january", "2018-01-31"),
        ("by 1 march", "2018-03-01"),
        ("in may 2019", "2019-05-01"),
        ("next quarter", "2018-04-01"),
        ("by the end of next quarter", "2018-06-30"),
        ("end of the month", "2018-01-31"),
        ("end of next year", "2019-12-31"),
        ("next year", "2019-01-01"),
        ("this year", "2018-12-31"),
        ("within 6 weeks", "2018-02-21"),
        ("in two years", "2020-01-10"),
        ("in q3", "2018-07-01"),
        ("first half of 2019", "2019-01-01"),
        ("in 2020", "2020-01-01"),
        ("next week", "2018-01-15"),
        ("明年春天", "2019-03-01"),
        ("秋季", "2018-09-01"),
        ("三季度前", "2018-09-30"),
        ("下季度", "2018-04-01"),
        ("明年q2", "2019-04-01"),
        ("年底前", "2018-12-31"),
        ("明年年底", "2019-12-31"),
        ("月底", "2018-01-31"),
        ("下个月", "2018-02-01"),
        ("下半年", "2018-07-01"),
        ("六月", "2018-06-01"),
        ("6月15日", "2018-06-15"),
        ("半年多", None),
        ("两个月内", "2018-03-10"),
        ("后年", "2020-01-01"),
        ("2016年", None),
        ("maybe", None),
    ],
)
def test_days_to_come(said: str, day: str | None) -> None:
    assert coming_day(plain(said), TODAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("title", "layer"),
    [
        ("CTO", Layer.DECISION),
        ("Vice President", Layer.DECISION),
        ("general manager", Layer.DECISION),
        ("chief financial officer", Layer.DECISION),
        ("plant manager", Layer.MANAGEMENT),
        ("Head of Purchasing", Layer.MANAGEMENT),
        ("regional director", Layer.MANAGEMENT),
        ("process engineer", Layer.EXECUTION),
        ("buyer", Layer.EXECUTION),
        ("董事长", Layer.DECISION),
        ("副总经理", Layer.DECISION),
        ("首席技术官", Layer.DECISION),
        ("总", Layer.DECISION),
        ("技術總監", Layer.MANAGEMENT),
        ("廠長", Layer.MANAGEMENT),
        ("总工程师", Layer.MANAGEMENT),
        ("设备工程师", Layer.EXECUTION),
        ("采购员", Layer.EXECUTION),
        ("astronaut", None),
        ("", None),
    ],
)
def test_titles(title: str, layer: Layer | None) -> None:
    assert layer_of(title) is layer


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Met Ms Chen and Mr Tom Berg, buyer", [("Ms Chen", ""), ("Tom Berg", "buyer")]),
        ("their new CFO Li Na was there", [("Li Na", "CFO")]),
        ("We met manager Anna Lee", [("Anna Lee", "manager")]),
        ("Contoso quotes lower", []),
        ("见到采购经理李娜和王总", [("李娜", "采购经理"), ("王总", "")]),
        ("与张主任、刘女士开会", [("张主任", "主任"), ("刘女士", "")]),
        ("和信息部主任周敏通了电话", [("周敏", "信息部主任")]),
        ("赵敏（副总裁）参加", [("赵敏", "副总裁")]),
        ("周五采购经理没来", []),
    ],
)
def test_people(said: str, people: list[tuple[str, str]]) -> None:
    (sentence,) = sentences(said)
    assert [(met.name, met.title) for met in people_in(sentence)] == people


def test_a_note_falls_into_sentences_and_clauses() -> None:
    note = "Met Dr. Wu, who bought 1,200 units of v2.5. They left; 他们很满意！\n- need: a pump"
    whole = sentences(note)
    assert [piece.said for piece in whole] == [
        "Met Dr. Wu, who bought 1,200 units of v2.5",
        "They left",
        "他们很满意",
        "need: a pump",
    ]
    assert [piece.said for piece in clauses(whole[0], cues().joints)] == [
        "Met Dr. Wu",
        "who bought 1,200 units of v2.5",
    ]
    assert [note[piece.start : piece.end] for piece in whole] == [piece.said for piece in whole]


@given(st.text(max_size=60))
def test_matching_keeps_every_character_in_its_place(note: str) -> None:
    assert len(plain(note)) == len(note)
    for piece in sentences(note):
        assert note[piece.start : piece.end] == piece.said
        assert len(piece.key) == len(piece.said)
