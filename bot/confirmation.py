"""A plain word about a proposed change: yes, no or undo, in three languages.

Only a whole message counts; anything longer is for the agent and decides nothing.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from kam_knowledge.scripts import fold


class Word(StrEnum):
    """What a person says to a proposal."""

    YES = "yes"
    NO = "no"
    UNDO = "undo"
    REMOVE = "remove"


@dataclass(frozen=True)
class Answer:
    """A decision: about the change of that number, about all, or about the one that waits.

    `line` is the number, from 1, of the line to leave out."""

    word: Word
    change: int | None = None
    all: bool = False
    line: int | None = None


# Traditional Chinese is folded to Simplified before it is compared.
_WORDS: dict[Word, tuple[str, ...]] = {
    Word.YES: (
        *("yes", "y", "yep", "yeah", "yes please", "ok", "okay", "confirm", "confirmed", "sure"),
        *("confirm it", "do it", "go ahead", "apply", "apply it", "approve", "save", "save it"),
        *("确认", "好的", "好", "是", "是的", "对", "对的", "可以", "行", "没问题", "同意", "确定"),
        *("确认修改", "执行", "保存", "好的确认", "确认执行", "好吧", "好啊", "好呀", "好喇"),
    ),
    Word.NO: (
        *("no", "n", "nope", "no thanks", "cancel", "cancel it", "stop", "drop it", "discard"),
        *("never mind", "don't", "do not", "leave it", "no leave it", "not now", "not yet"),
        *("hold on", "wait", "forget it", "forget that", "forget about it"),
        *("scrap that", "scrap it"),
        *("nevermind", "cancel that", "drop that", "leave that", "no need", "on second thought no"),
        *("先不要", "先不用", "先别", "先不改", "不改了", "先不改了", "等等", "等一下", "先等等"),
        *("暂时不要", "先不用改", "别", "不用改"),
        *("唔好住", "先唔好", "唔好", "唔要", "唔使", "唔改"),
        *("不改", "不做", "不弄", "不加", "不记", "不需要", "不必", "作罢", "别弄", "别记", "唔记"),
        *("不", "不是", "不要", "不用", "不用了", "不行", "取消", "算了", "放弃", "别改", "不确认"),
    ),
    Word.UNDO: (
        *("undo", "undo it", "undo that", "revert", "revert it", "take it back"),
        *("撤销", "撤回", "还原", "恢复", "撤消", "撤销修改"),
    ),
}
# Words that also take a number; "no 2" may be an answer to another question.
_WITH_NUMBER = frozenset(
    {"confirm", "apply", "approve", "cancel", "discard", "undo", "revert"}
    | {"确认", "执行", "同意", "取消", "放弃", "撤销", "还原"}
)
_BY_WORD = {said: word for word, words in _WORDS.items() for said in words}
_COMMA = re.compile(r"\s*[,，]\s*")
_ALL = re.compile(r"\s*(?:all(?: of them)?|both|全部|所有|都)\s*")
_NUMBERED = re.compile(
    r"^(?P<word>.*?\S)\s*(?:change\s*|修改\s*|第\s*)?[#＃]?\s*(?P<number>\d+)\s*[号个]?$"
)
_LINE = re.compile(
    r"^(?:remove|drop|delete|leave out|删除|删掉|去掉|移除|去除|不要)\s*"
    r"(?:修改\s*[#＃]?\s*(?P<change>\d+)\s*的)?\s*(?:the\s+)?(?:line|第)\s*"
    r"(?P<line>\d+)\s*[行条项]?(?:\s*(?:of|from|in) (?:change\s*)?#?(?P<of>\d+))?$"
)
# What is said before and behind such a word without changing what it means.
_LEAD_IN = re.compile(
    r"^(?:oh|ok|okay|well|hm+|actually|sorry|ah)\W+(?=\w)"
    r"|^(?:那就|那|还是|都系|就|嗯|哦|唉|哎|呃)+\W*(?=\w)"
)
_PARTICLE = re.compile(r"[吧啦喇啊呀哦嘞]+$|\W+(?:please|pls|thanks|thank you|thx|谢谢|唔该)$")
_NO_MORE = re.compile(r"[了喇啦吧]+$")
_EDGES = " \t\r\n.。!！,，~～?？"
_LONGEST = 100
"""Characters of the longest message that may be a plain word with all that is said around it; the
patterns take time with the square of the length."""


def answer_of(message: str) -> Answer | None:
    """The decision that a message is, or None where it is anything else."""
    if len(message) > _LONGEST:
        return None
    said = _COMMA.sub(" ", fold(message).strip(_EDGES).replace("’", "'"))
    word = _BY_WORD.get(said) or _softened(said)
    if word:
        return Answer(word)
    numbered = _NUMBERED.match(said)
    if numbered and numbered["word"] in _WITH_NUMBER:
        return Answer(_BY_WORD[numbered["word"]], change=int(numbered["number"]))
    line = _LINE.match(said)
    if line:
        change = line["change"] or line["of"]
        return Answer(Word.REMOVE, int(change) if change else None, line=int(line["line"]))
    bare = _ALL.sub("", said)
    if bare != said and (not bare or bare in _BY_WORD):
        return Answer(_BY_WORD.get(bare, Word.YES), all=True)
    return None


def _softened(said: str) -> Word | None:
    """The word within what is said around it: "那就算了吧". What is no longer wanted (了) is
    only ever declined."""
    bare = _PARTICLE.sub("", _LEAD_IN.sub("", said))
    word = _BY_WORD.get(bare)
    if word is Word.NO or (word and len(bare) > 1):
        return word
    return Word.NO if _BY_WORD.get(_NO_MORE.sub("", bare)) is Word.NO else None
