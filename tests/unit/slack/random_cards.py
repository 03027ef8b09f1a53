"""Cards of any content, for properties: long, empty, Chinese, right-to-left, control characters."""

from decimal import Decimal

from hypothesis import strategies as st

from bot.slack.blocks.checks import value_of
from bot.turn import Reply, ToolCall
from tools.cards import Card, Chart, Check, Column, Fact, Quote, Table
from tools.text import Language, Money, Percent, Text, Value, text

_SNIPPETS = st.sampled_from(
    (
        "",
        " ",
        "\u200b",
        "<!channel>",
        "<@U123> & <https://x.example|here>",
        "*bold* _slanted_ ~gone~ `code`",
        "**粗体**：说明",
        "上海汇智精密半导体设备股份有限公司" * 4,
        "شركة الاختبار \u202e txt.exe",
        "👩‍👩‍👧‍👦🇨🇳é",
        "e" + "\u0301" * 40,
        "\x00\x1b[31m\r\n\ttab",
        "\ud83d half",
        "| a | b |",
        "# head\n- one\n1. two\n> said\n```\ncode\n```",
        "word " * 620,
        "长" * 3_100,
    )
)
words = st.one_of(_SNIPPETS, st.text(max_size=40), st.lists(_SNIPPETS, max_size=3).map("".join))
texts = words.map(lambda said: text("{said}", "{said}", said=said))
amounts = st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**12
)
values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    words,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    amounts,
    st.dates(),
    amounts.map(lambda amount: Money(amount, "USD")),
    amounts.map(lambda amount: Percent(amount / Decimal(10**9))),
    texts,
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of up to 24 columns and, by repetition, several hundred rows."""
    width = draw(st.integers(1, 24))
    aligned = draw(st.lists(st.sampled_from(("left", "right")), min_size=width, max_size=width))
    columns = tuple(Column(draw(texts), side) for side in aligned)
    some = draw(st.lists(st.tuples(*[values] * width), min_size=0, max_size=3))
    rows = tuple(some * draw(st.sampled_from((1, 1, 2, 40, 101))))
    return Table(columns, rows, len(rows) + draw(st.integers(0, 500)))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    points = draw(
        st.lists(st.tuples(values, st.floats(-1e9, 1e12, allow_nan=False)), min_size=0, max_size=25)
    )
    return Chart(
        draw(st.sampled_from(("bar", "line", "pie"))),
        draw(texts),
        tuple(label for label, _ in points),
        tuple(value for _, value in points),
        draw(texts),
    )


_IDS = st.text("abcdef0123456789", min_size=1, max_size=40)
quotes = st.builds(Quote, passage=_IDS, document=words, section=words, text=words)
facts = st.builds(Fact, label=texts, value=values, note=values)
checks = st.builds(
    Check,
    account=words,
    checklist=_IDS,
    item=_IDS,
    label=texts,
    done=st.booleans(),
    note=st.one_of(st.none(), texts),
)


def few(of: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=most).map(tuple)


cards = st.builds(
    Card,
    title=texts,
    headline=texts,
    facts=few(facts, 12),
    table=st.one_of(st.none(), tables()),
    chart=st.one_of(st.none(), charts()),
    quotes=few(quotes),
    why=few(texts),
    basis=few(texts, 12),
    missing=few(texts),
    next=few(texts),
    checks=st.lists(checks, max_size=12, unique_by=value_of).map(tuple),
)
languages = st.sampled_from(tuple(Language))


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    found = tuple(draw(st.lists(cards, max_size=3)))
    calls = tuple(
        ToolCall("a_tool", {"account": draw(words)}, None)
        for _ in range(draw(st.sampled_from((0, len(found)))))
    )
    return Reply(
        draw(words), found, calls, tuple(draw(st.lists(quotes, max_size=3))), draw(languages), "m"
    )


def plain(said: str) -> Text:
    return text("{said}", "{said}", said=said)
