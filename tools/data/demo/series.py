"""Long series from short seeds: deals, invoices and meetings, the same at every load.

Nothing is drawn at random: what varies is taken from a checksum of the seed's own words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zlib import crc32

from tools.data.demo.files import Row

_WINDOWS = ((5, 355), (372, 720), (736, 905))
_HALF_A_YEAR = Decimal("0.5")
_ROUND = Decimal(100)


@dataclass(frozen=True)
class Won:
    """A won deal: days since it was closed, how long it ran, its amount."""

    age: int
    ran: int
    amount: Decimal


def pick(seed: str, size: int) -> int:
    """A number from 0 to `size` - 1 that depends on the seed alone."""
    return crc32(seed.encode()) % size


def split(total: Decimal, parts: int, seed: str) -> list[Decimal]:
    """Uneven amounts in whole hundreds (but for the last) that sum to the total exactly."""
    weights = [60 + pick(f"{seed}/{place}", 90) for place in range(parts)]
    amounts = [total * weight // sum(weights) // _ROUND * _ROUND for weight in weights[:-1]]
    return [*amounts, total - sum(amounts)]


def ages(window: tuple[int, int], count: int, seed: str) -> Iterator[int]:
    """Days ago, spread over a window; the youngest first."""
    first, last = window
    step = (last - first) / max(count, 1)
    for place in range(count):
        yield first + int(place * step) + pick(f"{seed}/{place}", max(int(step), 1))


def won(seed: Row) -> Iterator[Won]:
    """Won deals over two and a half years: `yearly` in the last twelve months, `before` in
    the twelve before those, and half of `before` in the six before those."""
    yearly, before = Decimal(seed["yearly"]), Decimal(seed["before"])
    totals = (yearly, before, before * _HALF_A_YEAR)
    for place, (total, window) in enumerate(zip(totals, _WINDOWS, strict=True)):
        count = int(seed["won"]) if place < 2 else (int(seed["won"]) + 1) // 2
        if not total or not count:
            continue
        name = f"{seed['account']}/won/{place}"
        amounts = split(total, count, name)
        for age, amount in zip(ages(window, count, name), amounts, strict=True):
            yield Won(age, 35 + pick(f"{name}/{age}", 110), amount)


def deals(seed: Row) -> Iterator[Row]:
    """All deals of one seed row, as rows of an opportunity table."""
    products, people = seed["products"].split("|"), seed["people"].split("|")
    shared = {"account": seed["account"], "currency": seed["currency"], "source": "CRM"}
    for place, deal in enumerate(won(seed)):
        yield shared | {
            "person": people[pick(f"{seed['account']}/{place}", len(people))],
            "product": products[place % len(products)],
            "stage": "won",
            "engaged_on": f"-{deal.age + deal.ran}d",
            "closed_on": f"-{deal.age}d",
            "value": str(deal.amount),
        }
    for row in (*_lost(seed, products), *_open(seed, products)):
        yield shared | {"person": people[0]} | row


def _typical(seed: Row) -> Decimal:
    """What one deal of this account is worth, roughly, in whole thousands."""
    basis = Decimal(seed.get("typical", 0)) or Decimal(seed["yearly"]) / int(seed["won"])
    return basis // 1000 * 1000


def _lost(seed: Row, products: Sequence[str]) -> Iterator[Row]:
    name = f"{seed['account']}/lost"
    for place, age in enumerate(ages((20, 880), int(seed["lost"]), name)):
        value = _typical(seed) * (70 + pick(f"{name}/{place}/v", 90)) / 100
        yield {
            "product": products[(place + 1) % len(products)],
            "stage": "lost",
            "engaged_on": f"-{age + 30 + pick(f'{name}/{place}/r', 90)}d",
            "closed_on": f"-{age}d",
            "value": str(value),
        }


def _open(seed: Row, products: Sequence[str]) -> Iterator[Row]:
    name = f"{seed['account']}/open"
    for place in range(int(seed["open"])):
        engaging = pick(f"{name}/{place}/s", 3) > 0
        value = _typical(seed) * (80 + pick(f"{name}/{place}/v", 120)) / 100
        yield {
            "product": products[place % len(products)],
            "stage": "engaging" if engaging else "prospecting",
            "engaged_on": f"-{10 + pick(f'{name}/{place}/e', 120)}d",
            "expected_on": f"+{15 + pick(f'{name}/{place}/x', 210)}d",
            "value": str(value),
        }


def invoices(seed: Row) -> Iterator[Row]:
    """Twenty-four monthly invoices, twelve in each of the last two years."""
    for month in range(24):
        age = 15 + 30 * month + 5 * (month // 12)
        yield {
            "external_id": f"{seed['account']}-{month + 1:02d}",
            "account": seed["account"],
            "product": seed["product"],
            "person": seed["person"],
            "booked_on": f"-{age}d",
            "amount": seed["monthly"],
            "currency": seed["currency"],
            "source": "ERP",
        }


def talks(seed: Row, phrases: dict[str, list[str]], contacts: Sequence[Row]) -> Iterator[Row]:
    """Interactions every `every` days from `latest` days ago back to `earliest`.

    Channels take turns; so do the contacts, those who decide less often than the others.
    """
    name = seed["account"]
    channels, products = list(phrases), seed["products"].split("|")
    first, last, step = int(seed["latest"]), int(seed["earliest"]), int(seed["every"])
    for place, age in enumerate(range(first, last, step)):
        channel = channels[(place + pick(name, len(channels))) % len(channels)]
        sentences = phrases[channel]
        sentence = sentences[pick(f"{name}/{place}", len(sentences))]
        contact = contacts[place % len(contacts)] if contacts else {}
        yield {
            "account": name,
            "person": seed["person"],
            "held_on": f"-{age + pick(f'{name}/{place}/d', 4)}d",
            "channel": channel,
            "summary": sentence.format(
                product=products[place % len(products)], name=contact.get("name", "")
            ),
            "executive": "yes" if contact.get("layer") == "decision" else "no",
            "source": "CRM",
            "contacts": contact.get("key", ""),
        }
