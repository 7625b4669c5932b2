"""Officers of one municipality and of another, each in a browser, with a case between them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient

from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.towns import Town, town, town_divided
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.people.models import Person


@dataclass
class Desk:
    """A case, and Olga and Piet of its municipality; Eva is an officer elsewhere."""

    case: Town
    application_id: UUID
    olga: FlaskClient
    piet: FlaskClient
    eva: FlaskClient

    @property
    def path(self) -> str:
        """The address of the application's page."""
        return f"/gemeente/aanvragen/{self.application_id}"


def desk(committing: Committing, signed_in: SignIn, *, at: str = "received", **fields: Any) -> Desk:
    """See ``Desk``; the application is ``received``, or admitted and ``divided``."""
    with committing() as session:
        case = (town_divided if at == "divided" else town)(session, **fields)
        elsewhere = PersonFactory(name="Eva Elders")
        RoleGrantFactory(
            person_id=elsewhere.id, role="officer", municipality_id=MunicipalityFactory().id
        )
        people = [session.get_one(Person, officer.person_id) for officer in (case.olga, case.piet)]
        application_id = case.application.id
    olga, piet, eva = map(signed_in, (*people, elsewhere))
    return Desk(case, application_id, olga, piet, eva)


def page(client: FlaskClient, path: str, **form: Any) -> str:
    """The page that a person ends at, with plain spaces in its amounts and whole addresses."""
    method = client.post if form else client.get
    answer = method(path, data=form or None, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
    return answer.text.replace("\xa0", " ")
