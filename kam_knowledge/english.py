"""English words as stems, irregular forms led back to their base."""

import re
import threading
from functools import lru_cache
from typing import Any

WORD = re.compile(r"[a-zà-ÿ0-9]+")

GRAMMAR = frozenset(
    WORD.findall(
        "a an the of to in on at for by with from as is are was were be been being and or not it "
        "its that this these those s t"
    )
)
"""Words that carry no meaning of their own, in definitions as in sentences."""

FUNCTION = GRAMMAR | frozenset(
    WORD.findall(
        "how many much what which who whom whose when where why did do does done has have had "
        "having will would can could shall should may might must their his her hers he she they "
        "them there than then so if i you your we our me my him no nor but into while both each "
        "few some such only same too very just also any all until between among because"
    )
)
"""Words that a sentence shares with any other; in a definition they may be the meaning."""

_IRREGULAR = """
arise arose arisen|bear bore borne born|become became|begin began begun|bend bent|bind bound
bite bit bitten|blow blew blown|break broke broken|bring brought|build built|burn burnt|buy bought
catch caught|choose chose chosen|come came|deal dealt|dig dug|draw drew drawn|drink drank drunk
drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found
flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen
get got gotten|give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden
hold held|keep kept|know knew known|lead led|leave left|lend lent|lose lost|make made|mean meant
meet met|pay paid|prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran|say said
see saw seen|seek sought|sell sold|send sent|shake shook shaken|shoot shot|show shown
sing sang sung|sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|stand stood
steal stole stolen|stick stuck|strike struck|swear swore sworn|sweep swept|swim swam|swing swung
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
understand understood|undergo underwent undergone|wake woke woken|wear wore worn|win won
withdraw withdrew withdrawn|write wrote written|man men|woman women|child children|foot feet
tooth teeth|mouse mice|person people|life lives|leaf leaves|die dying died dead death
good better best|bad worse worst
"""


def stems(text: str, ignored: frozenset[str] = GRAMMAR) -> list[str]:
    """The stems of the words of lower-case text that are not to be ignored."""
    return [stem(word) for word in WORD.findall(text) if word not in ignored]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The common part of a word's forms: scoring and scored, won and win."""
    stemmed: str = _stemmer().stemWord(_base().get(word, word))
    return stemmed


@lru_cache
def _base() -> dict[str, str]:
    families = (family.split() for family in _IRREGULAR.replace("\n", "|").split("|"))
    return {form: base for base, *forms in filter(None, families) for form in forms}


_own = threading.local()


def _stemmer() -> Any:
    """One per thread, since it holds the word that it works on."""
    if not hasattr(_own, "stemmer"):
        from snowballstemmer import stemmer

        _own.stemmer = stemmer("english")
    return _own.stemmer
