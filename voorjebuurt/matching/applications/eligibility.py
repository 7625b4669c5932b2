"""Whether a campaign may apply to a fund at this moment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, InvariantError, NotFoundError
from voorjebuurt.matching.applications.states import (
    APPLYING,
    APPLYING_CLOSED,
    ENDED,
    ApplicationStatus,
)
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.places.models import Neighbourhood


def eligible_fund(
    session: Session, *, campaign: Campaign, fund_id: UUID, came_at: datetime | None = None
) -> tuple[Fund, FundVersion]:
    """The fund, held as it is until the commit, and its version of this moment.

    ``came_at``: of that moment, for what came on paper then.

    The caller holds the campaign. Raises ``NotFoundError``, or ``DomainError`` with the reason why
    this campaign can't apply.
    """
    fund = session.get(Fund, fund_id, with_for_update={"read": True}, populate_existing=True)
    if fund is None:
        raise NotFoundError("fund_not_found")
    refusal = why_not(session, campaign=campaign, fund=fund, came_at=came_at)
    if refusal is not None:
        field = "on" if refusal == "fund_not_open_then" else None
        raise DomainError(refusal, field=field)
    return fund, current_version(session, fund.id, came_at)


def why_not(
    session: Session, *, campaign: Campaign, fund: Fund, came_at: datetime | None = None
) -> str | None:
    """The code of what keeps this campaign from applying to this fund now, if anything.

    ``came_at``: with what came on paper at that moment. A fund that closed since still takes it,
    until it is divided.
    """
    if came_at is not None:
        if (code := _why_not_on_paper(fund, came_at)) is not None:
            return code
    elif not _takes_applications(fund):
        return "fund_not_open"
    if campaign.municipality_id != fund.municipality_id:
        return "fund_elsewhere"
    if not _in_area(session, campaign, fund):
        return "fund_other_area"
    states = APPLYING if fund.live else APPLYING_CLOSED
    if CampaignStatus(campaign.status) not in states:
        return "campaign_cannot_apply"
    return _other_application(session, campaign, fund)


def campaign_area(session: Session, campaign: Campaign) -> Neighbourhood:
    """The buurt of a campaign; one that was submitted has one."""
    if campaign.neighbourhood_id is None:
        raise InvariantError(f"campaign {campaign.id} has no buurt")
    return session.get_one(Neighbourhood, campaign.neighbourhood_id)


def is_first_time(session: Session, campaign: Campaign, fund: Fund) -> bool:
    """Whether this initiator never had match money of this municipality before."""
    had = ("awarded", "accounted", "determined")
    statement = select(func.count()).where(
        Application.applicant_id == campaign.initiator_id,
        Application.municipality_id == fund.municipality_id,
        Application.status.in_(had),
    )
    return session.scalar(statement) == 0


def _takes_applications(fund: Fund) -> bool:
    """By the clock as well: the sweep that closes a fund may come later."""
    if fund.status != "open" or fund.opens_at is None or fund.closes_at is None:
        return False
    return fund.opens_at <= clock.now() < fund.closes_at


def _why_not_on_paper(fund: Fund, came_at: datetime) -> str | None:
    if fund.status in (FundStatus.DIVIDED, FundStatus.SETTLED):
        return "fund_divided_already"
    if fund.status not in (FundStatus.OPEN, FundStatus.CLOSED):
        return "fund_not_open"
    if fund.opens_at is None or fund.closes_at is None:
        return "fund_not_open"
    return None if fund.opens_at <= came_at < fund.closes_at else "fund_not_open_then"


def _in_area(session: Session, campaign: Campaign, fund: Fund) -> bool:
    area = campaign_area(session, campaign)
    return not fund.area_codes or bool({area.code, area.parent_code} & set(fund.area_codes))


def _other_application(session: Session, campaign: Campaign, fund: Fund) -> str | None:
    """One fund at a time, unless both say that they go with others."""
    statement = select(Application.fund_id, Application.exclusive).where(
        Application.campaign_id == campaign.id,
        Application.status.not_in([state.value for state in ENDED]),
    )
    for other in session.execute(statement):
        if other.fund_id == fund.id:
            return "already_applied"
        if other.exclusive or not fund.stacks:
            return "other_fund_applied"
    return None


def refuse_second(session: Session, application: Application) -> None:
    """One that is looked at again can't stand beside another that does not go with it.

    Raises ``DomainError`` ``other_fund_applied`` where the campaign asked again meanwhile.
    """
    if ApplicationStatus(application.status) not in ENDED:
        return
    others = select(Application.fund_id, Application.exclusive).where(
        Application.campaign_id == application.campaign_id,
        Application.id != application.id,
        Application.status.not_in([state.value for state in ENDED]),
    )
    for other in session.execute(others):
        if other.fund_id == application.fund_id or other.exclusive or application.exclusive:
            raise DomainError("other_fund_applied")


def current_version(
    session: Session, fund_id: UUID, came_at: datetime | None = None
) -> FundVersion:
    """The version for an application that comes now, or that came on paper at a moment."""
    version = session.scalar(
        select(FundVersion)
        .where(FundVersion.fund_id == fund_id, FundVersion.published_at <= (came_at or clock.now()))
        .order_by(FundVersion.number.desc())
        .limit(1)
    )
    if version is None:
        raise InvariantError(f"fund {fund_id} is open without a version")
    return version
