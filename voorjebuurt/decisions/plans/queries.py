"""Reading changes of awards: what was asked, what waits, and which last day holds by them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plan_models import PlanRequest, PlanRuling
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.rules.accounting import accounting_due, ex_officio_from
from voorjebuurt.decisions.rules.kinds import DecisionStatus
from voorjebuurt.decisions.rules.plans import PlanRequestStatus
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.ownership import applicants_of
from voorjebuurt.matching.arrangements import Way, way_of
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH, MatchStatus


class AskedChange(NamedTuple):
    """A request, with what was decided on it and the number of that decision, once it was sent."""

    request: PlanRequest
    ruling: PlanRuling | None
    number: str


def paper_form(application_id: UUID) -> str:
    """The form whose files are scans of requests on paper in a case (attachments)."""
    return f"plan:{application_id}"


def asked_changes(session: Session, application_id: UUID) -> list[AskedChange]:
    """All that was asked in a case, the oldest first."""
    requests = session.scalars(
        select(PlanRequest)
        .where(PlanRequest.application_id == application_id)
        .order_by(PlanRequest.asked_at, PlanRequest.id)
    ).all()
    statement = (
        select(PlanRuling, Decision.number)
        .join(Decision, Decision.id == PlanRuling.decision_id)
        .where(PlanRuling.application_id == application_id, Decision.status == DecisionStatus.SENT)
        .order_by(Decision.sent_at)
    )
    answers = {ruling.request_id: (ruling, number) for ruling, number in session.execute(statement)}
    return [AskedChange(each, *answers.get(each.id, (None, ""))) for each in requests]


def open_request(session: Session, application_id: UUID) -> PlanRequest | None:
    """The request that waits for a decision, if any: at most one is open at a time."""
    statement = select(PlanRequest).where(
        PlanRequest.application_id == application_id,
        PlanRequest.status == PlanRequestStatus.OPEN,
    )
    return session.scalar(statement.execution_options(populate_existing=True))


def open_requests(session: Session, municipality_id: UUID | None = None) -> dict[UUID, PlanRequest]:
    """By application, of one municipality or all: the request that waits."""
    statement = select(PlanRequest).where(PlanRequest.status == PlanRequestStatus.OPEN)
    if municipality_id is not None:
        statement = statement.where(PlanRequest.municipality_id == municipality_id)
    return {request.application_id: request for request in session.scalars(statement)}


def application_of_request(session: Session, request_id: UUID) -> UUID | None:
    """The application that a request is about."""
    return session.scalar(select(PlanRequest.application_id).where(PlanRequest.id == request_id))


def request_applicants(session: Session, request_id: UUID) -> frozenset[UUID]:
    """Who may take a request back: the applicant who made it."""
    statement = select(PlanRequest.application_id).where(PlanRequest.id == request_id)
    return applicants_of(session, session.scalar(statement))


def later_days(session: Session, application_ids: Collection[UUID]) -> dict[UUID, date]:
    """By application of these: the last day that a change granted, where one did and it holds."""
    statement = (
        select(PlanRuling)
        .join(Decision, Decision.id == PlanRuling.decision_id)
        .where(
            PlanRuling.application_id.in_(application_ids),
            PlanRuling.until.is_not(None),
            Decision.status == DecisionStatus.SENT,
        )
        .order_by(PlanRuling.until)
    )
    rulings: Sequence[PlanRuling] = session.scalars(statement).all() if application_ids else ()
    losses = revocations(session, {ruling.application_id for ruling in rulings}) if rulings else {}
    return {
        ruling.application_id: ruling.until
        for ruling in rulings
        if ruling.until is not None and ruling.decision_id not in losses
    }


def later_day(session: Session, application_id: UUID) -> date | None:
    """The same of one application."""
    return later_days(session, [application_id]).get(application_id)


def last_day_now(session: Session, application: Application) -> date | None:
    """Until when the plan is carried out (of what is determined ex officio), or accounted for.

    With what changes granted, and without a last term, which comes when this is over. While the
    campaign runs it is counted from its own last day. None where there is no term, or while nobody
    can tell whether the money will be the applicant's.
    """
    way, since = way_of(application.arrangement), _owed_on(session, application)
    if way is Way.DIRECT or since is None:
        return None
    later = later_day(session, application.id)
    if way is Way.EX_OFFICIO:
        weeks = application.arrangement_weeks or 0
        first = ex_officio_from(since, weeks=weeks, later=later)
        return date.fromordinal(first.toordinal() - 1) if weeks or later else None
    return accounting_due(since, later=later)


def is_running(session: Session, application: Application) -> bool:
    """Whether the campaign of an award still runs: the money comes only if it succeeds."""
    match = session.get_one(CampaignMatch, application.id)
    campaign = session.get_one(Campaign, application.campaign_id)
    return match.status == MatchStatus.AWARDED and campaign.status == CampaignStatus.LIVE


def _owed_on(session: Session, application: Application) -> date | None:
    """The day on which the money was the applicant's, or will be at the end of the campaign."""
    match = session.get_one(CampaignMatch, application.id)
    if match.status in OWED_MATCH and match.committed_at is not None:
        return clock.local(match.committed_at).date()
    campaign = session.get_one(Campaign, application.campaign_id)
    if campaign.closes_at is None or not is_running(session, application):
        return None
    return clock.local(campaign.closes_at).date()
