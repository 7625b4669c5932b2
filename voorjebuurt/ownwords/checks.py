"""What is missing in a municipality's words, and what is refused in them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ownwords.rules import COURTS, MAX_LENGTHS, MAX_LINES, PLACES, Body, LetterFamily
from voorjebuurt.ownwords.wording import Wording

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{4,28}[0-9]")
_YEAR = re.compile(r"20[0-9]{2}")


_NEEDS: dict[str, tuple[str, ...]] = {
    Body.DELEGATED: ("body_name", "delegation"),
    Body.BOARD: ("body_name", "organisation"),
}
_NEEDED = {
    "body_name": "wording_body_missing",
    "delegation": "wording_delegation_missing",
    "organisation": "wording_organisation_missing",
}


@dataclass(frozen=True)
class Gap:
    """Something that must be there before a second person is asked: where, and which message."""

    field: str
    code: str


def gaps(words: Wording) -> tuple[Gap, ...]:
    """What is missing: a letter has to say who decided, who signed, and where to object."""
    return tuple(_gaps(words))


def _gaps(words: Wording) -> Iterator[Gap]:
    for name in _NEEDS.get(words.body, ()):
        if not getattr(words, name):
            yield Gap(name, _NEEDED[name])
    if not words.signer_function:
        yield Gap("signer_function", "wording_function_missing")
    if not words.sender:
        yield Gap("sender", "wording_sender_missing")
    if not (words.contact_phone or words.contact_email):
        yield Gap("contact_phone", "wording_contact_missing")
    if not words.objection_address:
        yield Gap("objection_address", "wording_objection_address_missing")
    if not words.court:
        yield Gap("court", "wording_court_missing")


def refuse_wrong(words: Wording) -> None:
    """Raise ``DomainError`` at the field of a text that no letter can have."""
    if words.body not in list(Body):
        raise DomainError("wording_body_missing", field="body")
    if words.court and words.court not in COURTS:
        raise DomainError("wording_court_missing", field="court")
    if words.budget_year and not _YEAR.fullmatch(words.budget_year):
        raise DomainError("wording_year_wrong", field="budget_year")
    if words.contact_email and not _EMAIL.fullmatch(words.contact_email):
        raise DomainError("wording_email_wrong", field="contact_email")
    if words.contact_phone and not _PHONE.fullmatch(words.contact_phone):
        raise DomainError("wording_phone_wrong", field="contact_phone")
    for name, most in MAX_LENGTHS.items():
        if len(getattr(words, name, "")) > most:
            raise DomainError("wording_too_long", field=name, most=most)
    for name, most in MAX_LINES.items():
        if len(getattr(words, name).splitlines()) > most:
            raise DomainError("wording_too_many_lines", field=name, most=most)
    for kind in LetterFamily:
        for place in PLACES:
            if len(words.part(kind, place)) > MAX_LENGTHS[place]:
                raise DomainError("wording_too_long", field=place, most=MAX_LENGTHS[place])
