"""Homes for tests."""

import shutil
from pathlib import Path


def with_dictionary(index: Path, index_folder: Path) -> Path:
    """The folder of an index that is made with the dictionary of one that stands, since to put
    a dictionary together takes seconds."""
    index.mkdir(parents=True, exist_ok=True)
    for dictionary in index_folder.glob("lexicon-*.json"):
        shutil.copy(dictionary, index)
    return index
