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
    layers: dict[int, set[Layer]] = defaultdict(set)
    for account, layer in _read(session, layers_met(since, on), accounts):
        layers[account].add(layer)
    executive = dict(tuple(row) for row in _read(session, executive_contacts(on), accounts))
    read = rows(session, judgements(on), col(Evaluation.account_id), accounts)
    judged = {account: Judgement(points, held_on) for account, points, held_on in read}
    logged = {
        account: (last, count)
        for account, last, count in _read(session, interactions(since, on), accounts)
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


def interactions(since: date, on: date) -> Query:
    """The latest interaction of each account by that day, and how many there are since."""
    recent = case((col(Interaction.held_on) >= since, 1), else_=0)
    return (
        select(col(Interaction.account_id), func.max(Interaction.held_on), func.sum(recent))
        .where(col(Interaction.held_on) <= on)
        .group_by(col(Interaction.account_id))
    )


def layers_met(since: date, on: date) -> Query:
    """The known layers of those met since, an account's as often as they were met."""
    return _met(select(col(Interaction.account_id), col(Contact.layer))).where(
        col(Interaction.held_on).between(since, on),
        col(Contact.layer).is_not(None),
    )


def executive_contacts(on: date) -> Query:
    """The latest interaction of each account with an executive or the decision layer."""
    decision = _met(select(col(Interaction.id))).where(col(Contact.layer) == Layer.DECISION)
    return (
        select(col(Interaction.account_id), func.max(Interaction.held_on))
        .where(
            col(Interaction.held_on) <= on,
            or_(col(Interaction.executive), col(Interaction.id).in_(decision)),
        )
        .group_by(col(Interaction.account_id))
    )


def judgements(on: date) -> Query:
    """The points that people gave for the relationship by that day, the newest last."""
    return (
        select(col(Evaluation.account_id), col(Evaluation.points), col(Evaluation.held_on))
        .where(
            col(Evaluation.dimension) == Dimension.RELATIONSHIP,
            col(Evaluation.judged),
            col(Evaluation.points).is_not(None),
            col(Evaluation.held_on) <= on,
        )
        .order_by(col(Evaluation.held_on), col(Evaluation.id))
    )


def _known(layers: set[Layer], count: int) -> frozenset[Layer] | None:
    """Interactions without one known layer say nothing about breadth."""
    return frozenset(layers) if layers or not count else None


def _met(query: Query) -> Query:
    """Interactions with the contacts that took part."""
    return (
        query.select_from(Interaction)
        .join(InteractionContact, col(InteractionContact.interaction_id) == col(Interaction.id))
        .join(Contact, col(Contact.id) == col(InteractionContact.contact_id))
    )


def _read(session: Session, query: Query, accounts: Collection[int] | None) -> Any:
    return rows(session, query, col(Interaction.account_id), accounts)
