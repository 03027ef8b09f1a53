"""Reads of what the closeness of many accounts is computed from, by column."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col

from tools.data.closeness import executive_contacts, interactions, judgements, layers_met
from tools.data.columns import (
    as_read,
    days_before,
    integers,
    newest,
    plain,
    ranks,
    read,
    rising,
    standing,
)
from tools.data.models import Contact, Evaluation, Interaction
from tools.data.portfolio import Query, few
from tools.domain.closeness_columns import ContactColumns
from tools.domain.rules import ClosenessRules
from tools.domain.vocabulary import Layer


def contact_columns(
    session: Session, on: date, rules: ClosenessRules, accounts: Collection[int]
) -> ContactColumns:
    """What is logged of these accounts by that day."""
    reader = _Reader(session, on, rules, accounts)
    reader.interactions()
    reader.layers()
    reader.executives()
    reader.judgements()
    return reader.columns


class _Reader:
    """Fills the columns of the accounts."""

    def __init__(
        self, session: Session, on: date, rules: ClosenessRules, accounts: Collection[int]
    ) -> None:
        self._session, self._on, self._rules = session, on, rules
        self._since = on - timedelta(days=rules.window_days)
        self._among = few(accounts)
        self.columns = _empty(accounts)

    def interactions(self) -> None:
        ids, last, counts = self._read(interactions(self._since, self._on))
        at, kept = standing(self.columns.accounts, integers(ids))
        self.columns.met[at] = True
        self.columns.days[at] = days_before(self._on, last)[kept]
        self.columns.count[at] = integers(counts)[kept]

    def layers(self) -> None:
        import numpy as np

        query = layers_met(self._since, self._on).with_only_columns(
            col(Interaction.account_id), as_read(Contact.layer)
        )
        ids, met = self._read(query)
        at, kept = standing(self.columns.accounts, integers(ids))
        layer = integers(map(list(Layer).index, met))[kept]
        once = np.unique(at * len(Layer) + layer) // len(Layer)
        self.columns.layers[:] = np.bincount(once, minlength=len(self.columns.layers))

    def executives(self) -> None:
        ids, last = self._read(executive_contacts(self._on))
        recent = days_before(self._on, last) <= self._rules.executive_days
        newest(self.columns.executive, self.columns.accounts, integers(ids), recent)

    def judgements(self) -> None:
        """A judgement from before the window does not count, and none from then is newer."""
        query = (
            judgements(self._on)
            .with_only_columns(
                col(Evaluation.account_id), plain(Evaluation.points), as_read(Evaluation.held_on)
            )
            .where(col(Evaluation.held_on) >= self._since)
            .order_by(None)
            .order_by(col(Evaluation.id))
        )
        ids, points, days = self._read(query, Evaluation.account_id)
        order = rising(ranks(days))
        at, kept = standing(self.columns.accounts, integers(ids)[order])
        self.columns.points[at] = integers(points)[order][kept]
        self.columns.judged[at] = True

    def _read(self, query: Query, account: Any = Interaction.account_id) -> list[list[Any]]:
        return read(self._session, query, account, self._among)


def _empty(accounts: Collection[int]) -> ContactColumns:
    import numpy as np

    ids = integers(sorted(accounts))
    met, executive, judged = np.zeros((3, len(ids)), bool)
    days, count, layers, points = np.zeros((4, len(ids)), np.int64)
    return ContactColumns(ids, met, days, count, layers, executive, judged, points)
