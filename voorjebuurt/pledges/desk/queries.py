"""Reading the desk: what was given there, and who is still to be told what."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.mail.conditions import holds
from voorjebuurt.mail.templates import mail_template
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.by_hand.models import DeskGift, DeskLetter
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tins.models import CashGift

MOST = 200


class DeskRow(NamedTuple):
    """A gift at the desk (eurocents), as who keeps the desk sees it."""

    id: UUID
    way: str
    name: str
    amount_cents: int
    status: str | None
    """Of its pledge; null for cash that does not count."""
    cash_state: str | None
    number: int | None
    made_at: datetime
    made_by: UUID
    maker: str
    token: str | None
    cash_token: str | None
    recipient: str
    street: str
    postcode: str
    town: str
    no_answer: str


class LetterRow(NamedTuple):
    """What a donor is to be told, or was told."""

    id: UUID
    gift_id: UUID
    template: str
    context: dict[str, Any]
    written_at: datetime
    told_at: datetime | None
    told_how: str | None
    name: str
    recipient: str
    street: str
    postcode: str
    town: str
    token: str | None
    cash_token: str | None
    made_by: UUID


class DeskLetters(NamedTuple):
    """What is still to be told, and what was told, the latest first."""

    waiting: list[LetterRow]
    done: list[LetterRow]


def desk_gifts(session: Session, campaign_id: UUID, person_id: UUID) -> list[DeskRow]:
    """What was given at the desk, the latest first: for who runs the campaign all of it, for who
    helps what they made themselves.
    """
    statement = _gifts().where(DeskGift.campaign_id == campaign_id)
    if not acts_for(session, campaign_id, person_id):
        statement = statement.where(DeskGift.made_by == person_id)
    rows = session.execute(statement.order_by(DeskGift.made_at.desc(), DeskGift.id).limit(MOST))
    return [DeskRow._make(row) for row in rows]


def desk_gift(
    session: Session, campaign_id: UUID, gift_id: UUID, person_id: UUID
) -> DeskRow | None:
    """One of them."""
    statement = _gifts().where(DeskGift.campaign_id == campaign_id, DeskGift.id == gift_id)
    row: Row[*tuple[Any, ...]] | None = session.execute(statement).one_or_none()
    if row is None:
        return None
    gift = DeskRow._make(row)
    is_theirs = gift.made_by == person_id or acts_for(session, campaign_id, person_id)
    return gift if is_theirs else None


def _gifts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DeskGift.id,
            DeskGift.way,
            func.coalesce(Pledge.name, CashGift.name),
            func.coalesce(Pledge.amount_cents, CashGift.amount_cents),
            Pledge.status,
            CashGift.state,
            CashGift.number,
            DeskGift.made_at,
            DeskGift.made_by,
            Person.name,
            Pledge.token,
            CashGift.token,
            DeskGift.recipient,
            DeskGift.street,
            DeskGift.postcode,
            DeskGift.town,
            DeskGift.no_answer,
        )
        .join(Person, Person.id == DeskGift.made_by)
        .outerjoin(Pledge, Pledge.id == DeskGift.pledge_id)
        .outerjoin(CashGift, CashGift.id == DeskGift.cash_id)
    )


def desk_letters(session: Session, campaign_id: UUID, person_id: UUID) -> DeskLetters:
    """Who is to be told what: for who helps, of the gifts that they made.

    What has no use any more (somebody chose meanwhile) is not among what waits.
    """
    statement = _letters().where(DeskGift.campaign_id == campaign_id)
    if not acts_for(session, campaign_id, person_id):
        statement = statement.where(DeskGift.made_by == person_id)
    in_order = statement.order_by(DeskLetter.written_at.desc(), DeskLetter.id)
    waiting = session.execute(in_order.where(DeskLetter.told_at.is_(None)))
    former = session.execute(in_order.where(DeskLetter.told_at.is_not(None)).limit(MOST))
    rows = [LetterRow._make(row) for row in waiting]
    return DeskLetters(
        [row for row in rows if _has_use(session, row)],
        [LetterRow._make(row) for row in former],
    )


def _has_use(session: Session, row: LetterRow) -> bool:
    """Whether what it says still holds, where that can change."""
    is_conditional = mail_template(row.template).conditional
    return not is_conditional or holds(session, row.template, row.context)


def desk_letter(
    session: Session, campaign_id: UUID, letter_id: UUID, person_id: UUID
) -> LetterRow | None:
    """One of them."""
    statement = _letters().where(DeskGift.campaign_id == campaign_id, DeskLetter.id == letter_id)
    row: Row[*tuple[Any, ...]] | None = session.execute(statement).one_or_none()
    if row is None:
        return None
    letter = LetterRow._make(row)
    is_theirs = letter.made_by == person_id or acts_for(session, campaign_id, person_id)
    return letter if is_theirs else None


def _letters() -> Select[*tuple[Any, ...]]:
    return (
        select(
            DeskLetter.id,
            DeskGift.id,
            DeskLetter.template,
            DeskLetter.context,
            DeskLetter.written_at,
            DeskLetter.told_at,
            DeskLetter.told_how,
            func.coalesce(Pledge.name, CashGift.name),
            DeskGift.recipient,
            DeskGift.street,
            DeskGift.postcode,
            DeskGift.town,
            Pledge.token,
            CashGift.token,
            DeskGift.made_by,
        )
        .join(DeskGift, DeskGift.id == DeskLetter.desk_gift_id)
        .outerjoin(Pledge, Pledge.id == DeskGift.pledge_id)
        .outerjoin(CashGift, CashGift.id == DeskGift.cash_id)
        .where(or_(Pledge.id.is_not(None), CashGift.id.is_not(None)))
    )


def own_page_of_cash(session: Session, cash_token: str) -> str | None:
    """The token of the gift's own page, once cash from the desk counted."""
    statement = (
        select(Pledge.token)
        .join(DeskGift, DeskGift.pledge_id == Pledge.id)
        .join(CashGift, CashGift.id == DeskGift.cash_id)
        .where(CashGift.token == cash_token, Pledge.by_hand)
    )
    return session.scalar(statement)
