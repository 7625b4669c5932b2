"""Reading intentions and what came of them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from voorjebuurt.decisions.intention_models import DecisionViews, Intention
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.views import ALWAYS
from voorjebuurt.matching.applications.ownership import applicants_of
from voorjebuurt.matching.models import Application, Fund


def views_form(intention_id: UUID) -> str:
    """The form that files are added to before views are sent."""
    return f"views:{intention_id}"


def intentions_of(session: Session, application_id: UUID) -> Sequence[Intention]:
    """All intentions about an application, the oldest first."""
    statement = select(Intention).where(Intention.application_id == application_id)
    return session.scalars(statement.order_by(Intention.stated_at, Intention.id)).all()


def current_intention(session: Session, application_id: UUID) -> Intention | None:
    """The intention on which a decision can rest now, if any: at most one is open at a time."""
    statement = select(Intention).where(
        Intention.application_id == application_id, Intention.closed_at.is_(None)
    )
    return session.scalar(statement.execution_options(populate_existing=True))


def intended_losses(session: Session, application_ids: Collection[UUID]) -> dict[UUID, Intention]:
    """By application of these: what is intended that would take money away, and is not decided."""
    statement = select(Intention).where(
        Intention.application_id.in_(application_ids),
        Intention.closed_at.is_(None),
        Intention.kind.in_([kind.value for kind in ALWAYS]),
    )
    return {row.application_id: row for row in session.scalars(statement)}


def funds_in_doubt(session: Session, campaign_id: UUID) -> frozenset[str]:
    """The funds, by their slug, of which officers intend to take money back from a campaign.

    All that everybody may know of it: neither why, nor who it is about.
    """
    statement = (
        select(Fund.slug)
        .join(Application, Application.fund_id == Fund.id)
        .join(Intention, Intention.application_id == Application.id)
        .where(
            Application.campaign_id == campaign_id,
            Intention.closed_at.is_(None),
            Intention.kind.in_([kind.value for kind in ALWAYS]),
        )
    )
    return frozenset(session.scalars(statement))


def full_intention(session: Session, intention_id: UUID) -> Intention | None:
    """An intention with its letter and snapshot."""
    statement = select(Intention).where(Intention.id == intention_id)
    return session.scalar(statement.options(undefer(Intention.letter), undefer(Intention.snapshot)))


def views_of_decision(session: Session, decision_id: UUID) -> DecisionViews | None:
    """On what a decision rests as to views; None for one that needed none."""
    return session.get(DecisionViews, decision_id)


def is_decided_on(session: Session, intention_id: UUID) -> bool:
    """Whether a decision that rests on it was approved, or sent."""
    statement = (
        select(Decision.id)
        .join(DecisionViews, DecisionViews.decision_id == Decision.id)
        .where(
            DecisionViews.intention_id == intention_id,
            Decision.status.in_([DecisionStatus.APPROVED.value, DecisionStatus.SENT.value]),
        )
    )
    return session.scalar(statement) is not None


def intention_municipality_id(session: Session, intention_id: UUID) -> UUID | None:
    """The municipality whose officers intend it."""
    return session.scalar(select(Intention.municipality_id).where(Intention.id == intention_id))


def intention_applicants(session: Session, intention_id: UUID) -> frozenset[UUID]:
    """Who may give views: the applicant is asked for them."""
    statement = select(Intention.application_id).where(Intention.id == intention_id)
    return applicants_of(session, session.scalar(statement))
