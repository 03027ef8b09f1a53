"""The asker in a sentence: "my accounts", "我负责的客户", "our team"."""

import re

_TEAM = re.compile(
    r"\b(?:my|our) (?:own )?(?:team|unit|office|department|branch|group|people|region)\b(?:'s)?"
    r"|(?:我们?的?|本|咱们)(?:团队|部门|办事处|分公司|小组|组|单位)(?:的人|里)?"
)
_HAVING = "的|负责|名下|手上|手里|这边|在跟|跟进|跟的|覆盖|管|自己|本人|有哪些|有多少|该|应该"
_ME = re.compile(
    r"\b(?:my|mine|myself)\b|\b(?:to|by|under|on|for) me\b(?! to\b)"
    r"|\b(?:for which|that|do|did|am|are|have|which accounts|which customers) i\b"
    rf"|(?:归|由|属于|(?:分|派|交|转|移交|划|指派|分配|安排)(?:到|给))我(?!们)|我(?!们)(?:{_HAVING}|这|还有|本月|今天|下周|上周|今年|去年|本季)"
)
# General questions, and politeness.
_IDLE = re.compile(
    r"\b(?:how|when|why|what) (?:do|can|could|should|may|would|must|shall) i \w+"
    r"|\b(?:do|can|could|should|may|would|must|shall) i (?:need|see|get|know|ask|use)\b"
    r"|\b(?:did|have) i miss(?:ed)?\b"
    r"|\bgive (?:it )?to me\b|我(?:该|应该)(?:怎么|如何|怎样|问)"
)


def my_team(text: str) -> tuple[int, int] | None:
    """Where the folded text says the asker's team."""
    found = _TEAM.search(text)
    return found.span() if found else None


def myself(text: str) -> tuple[int, int] | None:
    """Where the folded text says the asker, other than politely or in a general question."""
    found = _ME.search(_IDLE.sub(lambda idle: " " * len(idle.group()), text))
    return found.span() if found else None
