"""Texts that look like another one: letters of other alphabets, digits for letters. Pure.

What letters look like comes from Unicode's data on confusable characters (UTS 39), of which only
those for Latin letters are here, and from the names of characters.
"""

import re
import unicodedata
from functools import cache

_CAPITALS = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХԌԚԜՍՕᎪᎬᏴᎠᎻ",
    "ABEZHIKMNOPTYXABESIJKMHOPCTYXGQWUOAEBDH",
)
"""Capitals are looked at before they are made small: Η looks like H, and η like n."""
_SMALL = str.maketrans(
    "αβεηικνορτυχωγσςавгеёзикмнопрстухьіїјѕһԁԛԝӏօոսհցզյɑɡıøđłħþ01|!5$@3€",
    "abenikvoptuxwyocabreeeukmhonpctyxbiijshdqwlonuhgqjagiodlhpolllssaee",
)
_ALIKE = (("rn", "m"), ("vv", "w"), ("æ", "ae"), ("œ", "oe"), ("ß", "ss"))
_SMALL_CAPITAL = re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z])")
_LOOKING_LATIN = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
"""Alphabets whose letters are taken for each other's."""


def skeleton(text: str) -> str:
    """What a text looks like: equal for two that people take for the same.

    Small Latin letters and digits in words with one space between; not meant to be shown.
    """
    capitals = unicodedata.normalize("NFKC", text).translate(_CAPITALS)
    small = "".join(_looks_like(c) for c in capitals.casefold().translate(_SMALL))
    letters = unicodedata.normalize("NFKD", small).translate(_SMALL)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    for part, looks in _ALIKE:
        plain = plain.replace(part, looks)
    # After all else, i and l and j: 1 and I are both.
    words = re.split(r"[^\w]+|_", plain.replace("i", "l").replace("j", "l"))
    return " ".join(word for word in words if word)


def mixes_alphabets(text: str) -> bool:
    """Whether a word has letters of several alphabets that are taken for each other's."""
    return any(
        len(_LOOKING_LATIN & {_alphabet(c) for c in word if c.isalpha()}) > 1
        for word in re.split(r"[\s\W]+", unicodedata.normalize("NFKC", text))
    )


def is_written_from_the_right(text: str) -> bool:
    """Whether any letter of it is: it would take what stands around it along."""
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)


@cache
def _alphabet(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


@cache
def _looks_like(character: str) -> str:
    match = _SMALL_CAPITAL.fullmatch(unicodedata.name(character, ""))
    return match[1].lower() if match else character
