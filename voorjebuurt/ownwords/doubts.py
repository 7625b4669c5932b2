"""What must be read twice in a municipality's words: they may say what only the law can. Pure."""

import re
from dataclasses import dataclass

from voorjebuurt.ownwords.rules import PLACES, LetterFamily
from voorjebuurt.ownwords.wording import Wording

_STATUTORY = re.compile(
    r"\b(bezwaar\w*|beroep\w*|rechtbank\w*|termijn\w*|dwangsom\w*|griffierecht\w*|voorwaarde\w*"
    r"|verplicht\w*|terugbetal\w*|artikel\w*|awb|weken|week|dagen)\b|[€\d]",
    re.IGNORECASE,
)
"""What the letter says itself, by law: beside it a second sentence can only contradict."""


@dataclass(frozen=True)
class Doubt:
    """A free part that says something of what the law has the letter say: which word it is."""

    kind: str
    place: str
    word: str


def doubts(words: Wording) -> tuple[Doubt, ...]:
    """The free parts that both officers must read twice, each with the first such word."""
    return tuple(
        Doubt(kind, place, match[0])
        for kind in LetterFamily
        for place in PLACES
        if (match := _STATUTORY.search(words.part(kind, place)))
    )
