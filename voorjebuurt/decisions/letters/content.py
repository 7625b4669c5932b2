"""What a letter is made of, before it is a PDF or a page: one content for both. Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, assert_never


@dataclass(frozen=True)
class Heading:
    """A heading inside the letter."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """Plain text; what people wrote themselves too, line by line."""

    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Points:
    """A list; the sentence above it is a paragraph of its own."""

    items: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True)
class Lines:
    """Lines that belong together: an address."""

    lines: tuple[str, ...]
    kind: str = "lines"


@dataclass(frozen=True)
class Table:
    """Rows under a head. The last column holds amounts where ``amounts``; ``total`` is bold."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: bool = False
    total: bool = False
    kind: str = "table"


_LATER = ("logo", "return_address")
"""What letters of before did not have: their hash stays what it was."""
Block = Heading | Paragraph | Points | Lines | Table


@dataclass(frozen=True)
class Annex:
    """An enclosure, on a page of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Letter:
    """A letter from top to bottom. ``mark`` stands above one that was not sent (yet).

    ``date`` is the day it was sent; of a draft the day it was proposed. ``logo`` is a small PNG in
    base64, ``return_address`` a line above the addressee.
    """

    title: str
    municipality: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    salutation: str
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
    annexes: tuple[Annex, ...]
    number: str
    date: str
    mark: str
    language: str = "nl"
    logo: str = ""
    return_address: str = ""

    def as_json(self) -> dict[str, Any]:
        """The letter as JSON: what the typesetter reads, and what its hash is over."""
        return {name: value for name, value in asdict(self).items() if value or name not in _LATER}

    @property
    def text(self) -> str:
        """Every word of it, a line for each piece, in reading order."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from (self.mark,) if self.mark else ()
        yield from (self.municipality, *self.sender, "")
        yield from (self.return_address,) if self.return_address else ()
        yield from (*self.addressee, "")
        yield from (f"{name}: {value}" for name, value in self.references)
        yield from ("", self.title, "", self.salutation, "")
        for block in self.blocks:
            yield from _block_lines(block)
        yield from self.closing
        for annex in self.annexes:
            yield from ("", annex.title, "")
            for block in annex.blocks:
                yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield from (f"## {text}", "")
        case Paragraph(text):
            yield from (*text.splitlines(), "")
        case Points(items):
            yield from (*(f"- {item}" for item in items), "")
        case Lines(lines):
            yield from (*lines, "")
        case Table(head, rows):
            yield from (" | ".join(row) for row in (head, *rows))
            yield ""
        case _:
            assert_never(block)
