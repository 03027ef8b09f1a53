"""What the sections of an account plan are called."""

from collections.abc import Mapping

from tools.domain.names import name_key
from tools.domain.plans import Topic
from tools.text import Text, text

TOPICS: Mapping[Topic, Text] = {
    Topic.PROFILE: text("profile", "客户概况"),
    Topic.DECISION_STRUCTURE: text("decision structure", "决策结构"),
    Topic.NEEDS: text("needs", "需求"),
    Topic.COMPETITION: text("competition", "竞争"),
    Topic.STRATEGY: text("strategy", "策略"),
    Topic.RELATIONSHIP: text("relationship", "关系"),
    Topic.MILESTONES: text("milestones", "里程碑"),
    Topic.RISKS: text("risks", "风险"),
}


def topic_named(name: str) -> Topic | None:
    """The topic of that name in either language; None for a title of its own."""
    known = {name_key(way): t for t, label in TOPICS.items() for way in (label.en, label.zh, t)}
    return known.get(name_key(name))
