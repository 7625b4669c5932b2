"""Who refused the reminder of terms before there were choices, gets none after the update."""

import runpy

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory
from voorjebuurt import paths
from voorjebuurt.kernel import clock
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of, set_cadences
from voorjebuurt.mail.models import MailUnsubscription

(FILE,) = (paths.MIGRATIONS / "versions").glob("*_keep_refusals_of_reminders.py")


def test_a_refusal_becomes_a_choice(session: Session) -> None:
    refuser, coach, chooser = PersonFactory(), PersonFactory(), PersonFactory()
    for person, template in (
        (refuser, "officer_reminder"),
        (coach, "review_waiting"),
        (chooser, "officer_reminder"),
    ):
        session.add(
            MailUnsubscription(email=person.email, template=template, unsubscribed_at=clock.now())
        )
    set_cadences(session, person_id=chooser.id, cadences={"term": Cadence.DAILY})
    session.flush()
    session.execute(text(runpy.run_path(str(FILE))["KEEP"]))
    assert [cadences_of(session, person.id) for person in (refuser, coach, chooser)] == [
        {"term": Cadence.NEVER},
        {},
        {"term": Cadence.DAILY},
    ]
