"""Text in the form in which it is matched, with the way back to what the user wrote."""

import re
import unicodedata
from dataclasses import dataclass

from kam_knowledge.scripts import has_chinese, to_simplified


@dataclass(frozen=True)
class Folded:
    """`text` is NFKC, Simplified and lower case; `origin[i]` is where its character i stood."""

    original: str
    text: str
    origin: tuple[int, ...]

    @property
    def cased(self) -> str:
        """The folded text with the capitals that the user wrote."""
        written = (self.original[place] for place in self.origin)
        return "".join(w if w.isascii() else c for w, c in zip(written, self.text, strict=True))

    def words(self, start: int, end: int) -> str:
        """What the user wrote where the folded text spans `start` to `end`."""
        if start >= end:
            return ""
        return self.original[self.origin[start] : self.origin[end - 1] + 1]


# Hong Kong's spoken words, with written ones of the same length.
_SPOKEN = {
    "边个": "哪个", "边间": "哪家", "边啲": "哪些", "边位": "哪位", "边度": "哪里", "几多": "多少",
    "几时": "何时", "点样": "怎样", "乜嘢": "什么", "咩嘢": "什么", "呢个": "这个",
    "系咩": "是啥", "系乜": "是啥", "系乜嘢": "是什么", "系咩嘢": "是什么",
    "呢间": "这家", "嗰个": "那个", "嗰间": "那家", "我哋": "我们", "佢哋": "他们", "佢": "他",
    "嘅": "的", "咗": "了", "喺": "在", "畀": "给", "俾": "给", "冇": "没", "唔": "不", "睇": "看",
    "搵": "找", "啲": "些", "呢家": "这家", "边家": "哪家",
    "老细": "老板", "唔该": "谢谢", "点计": "怎算", "点算": "怎算", "咩": "啥",
}  # fmt: skip
# "Why", where it is no part of a point that is explained or solved.
_WHY = r"(?<![重要特优優缺弱观觀热熱难難疑焦])点解(?![释决读说析答釋決讀說])"
_SPOKEN_WORD = re.compile(
    rf"(?P<why>{_WHY})|"
    + "|".join(sorted(_SPOKEN, key=len, reverse=True))
    + "|(?<![关联体])系(?!统|列|数)"
)
_CANTONESE = re.compile(
    rf"[嘅哋咗喺畀冇佢嗰啲乜邊係睇搵咩]|唔(?=[㐀-鿿])|{_WHY.replace('点', '[点點]')}"
)


def _written(text: str, original: str) -> str:
    """The text with what is only spoken in Hong Kong as it is written elsewhere."""
    if not _CANTONESE.search(original):
        return text
    return _SPOKEN_WORD.sub(_as_written, text)


def _as_written(said: re.Match[str]) -> str:
    return "为何" if said["why"] else _SPOKEN.get(said.group(), "是")


def fold(original: str) -> Folded:
    """The text folded for matching. Wordings differ in length across scripts, so where a
    whole-text conversion moves characters, each is converted by itself."""
    pieces: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(original):
        folded = unicodedata.normalize("NFKC", character).casefold()
        pieces.append(folded)
        origin.extend([place] * len(folded))
    joined = "".join(pieces)
    return Folded(original, _written(_simplified(joined), original), tuple(origin))


def _simplified(text: str) -> str:
    if not has_chinese(text):
        return text
    converted = to_simplified(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(s := to_simplified(c)) != 1 else s for c in text)
