"""Accounts of match money: which are to come by when, and which wait to be determined."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.rules.accounting import (
    accounting_due,
    determine_by,
    ex_officio_by,
    ex_officio_from,
)
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.arrangements import REPORTED, Way
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH

_KINDS = [DecisionKind.DETERMINATION.value, DecisionKind.LOWER_DETERMINATION.value]
_on_its_way = select(Decision.id).where(
    Decision.application_id == Application.id,
    Decision.kind.in_(_KINDS),
    Decision.status.in_([DecisionStatus.PROPOSED.value, DecisionStatus.APPROVED.value]),
)


def accountings_to_come(session: Session, municipality_id: UUID | None = None) -> dict[UUID, date]:
    """By application: the last day to account, where the money is the initiator's."""
    return {key: accounting_due(on) for key, on in committed_on(session, municipality_id).items()}


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


def accounting_day(session: Session, campaign_id: UUID) -> date | None:
    """The last day on which a campaign's initiator accounts for match money, if for any."""
    days = committed_on(session, campaign_id=campaign_id).values()
    return max((accounting_due(day) for day in days), default=None)


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
    for row in session.execute(statement):
        committed_on_day, weeks = clock.local(row.committed_at).date(), row.arrangement_weeks or 0
        if ex_officio_from(committed_on_day, weeks=weeks) <= clock.today():
            days[row.id] = ex_officio_by(
                committed_on_day, weeks=weeks, decide_weeks=row.decision_weeks
            )
    return days
