from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tools.data.demo.series import deals, invoices, split, talks

SEED = {
    "account": "acme",
    "people": "ann|bob",
    "products": "plc|mes",
    "currency": "CNY",
    "yearly": "1000000",
    "before": "600000",
    "won": "4",
    "lost": "2",
    "open": "1",
}


@given(
    st.decimals(1_000, 10**9, places=0, allow_nan=False),
    st.integers(1, 12),
    st.text(max_size=8),
)
def test_parts_sum_to_the_total(total: Decimal, parts: int, seed: str) -> None:
    amounts = split(total, parts, seed)
    assert len(amounts) == parts
    assert sum(amounts) == total
    assert min(amounts) >= 0


def _won(first: int, last: int) -> Decimal:
    return sum(
        (
            Decimal(deal["value"])
            for deal in deals(SEED)
            if deal["stage"] == "won" and first <= -int(deal["closed_on"][:-1]) <= last
        ),
        Decimal(0),
    )


def test_won_deals_sum_to_the_seed() -> None:
    assert _won(0, 364) == 1_000_000
    assert _won(367, 729) == 600_000
    assert _won(731, 912) == 300_000
    assert _won(0, 10_000) == 1_900_000


def test_each_stage_has_as_many_deals_as_the_seed_says() -> None:
    stages = [deal["stage"] for deal in deals(SEED)]
    assert stages.count("won") == 4 + 4 + 2
    assert stages.count("lost") == 2
    assert len(stages) == 13


def test_a_deal_is_engaged_before_it_closes_and_open_ones_lie_ahead() -> None:
    for deal in deals(SEED):
        engaged = int(deal["engaged_on"][:-1])
        if "closed_on" in deal:
            assert engaged < int(deal["closed_on"][:-1]) < 0
        else:
            assert engaged < 0 < int(deal["expected_on"][:-1])


def test_the_same_seed_gives_the_same_deals() -> None:
    assert list(deals(SEED)) == list(deals(SEED))
    other = list(deals(SEED | {"account": "other"}))
    assert [d["value"] for d in other] != [d["value"] for d in deals(SEED)]


def test_twelve_invoices_in_each_of_two_years() -> None:
    seed = {"account": "acme", "product": "care", "person": "ann", "monthly": "10", "currency": "X"}
    ages = [-int(line["booked_on"][:-1]) for line in invoices(seed)]
    assert len([age for age in ages if age < 365]) == 12
    assert len([age for age in ages if 366 < age < 730]) == 12


def test_talks_keep_their_rhythm_and_say_who_took_part() -> None:
    seed = {
        "account": "acme",
        "person": "ann",
        "products": "LX MES|LX Vision",
        "latest": "10",
        "earliest": "100",
        "every": "30",
    }
    contacts = [{"key": "boss", "layer": "decision"}, {"key": "fitter", "layer": "execution"}]
    rows = list(talks(seed, {"visit": ["saw {product}"]}, contacts))
    assert [row["summary"] for row in rows] == ["saw LX MES", "saw LX Vision", "saw LX MES"]
    assert [(row["contacts"], row["executive"]) for row in rows] == [
        ("boss", "yes"),
        ("fitter", "no"),
        ("boss", "yes"),
    ]
    for row, planned in zip(rows, (10, 40, 70), strict=True):
        assert planned <= -int(row["held_on"][:-1]) < planned + 4
