"""Serving modes and their break-even (K1 asks for it; formula, list and choice are house)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tools.domain.rules import ServingRules
from tools.errors import BadInput
from tools.text import text


class Mode(StrEnum):
    """The ways to serve an account, dearest first."""

    DEDICATED_TEAM = "dedicated_team"
    SHARED_MANAGER = "shared_manager"
    FIELD_SALES = "field_sales"
    CHANNEL_PARTNER = "channel_partner"
    REMOTE = "remote"


@dataclass(frozen=True)
class Economy:
    """A mode with its yearly cost and the revenue that pays for it; None while not set."""

    mode: Mode
    cost: Decimal | None
    break_even: Decimal | None


@dataclass(frozen=True)
class Choice:
    """The mode to use (None: no known mode pays) and the next dearer one, out of reach."""

    mode: Economy | None
    dearer: Economy | None


def economies(rules: ServingRules) -> tuple[Economy, ...]:
    """Every mode with break-even revenue = yearly cost ÷ contribution margin."""
    margin = rules.contribution_margin
    if margin is not None and not 0 < margin <= 1:
        raise BadInput(
            text(
                "The contribution margin is a fraction above 0 and at most 1, not {margin}. "
                "Sales operations can correct serving.contribution_margin.",
                "边际贡献率须大于 0 且不超过 1，不能是 {margin}。"
                "请销售运营修改规则 serving.contribution_margin。",
                margin=str(margin),
            )
        )
    return tuple(_economy(mode, getattr(rules.costs, mode.value), margin) for mode in Mode)


def _economy(mode: Mode, cost: Decimal | None, margin: Decimal | None) -> Economy:
    if cost is not None and cost < 0:
        raise BadInput(
            text(
                "The yearly cost serving.costs.{mode} must not be negative; it is {cost}.",
                "年度成本 serving.costs.{mode} 不能为负，目前为 {cost}。",
                mode=mode.value,
                cost=str(cost),
            )
        )
    if cost is None or margin is None:
        return Economy(mode, cost, None)
    return Economy(mode, cost, round(cost / margin, 2))


def choose(modes: Sequence[Economy], expected: Decimal) -> Choice:
    """The dearest mode whose break-even the expected revenue covers; exactly met is covered."""
    known = [(mode.break_even, mode) for mode in modes if mode.break_even is not None]
    covered = [entry for entry in known if entry[0] <= expected]
    beyond = [entry for entry in known if entry[0] > expected]
    return Choice(
        max(covered, key=lambda entry: entry[0])[1] if covered else None,
        min(beyond, key=lambda entry: entry[0])[1] if beyond else None,
    )
