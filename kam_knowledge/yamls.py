"""YAML files, read by the fast parser where the library brings it."""

from pathlib import Path
from typing import Any


def read_yaml(path: Path) -> Any:
    """What the file holds; raises `yaml.YAMLError` for a faulty one."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), loader)  # noqa: S506  (a safe loader)
