"""Accounts of match money: which are to come by when, and which wait to be determined."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.last_terms.queries import is_over, last_terms_waited_for
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.decisions.plans.queries import later_days
from voorjebuurt.decisions.rules.accounting import (
    accounting_due,
    determine_by,
    ex_officio_by,
    ex_officio_from,
)
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.plans import PlanRequestStatus
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.arrangements import REPORTED, Way
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH

_KINDS = [DecisionKind.DETERMINATION.value, DecisionKind.LOWER_DETERMINATION.value]
_on_its_way = (
    select(Decision.application_id)
    .where(
        Decision.application_id == Application.id,
        Decision.kind.in_(_KINDS),
        Decision.status.in_([DecisionStatus.PROPOSED.value, DecisionStatus.APPROVED.value]),
    )
    .union_all(
        select(PlanRequest.application_id).where(
            PlanRequest.application_id == Application.id,
            PlanRequest.status == PlanRequestStatus.OPEN.value,
        )
    )
)
"""A determination that waits for its second officer, or a change that is decided on before it."""


def accountings_to_come(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """By application: the last day to account, where the money is the initiator's.

    That of a last term, where one was set; without those of which that has passed.
    """
    terms = last_terms_waited_for(session, municipality_id)
    return {
        key: terms[key].until if key in terms else due
        for key, due in accounting_days(session, municipality_id).items()
        if key not in terms or not is_over(terms[key].until)
    }


def unaccounted_to_determine(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """By application of which no account came in its last term: the last day to determine it.

    The fund's own term, from the first day on which that can be done (Awb 4:13, 4:44). Without
    those for which a determination is on its way.
    """
    statement = (
        select(
            LastTerm.application_id, Fund.decision_weeks, func.max(LastTerm.until).label("until")
        )
        .join(Application, Application.id == LastTerm.application_id)
        .join(Fund, Fund.id == Application.fund_id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status == ApplicationStatus.AWARDED,
            ~_on_its_way.exists(),
        )
        .group_by(LastTerm.application_id, Fund.decision_weeks)
    )
    return {
        row.application_id: determine_by(row.until, weeks=row.decision_weeks)
        for row in session.execute(statement)
        if is_over(row.until)
    }


def committed_on(
    session: Session, municipality_id: UUID | None = None, *, campaign_id: UUID | None = None
) -> dict[UUID, date]:
    """By application that is still to be accounted for: the day its money became the initiator's.

    Without those of which nothing is asked, by the size of the award.
    """
    statement = (
        select(Application.id, CampaignMatch.committed_at)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(
            Application.status == ApplicationStatus.AWARDED,
            CampaignMatch.status.in_([state.value for state in OWED_MATCH]),
            CampaignMatch.committed_at.is_not(None),
            func.coalesce(Application.arrangement, Way.COSTS.value).in_(sorted(REPORTED)),
        )
    )
    if municipality_id is not None:
        statement = statement.where(Application.municipality_id == municipality_id)
    if campaign_id is not None:
        statement = statement.where(Application.campaign_id == campaign_id)
    rows = session.execute(statement)
    return {key: clock.local(at).date() for key, at in rows if at is not None}


def accounting_days(
    session: Session, municipality_id: UUID | None = None, *, campaign_id: UUID | None = None
) -> dict[UUID, date]:
    """By application of ``committed_on``: its last day to account, with what changes granted."""
    days = committed_on(session, municipality_id, campaign_id=campaign_id)
    later = later_days(session, days)
    return {key: accounting_due(on, later=later.get(key)) for key, on in days.items()}


def accounting_day(session: Session, campaign_id: UUID) -> date | None:
    """The last day on which a campaign's initiator accounts for match money, if for any."""
    return max(accounting_days(session, campaign_id=campaign_id).values(), default=None)


def accountings_to_determine(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """By application that was accounted for: the last day to determine it (Awb 4:13).

    Without those for which a determination is on its way.
    """
    statement = (
        select(Application.id, Fund.decision_weeks, func.max(Accounting.at).label("at"))
        .join(Fund, Fund.id == Application.fund_id)
        .join(Accounting, Accounting.application_id == Application.id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status == ApplicationStatus.ACCOUNTED,
            ~_on_its_way.exists(),
        )
        .group_by(Application.id, Fund.decision_weeks)
    )
    return {
        row.id: determine_by(clock.local(row.at).date(), weeks=row.decision_weeks)
        for row in session.execute(statement)
    }


def ex_officio_to_determine(session: Session, municipality_id: UUID) -> dict[UUID, date]:
    """By application that is determined ex officio: the last day of its term (Awb 4:47).

    Only where the term to carry out the plan has passed, and no determination is on its way.
    """
    statement = (
        select(
            Application.id,
            Application.arrangement_weeks,
            Fund.decision_weeks,
            CampaignMatch.committed_at,
        )
        .join(Fund, Fund.id == Application.fund_id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(
            Application.municipality_id == municipality_id,
            Application.status == ApplicationStatus.AWARDED,
            Application.arrangement == Way.EX_OFFICIO,
            CampaignMatch.status.in_([state.value for state in OWED_MATCH]),
            CampaignMatch.committed_at.is_not(None),
            ~_on_its_way.exists(),
        )
    )
    days = {}
    rows = session.execute(statement).all()
    later = later_days(session, [row.id for row in rows])
    for row in rows:
        committed_on_day, weeks = clock.local(row.committed_at).date(), row.arrangement_weeks or 0
        if ex_officio_from(committed_on_day, weeks=weeks, later=later.get(row.id)) <= clock.today():
            days[row.id] = ex_officio_by(
                committed_on_day,
                weeks=weeks,
                decide_weeks=row.decision_weeks,
                later=later.get(row.id),
            )
    return days
