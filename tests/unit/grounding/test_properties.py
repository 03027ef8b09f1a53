"""What holds for every text: evidence bears itself out, a changed digit does not pass, and equal
forms are equal."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.agent.grounding.answers import answer_of
from bot.agent.grounding.evidence import Evidence, Line, ground
from bot.agent.grounding.numerals import chinese_number, english_number
from bot.agent.grounding.sentences import sentences_of, without
from bot.agent.grounding.verdicts import Reason, judged
from kam_knowledge.lexicon import Lexicon as Words
from tests.unit.builtin.world import TODAY, lexicon
from tools.text import Money, Percent, show, text

NO_WORDS = Words({}, {}, "")

amounts = st.decimals(1000, 10**10, places=2).map(lambda value: Money(value, "USD"))
counts = st.integers(21, 10**9)
shares = st.decimals(0, 1, places=3).map(Percent)
days = st.dates(min_value=TODAY.replace(year=2000), max_value=TODAY)
values = st.one_of(amounts, counts, shares, days)
languages = st.sampled_from(sorted({"en", "zh-Hans", "zh-Hant"}))
SAID = text(
    "Acme Corporation has {first}, and then {second}.", "Acme Corporation有{first}，另有{second}。"
)


def _evidence(*lines: str) -> Evidence:
    return Evidence(ground([Line(line, line) for line in lines], lexicon(), TODAY))


def _reasons(reply: str, evidence: Evidence) -> list[Reason]:
    verdicts = judged(sentences_of(reply), evidence, NO_WORDS)
    return [fault.reason for verdict in verdicts for fault in verdict.faults]


@given(first=values, second=values, language=languages)
def test_what_the_evidence_says_passes(first: object, second: object, language: str) -> None:
    line = text(SAID.en, SAID.zh, first=first, second=second).render(language)  # type: ignore[arg-type]
    assert _reasons(line, _evidence(line)) == []


@given(first=values, second=values, said=languages, shown=languages)
def test_it_passes_in_any_language(first: object, second: object, said: str, shown: str) -> None:
    line = text(SAID.en, SAID.zh, first=first, second=second)  # type: ignore[arg-type]
    assert _reasons(line.render(said), _evidence(line.render(shown))) == []  # type: ignore[arg-type]


@given(value=st.one_of(amounts, counts, shares), data=st.data())
def test_one_other_digit_fails(value: Money | int | Percent, data: st.DataObject) -> None:
    shown = show(value, "en")  # type: ignore[arg-type]
    places = [place for place, sign in enumerate(shown) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from(sorted(set("123456789") - {shown[place]})))
    other = shown[:place] + digit + shown[place + 1 :]
    # Today is known to everybody, so its year and day are no made-up figures.
    assume(not any(part in ("2017", "12", "31") for part in (other, other.strip("%"))))
    assert Reason.FIGURE in _reasons(f"It comes to {other}.", _evidence(f"It comes to {shown}."))


@given(day=days, other=days)
def test_another_day_fails(day: object, other: object) -> None:
    assume(day != other and TODAY not in (day, other))
    assert _reasons(f"It was on {other}.", _evidence(f"It was on {day}.")) == [Reason.DATE]


@given(day=days)
def test_equal_forms_of_a_day(day: object) -> None:
    evidence = _evidence(f"Closed: {day}")
    forms = (
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B %Y}",  # type: ignore[attr-defined]
        f"{day:%b} {day.day}, {day.year}",  # type: ignore[attr-defined]
        f"{day.year}年{day.month}月{day.day}日",  # type: ignore[attr-defined]
        f"{day:%d/%m/%Y}",
        f"{day:%m/%d/%Y}",
    )
    assert [_reasons(f"It closed on {form}.", evidence) for form in forms] == [[]] * len(forms)


@given(units=st.integers(1, 9999))
def test_equal_forms_of_an_amount(units: int) -> None:
    """So many hundred thousand: 1.2亿 is 120,000,000 is 120M."""
    value = units * 100_000
    forms = (
        f"{value}",
        f"{value:,}",
        f"{Decimal(value) / 10**4}万",
        f"{Decimal(value) / 10**8}亿",
        f"{Decimal(value) / 10**6} million",
        f"{Decimal(value) / 10**6}M",
        f"{Decimal(value) / 10**3}K",
    )
    for known in forms:
        evidence = _evidence(f"It comes to {known} here.")
        assert [_reasons(f"共{form}。", evidence) for form in forms] == [[]] * len(forms)


@given(tenths=st.integers(1, 9), more=st.integers(0, 9))
def test_equal_forms_of_a_share(tenths: int, more: int) -> None:
    signs = "零一二三四五六七八九"
    value = tenths * 10 + more
    forms = (
        f"{value}%",
        f"{value} percent",
        f"{value / 100}",
        f"百分之{value}",
        f"{signs[tenths]}成{signs[more] if more else ''}",
    )
    for known in forms[:3]:
        evidence = _evidence(f"The win rate is {known} now.")
        assert [_reasons(f"赢单率为{form}。", evidence) for form in forms] == [[]] * len(forms)


_PIECES = st.lists(
    st.sampled_from(
        [
            "Acme Inc. won.",
            "It is 3.5 %!",
            "- a point",
            "1. first",
            "",
            "好。不好？",
            "Two:",
            "a [1].",
        ]
    )
)


@given(_PIECES)
def test_a_reply_without_faults_is_not_touched(pieces: list[str]) -> None:
    reply = "\n".join(pieces)
    sentences = sentences_of(reply)
    assert without(reply, sentences, ()) == reply
    assert "".join(s.text for s in sentences) == reply.replace("\n", "")


@given(_PIECES, st.data())
def test_only_what_is_dropped_is_missing(pieces: list[str], data: st.DataObject) -> None:
    reply = "\n".join(pieces)
    sentences = sentences_of(reply)
    dropped = data.draw(st.sets(st.sampled_from(range(len(sentences) or 1))))
    kept = without(reply, sentences, dropped)
    for place, sentence in enumerate(sentences):
        if place not in dropped and not sentence.items:
            assert sentence.text.strip() in kept


@given(st.text(max_size=300))
def test_any_text_can_be_judged(reply: str) -> None:
    verdicts = judged(sentences_of(reply), _evidence("USD 5"), NO_WORDS)
    answer = answer_of(reply, verdicts, ())
    assert answer.dropped == sum(not verdict.passes for verdict in verdicts)


_ONES = "零一二三四五六七八九"


def _in_chinese(number: int) -> str:
    """1 to 9999 as people write it."""
    said = ""
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += _ONES[digit] + sign
        elif said and number % size and not said.endswith("零"):
            said += "零"
    return said


@given(st.integers(1, 9999))
def test_chinese_numerals(number: int) -> None:
    assert chinese_number(_in_chinese(number)) == number
    assert chinese_number(_in_chinese(number) + "万") == number * 10**4


def test_english_numerals() -> None:
    said = {"twelve": 12, "forty-two": 42, "a dozen": 12, "two hundred and ten": 210, "nine": 9}
    assert {word: english_number(word) for word in said} == said
