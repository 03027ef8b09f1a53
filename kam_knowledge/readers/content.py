"""What every reader gives back, and the words that a reader itself puts into a document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kam_knowledge.documents import Section, language_of

_LABELS: Mapping[str, tuple[str, str, str]] = {
    "page": ("Page {}", "第{}页", "第{}頁"),
    "slide": ("Slide {}", "幻灯片{}", "投影片{}"),
    "titled slide": ("Slide {}: {}", "幻灯片{}：{}", "投影片{}：{}"),
    "sheet": ("Sheet {}", "工作表 {}", "工作表 {}"),
    "notes": ("Speaker notes: {}", "演讲者备注：{}", "演講者備忘稿：{}"),
    "attachments": ("Attachments: {}", "附件：{}", "附件：{}"),
    "from": ("From: {}", "发件人：{}", "寄件者：{}"),
    "to": ("To: {}", "收件人：{}", "收件者：{}"),
    "cc": ("Copy: {}", "抄送：{}", "副本：{}"),
    "date": ("Date: {}", "日期：{}", "日期：{}"),
    "cut rows": (
        "(Only the first {} rows are shown.)",
        "（仅显示前{}行。）",
        "（僅顯示前{}列。）",
    ),
    "cut columns": (
        "(Only the first {} columns are shown.)",
        "（仅显示前{}列。）",
        "（僅顯示前{}欄。）",
    ),
    "cut pages": (
        "(Only the first {} pages are shown.)",
        "（仅显示前{}页。）",
        "（僅顯示前{}頁。）",
    ),
}
_LANGUAGES = ("en", "zh-Hans", "zh-Hant")


class Unreadable(ValueError):
    """Why a file gives no document, and what to do about it, in words for a person."""


@dataclass(frozen=True)
class Content:
    """The text of a file by sections, its title where the file names one, and its front
    matter."""

    sections: tuple[Section, ...]
    title: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return language_in(section.text for section in self.sections)


def language_in(texts: Iterable[str]) -> str:
    """The language of the words, whatever figures stand between them."""
    return language_of("".join(filter(str.isalpha, "".join(texts))))


def label(key: str, language: str, *values: object) -> str:
    """A word of the reader's own, such as "Page 3", in the document's language."""
    return _LABELS[key][_LANGUAGES.index(language)].format(*values)
