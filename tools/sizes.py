"""How large a figure may be: what people type and models pass on is refused in words beyond it."""

from decimal import Decimal

from tools.data.types import LARGEST
from tools.errors import BadInput
from tools.text import text


def require_size(figure: Decimal | int, parameter: str | None = None) -> None:
    """Raises `BadInput` for a figure that no record holds."""
    if isinstance(figure, Decimal) and not figure.is_finite():
        raise BadInput(text("That is no figure.", "这不是数字。"), parameter)
    if not -LARGEST < figure < LARGEST:
        raise BadInput(
            text(
                "That figure is too large; figures go up to {most}.",
                "数字过大，最大为 {most}。",
                most=f"{int(LARGEST) - 1:,}",
            ),
            parameter,
        )
