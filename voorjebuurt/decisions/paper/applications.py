"""An application that came on paper, registered for the campaign's initiator."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.decisions.paper.filings import application_paper_form, has_scan, write_filing
from voorjebuurt.decisions.rules.papers import Paper, PaperKind, checked_paper, moment_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applications.moments import earlier_count, free_moment, later_numbers
from voorjebuurt.matching.applications.service import Statement, take_in
from voorjebuurt.matching.models import Fund


class PlaceInLine(NamedTuple):
    """Where a paper comes among the applications to a fund; ``later`` are numbers of those behind
    it that were there already."""

    received_at: datetime
    place: int
    later: list[str]


def place_in_line(session: Session, *, fund_id: UUID, paper: Paper) -> PlaceInLine:
    """Where it would come now. Raises ``DomainError`` at ``on`` or ``at``."""
    received_at = free_moment(session, fund_id, moment_of(paper, now=clock.now()))
    place = earlier_count(session, fund_id, received_at) + 1
    return PlaceInLine(received_at, place, later_numbers(session, fund_id, received_at))


def register_application(
    session: Session,
    *,
    fund_id: UUID,
    campaign_id: UUID,
    paper: Paper,
    statement: Statement,
    details: ApplicantDetails,
    actor: Actor,
) -> UUID:
    """Register an application that came on paper; returns its id.

    Its applicant is the campaign's initiator, and it is held to what is asked on the site. It
    counts from ``paper``'s moment, under the fund and the rules of that moment; what came in after
    that stays behind it and is named in the trail.

    Raises ``ForbiddenError`` for who is no officer of the fund's municipality or has a stake, and
    ``DomainError`` at the field that is not right.
    """
    campaign = locked_campaign(session, campaign_id)
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    officer_id = officer_of(session, municipality_id=fund.municipality_id, actor=actor)
    if stake_reason(session, person_id=officer_id, campaign_id=campaign_id) is not None:
        raise ForbiddenError("has_stake")
    form = application_paper_form(campaign_id, fund_id)
    is_scanned = has_scan(session, form=form, actor=actor)
    came_at = moment_of(paper, now=clock.now())
    application = take_in(
        session,
        campaign,
        fund_id=fund_id,
        statement=statement,
        details=details,
        form=form,
        came_at=came_at,
        actor=actor,
    )
    write_filing(
        session,
        application,
        PaperKind.APPLICATION,
        checked_paper(paper, has_scan=is_scanned),
        received_at=application.received_at,
        is_scanned=is_scanned,
        overtaken=later_numbers(session, fund_id, application.received_at),
        officer_id=officer_id,
        actor=actor,
    )
    return application.id
