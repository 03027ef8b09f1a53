"""The names that the method itself gives: its terms and its checklists."""

from collections.abc import Iterator

from bot.agent.lexicon import Named
from kam_knowledge.checklists import checklists
from kam_knowledge.glossary import terms


def method_names() -> Iterator[Named]:
    """Every name of a glossary term and of a checklist, under the name a tool understands."""
    for term in terms().values():
        yield from (Named("term", term.en, name) for name in term.names)
    for key, checklist in checklists().items():
        yield from (Named("checklist", key, name) for name in checklist.names)
