"""A small company for the sentences: its names, and the tools that can be asked."""

from datetime import UTC, date, datetime
from functools import lru_cache

from bot.agent.lexicon import Lexicon, Named, spoken
from bot.agent.method_names import method_names

TODAY = date(2017, 12, 31)

_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "account": {
        "Cancity": ("坎城",),
        "Kan-code": (),
        "Acme Corporation": (),
        "Zoomit": (),
        "Bubba Gump": (),
        "Umbrella Corporation": (),
        "Gekko & Co": (),
        "Cheers": (),
        "宏远机械有限公司": ("宏远", "宏远机械", "Hongyuan Machinery"),
        "华光电力集团": ("华光电力",),
        "华光电子": (),
        "苏州精工": ("精工",),
        "杭州精工": ("精工",),
    },
    "person": {
        "Darcel Schlecht": (),
        "Moses Frase": (),
        "Melvin Marxen": (),
        "张伟": (),
        "李娜": (),
        "黎娜": (),
    },
    "contact": {"Ingrid Solberg": (), "Bram de Wit": (), "钱思远": (), "孔令仪": ()},
    "unit": {"East": (), "West": (), "Central": (), "华东大区": (), "上海分公司": ()},
    "product": {"GTX Pro": ("GTXPro",), "GTK 500": (), "MG Special": ()},
    "stage": {"won": ("赢单",), "lost": ("丢单",), "engaging": ("洽谈",), "prospecting": ()},
}
_SEGMENTS = ("retail", "software", "medical", "制造业")
_REGIONS = ("East", "West", "Central", "North", "华东")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    named = [
        Named(kind, name, alias)
        for kind, names in _NAMES.items()
        for name, aliases in names.items()
        for alias in (name, *aliases)
    ]
    for kind, values in (("segment", _SEGMENTS), ("region", _REGIONS)):
        named += [row for value in values for row in spoken(kind, value)]
    named += [n._replace(kind="unit") for unit in ("East", "West") for n in spoken("region", unit)]
    return Lexicon([*named, *method_names()])


def clock() -> datetime:
    return datetime(2017, 12, 31, 9, tzinfo=UTC)
