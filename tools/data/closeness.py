"""Reads of what the relationship closeness is computed from."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlmodel import Session, col

from tools.data.models import Contact, Evaluation, Interaction, InteractionContact
from tools.data.portfolio import Query, rows
from tools.domain.closeness import Contacts, Judgement
from tools.domain.rules import ClosenessRules
from tools.domain.vocabulary import Dimension, Layer


def contacts(
    session: Session, on: date, rules: ClosenessRules, accounts: Collection[int] | None = None
) -> dict[int, Contacts]:
    """What is logged of these accounts by that day; accounts with nothing logged are absent."""
    since = on - timedelta(days=rules.window_days)
    layers = _layers(session, since, on, accounts)
    executive = _executive(session, on, accounts)
    judged = _judged(session, on, accounts)
    logged = {
        account: (last, count)
        for account, last, count in _read(session, _interactions(since, on), accounts)
    }
    return {
        account: Contacts(
            *logged.get(account, (None, 0)),
            _known(layers.get(account, set()), logged.get(account, (None, 0))[1]),
            executive.get(account),
            judged.get(account),
        )
        for account in logged.keys() | judged.keys()
    }


def _known(layers: set[Layer], count: int) -> frozenset[Layer] | None:
    """Interactions without one known layer say nothing about breadth."""
    return frozenset(layers) if layers or not count else None


def _interactions(since: date, on: date) -> Query:
    recent = case((col(Interaction.held_on) >= since, 1), else_=0)
    return (
        select(col(Interaction.account_id), func.max(Interaction.held_on), func.sum(recent))
        .where(col(Interaction.held_on) <= on)
        .group_by(col(Interaction.account_id))
    )


def _layers(
    session: Session, since: date, on: date, accounts: Collection[int] | None
) -> dict[int, set[Layer]]:
    query = (
        _met(select(col(Interaction.account_id), col(Contact.layer)))
        .where(
            col(Interaction.held_on).between(since, on),
            col(Contact.layer).is_not(None),
        )
        .distinct()
    )
    found: dict[int, set[Layer]] = defaultdict(set)
    for account, layer in _read(session, query, accounts):
        found[account].add(layer)
    return found


def _executive(session: Session, on: date, accounts: Collection[int] | None) -> dict[int, date]:
    decision = _met(select(col(Interaction.id))).where(col(Contact.layer) == Layer.DECISION)
    query = (
        select(col(Interaction.account_id), func.max(Interaction.held_on))
        .where(
            col(Interaction.held_on) <= on,
            or_(col(Interaction.executive), col(Interaction.id).in_(decision)),
        )
        .group_by(col(Interaction.account_id))
    )
    return dict(tuple(row) for row in _read(session, query, accounts))


def _judged(session: Session, on: date, accounts: Collection[int] | None) -> dict[int, Judgement]:
    query = (
        select(col(Evaluation.account_id), col(Evaluation.points), col(Evaluation.held_on))
        .where(
            col(Evaluation.dimension) == Dimension.RELATIONSHIP,
            col(Evaluation.judged),
            col(Evaluation.points).is_not(None),
            col(Evaluation.held_on) <= on,
        )
        .order_by(col(Evaluation.held_on), col(Evaluation.id))
    )
    read = rows(session, query, col(Evaluation.account_id), accounts)
    return {account: Judgement(points, held_on) for account, points, held_on in read}


def _met(query: Query) -> Query:
    """Interactions with the contacts that took part."""
    return (
        query.select_from(Interaction)
        .join(InteractionContact, col(InteractionContact.interaction_id) == col(Interaction.id))
        .join(Contact, col(Contact.id) == col(InteractionContact.contact_id))
    )


def _read(session: Session, query: Query, accounts: Collection[int] | None) -> Any:
    return rows(session, query, col(Interaction.account_id), accounts)
