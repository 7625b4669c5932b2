"""Staff are mailed accounts to check, payouts to release and alerts: once, one mail an hour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.payouts import Payable, payable_campaign, payout_in, submit
from tests.support.factories.people import RoleGrantFactory
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.service import raise_alert
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail import conditions
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.payouts import tasks
from voorjebuurt.payouts.staff_news import mail_member, news_for_staff
from voorjebuurt.settings import Settings

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Payable:
    return payable_campaign(session)


def mailed(session: Session, member: Actor) -> MailMessage | None:
    """The mail that a member of staff gets now, if any."""
    session.flush()
    person_id = certain(member.person_id)
    if not mail_member(session, person_id=person_id, news=news_for_staff(session)):
        return None
    statement = select(MailMessage).where(MailMessage.template == "staff_news")
    return session.scalars(statement.order_by(MailMessage.id.desc())).first()


def kinds(mail: MailMessage | None) -> list[str]:
    return [] if mail is None else [line["kind"] for line in mail.context["news"]]


def test_an_account_to_check_is_mailed_once(session: Session, case: Payable) -> None:
    submit(session, case)
    assert mailed(session, case.initiator) is None, "nobody checks their own account"
    mail = certain(mailed(session, case.anna))
    assert (kinds(mail), mail.context["desk_path"]) == (["payee"], "/beheer")
    with clock.at(NOW + timedelta(hours=2)):
        assert mailed(session, case.anna) is None


def test_a_payout_is_mailed_to_who_may_release_it(session: Session, case: Payable) -> None:
    payout_in(session, case, "proposed")
    assert mailed(session, case.anna) is None, "who proposed it does not release it"
    mail = certain(mailed(session, case.bram))
    assert mail.context["news"] == [
        {"kind": "payout", "title": case.campaign.title, "amount_cents": 90_000}
    ]


def test_alerts_of_one_hour_come_in_one_mail(session: Session, case: Payable) -> None:
    def alert(key: str) -> None:
        raise_alert(session, key=key, kind=AlertKind.CHARGEBACK, detail={})

    alert("een")
    assert certain(mailed(session, case.anna)).context["alerts"] == 1
    alert("twee")
    alert("drie")
    with clock.at(NOW + timedelta(minutes=59)):
        assert mailed(session, case.anna) is None
    with clock.at(NOW + timedelta(minutes=60)):
        assert certain(mailed(session, case.anna)).context["alerts"] == 2


def test_the_timetable_mails_every_member_of_staff_once(
    fresh_database: Database, settings: Settings
) -> None:
    with fresh_database.writing() as session, building_in(session):
        case = payable_campaign(session)
        for member in (case.anna, case.bram):
            RoleGrantFactory(person_id=member.person_id, role="staff")
        submit(session, case)
    for _ in range(2):
        tasks.mail_staff(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        statement = select(MailMessage.recipient).where(MailMessage.template == "staff_news")
        context = session.scalars(
            select(MailMessage.context).where(MailMessage.template == "staff_news")
        ).all()[0]
        assert conditions.holds(session, "staff_news", context) is True
        stranger = {**context, "reader_id": str(case.initiator.person_id)}
        assert conditions.holds(session, "staff_news", stranger) is False
        assert len(set(session.scalars(statement))) == len(session.scalars(statement).all()) == 2
