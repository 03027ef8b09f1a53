"""Proposing, editing, confirming, applying and undoing: the only way that a person changes records.

A change set keeps each row's fields before and after and the version that was read. It
applies as a whole or not at all, once, by the person who asked, within the rights they have
then, and only over rows that are as they were shown.
"""

from tools.changes.decide import cancel, confirm, newest_applied, remove_line, undo
from tools.changes.draft import Draft, drafting
from tools.changes.outcome import Decision, Outcome
from tools.changes.revise import EditableField, Misfits, editable, move, renew, revise
from tools.changes.show import ChangedField, Proposal
from tools.changes.store import Confirmer, last_applied, pending, pending_anywhere, waiting_here

__all__ = [
    "ChangedField",
    "Confirmer",
    "Decision",
    "Draft",
    "EditableField",
    "Misfits",
    "Outcome",
    "Proposal",
    "cancel",
    "confirm",
    "drafting",
    "editable",
    "last_applied",
    "move",
    "newest_applied",
    "pending",
    "pending_anywhere",
    "remove_line",
    "renew",
    "revise",
    "undo",
    "waiting_here",
]
