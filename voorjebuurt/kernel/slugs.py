"""Names of things as a part of an address. Pure."""

import re

from voorjebuurt.kernel.latin import in_latin

MAX_LENGTH = 60
_NOTHING_TO_SAY = "actie"


def slug_of(title: str) -> str:
    """A title as a part of an address: ``Café ’t Hoekje`` is ``cafe-t-hoekje``.

    Other letters than ours are written in ours as they sound: ``Łódź`` is ``lodz``, ``Площадь`` is
    ``ploshchad``. A title without any letter or digit has an address too.
    """
    letters = "".join(map(_in_our_letters, title)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return slug[:MAX_LENGTH].strip("-") or _NOTHING_TO_SAY


def _in_our_letters(character: str) -> str:
    sound = in_latin(character)
    # The marks that stand for a letter without a sound of its own would part a word.
    return re.sub(r"[^A-Za-z0-9]+", "", sound) if character.isalpha() else sound
