"""What the built-in model says itself: questions, and that it does not understand."""

from collections.abc import Mapping, Sequence

from tools.text import Language, Text, text

_WHICH: Mapping[str, Text] = {
    "account": text("Which account do you mean?", "请问是哪个客户？"),
    "accounts": text("Which accounts do you mean?", "请问是哪些客户？"),
    "person": text("Whom do you mean?", "请问是哪位同事？"),
    "unit": text("Which team do you mean?", "请问是哪个部门？"),
    "region": text("Which region do you mean?", "请问是哪个区域？"),
    "segment": text("Which segment do you mean?", "请问是哪个行业？"),
    "product": text("Which product do you mean?", "请问是哪个产品？"),
    "checklist": text("Which checklist do you mean?", "请问是哪一份检查表？"),
    "term": text("Which term shall I explain?", "请问要解释哪个术语？"),
    "since": text("From which day on?", "请问从哪一天开始？"),
    "until": text("Until which day?", "请问到哪一天为止？"),
    "on": text("On which day?", "请问是哪一天？"),
}
_OTHER = text("What shall I use for “{slot}”?", "请问“{slot}”填什么？")
DROPPED = text("All right, I leave it at that.", "好的，先不查了。")
_LOST = text(
    "I could not match this to anything I can look up. You could ask, for instance:",
    "这个问题我没有对应的数据或资料。您可以这样问，例如：",
)


def which(slot: str) -> Text:
    """The question for a missing argument."""
    return _WHICH.get(slot) or text(_OTHER.en, _OTHER.zh, slot=slot.replace("_", " "))


def several(name: str) -> Text:
    """The question where a name fits several."""
    return text(
        "Several go by “{name}”. Which one do you mean?",
        "“{name}”对应多个，您指的是哪一个？",
        name=name,
    )


def with_choices(question: str, choices: Sequence[str]) -> str:
    """A question with its numbered choices, one a line."""
    return "\n".join([question, *(f"{n}. {choice}" for n, choice in enumerate(choices, 1))])


def lost(examples: Sequence[str], language: Language) -> str:
    """That nothing fits, with the nearest things that can be asked."""
    return "\n".join([_LOST.render(language), *(f"- {example}" for example in examples)])
