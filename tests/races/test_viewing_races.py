"""A member of staff presses twice, and a role is given while they begin."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.people import (
    PersonFactory,
    RoleGrantFactory,
    actor_of,
    signed_in_as,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import SignIn
from voorjebuurt.people.viewings.models import Viewing
from voorjebuurt.people.viewings.service import start_viewing


def test_begun_twice_at_once_it_is_one_with_one_mail(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        staff, resident = PersonFactory(), PersonFactory()
        RoleGrantFactory(person_id=staff.id, role="staff")
        sign_in_id = signed_in_as(session, staff)
        session.get_one(SignIn, sign_in_id).factor_at = clock.now()
        actor = actor_of(staff, "staff")

    def begin() -> bool:
        with fresh_database.writing() as session:
            start_viewing(
                session,
                person_id=resident.id,
                sign_in_id=sign_in_id,
                lasts=timedelta(minutes=15),
                reason="U belde.",
                actor=actor,
            )
        return True

    assert without_errors(at_once(*[begin] * 8)) == [True] * 8
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Viewing)) == 1
        templates = select(MailMessage.template)
        assert list(session.scalars(templates)).count("viewing_started") == 1
