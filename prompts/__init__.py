"""Prompt texts, one Markdown file each, with `$name` slots that must all be filled."""

from functools import lru_cache
from importlib.resources import files
from string import Template


def load(name: str, /, **values: str) -> str:
    """The prompt `name`.md with its slots filled.

    Raises KeyError for a slot without a value, and TypeError for a value without a slot.
    """
    template = _template(name)
    unused = values.keys() - set(template.get_identifiers())
    if unused:
        raise TypeError(f"prompt {name} has no slot for {', '.join(sorted(unused))}")
    return template.substitute(values).strip()


@lru_cache
def _template(name: str) -> Template:
    return Template((files(__name__) / f"{name}.md").read_text(encoding="utf-8"))
