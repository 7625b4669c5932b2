"""Timed work around payouts: the question for an account, and the alert of the books."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories import payouts as make
from voorjebuurt.audit.models import Alert
from voorjebuurt.audit.service import resolve_alert
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.ledger.checks import CheckLine, CheckResult
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import OWN_FUNDS, PROVIDER, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts.tasks import (
    alert_difference,
    ask_payee,
    ask_payees,
    campaigns_without_payee,
    check_books_on_timer,
)
from voorjebuurt.settings import Settings

DECISION_DAY = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LINE = CheckLine("{cents} cents wait for an explanation", {"cents": 5200})
DIFFERENCE = CheckResult("suspense_is_empty", 1, 5200, (LINE,))


def asked(session: Session) -> int:
    statement = select(MailMessage).where(MailMessage.template == "payee_asked")
    return len(session.scalars(statement).all())


def test_an_initiator_is_asked_once_a_week(session: Session) -> None:
    case = make.payable_campaign(session, decided_at=DECISION_DAY)
    for days, mails in [(0, 1), (6, 1), (7, 2), (13, 2), (14, 3), (21, 4), (28, 4), (90, 4)]:
        with clock.at(DECISION_DAY + timedelta(days=days, hours=1)):
            ask_payee(session, campaign_id=case.campaign.id)
        assert asked(session) == mails, f"after {days} days"


def test_who_gave_an_account_is_not_asked(session: Session) -> None:
    case = make.payable_campaign(session, decided_at=DECISION_DAY)
    make.submit(session, case)
    assert campaigns_without_payee(session) == []
    assert ask_payee(session, campaign_id=case.campaign.id) is False
    assert asked(session) == 0


def test_only_successful_campaigns_are_asked(session: Session) -> None:
    for status in ("live", "failed", "cancelled", "paid_out"):
        make.payable_campaign(session, status=status, cents=0, decided_at=DECISION_DAY)
    assert campaigns_without_payee(session) == []


def test_the_sweep_asks_everybody(fresh_database: Database, settings: Settings) -> None:
    with fresh_database.writing() as session:
        for _ in range(2):
            make.payable_campaign(session, decided_at=clock.now())
    runtime = Runtime(fresh_database, settings)
    ask_payees(runtime)
    ask_payees(runtime)
    with fresh_database.reading() as session:
        assert asked(session) == 2


def test_the_timer_raises_one_alert_per_difference(
    fresh_database: Database, settings: Settings
) -> None:
    runtime = Runtime(fresh_database, settings)
    check_books_on_timer(runtime)
    with fresh_database.writing() as session:
        assert session.scalars(select(Alert)).all() == []
        make.payable_campaign(session)
        loss = [debit(OWN_FUNDS, 1), credit(PROVIDER, 1)]
        post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="loss", entries=loss)
    check_books_on_timer(runtime)
    check_books_on_timer(runtime)
    with fresh_database.reading() as session:
        alert = session.scalars(select(Alert)).one()
    assert alert.kind == "ledger_difference"
    assert alert.detail["check"] == "money_covers_what_is_owed"
    assert alert.detail["differences"] == [
        {
            "en": "top-up needed: 1 cents (owed 90000, there is 89999)",
            "nl": "er moet 1 cent bij (schuld 90000, er is 89999)",
        }
    ]


def test_a_difference_that_comes_back_after_it_was_resolved_is_told_again(
    session: Session,
) -> None:
    at = DECISION_DAY
    assert alert_difference(session, result=DIFFERENCE, at=at)
    assert not alert_difference(session, result=DIFFERENCE, at=at + timedelta(hours=1))
    alert = session.scalars(select(Alert)).one()
    staff = make.actor(make.person(session), "staff")
    resolve_alert(session, alert_id=alert.id, resolution="Uitgezocht.", actor=staff)
    session.flush()
    assert alert_difference(session, result=DIFFERENCE, at=at + timedelta(hours=2))
