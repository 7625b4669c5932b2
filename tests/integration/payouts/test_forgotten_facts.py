"""About what people who work here were mailed is forgotten after a term, and never mailed again."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.service import raise_alert
from voorjebuurt.decisions.tasks import forget_facts as forget_facts_of_officers
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailedFact, MailMessage
from voorjebuurt.payouts.tasks import forget_facts, mail_staff
from voorjebuurt.settings import Settings


def facts(session: Session) -> list[str]:
    return sorted(session.scalars(select(MailedFact.fact)))


def test_what_waits_no_more_is_forgotten_and_what_waits_is_not_mailed_again(
    fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    runtime = Runtime(fresh_database, settings)
    with committing() as session:
        member = PersonFactory()
        RoleGrantFactory(person_id=member.id, role="staff")
        raise_alert(session, key="x", kind=AlertKind.PAYMENT_UNKNOWN, detail={})
    mail_staff(runtime)
    with committing() as session:
        (waiting,) = facts(session)
        for template, fact in (
            ("staff_news", f"payee:{uuid4()}"),
            ("officer_news:at_once", f"application:{uuid4()}"),
        ):
            row = MailedFact(
                person_id=member.id, fact=fact, template=template, mailed_at=clock.now()
            )
            session.add(row)
    days = settings.retention.mailed_fact_days
    for age, number in ((days - 1, 3), (days + 1, 1)):
        with clock.at(clock.now() + timedelta(days=age)):
            forget_facts(runtime)
            forget_facts_of_officers(runtime)
            mail_staff(runtime)
        with fresh_database.reading() as session:
            assert len(facts(session)) == number, age
    with fresh_database.reading() as session:
        assert facts(session) == [waiting]
        assert len(session.scalars(select(MailMessage)).all()) == 1
