"""Reporting abuse: with or without an address, confirming it, answering staff, and forgetting.

A report counts at once, confirmed or not: somebody may be in danger. Its address is mailed nothing
but the link to confirm it, until that was followed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.rules import (
    ANSWER_MAX_LENGTH,
    BAD_FAITH_DAYS,
    BAD_FAITH_MOST,
    KEPT_DAYS,
    MOST_OF_ONE,
    MOST_UNNAMED,
    MOST_WAITING,
    TEXT_MAX_LENGTH,
    UNCONFIRMED_DAYS,
    AbuseReason,
    AbuseThing,
)
from voorjebuurt.abuse.things import ShownThing, shown_thing
from voorjebuurt.asking.service import checked_text
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link

CONFIRM_TEMPLATE, ASK_TEMPLATE = "abuse_report_confirm", "abuse_report_asked"


@dataclass(frozen=True)
class Reporting:
    """A report as somebody types it; ``email`` is empty for who leaves no address.

    ``is_own``: who is signed in reads the mail of this address, so it needs no confirmation.
    """

    reason: AbuseReason
    text: str
    email: str
    locale: str
    is_own: bool = False


def report_abuse(
    session: Session, *, thing: AbuseThing, thing_id: UUID, reporting: Reporting
) -> UUID:
    """Write a report down, and mail its address, if there is one, to confirm it.

    The same words about the same thing again are one report. Raises ``NotFoundError`` for what
    nobody can read, ``DomainError`` at a field, or when too many wait.
    """
    view = shown_thing(session, thing, thing_id)
    if view is None:
        raise NotFoundError("abuse_thing_gone")
    text = checked_text(reporting.text, "text", "abuse_text_missing", TEXT_MAX_LENGTH)
    email = normal_address(reporting.email) if reporting.email else None
    _one_at_a_time(session, view.campaign_id)
    same = session.scalar(_waiting_about(view, text))
    if same is not None:
        return same
    _judge_number(session, view.campaign_id, email)
    report = AbuseReport(
        id=new_id(),
        campaign_id=view.campaign_id,
        thing=thing.value,
        thing_id=thing_id,
        reason=reporting.reason.value,
        text=text,
        shown=view.words,
        reported_at=clock.now(),
        email=email,
        locale=reporting.locale,
        token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
        confirmed_at=clock.now() if email and reporting.is_own else None,
    )
    session.add(report)
    session.flush()
    if email is not None and not reporting.is_own:
        _mail_link(session, report)
    write_trail(session, report, Action.ABUSE_REPORT_RECEIVED, GUEST)
    return report.id


@secret_link(CONFIRM_TEMPLATE, links.abuse_report)
def hand_report(session: Session, report_id: UUID, link_hash: str) -> None:
    """From now on this link is that of the report."""
    statement = update(AbuseReport).where(AbuseReport.id == report_id)
    session.execute(statement.values(token_hash=link_hash))


@secret_link(ASK_TEMPLATE, links.abuse_report)
def hand_question(session: Session, report_id: UUID, link_hash: str) -> None:
    """From now on this link opens the report too; the one that confirmed it goes on to work."""
    statement = update(AbuseReport).where(AbuseReport.id == report_id)
    session.execute(statement.values(asked_hash=link_hash))


def confirm_report(session: Session, *, token: str) -> None:
    """Whoever reads the address asks this: from now on we tell what we do. Twice changes nothing.

    Raises ``DomainError`` when the report is not there any more.
    """
    report = _locked(session, token)
    if report.confirmed_at is None and report.email is not None:
        report.confirmed_at = clock.now()
        confirm_address(session, email=report.email, means=Means.SIGN_IN)


def reply_to_staff(session: Session, *, token: str, text: str) -> None:
    """Answer what staff asked, once; the same words again change nothing.

    Raises ``DomainError`` when nothing is asked, or at ``reply``.
    """
    report = _locked(session, token)
    reply = checked_text(text, "reply", "abuse_reply_missing", ANSWER_MAX_LENGTH)
    if report.reply == reply:
        return
    if report.asked_at is None or report.replied_at is not None or report.outcome is not None:
        raise DomainError("abuse_reply_late")
    report.reply, report.replied_at = reply, clock.now()
    session.flush()
    write_trail(session, report, Action.ABUSE_REPORT_ANSWERED, GUEST)


def forget_reporters(session: Session) -> None:
    """Forget addresses that nobody confirmed, and reports that were decided long ago."""
    before = clock.now() - timedelta(days=UNCONFIRMED_DAYS)
    session.execute(
        update(AbuseReport)
        .where(AbuseReport.confirmed_at.is_(None), AbuseReport.reported_at < before)
        .where(AbuseReport.email.is_not(None))
        .values(email=None)
    )
    mail.forget_mail(session, template=CONFIRM_TEMPLATE, before=before)
    old = clock.now() - timedelta(days=KEPT_DAYS)
    session.execute(delete(AbuseReport).where(AbuseReport.decided_at < old))


def reports_from(session: Session, email: str) -> int:
    """How many reports of an address there are."""
    statement = select(func.count(AbuseReport.id)).where(AbuseReport.email == email)
    return session.scalar(statement) or 0


def forget_reporter(session: Session, email: str) -> None:
    """Take an address off its reports: what was reported is about others, and stays a while."""
    session.execute(update(AbuseReport).where(AbuseReport.email == email).values(email=None))


def write_trail(
    session: Session, report: AbuseReport, action: Action, actor: Actor, reason: str | None = None
) -> None:
    """Write into the trail of a report; nothing in it tells who reported."""
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(
            SubjectKind.ABUSE_REPORT,
            report.id,
            session.get_one(Campaign, report.campaign_id).municipality_id,
        ),
        reason=reason,
        detail={
            "campaign_id": str(report.campaign_id),
            "thing": report.thing,
            "measure": report.measure,
        },
    )


def _waiting_about(view: ShownThing, text: str) -> Select[UUID]:
    return select(AbuseReport.id).where(
        AbuseReport.thing == view.kind.value,
        AbuseReport.thing_id == view.id,
        AbuseReport.text == text,
        AbuseReport.outcome.is_(None),
    )


def _one_at_a_time(session: Session, campaign_id: UUID) -> None:
    """Reports about one campaign are counted one after another, without holding the campaign."""
    key = func.hashtextextended(f"abuse:{campaign_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))


def _judge_number(session: Session, campaign_id: UUID, email: str | None) -> None:
    waiting = select(func.count(AbuseReport.id)).where(
        AbuseReport.campaign_id == campaign_id, AbuseReport.outcome.is_(None)
    )
    without_address = waiting.where(AbuseReport.email.is_(None))
    if email is None and (session.scalar(without_address) or 0) >= MOST_UNNAMED:
        raise DomainError("abuse_unnamed_full", field="email")
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        raise DomainError("abuse_full")
    if email is None:
        return
    if (session.scalar(waiting.where(AbuseReport.email == email)) or 0) >= MOST_OF_ONE:
        raise DomainError("abuse_of_one", most=MOST_OF_ONE)
    since = clock.now() - timedelta(days=BAD_FAITH_DAYS)
    if _bad_faith(session, email, since) >= BAD_FAITH_MOST:
        raise DomainError("abuse_bad_faith", field="email", days=BAD_FAITH_DAYS)


def _bad_faith(session: Session, email: str, since: datetime) -> int:
    """Only confirmed reports: nobody is kept out by what others send in their name."""
    statement = select(func.count(AbuseReport.id)).where(
        AbuseReport.email == email,
        AbuseReport.confirmed_at.is_not(None),
        AbuseReport.in_bad_faith,
        AbuseReport.decided_at > since,
    )
    return session.scalar(statement) or 0


def _mail_link(session: Session, report: AbuseReport) -> None:
    mail.queue_mail(
        session,
        key=f"{CONFIRM_TEMPLATE}:{report.id}",
        template=CONFIRM_TEMPLATE,
        recipient=report.email or "",
        locale=report.locale,
        link_id=str(report.id),
        expires_on=(clock.now() + timedelta(days=UNCONFIRMED_DAYS)).isoformat(),
    )


def _locked(session: Session, token: str) -> AbuseReport:
    link = token_hash(token)
    statement = select(AbuseReport).where(
        or_(AbuseReport.token_hash == link, AbuseReport.asked_hash == link)
    )
    report = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if report is None:
        raise DomainError("abuse_report_over")
    return report
