"""What a module of the catalog has to hold to be a tool."""

import inspect
import re
from string import Formatter
from types import ModuleType

from kam_knowledge.scripts import has_chinese, is_traditional
from tools.catalog.spec import Tool

# What people name beside the parameters: a parameter that they fill in other words.
ALSO_NAMED = {"amount", "percent", "person", "product"}


def follows_the_contract(module: ModuleType) -> None:
    """Signature, docstring and examples of a tool agree with each other."""
    tool = Tool.of(module)
    first, *parameters = inspect.signature(tool.function).parameters
    assert first == "deps"
    documented = inspect.getdoc(tool.function) or ""
    assert re.findall(r"^    (\w+): ", documented, flags=re.M) == parameters
    assert re.search(r"^Source: .+\.$", documented, flags=re.M)
    for sentences, chinese in ((tool.examples.en, False), (tool.examples.zh, True)):
        assert len(set(sentences)) == len(sentences) >= 6
        for sentence in sentences:
            named = {name for _, name, _, _ in Formatter().parse(sentence) if name}
            assert named <= set(parameters) | ALSO_NAMED, sentence
            words = re.sub(r"\{\w+\}", "", sentence)
            assert not is_traditional(words), sentence
            assert has_chinese(words) is chinese, sentence
