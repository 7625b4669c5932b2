"""Who reads the letters about an objection: who acts for the one who objects, else they."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.matching.applicants.service import addressee_of
from voorjebuurt.matching.models import Application


class Reader(NamedTuple):
    """A name, and the lines above the letter."""

    name: str
    lines: tuple[str, ...]


def reader_of(session: Session, objection: Objection, application: Application) -> Reader:
    """See above."""
    if objection.party == Party.OTHER:
        own = Reader(objection.party_name, _lines(objection.party_name, objection.party_address))
    else:
        addressee = addressee_of(session, application)
        own = Reader(addressee.name, addressee.lines)
    if not objection.agent_name:
        return own
    lines = _lines(objection.agent_name, objection.agent_address)
    return Reader(objection.agent_name, (*lines, f"namens {own.name}"))


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
