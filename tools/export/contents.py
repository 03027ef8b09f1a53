"""What can be exported, each as a sheet of the rows that the asking person may read."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tools.deps import Deps
from tools.export.accounts import accounts
from tools.export.priority import priority
from tools.export.reviews import reviews
from tools.export.table import Sheet
from tools.export.trail import trail

Content = Callable[[Deps], AbstractContextManager[Sheet]]

CONTENTS: dict[str, Content] = {
    "accounts": accounts,
    "priority": priority,
    "reviews": reviews,
    "audit": trail,
}
