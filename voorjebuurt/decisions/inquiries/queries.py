"""Reading inquiries, the lots, and what holds a determination."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.decisions.inquiry_models import Inquiry, Lot
from voorjebuurt.decisions.rules.accounting import ex_officio_from
from voorjebuurt.decisions.rules.inquiries import (
    INQUIRED,
    Finding,
    InquiryGround,
    InquiryStatus,
    status_of,
)
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.ownership import applicants_of
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.arrangements import Way
from voorjebuurt.matching.models import Application, FundVersion
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


def inquiry_form(inquiry_id: UUID) -> str:
    """The form that files are added to before an answer is sent."""
    return f"inquiry:{inquiry_id}"


def inquiry_by_id(session: Session, inquiry_id: UUID) -> Inquiry | None:
    """One inquiry."""
    return session.get(Inquiry, inquiry_id)


def status_today(inquiry: Inquiry) -> InquiryStatus:
    """How it stands today."""
    return status_of(
        channel=inquiry.channel,
        until=inquiry.until,
        is_closed=inquiry.closed_at is not None,
        today=clock.today(),
    )


def inquiries_of(session: Session, application_id: UUID) -> Sequence[Inquiry]:
    """All inquiries about an application, the oldest first."""
    statement = select(Inquiry).where(Inquiry.application_id == application_id)
    return session.scalars(statement.order_by(Inquiry.asked_at, Inquiry.id)).all()


def current_inquiry(session: Session, application_id: UUID) -> Inquiry | None:
    """The inquiry that is not closed, if any: at most one is open at a time."""
    statement = select(Inquiry).where(
        Inquiry.application_id == application_id, Inquiry.closed_at.is_(None)
    )
    return session.scalar(statement.execution_options(populate_existing=True))


def lot_of(session: Session, application_id: UUID) -> Lot | None:
    """The lot of a case, once it is drawn."""
    return session.get(Lot, application_id)


def lots_of_fund(session: Session, fund_id: UUID) -> Sequence[tuple[Lot, str]]:
    """All lots of a fund with the numbers of their cases, the latest first."""
    statement = (
        select(Lot, Application.number)
        .join(Application, Application.id == Lot.application_id)
        .where(Lot.fund_id == fund_id)
        .order_by(Lot.at.desc(), Application.number)
    )
    return [(lot, number) for lot, number in session.execute(statement)]


def sample_is_unasked(session: Session, application_id: UUID) -> bool:
    """Whether the lot fell on a case and its question was not asked yet, or only by mistake."""
    statement = select(Lot.application_id).where(
        Lot.application_id == application_id, is_unasked(Lot.application_id)
    )
    return session.scalar(statement) is not None


def is_unasked(application_id: Any) -> ColumnElement[bool]:
    """The same as a condition on a row of ``Lot``."""
    other = aliased(Inquiry)
    question = select(other.id).where(
        other.application_id == application_id,
        other.ground == InquiryGround.SAMPLE,
        other.finding != Finding.MISTAKE,
    )
    return and_(Lot.hit, ~question.exists())


def lot_is_missing(session: Session, application: Application) -> bool:
    """Whether its fund draws a sample, and no lot was drawn for this case yet."""
    statement = undrawn().where(Application.id == application.id)
    return session.execute(statement).first() is not None


def undrawn() -> Select[*tuple[Any, ...]]:
    """Cases that are determined ex officio, of a fund with a sample, without a lot yet."""
    lot = select(Lot.application_id).where(Lot.application_id == Application.id)
    return (
        select(
            Application.id,
            Application.number,
            Application.fund_id,
            Application.municipality_id,
            Application.status,
            Application.arrangement_weeks,
            FundVersion.sample_percent,
            CampaignMatch.committed_at,
        )
        .join(FundVersion, FundVersion.id == Application.version_id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(
            Application.arrangement == Way.EX_OFFICIO,
            Application.status.in_([status.value for status in INQUIRED]),
            CampaignMatch.status.in_([status.value for status in OWED_MATCH]),
            CampaignMatch.committed_at.is_not(None),
            FundVersion.sample_percent > 0,
            ~lot.exists(),
        )
    )


def is_due(
    status: str, weeks: int | None, committed_on: date, *, later: date | None = None
) -> bool:
    """Whether a case can be determined from today on: its term is over, or it was accounted for."""
    if status == ApplicationStatus.ACCOUNTED:
        return True
    return ex_officio_from(committed_on, weeks=weeks or 0, later=later) <= clock.today()


def waiting_cases(session: Session, municipality_id: UUID) -> dict[UUID, Inquiry | None]:
    """By application whose determination waits for proof: the open inquiry; None for one on which
    the lot fell and that was not asked yet.
    """
    statement = (
        select(Application.id, Inquiry)
        .outerjoin(
            Inquiry, and_(Inquiry.application_id == Application.id, Inquiry.closed_at.is_(None))
        )
        .outerjoin(Lot, Lot.application_id == Application.id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status.in_([status.value for status in INQUIRED]),
            or_(
                Inquiry.id.is_not(None),
                and_(Lot.application_id.is_not(None), is_unasked(Application.id)),
            ),
        )
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def inquiry_municipality_id(session: Session, inquiry_id: UUID) -> UUID | None:
    """The municipality whose officers ask."""
    return session.scalar(select(Inquiry.municipality_id).where(Inquiry.id == inquiry_id))


def inquiry_applicants(session: Session, inquiry_id: UUID) -> frozenset[UUID]:
    """Who may answer: the applicant is asked."""
    statement = select(Inquiry.application_id).where(Inquiry.id == inquiry_id)
    return applicants_of(session, session.scalar(statement))
