"""By what a figure is broken down: "by region", "按产品", "which rep sold most"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SAID: dict[str, tuple[str, str]] = {
    "account": ("accounts?|customers?|clients?|compan(?:y|ies)", "客户|公司"),
    "person": (
        "persons?|people|(?:sales ?)?reps?|salespersons?|salespeople|sales people|sellers?|"
        "(?:sales ?)?agents?|owners?|account managers?|sales ?m[ae]n|colleagues?",
        "人员|人|销售人员|销售代表|业务员|业务(?!额|量)|销售员|销售|负责人|客户经理|个人|同事",
    ),
    "manager": ("managers?|bosses", "经理|主管"),
    "unit": (
        "units?|teams?|offices?|departments?|branch(?:es)?",
        "团队|部门|办事处|分公司|小组|单位",
    ),
    "region": ("regions?|areas?|territor(?:y|ies)|geograph(?:y|ies)", "区域|地区|大区|片区|区"),
    "segment": ("segments?|industr(?:y|ies)|sectors?|verticals?", "细分市场|细分|行业|板块|领域"),
    "product": ("products?|product lines?|models?", "产品|型号|产品线"),
    "series": ("series|product series|product famil(?:y|ies)", "系列"),
    "stage": ("stages?|phases?", "阶段"),
    "year": ("years?", "年份|年度|年"),
    "quarter": ("quarters?", "季度|季"),
    "month": ("months?", "月份|月度|月"),
    "currency": ("currenc(?:y|ies)", "币种|货币"),
    "reason": ("reasons?", "原因"),
}
_PER_EN = (
    "(?:broken down |split |grouped |breakdown )?by|per|(?:for |in )?(?:each|every)|"
    "(?:split )?over|(?:across|for|over) all|across|among"
)
_AFTER_ZH = "来|为|维度|分|划分|统计|汇总|拆分|拆|看|算|之间|间|的"
_BEST_EN = "(?:top|best|highest|biggest|largest|worst|lowest|strongest|weakest)"
_COUNT = r"(?:\d+|[一二三四五六七八九十两]+|three|five|ten|twenty)"
_ADVERBS = {
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
    "regional": "region",
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """A dimension that the sentence breaks figures down by; `strong` where it says so itself."""

    dimension: str
    start: int
    end: int
    strong: bool


def _patterns() -> Iterable[tuple[str, bool, re.Pattern[str]]]:
    for dimension, (en, zh) in _SAID.items():
        strong = (
            rf"\b(?:{_PER_EN})(?: the| our| all)? (?:{en})\b"
            rf"|\b(?:{en})[- ]wise\b|\b(?:{en}) (?:breakdown|split|ranking)\b"
            rf"|(?:按照?|依|分|各个?|每一?个?|每位|每名|不同|以)(?:{zh})(?:{_AFTER_ZH})?"
            rf"|(?:{zh})(?:维度|别|排名|排行|拆分|分布)"
        )
        weak = (
            rf"\b(?:which|what) (?:{en})\b|\bcompar\w+\b.{{0,40}}?\b(?P<compared>{en})\b"
            rf"|\b{_BEST_EN}(?: {_COUNT})?(?: selling| performing)? (?P<en>{en})\b"
            rf"|(?:哪个|哪一个|哪些|哪几个|哪位|哪种|哪款)(?:{zh})"
            rf"|(?:前\s*{_COUNT}|最[^\W\d]{{1,3}}的?\s*{_COUNT}?)(?:大|名|个|家|款|位|的)*(?P<zh>{zh})"
        )
        yield dimension, True, re.compile(strong)
        yield dimension, False, re.compile(weak)


_BEST_PERSON = re.compile(
    r"\bwho\b(?=.*\b(?:most|best|highest|largest|biggest|top|least|lowest|worst)\b)|谁(?=.*最)"
)
_COMPILED = (*_patterns(), ("person", False, _BEST_PERSON))
_ADVERB = re.compile(r"\b(" + "|".join(_ADVERBS) + r")\b")


def _place(match: re.Match[str]) -> tuple[int, int]:
    """The match, or only its noun where the words before it are a figure's."""
    nouns = [name for name in ("en", "zh", "compared") if match.groupdict().get(name)]
    return match.span(nouns[0]) if nouns else match.span()


def groupings_of(text: str) -> list[Grouping]:
    """The dimensions of folded text: those said outright first, then longest, then in order."""
    found = [
        Grouping(dimension, *_place(match), strong)
        for dimension, strong, pattern in _COMPILED
        for match in pattern.finditer(text)
    ]
    found += [
        Grouping(_ADVERBS[m.group()], m.start(), m.end(), True) for m in _ADVERB.finditer(text)
    ]
    return sorted(found, key=lambda g: (not g.strong, -(g.end - g.start), g.start))
