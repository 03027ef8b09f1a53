"""What parameters of tools, and the members of their closed lists, are called in forms."""

from collections.abc import Mapping

from tools.changes.labels import FIELDS, TABLES, member
from tools.domain.vocabulary import (
    Channel,
    CoverageRole,
    Dimension,
    Horizon,
    ItemState,
    Layer,
    NeedKind,
    RecordState,
    RiskKind,
    Stage,
    Stance,
)
from tools.text import Text, text

PARAMETERS: Mapping[str, Text] = {
    **FIELDS,
    "contact": TABLES["contact"],
    "need": TABLES["need"],
    "opportunity": TABLES["opportunity"],
    "risk": TABLES["risk"],
    "on": text("day", "日期"),
    "owner": text("colleague who watches it", "跟进的同事"),
    "product": FIELDS["product_id"],
    "person": text("colleague", "同事"),
    "state": text("state", "状态"),
}


def _words(*members: object) -> dict[str, Text]:
    return {str(one): words for one in members if (words := member(one))}


CHOICES: Mapping[str, Mapping[str, Text]] = {
    "channel": _words(*Channel),
    "dimension": _words(*Dimension),
    "horizon": _words(*Horizon),
    "kind": _words(*NeedKind, *RiskKind),
    "layer": _words(*Layer),
    "role": _words(*CoverageRole),
    "stage": _words(*Stage),
    "stance": _words(*Stance),
    "state": _words(*ItemState, *RecordState),
}
