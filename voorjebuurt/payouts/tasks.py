"""Timed work around payouts: asking for accounts, and checking the books."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.batches import BATCH, in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.checks import CheckResult
from voorjebuurt.mail import bundles
from voorjebuurt.payouts import agreeing, inherited, mails, staff_news
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.rules import CURRENT_PAYEE, reminder_round
from voorjebuurt.payouts.seals import seal_everything_plain
from voorjebuurt.payouts.validity import STANDS
from voorjebuurt.payouts.week import mails as week_mails
from voorjebuurt.payouts.week.queries import numbers_of
from voorjebuurt.payouts.week.rules import Week
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role

_log = structlog.get_logger()


@task("payouts.ask_payees", cron="*/10 * * * *")
def ask_payees(runtime: Runtime) -> None:
    """Ask initiators of successful campaigns for an account, and remind them each week."""
    with runtime.database.reading() as session:
        waiting = campaigns_without_payee(session)
    for campaign_id in waiting:
        with runtime.database.writing() as session:
            ask_payee(session, campaign_id=campaign_id)


def campaigns_without_payee(session: Session) -> Sequence[UUID]:
    """Campaigns that succeeded and have no account to pay to, or an inherited one."""
    current = select(Payee.id).where(
        Payee.campaign_id == Campaign.id, Payee.status.in_(CURRENT_PAYEE), STANDS
    )
    statement = select(Campaign.id).where(
        Campaign.status == CampaignStatus.SUCCEEDED,
        Campaign.decided_at.is_not(None),
        ~current.exists(),
    )
    return session.scalars(statement.order_by(Campaign.decided_at)).all()


def ask_payee(session: Session, *, campaign_id: UUID) -> bool:
    """Mail the initiator of a successful campaign; returns whether there was a mail to send.

    The lock makes this wait for an account that is being given at this moment.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.decided_at is None or campaign_id not in campaigns_without_payee(session):
        return False
    if _has_payee(session, campaign_id):
        return inherited.ask_to_confirm(session, campaign_id=campaign_id)
    number = reminder_round(campaign.decided_at, clock.now())
    return mails.payee_asked(session, campaign=campaign, round_number=number)


def _has_payee(session: Session, campaign_id: UUID) -> bool:
    statement = select(Payee.id).where(
        Payee.campaign_id == campaign_id, Payee.status.in_(CURRENT_PAYEE)
    )
    return session.scalar(statement) is not None


@task("payouts.seal_payees", cron="*/10 * * * *")
def seal_payees(runtime: Runtime) -> None:
    """Seal what is kept plainly: only after a release or a restore of before there were seals."""
    seal_everything_plain(runtime.database, sealer=Sealer(runtime.settings.data_keys))


@task("payouts.check_books", cron="23 * * * *")
def check_books_on_timer(runtime: Runtime) -> None:
    """Compare the ledger with everything else, and raise an alert for what differs."""
    days = runtime.settings.in_flight_max_days
    with runtime.database.snapshot() as session:
        results = check_books(session, in_flight_max_days=days)
    failures = [result for result in results if not result.passed]
    _log.info("books_checked", checks=len(results), failed=[result.name for result in failures])
    with runtime.database.writing() as session:
        for result in failures:
            alert_difference(session, result=result, at=clock.now())


@task("payouts.drop_proposal_of_leaver")
def drop_proposal_of_leaver(runtime: Runtime, *, campaign_id: str) -> None:
    """Somebody left a campaign: an account that they proposed is proposed by nobody now."""
    with runtime.database.writing() as session:
        agreeing.drop_proposal_of_leaver(session, campaign_id=UUID(campaign_id))


@task("payouts.ask_to_confirm")
def ask_to_confirm(runtime: Runtime, *, campaign_id: str) -> None:
    """Others run a campaign than when its account was given: they confirm it."""
    with runtime.database.writing() as session:
        inherited.ask_to_confirm(session, campaign_id=UUID(campaign_id))


@task("payouts.mail_staff", cron="*/5 * * * *")
def mail_staff(runtime: Runtime) -> None:
    """Mail staff what waits for them since their last mail."""
    with runtime.database.reading() as session:
        news = staff_news.news_for_staff(session)
        members = [member_id for member_id, _, _ in emails_with_role(session, Role.STAFF)]
    for member_id in members:
        with runtime.database.writing() as session:
            staff_news.mail_member(session, person_id=member_id, news=news)


@task("payouts.mail_week_numbers", cron="40 5 * * 1")
def mail_week_numbers(runtime: Runtime) -> None:
    """Mail the numbers of last week to staff who asked for that."""
    week = Week.of(clock.today()).moved(-1)
    weeks = (week, week.moved(-1), week.year_before)
    with runtime.database.reading() as session:
        members = [member_id for member_id, _, _ in emails_with_role(session, Role.STAFF)]
        members = [each for each in members if week_mails.wants_mail(session, each)]
        numbers = tuple(numbers_of(session, each) for each in weeks) if members else ()
    for member_id in members:
        with runtime.database.writing() as session:
            week_mails.mail_member(session, person_id=member_id, numbers=numbers)


@task("payouts.forget_facts", cron="25 3 * * *")
def forget_facts(runtime: Runtime) -> None:
    """Forget about what staff were mailed, after the settings' term, once it waits no more."""
    before = clock.now() - timedelta(days=runtime.settings.retention.mailed_fact_days)
    with runtime.database.reading() as session:
        waiting = {item.fact for item in staff_news.news_for_staff(session)}
    forget = partial(
        bundles.forget_facts,
        templates=staff_news.TEMPLATE,
        waiting=waiting,
        before=before,
        limit=BATCH,
    )
    in_batches(runtime.database, forget)


def alert_difference(session: Session, *, result: CheckResult, at: datetime) -> bool:
    """Raise an alert for a failed check, unless one is open; returns whether it is new."""
    alerts = open_alerts(session)
    if any(
        a.kind == AlertKind.LEDGER_DIFFERENCE and a.detail["check"] == result.name for a in alerts
    ):
        return False
    return audit.raise_alert(
        session,
        key=f"{AlertKind.LEDGER_DIFFERENCE}:{result.name}:{at:%Y-%m-%dT%H:%M}",
        kind=AlertKind.LEDGER_DIFFERENCE,
        detail={
            "check": result.name,
            "differences": [line.in_languages() for line in result.differences],
        },
    )
