"""Web pages: the main text as Markdown, without menus, lists of links, banners and footers.

What is furniture is told by element, role, class name and the share of links, never when it
holds most of the page's text.
"""

import re
from dataclasses import dataclass
from typing import Any

from kam_knowledge.readers.content import Content, Unreadable
from kam_knowledge.readers.encoding import decode
from kam_knowledge.readers.html_blocks import blocks
from kam_knowledge.readers.prose import one_line, sections

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,80}encoding=["']([\w-]+)""",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4_000
_LARGEST = 20_000_000
_UNSEEN = re.compile(
    r"script|style|noscript|template|svg|canvas|iframe|object|embed|video|audio|map|select"
    r"|button|input|textarea|option|dialog|head"
)
_FURNITURE = ("nav", "aside", "footer", "menu")
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_NAMES = re.compile(
    r"(?:top|sub|main)?nav(?:bar|igation)?|(?:sub)?menu|(?:bread)?crumbs?|side(?:bar)?|aside"
    r"|foot(?:er)?|copyright|shar(?:e|ing)|social|comments?|reply|relate[ds]?|recommend(?:ed)?"
    r"|hots?|ranking|ads?|advert(?:isement)?|banner|popup|modal|cookies?|login|register|search"
    r"|pager|pagination|pages|prevnext|tool(?:s|bar)|subscribe|newsletter|qrcode|(?:friend)?links?"
    r"|topbar|print|gotop",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMED = frozenset({"div", "section", "ul", "ol", "dl", "form", "center"})
_BLOCKS = frozenset({"div", "section", "ul", "ol", "dl", "p", "td", "center"})
_MOST = 0.5
_MAIN = 0.4
_LINKED = 0.6
_SITE = re.compile(r"\s+[-–—|_]\s+|_|\|")
_NOISE = re.compile(
    r"^(?:分享(?:到|至)|上一[篇页条]|下一[篇页条]|相关(?:阅读|推荐|文章)|责任编辑|扫一扫|返回(?:顶部|首页|列表)"
    r"|版权所有|當前位置|当前位置|您(?:现在的|所在的?|当前的?)?位置|(?:打印|关闭|收藏|字号)[\s|]*|.{0,20}ICP备"
    r"|copyright|©|all rights reserved|share this|back to top|skip to|previous:|next:)",
    re.IGNORECASE,
)
_NOISE_LENGTH = 120


def read_html(data: bytes) -> Content:
    if len(data) > _LARGEST:
        raise Unreadable(f"it is larger than {_LARGEST // 1_000_000} MB, too much for a page")
    declared = _CHARSET.search(data[:_HEAD])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    return html_content(decode(data, name))


def html_content(text: str) -> Content:
    """The content of a page that is text already, such as a mail's body."""
    root = _parsed(text)
    if root is None:
        return Content(())
    title = _page_title(root)
    _drop_unseen(root)
    body = root.find("body") if root.find("body") is not None else root
    _drop_furniture(body)
    found = _kept(_main(body))
    headings = [block for level, block in found if level == 1]
    return Content(tuple(sections(found)), title=headings[0] if len(headings) == 1 else title)


def _parsed(text: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(_XML_DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    if any("depth" in entry.message for entry in parser.error_log):
        raise Unreadable("its elements stand in each other some thousands deep; save its text")
    return root


def _page_title(root: Any) -> str:
    """The page's title without the site's name behind it."""
    named = next(iter(root.iter("title")), None)
    title = one_line("" if named is None else named.text or "")
    return next((part for part in _SITE.split(title) if part), "")


def _drop_unseen(root: Any) -> None:
    for element in list(root.iter()):
        unseen = _UNSEEN.fullmatch(element.tag) or element.get("hidden") is not None
        styled = _HIDDEN.search(element.get("style") or "") and element.tag != "body"
        if unseen or styled or element.get("aria-hidden") == "true":
            _drop(element)


def _drop_furniture(body: Any) -> None:
    """Drops menus, footers and the like by their names, then blocks that are mostly links."""
    weights = _weights(body)
    most = weights[body].text * _MOST
    for element, weight in weights.items():
        if element is not body and weight.text < most and _is_furniture(element):
            _drop(element)
    weights = _weights(body)
    linked = [element for element, weight in weights.items() if weight.is_mostly_links]
    if not weights[body].is_mostly_links:
        for element in linked:
            _drop(element)


@dataclass
class _Weight:
    """How many characters an element and all in it have, how many of them in links, how many
    links there are, and whether it can be dropped for that."""

    text: int = 0
    linked: int = 0
    links: int = 0
    droppable: bool = True

    @property
    def is_mostly_links(self) -> bool:
        return self.droppable and self.links > 1 and self.linked > _LINKED * self.text


def _weights(root: Any) -> dict[Any, _Weight]:
    """The weight of every element, from the leaves up."""
    elements = list(root.iter())
    weights = {element: _Weight() for element in elements}
    for element in reversed(elements):
        weight = weights[element]
        weight.text += _length(element.text)
        if element.tag == "a":
            weight.linked, weight.links = weight.text, 1
        weight.droppable &= element.tag not in {"h1", "main", "article"}
        if element is not root:
            outer = weights[element.getparent()]
            outer.text += weight.text + _length(element.tail)
            outer.linked += weight.linked
            outer.links += weight.links
            outer.droppable &= weight.droppable
    for element in elements:
        weights[element].droppable &= element.tag in _BLOCKS
    weights[root].droppable = True
    return weights


def _is_furniture(element: Any) -> bool:
    if element.tag in _FURNITURE or element.get("role") in _ROLES:
        return True
    if element.tag == "header":
        return not any(outer.tag in {"article", "main"} for outer in element.iterancestors())
    if element.tag not in _NAMED:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(_NAMES.fullmatch(part) for part in _CAMEL.split(names))


def _main(body: Any) -> Any:
    """The element that the page itself marks as its main text, if most of it is there."""
    weights = _weights(body)
    enough = weights[body].text * _MAIN
    for element, weight in weights.items():
        marked = element.tag in {"main", "article"} or element.get("role") == "main"
        if marked and weight.text > enough:
            return element
    return body


def _kept(root: Any) -> list[tuple[int, str]]:
    return [
        (level, text)
        for level, text in blocks(root)
        if len(text) > _NOISE_LENGTH or not _NOISE.match(text.removeprefix("- "))
    ]


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _drop(element: Any) -> None:
    """Removes an element and keeps the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
