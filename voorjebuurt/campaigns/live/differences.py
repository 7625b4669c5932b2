"""What differs between two texts, word by word, so that a person sees it at once. Pure."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\S+\s*|\s+")
_MOST_PAIRS = 1_000_000
"""Above so many pairs of words they are not compared: then all of it is marked."""
_AROUND = 12
"""Words beside a difference that are shown of what stayed the same."""


class Piece(NamedTuple):
    """A stretch of text; ``is_other`` when the other text has something else there."""

    text: str
    is_other: bool


Pieces = tuple[Piece, ...]


def differences(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, without the lines that both begin and end with."""
    old_lines, new_lines = _other_lines(before, after)
    old, new = _WORD.findall(old_lines), _WORD.findall(new_lines)
    if len(old) * len(new) > _MOST_PAIRS:
        return _all_other(old_lines), _all_other(new_lines)
    blocks = SequenceMatcher(None, _bare(old), _bare(new)).get_opcodes()
    return (
        _pieces((old[block[1] : block[2]], block[0] != "equal") for block in blocks),
        _pieces((new[block[3] : block[4]], block[0] != "equal") for block in blocks),
    )


def _other_lines(before: str, after: str) -> tuple[str, str]:
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return "\n".join(old), "\n".join(new)


def _bare(words: Sequence[str]) -> list[str]:
    """Words as they are compared: whatever space follows them."""
    return [word.strip() for word in words]


def _all_other(text: str) -> Pieces:
    return (Piece(text, True),) if text else ()


def _pieces(stretches: Iterable[tuple[Sequence[str], bool]]) -> Pieces:
    parts = [stretch for stretch in stretches if stretch[0]]
    last = len(parts) - 1
    return tuple(
        Piece("".join(words), True)
        if is_other
        else Piece(_shortened(words, first=number == 0, last=number == last), False)
        for number, (words, is_other) in enumerate(parts)
    )


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    """What stayed the same, as far as it helps to find what did not: some words on either side."""
    if len(words) <= 2 * _AROUND:
        return "".join(words)
    before = "" if first else "".join(words[:_AROUND]).rstrip() + " "
    after = "" if last else " " + "".join(words[-_AROUND:])
    return f"{before}…{after}"
