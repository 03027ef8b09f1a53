"""A small library of real files over a real Chroma, for the tests of the index."""

import os
import subprocess
from pathlib import Path

from kam_knowledge.embedding import HashedGrams
from kam_knowledge.folders import Folders
from kam_knowledge.index import Index
from kam_knowledge.lexicon import Lexicon
from kam_knowledge.library import IndexedLibrary
from kam_knowledge.search import Finding, Readable

EVERYBODY = Readable(None, 4)
ENGLISH = """---
id: wallet
title: Share of wallet
language: en
sources: [K1]
version: 1
---
## What is the share of wallet?
Our sales divided by what the customer spends in our categories, in percent of the year.

## Who keeps the figures?
The account manager writes down every quarter what the customer spends with competitors.
"""
CHINESE = """---
id: wallet
title: 钱包份额
language: zh-Hans
sources: [K1]
version: 1
---
## 什么是钱包份额？
我们的销售额除以客户在我们品类上的总支出，以全年的百分比表示，每个季度更新一次，用来判断客户把多少生意交给了我们。

## 谁来维护这些数字？
客户经理每个季度记录客户在竞争对手那里花了多少钱，并且注明数字的来源和日期，缺少的数字要列出来而不是当作零。
"""


def opened(folder: Path, files: Path, lexicon: Lexicon, url: str | None = None) -> IndexedLibrary:
    index = Index(folder, lexicon, HashedGrams(), url)
    library = IndexedLibrary(index, Folders(folder / "files.json", files), lexicon)
    library.folders.sync(index)
    return library


def asked(library: IndexedLibrary, question: str, language: str = "en") -> Finding:
    library.folders.sync(library.index)
    return library.search(question, EVERYBODY, language=language)


def sections(finding: Finding) -> list[str]:
    return [hit.passage.section for hit in finding.hits]


def agree(library: IndexedLibrary) -> bool:
    return not library.folders.disagreements(library.index) and not library.index.disagreements()


class started:  # noqa: N801
    """A process that ends with the block, by its own id."""

    def __init__(self, command: list[str]) -> None:
        self._command = command

    def __enter__(self) -> "subprocess.Popen[str]":
        here = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            self._command,
            cwd=here,
            env=os.environ | {"PYTHONPATH": str(here)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()
