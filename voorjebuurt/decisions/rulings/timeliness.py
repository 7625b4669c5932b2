"""Whether a kind of decision can follow now, by the case's state and its campaign's end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.cases.checklist import refuse_open_items
from voorjebuurt.decisions.inquiries.holds import refuse_unproven
from voorjebuurt.decisions.last_terms.queries import refuse_before_last_term
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plans.queries import later_day
from voorjebuurt.decisions.plans.rulings import refuse_plan_order
from voorjebuurt.decisions.rules.accounting import ex_officio_from
from voorjebuurt.decisions.rules.kinds import (
    DETERMINATIONS,
    GRANTS,
    OPEN,
    DecisionKind,
    from_states,
    why_untimely,
)
from voorjebuurt.decisions.rulings.rows import match_of
from voorjebuurt.decisions.rulings.sums import may_be_alone
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.arrangements import REPORTED, Way, way_of
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.rules import MatchStatus


def refuse_open_decision(session: Session, application_id: UUID) -> None:
    """One decision at a time. Raises ``DomainError`` ``decision_open_already``."""
    open_decision = select(Decision.id).where(
        Decision.application_id == application_id,
        Decision.status.in_([state.value for state in OPEN]),
    )
    if session.scalar(open_decision) is not None:
        raise DomainError("decision_open_already")


def refuse_untimely(session: Session, application: Application, kind: DecisionKind) -> None:
    """Raises ``DomainError`` for a kind that can't follow now; locks and changes nothing."""
    status = ApplicationStatus(application.status)
    live = match_of(session, application.id).live
    refuse_open_decision(session, application.id)
    if status not in from_states(kind, live=live):
        raise TransitionError("wrong_state", state=status.value, action=kind.value)
    is_new, is_awarded = status is ApplicationStatus.RECEIVED, status is ApplicationStatus.AWARDED
    if is_new and kind in GRANTS:
        refuse_open_items(session, application)
    if is_awarded and kind in DETERMINATIONS:
        refuse_unaccounted(session, application)
    refuse_plan_order(session, application.id, kind)
    if kind in DETERMINATIONS:
        refuse_unproven(session, application)
    refuse_late(session, application, kind, at=clock.now())


def refuse_unaccounted(session: Session, application: Application) -> None:
    """An award that was not accounted for is determined only ex officio, after its term (Awb 4:47).

    Where an account is due that is a last term (4:44). Raises ``DomainError`` ``account_missing``,
    ``last_term_runs`` with its last day, or ``ex_officio_too_early`` with the first day.
    """
    if way_of(application.arrangement) in REPORTED:
        refuse_before_last_term(session, application.id)
        return
    if way_of(application.arrangement) is not Way.EX_OFFICIO:
        raise DomainError("account_missing")
    committed_at = match_of(session, application.id).committed_at
    if committed_at is None:
        raise DomainError("account_too_early")
    first = ex_officio_from(
        clock.local(committed_at).date(),
        weeks=application.arrangement_weeks or 0,
        later=later_day(session, application.id),
    )
    if clock.today() < first:
        raise DomainError("ex_officio_too_early", day=first)


def refuse_late(
    session: Session, application: Application, kind: DecisionKind, *, at: datetime
) -> None:
    """Raises ``DomainError`` with why this kind can't be decided at this moment, if anything."""
    match = match_of(session, application.id)
    code = why_untimely(
        kind,
        match=MatchStatus(match.status),
        live=match.live,
        is_divided=application.round_id is not None or may_be_alone(session, application.id),
        is_running=is_running(session.get_one(Campaign, application.campaign_id), at=at),
    )
    if code is not None:
        raise DomainError(code)


def is_running(campaign: Campaign, *, at: datetime) -> bool:
    """Whether gifts that are given at this moment still count for a campaign."""
    states = (CampaignStatus.LIVE, CampaignStatus.CLOSING)
    return campaign.status in states and campaign.closes_at is not None and at < campaign.closes_at
