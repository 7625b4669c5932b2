"""From a postcode and a house number to the buurt, by the official list of addresses."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.places.models import AddressArea, Neighbourhood, PlaceImport
from voorjebuurt.places.queries import buurten
from voorjebuurt.places.rules import normal_postcode


def buurten_at(
    session: Session, postcode: str, number: int | None = None
) -> Sequence[Neighbourhood]:
    """The buurten in which an address lies, as they can be chosen now.

    One is the answer; of more the person chooses: a postcode alone may lie in two. A house number
    that the list does not know counts as none. Nothing for a postcode that is unknown, or no
    postcode at all.
    """
    codes = buurt_codes(session, postcode, number)
    return buurten(session, codes=codes) if codes else []


def local_code(session: Session, postcode: str, number: int | None = None) -> str | None:
    """The code of the buurt in which an address lies; None unless it is exactly one."""
    codes = buurt_codes(session, postcode, number)
    return codes[0] if len(codes) == 1 else None


def buurt_codes(session: Session, postcode: str, number: int | None = None) -> Sequence[str]:
    """The codes at an address, as the newest list that knows the postcode tells them."""
    normal = normal_postcode(postcode)
    newest = _newest_list(session, normal) if normal else None
    if newest is None:
        return []
    statement = (
        select(AddressArea.buurt_code)
        .where(AddressArea.import_id == newest, AddressArea.postcode == normal)
        .distinct()
        .order_by(AddressArea.buurt_code)
    )
    exact = session.scalars(statement.where(AddressArea.number == number)).all() if number else []
    return exact or session.scalars(statement).all()


def _newest_list(session: Session, postcode: str) -> UUID | None:
    lists = select(AddressArea.import_id).where(AddressArea.postcode == postcode)
    return session.scalar(
        select(PlaceImport.id)
        .where(
            PlaceImport.id.in_(lists),
            PlaceImport.status == "done",
            PlaceImport.rolled_back_at.is_(None),
        )
        .order_by(PlaceImport.vintage.desc(), PlaceImport.finished_at.desc(), PlaceImport.id.desc())
        .limit(1)
    )
