"""A resident in a browser whose application was decided on."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

from tests.support.factories.towns import town_divided
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.people.models import Person


@dataclass
class DecidedApplicant:
    """An initiator whose application was decided on."""

    browser: FlaskClient
    application_id: Any
    decision_id: Any
    person: Person

    @property
    def path(self) -> str:
        """The page of the application."""
        return f"/mijn/matchgeld/{self.application_id}"


def decided(
    committing: Committing, signed_in: SignIn, kind: str, cents: int, *grounds: str, **fields: Any
) -> DecidedApplicant:
    """See ``DecidedApplicant``: the decision was sent."""
    with committing() as session:
        case = town_divided(session, claim=50_000, **fields)
        decision_id = case.send(session, kind, cents, *grounds).id
        person = session.get_one(Person, case.campaign.initiator_id)
    return DecidedApplicant(signed_in(person), case.application.id, decision_id, person)
