"""What a week counts: from its first midnight to its last, once for each thing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories import payouts as make
from tests.support.factories.staff import with_role
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import PROVIDER, credit, debit, held
from voorjebuurt.ledger.service import post
from voorjebuurt.mail.conditions import holds
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts.week.mails import choose_mail, mail_member
from voorjebuurt.payouts.week.queries import Sum, numbers_of
from voorjebuurt.payouts.week.rules import Week

WEEK = Week(2026, 48)
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
LAST_SECOND = datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC)
"""Sunday 23:59:59 in Amsterdam."""


@pytest.fixture
def case(session: Session) -> Iterator[make.Payable]:
    with clock.at(WEDNESDAY - timedelta(days=30)):
        yield make.payable_campaign(session, cents=0)


def deed(session: Session, case: make.Payable, action: Action, at: datetime) -> None:
    subject = Subject(SubjectKind.CAMPAIGN, case.campaign.id, case.campaign.municipality_id)
    with clock.at(at):
        audit.record(session, actor=SYSTEM, action=action, subject=subject)


def booking(
    session: Session, case: make.Payable, kind: BookingKind, cents: int, at: datetime
) -> None:
    campaign_id = case.campaign.id
    out = [debit(held(campaign_id), cents), credit(PROVIDER, cents)]
    gift = [debit(PROVIDER, cents), credit(held(campaign_id), cents)]
    with clock.at(at):
        post(
            session,
            kind=kind,
            key=f"test:{kind}:{at}:{cents}",
            entries=gift if kind == BookingKind.PAYMENT_PAID else out,
            campaign_id=campaign_id,
        )


def test_a_week_begins_and_ends_at_midnight_in_amsterdam(
    session: Session, case: make.Payable
) -> None:
    second = timedelta(seconds=1)
    for at in (WEEK.start - second, WEEK.start, LAST_SECOND, WEEK.end):
        booking(session, case, BookingKind.PAYMENT_PAID, 1_000, at)
    assert numbers_of(session, WEEK).gifts == Sum(2, 2_000)
    assert numbers_of(session, WEEK.moved(-1)).gifts == Sum(1, 1_000)
    assert numbers_of(session, WEEK.moved(1)).gifts == Sum(1, 1_000)


def test_money_of_each_kind_is_counted_once(session: Session, case: make.Payable) -> None:
    booking(session, case, BookingKind.PAYMENT_PAID, 5_000, WEDNESDAY)
    booking(session, case, BookingKind.PAYMENT_PAID, 2_500, WEDNESDAY + timedelta(hours=1))
    booking(session, case, BookingKind.REFUND_DONE, 2_500, WEDNESDAY + timedelta(hours=2))
    booking(session, case, BookingKind.CHARGEBACK, 1_000, WEDNESDAY + timedelta(hours=3))
    numbers = numbers_of(session, WEEK)
    assert (numbers.gifts, numbers.refunds) == (Sum(2, 7_500), Sum(1, 2_500))
    assert (numbers.chargebacks, numbers.payouts) == (Sum(1, 1_000), Sum())


def test_what_happened_twice_to_one_plan_is_one_plan(session: Session, case: make.Payable) -> None:
    deed(session, case, Action.CAMPAIGN_SUBMITTED, WEDNESDAY)
    deed(session, case, Action.CAMPAIGN_SENT_BACK, WEDNESDAY + timedelta(hours=1))
    deed(session, case, Action.CAMPAIGN_SUBMITTED, WEDNESDAY + timedelta(hours=2))
    deed(session, case, Action.CAMPAIGN_OPENED, WEDNESDAY + timedelta(hours=50))
    numbers = numbers_of(session, WEEK)
    assert (numbers.submitted, numbers.live, numbers.won) == (1, 1, 0)
    # One hour, and two days: each from when it was sent last.
    assert numbers.coach_days == Decimal(1)
    assert numbers_of(session, WEEK.moved(-1)).coach_days is None


def test_days_to_payout_run_from_success(session: Session, case: make.Payable) -> None:
    case.campaign.decided_at = WEDNESDAY - timedelta(days=9)
    with clock.at(WEDNESDAY - timedelta(days=8)):
        make.make_payable(session, case.campaign.id, 90_000)
    with clock.at(WEDNESDAY):
        make.payout_in(session, case, "executed")
    numbers = numbers_of(session, WEEK)
    assert (numbers.payout_days, numbers.payouts) == (Decimal(9), Sum(1, 90_000))


def test_alerts_count_as_open_at_the_end_of_their_week(session: Session) -> None:
    for key, raise_day, resolution_day in (
        ("stays", -30, None),
        ("later", -3, 9),
        ("within", 0, 1),
        ("after", 20, None),
    ):
        with clock.at(WEDNESDAY + timedelta(days=raise_day)):
            kind = AlertKind.LEDGER_DIFFERENCE
            audit.raise_alert(session, key=key, kind=kind, detail={"check": key})
        if resolution_day is not None:
            alert = session.scalars(select(Alert).where(Alert.key == key)).one()
            alert.resolved_at = WEDNESDAY + timedelta(days=resolution_day)
            alert.resolved_by, alert.resolution = make.person(session).id, "Klaar."
    session.flush()
    assert numbers_of(session, WEEK).alerts == 2
    assert numbers_of(session, WEEK.moved(2)).alerts == 1
    assert numbers_of(session, WEEK.moved(3)).alerts == 2


def test_who_asked_is_mailed_once_and_not_after_they_left(
    session: Session, case: make.Payable
) -> None:
    booking(session, case, BookingKind.PAYMENT_PAID, 123_400, WEDNESDAY)
    numbers = tuple(numbers_of(session, week) for week in (WEEK, WEEK.moved(-1), WEEK.year_before))
    anna = with_role(session, "staff", "Anna Bakker")
    by = make.actor(anna, "staff")
    assert not mail_member(session, person_id=anna.id, numbers=numbers)
    for _press in range(2):
        choose_mail(session, person_id=anna.id, wants=True, actor=by)
    choices = select(AuditEvent).where(AuditEvent.action == Action.PERSON_MAIL_CHOSEN)
    assert len(session.scalars(choices).all()) == 1
    assert mail_member(session, person_id=anna.id, numbers=numbers)
    assert not mail_member(session, person_id=anna.id, numbers=numbers)
    mail = session.scalars(select(MailMessage)).one()
    assert mail.context["columns"][0]["gifts"] == {"number": 1, "cents": 123_400}
    assert holds(session, "week_numbers", mail.context)
    choose_mail(session, person_id=anna.id, wants=False, actor=by)
    assert not holds(session, "week_numbers", mail.context)
