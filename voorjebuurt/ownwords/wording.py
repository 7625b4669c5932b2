"""The words themselves, as one JSON text: what versions keep and what snapshots repeat. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from voorjebuurt.ownwords.rules import PLACES, Body, LetterFamily
from voorjebuurt.rulebook.values import jsontext

SCHEMA = "briefwoorden/1"
Parts = Mapping[str, Mapping[str, str]]
"""The free parts by kind of letter and place; what is empty is left out."""


@dataclass(frozen=True)
class Wording:
    """All that a municipality says of itself in letters; an empty text means the usual one.

    ``sender`` and ``objection_address`` are lines; ``logo`` is a small PNG in base64; ``court`` is
    one of ``rules.COURTS``; ``budget_year`` is the year of a budget that the council has yet to
    adopt (Awb 4:34), or empty. References are where the scheme and its ceiling were published.
    """

    body: str = Body.COLLEGE
    body_name: str = ""
    delegation: str = ""
    organisation: str = ""
    sender: str = ""
    return_address: str = ""
    logo: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    signer_name: str = ""
    signer_function: str = ""
    court: str = ""
    objection_address: str = ""
    scheme_reference: str = ""
    ceiling_reference: str = ""
    budget_year: str = ""
    parts: Parts = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As it is stored: canonical JSON."""
        return jsontext.canonical({"schema": SCHEMA, **self.as_json()})

    def as_json(self) -> dict[str, Any]:
        """The words as JSON, without empty parts."""
        parts = {
            kind: {place: text for place, text in own.items() if text}
            for kind, own in self.parts.items()
        }
        return {**asdict(self), "parts": {kind: own for kind, own in parts.items() if own}}

    def part(self, kind: str, place: str) -> str:
        """What the municipality says at this place of letters of this kind; empty for nothing."""
        return self.parts.get(kind, {}).get(place, "")

    def with_parts(self, kind: str, own: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """The parts, with these of one kind in place of those that it had."""
        others = {name: dict(texts) for name, texts in self.parts.items()}
        return {**others, kind: {place: own.get(place, "") for place in PLACES}}


NAMES = tuple(item.name for item in fields(Wording) if item.name != "parts")
"""What there is beside the free parts, in the order of the forms."""


def read_wording(text: str) -> Wording:
    """The words of a stored text. Raises ``ValueError`` for what is none."""
    raw = jsontext.parse(text)
    if raw.pop("schema") != SCHEMA:
        raise ValueError(f"not {SCHEMA}")
    return from_json(raw)


def from_json(raw: Mapping[str, Any]) -> Wording:
    """The words of a snapshot; what later versions of this software add to it is left alone."""
    names = {item.name for item in fields(Wording)}
    return Wording(**{name: value for name, value in raw.items() if name in names})


@dataclass(frozen=True)
class Difference:
    """One text that differs: its name (``award.opening`` of a part), before and now."""

    name: str
    before: str
    now: str


def differences(before: Wording, now: Wording) -> tuple[Difference, ...]:
    """What differs between two versions, in the order of the forms."""
    return tuple(
        Difference(name, old, new)
        for (name, old), (_, new) in zip(_texts(before), _texts(now), strict=True)
        if old != new
    )


def _texts(words: Wording) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        yield name, getattr(words, name)
    for kind in LetterFamily:
        for place in PLACES:
            yield f"{kind}.{place}", words.part(kind, place)
