"""What every tool of the catalog has in common."""

import inspect
import re
from string import Formatter

import pytest

from kam_knowledge.scripts import has_chinese, is_traditional
from tests.unit.catalog.tooling import ALSO_NAMED
from tools.catalog import READS, WRITES
from tools.catalog.spec import Tool

TOOLS = pytest.mark.parametrize("tool", READS + WRITES, ids=lambda tool: tool.name)


def parameters(tool: Tool) -> list[str]:
    return [name for name in inspect.signature(tool.function).parameters if name != "deps"]


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_names_are_used_once() -> None:
    names = [tool.name for tool in READS + WRITES]
    assert len(set(names)) == len(names)


@TOOLS
def test_the_first_parameter_is_what_a_turn_binds(tool: Tool) -> None:
    assert next(iter(inspect.signature(tool.function).parameters)) == "deps"


@TOOLS
def test_each_argument_is_described_once(tool: Tool) -> None:
    described = re.findall(r"^        (\w+): ", inspect.getdoc(tool.function) or "", flags=re.M)
    described += re.findall(r"^    (\w+): ", inspect.getdoc(tool.function) or "", flags=re.M)
    assert described == parameters(tool)


@TOOLS
def test_examples_have_the_slots_of_the_tool_and_their_own_language(tool: Tool) -> None:
    for sentences, chinese in ((tool.examples.en, False), (tool.examples.zh, True)):
        assert len(set(sentences)) == len(sentences) >= 6
        for sentence in sentences:
            assert slots(sentence) <= set(parameters(tool)) | ALSO_NAMED, sentence
            words = re.sub(r"\{\w+\}", "", sentence)
            assert not is_traditional(words), sentence
            assert has_chinese(words) is chinese or not words.strip(" ?？"), sentence
