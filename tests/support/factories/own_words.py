"""Municipalities with own words in their letters."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from tests.support.factories.people import appointer
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.logo import small_logo
from voorjebuurt.ownwords.wording import Wording

TEXTS: dict[str, str] = {
    "sender": "Afdeling Buurten\nStadhuisplein 1, 1900 AB Zonnedam",
    "return_address": "Retouradres: Postbus 100, 1900 AB Zonnedam",
    "contact_name": "team Buurten",
    "contact_phone": "0190 12 34 56",
    "contact_email": "buurten@zonnedam.example",
    "signer_function": "teamleider Buurten",
    "court": "Noord-Holland",
    "objection_address": "Commissie bezwaarschriften\nPostbus 101\n1900 AB Zonnedam",
    "scheme_reference": "Gemeenteblad 2025, 12345",
    "ceiling_reference": "Gemeenteblad 2025, 54321",
}
AWARD_PARTS = {
    "opening": "Wat mooi dat u zich inzet voor uw buurt.",
    "explanation": "Deel uw actie gerust met ons.\n\nWij komen graag kijken.",
    "ending": "Veel plezier met uw actie!",
}


def logo_file(size: tuple[int, int] = (900, 300), kind: str = "PNG") -> bytes:
    """A picture as somebody uploads it: transparent, larger than letters show it."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((2, 2, size[1] - 2, size[1] - 2), fill=(240, 160, 0, 255))
    buffer = BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(buffer, kind)
    return buffer.getvalue()


def own_wording(**fields: Any) -> Wording:
    """Complete words with a logo, and parts of their own in awards."""
    logo = small_logo(logo_file())
    return Wording(**{**TEXTS, "logo": logo, "parts": {"award": AWARD_PARTS}, **fields})


def proposed_words(
    session: Session,
    municipality_id: UUID,
    actor: Actor,
    changes: Mapping[str, str] | None = None,
    award: Mapping[str, str] | None = None,
) -> UUID:
    """A version that waits for a second person; returns its id."""
    wording_id = service.begin(session, municipality_id=municipality_id, actor=actor)
    service.write(
        session,
        wording_id=wording_id,
        changes={**TEXTS, **(changes or {})},
        parts=("award", award if award is not None else AWARD_PARTS),
        actor=actor,
    )
    service.propose(session, wording_id=wording_id, actor=actor)
    return wording_id


def approved_words(session: Session, municipality_id: UUID, actor: Actor, **changes: str) -> UUID:
    """A version that counts: written by the actor, approved by a new colleague."""
    wording_id = proposed_words(session, municipality_id, actor, changes)
    approver = appointer(session, municipality_id)
    service.approve(session, wording_id=wording_id, actor=approver)
    session.flush()
    return wording_id
