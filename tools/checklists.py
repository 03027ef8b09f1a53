"""Checklists by the names people use."""

from kam_knowledge.checklists import Checklist, checklists
from tools.domain.names import name_key
from tools.errors import Ambiguous, NotFound
from tools.named import match
from tools.text import text

_SUFFIXES = ("checklist", "checklists", "list", "检查清单", "检查表", "清单")


def find(name: str) -> Checklist:
    """The checklist of that name; raises `NotFound` with all names, `Ambiguous` with several."""
    known = {name_key(alias): c.key for c in checklists().values() for alias in c.names}
    found = min((match(form, known) for form in _forms(name)), key=lambda m: not m.exact)
    if len(found.likely) == 1:
        return checklists()[found.likely[0]]
    if found.likely:
        raise Ambiguous(
            text("Which checklist is “{name}”?", "“{name}”是指哪个清单？", name=name),
            "checklist",
            tuple(checklists()[key].en for key in found.likely),
        )
    raise NotFound(
        text("There is no checklist called {name}.", "没有名为“{name}”的清单。", name=name),
        tuple(c.en for c in checklists().values()),
    )


def _forms(name: str) -> list[str]:
    """The key of the name, and the key without a closing "checklist"."""
    key = name_key(name)
    bare = next((key.removesuffix(s) for s in _SUFFIXES if key.endswith(s) and key != s), key)
    return [key, bare]
