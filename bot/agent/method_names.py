"""The names that the method itself gives: its terms, its checklists and its KPIs."""

from collections.abc import Iterator

from bot.agent.lexicon import Named
from kam_knowledge.checklists import checklists
from kam_knowledge.glossary import terms
from tools.kpi_labels import KPIS


def method_names() -> Iterator[Named]:
    """Every name of a glossary term, a checklist and a KPI, under the name a tool understands."""
    for term in terms().values():
        yield from (Named("term", term.en, name) for name in term.names)
    for key, checklist in checklists().items():
        yield from (Named("checklist", key, name) for name in checklist.names)
    for kpi in KPIS.values():
        names = (kpi.label.en, kpi.label.zh, *kpi.aliases)
        yield from (Named("kpi", kpi.label.en, name) for name in names)
