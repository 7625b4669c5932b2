"""Where people were signed in is kept for a term, and no longer."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from tests.support.factories.people import PersonFactory, signed_in_as
from tests.support.fixtures_site import Committing
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.people.models import SignIn
from voorjebuurt.people.tasks import forget_sign_ins
from voorjebuurt.settings import Settings


def test_a_sign_in_is_forgotten_on_the_day_of_the_settings(
    fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    other_settings = replace(settings, retention=replace(settings.retention, sign_in_days=20))
    with committing() as session:
        signed_in_as(session, PersonFactory())
    for age, count in ((19, 1), (21, 0)):
        with clock.at(clock.now() + timedelta(days=age)):
            forget_sign_ins(Runtime(fresh_database, other_settings))
        with fresh_database.reading() as session:
            assert len(session.scalars(select(SignIn)).all()) == count
