"""The mails about a report: to who sent it, and to whose campaign it is about."""

from sqlalchemy.orm import Session

from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.reporting import ASK_TEMPLATE
from voorjebuurt.abuse.rules import AbuseMeasure
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.mails import to_initiator


def more_asked(session: Session, report: AbuseReport) -> None:
    """Ask who reported for more, by a link of their own."""
    queue_mail(
        session,
        key=f"{ASK_TEMPLATE}:{report.id}",
        template=ASK_TEMPLATE,
        recipient=report.email or "",
        locale=report.locale,
        link_id=str(report.id),
        question=report.question,
    )


def decided(session: Session, report: AbuseReport) -> None:
    """Tell who reported what was decided, and why; nobody when the address is not confirmed."""
    if report.email is None or report.confirmed_at is None:
        return
    queue_mail(
        session,
        key=f"abuse_decided:{report.id}",
        template="abuse_decided",
        recipient=report.email,
        locale=report.locale,
        title=session.get_one(Campaign, report.campaign_id).title,
        reported_at=report.reported_at.isoformat(),
        measure=report.measure,
        answer=report.answer,
    )


def measure_taken(
    session: Session, report: AbuseReport, measure: AbuseMeasure, statement: str
) -> None:
    """Tell the initiator what is done, why, and how to object; never who reported."""
    campaign = session.get_one(Campaign, report.campaign_id)
    to_initiator(
        session,
        campaign=campaign,
        template="abuse_measure",
        turn=str(report.id),
        measure=measure.value,
        reason=statement,
    )
