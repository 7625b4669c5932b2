"""Letters of every script in those of the Latin alphabet, as they sound. Pure."""

from anyascii import anyascii


def in_latin(character: str) -> str:
    """One character in ASCII: ``ß`` is ``ss``, ``щ`` is ``shch``, and what has no sound nothing.

    A picture is a blank: what it shows has a name only in English, and words on both sides of it
    stay words of their own.
    """
    letters: str = anyascii(character)
    is_picture = len(letters) > 2 and letters.startswith(":") and letters.endswith(":")
    return " " if is_picture else letters
