"""Letters from snapshots: as content, as PDF, and with everything that is stored when one goes."""

import hashlib
from typing import NamedTuple

from markupsafe import Markup

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Letter
from voorjebuurt.decisions.letters.forms import letter_of
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.pdf import MAKER, pdf_of
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.rulebook.values import jsontext


class LetterFile(NamedTuple):
    """A letter to send: its bytes and their hash, and the text for ``Decision.announcement``."""

    pdf: bytes
    sha256: str
    announcement: str


def write(snapshot: str, announcement: Announcement | None = None) -> Letter:
    """The letter's content. Without an announcement it is a draft."""
    return letter_of(read(snapshot), announcement)


def render(snapshot: str, announcement: Announcement | None = None) -> bytes:
    """The letter as PDF: the same bytes every time."""
    return pdf_of(write(snapshot, announcement))


def show(snapshot: str, announcement: Announcement | None = None) -> Markup:
    """The letter as HTML for a screen: an ``<article>`` with the words of the PDF."""
    return html_of(write(snapshot, announcement))


def make(snapshot: str, announcement: Announcement) -> LetterFile:
    """The letter to send, with what is stored beside it so that it can be made again."""
    letter = write(snapshot, announcement)
    pdf = pdf_of(letter)
    details = jsontext.parse(announcement.text)
    details_to_store = {**details, "content_sha256": content_hash(letter), "maker": MAKER}
    return LetterFile(pdf, hashlib.sha256(pdf).hexdigest(), jsontext.canonical(details_to_store))


def content_hash(letter: Letter) -> str:
    """The hash of every word and its place: it holds with any version of the typesetter."""
    return jsontext.sha256(letter.as_json())
