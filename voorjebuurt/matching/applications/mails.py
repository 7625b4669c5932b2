"""What applicants are mailed about their application to a fund."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import everybody_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person


def application_received(
    session: Session,
    *,
    application: Application,
    fund: Fund,
    campaign: Campaign,
    on_paper: bool = False,
) -> None:
    """Confirm the receipt (Awb 4:3a): the number, the moment, and by when there is a decision.

    A live fund can award until the campaign's last day only: that is said beforehand. What came
    ``on_paper`` an officer registered: who applied reads that, and may protest.
    """
    to_applicant(
        session,
        application,
        key=f"application_received:{application.id}",
        template="application_received",
        fund=fund.name,
        title=campaign.title,
        received_at=application.received_at.isoformat(),
        paper_on=_day_in_mail(clock.local(application.received_at).date()) if on_paper else None,
        decide_by=clock.noon(application.decide_by).isoformat(),
        award_until=campaign.deadline_on.isoformat()
        if fund.live and campaign.deadline_on
        else None,
    )


def application_changed(
    session: Session,
    *,
    application: Application,
    fund: Fund,
    campaign: Campaign,
    on_paper: date | None = None,
) -> None:
    """Confirm a change of what the application says, so that its owner may protest."""
    to_applicant(
        session,
        application,
        key=f"application_changed:{application.id}:{clock.now().isoformat()}",
        template="application_changed",
        fund=fund.name,
        title=campaign.title,
        paper_on=_day_in_mail(on_paper) if on_paper else None,
    )


def round_divided(
    session: Session, *, application: Application, fund: Fund, campaign: Campaign, cents: int
) -> None:
    """Tell what a division computed for the application; nobody decided yet. Once per round."""
    to_applicant(
        session,
        application,
        key=f"round_divided:{application.round_id}:{application.id}",
        template="round_divided",
        fund=fund.name,
        title=campaign.title,
        amount_cents=cents,
        decide_by=clock.noon(application.decide_by).isoformat(),
    )


def _day_in_mail(day: date) -> str:
    return clock.noon(day).isoformat()


def to_applicant(
    session: Session, application: Application, *, key: str, template: str, **context: Any
) -> bool:
    """Mail the applicant and who runs the campaign with them, once per ``key``; returns whether
    the mail is new.
    """
    applicant = session.get_one(Person, application.applicant_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    others = [each for each in everybody_now(session, campaign) if each.id != applicant.id]
    results = [
        queue_mail(
            session,
            key=key if person.id == applicant.id else f"{key}:{person.id}",
            template=template,
            recipient=person.email,
            locale=person.locale,
            name=person.name,
            number=application.number,
            case_path=links.my_application(application.id),
            **context,
        )
        for person in (applicant, *others)
    ]
    return any(results)
