"""Residents ask a fund for match money: submitting an application and changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applications import mails
from voorjebuurt.matching.applications.additions import (
    add_details,
    application_form,
    completion_form,
)
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.eligibility import (
    campaign_area,
    eligible_fund,
    is_first_time,
)
from voorjebuurt.matching.applications.moments import free_moment, moment_now
from voorjebuurt.matching.applications.rows import (
    application_subject,
    own_application,
)
from voorjebuurt.matching.applications.states import CHANGEABLE, MAX_LENGTHS, ApplicationStatus
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.matching.pots.service import open_match


@dataclass(frozen=True)
class Statement:
    """What an applicant declares: whom the campaign reaches, and state aid if an undertaking."""

    reach: str
    groups: Sequence[str]
    undertaking: bool
    de_minimis: str


def submit_application(
    session: Session,
    *,
    fund_id: UUID,
    campaign_id: UUID,
    reach: str,
    groups: Sequence[str],
    undertaking: bool,
    de_minimis: str,
    details: ApplicantDetails | None = None,
    actor: Actor,
) -> UUID:
    """Ask a fund for match money, under its rules of this moment; returns the application's id.

    Files that were added to the form (``application_form``) go with it.

    Raises ``ForbiddenError`` unless the actor runs the campaign, and ``DomainError`` where the fund
    or the campaign can't take part, or at the field that is not right.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    application = take_in(
        session,
        campaign,
        fund_id=fund_id,
        statement=Statement(reach, groups, undertaking, de_minimis),
        details=details,
        form=application_form(campaign_id, fund_id),
        actor=actor,
    )
    return application.id


def take_in(
    session: Session,
    campaign: Campaign,
    *,
    fund_id: UUID,
    statement: Statement,
    details: ApplicantDetails | None,
    form: str,
    came_at: datetime | None = None,
    actor: Actor,
) -> Application:
    """Make the application of a held campaign; who may is judged by the caller.

    ``came_at``: it came on paper at that moment, or just after the one that had it first; the
    fund and its rules are those of then. Without it: now. ``form``: whose files go with it.
    Raises as ``submit_application`` does.
    """
    fund, version = eligible_fund(session, campaign=campaign, fund_id=fund_id, came_at=came_at)
    statement = checked(statement, fund)
    number = next_number(session, kind="AV")
    read_at = clock.now()
    received_at = (
        moment_now(session, fund.id) if came_at is None else free_moment(session, fund.id, came_at)
    )
    application = _new_application(session, campaign, fund, version, number, statement, received_at)
    session.add(application)
    session.flush()
    add_details(session, application, details, form=form, actor=actor)
    open_match(session, application=application, fund=fund, actor=actor)
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_SUBMITTED,
        subject=application_subject(application),
        detail={
            "fund": str(fund.id),
            "received_at": application.received_at.isoformat(),
            "clock_read": read_at.isoformat(),
            "ruleset_sha256": version.ruleset_sha256,
        },
    )
    mails.application_received(
        session,
        application=application,
        fund=fund,
        campaign=campaign,
        on_paper=came_at is not None,
    )
    return application


def change_application(
    session: Session,
    *,
    application_id: UUID,
    reach: str,
    groups: Sequence[str],
    undertaking: bool,
    de_minimis: str,
    details: ApplicantDetails | None = None,
    actor: Actor,
) -> None:
    """Change what an application says, by its applicant, until it is admitted.

    Groups that were verified and are not claimed any more lose that too. Raises as submitting does.
    """
    take_change(
        session,
        own_application(session, application_id, actor),
        statement=Statement(reach, groups, undertaking, de_minimis),
        details=details,
        form=completion_form(application_id),
        actor=actor,
    )


def take_change(
    session: Session,
    application: Application,
    *,
    statement: Statement,
    details: ApplicantDetails | None,
    form: str,
    on_paper: date | None = None,
    actor: Actor,
) -> None:
    """Change a held application; who may is judged by the caller. ``on_paper``: the day it came."""
    before = _statement(application)
    restate(session, application, statement)
    has_more = add_details(session, application, details, form=form, actor=actor)
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_CHANGED,
        subject=application_subject(application),
    )
    if has_more or on_paper or _statement(application) != before:
        mails.application_changed(
            session,
            application=application,
            fund=session.get_one(Fund, application.fund_id),
            campaign=session.get_one(Campaign, application.campaign_id),
            on_paper=on_paper,
        )


def restate(session: Session, application: Application, statement: Statement) -> None:
    """Put another statement in a locked application that may still be changed."""
    if ApplicationStatus(application.status) not in CHANGEABLE:
        raise TransitionError("application_not_changeable")
    statement = checked(statement, session.get_one(Fund, application.fund_id))
    application.reach, application.groups = statement.reach, list(statement.groups)
    application.undertaking, application.de_minimis = statement.undertaking, statement.de_minimis
    still_reached = [group for group in application.verified_groups if group in statement.groups]
    application.verified_groups = still_reached


def _statement(application: Application) -> Statement:
    """What an application says now."""
    return Statement(
        application.reach,
        list(application.groups),
        application.undertaking,
        application.de_minimis,
    )


def checked(statement: Statement, fund: Fund) -> Statement:
    """A statement trimmed and found whole. Raises ``DomainError`` at the field."""
    reach = written(statement.reach, "reach", "reach_missing")
    groups = list(dict.fromkeys(statement.groups))
    if set(groups) - set(fund.groups):
        raise DomainError("group_unknown", field="groups")
    if not statement.undertaking:
        return Statement(reach, groups, False, "")
    aid = written(statement.de_minimis, "de_minimis", "de_minimis_missing")
    return Statement(reach, groups, True, aid)


def written(text: str, field: str, missing: str) -> str:
    """A text that must be there and fit. Raises ``DomainError`` at the field."""
    text = text.strip()
    if not text:
        raise DomainError(missing, field=field)
    if len(text) > MAX_LENGTHS[field]:
        raise DomainError("text_too_long", field=field, maximum=MAX_LENGTHS[field])
    return text


def _new_application(
    session: Session,
    campaign: Campaign,
    fund: Fund,
    version: FundVersion,
    number: str,
    statement: Statement,
    received_at: datetime,
) -> Application:
    return Application(
        number=number,
        fund_id=fund.id,
        version_id=version.id,
        campaign_id=campaign.id,
        municipality_id=fund.municipality_id,
        applicant_id=campaign.initiator_id,
        received_at=received_at,
        status=ApplicationStatus.RECEIVED.value,
        exclusive=not fund.stacks,
        areas={campaign_area(session, campaign).code: "1"},
        reach=statement.reach,
        groups=list(statement.groups),
        undertaking=statement.undertaking,
        de_minimis=statement.de_minimis,
        first_time=is_first_time(session, campaign, fund),
        decide_by=last_day(clock.local(received_at).date(), weeks=fund.decision_weeks),
        team_id=fund.team_id,
    )
