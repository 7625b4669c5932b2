"""The letters: award, partial award, refusal, withdrawal, determination, clawback, and changes.

``composition`` makes the content from a snapshot (``awards``, ``determinations``, ``changes``,
``parts``, ``annexes``), ``pdf`` and ``html`` show it. The texts are data in Dutch, not
translations: a letter must come out the same in ten years, and a decision of a Dutch authority is
in Dutch (Awb 2:6). Who changes them once letters were sent with them keeps the old ones, as
``form1`` does.
"""

from voorjebuurt.decisions.letters.announcement import Announcement, read_announcement
from voorjebuurt.decisions.letters.pdf import MAKER
from voorjebuurt.decisions.letters.rendering import (
    LetterFile,
    content_hash,
    make,
    render,
    show,
    write,
)

__all__ = [
    "MAKER",
    "Announcement",
    "LetterFile",
    "content_hash",
    "make",
    "read_announcement",
    "render",
    "show",
    "write",
]
