"""Proposing a role and confirming it, on the pages of staff and of who holds the role."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories import payouts as make
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person, RoleProposal
from voorjebuurt.people.queries import roles_of

OVER = {"minutes": 24 * 60 + 1}


@pytest.fixture
def noor(committing: Committing) -> Person:
    with committing() as session:
        return make.person(session, "Noor Visser")


@pytest.fixture
def anna(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        person = with_role(session, "staff", "Anna Bakker")
    return signed_in(person)


def the_proposal(committing: Committing) -> UUID:
    with committing() as session:
        return session.scalars(select(RoleProposal.id)).one()


def roles_now(committing: Committing, person: Person) -> frozenset[str]:
    with committing() as session:
        return roles_of(session, person.id)


def sends(browser: FlaskClient, path: str, **form: str) -> str:
    answer = browser.post(path, data=form or {"x": "x"}, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def test_a_role_is_proposed_by_one_and_confirmed_by_another(
    anna: FlaskClient, noor: Person, committing: Committing, signed_in: SignIn
) -> None:
    page = sends(anna, f"/beheer/mensen/{noor.id}/rollen", role="auditor")
    assert "De rol is voorgesteld." in page
    assert "Rollen die wachten op een tweede collega" in page
    proposal_id = the_proposal(committing)
    page_of_mail = anna.get(f"/mijn/rolvoorstellen/{proposal_id}").text
    assert f'href="/beheer/mensen/{noor.id}"' in page_of_mail, "where a colleague confirms it"
    confirm = f"/beheer/mensen/{noor.id}/rolvoorstellen/{proposal_id}/bevestigen"
    with committing() as session:
        bas = with_role(session, "staff", "Bas Groen")
    early = signed_in(bas)
    assert confirm not in early.get("/beheer").text
    assert "kan worden bevestigd vanaf" in sends(early, confirm)
    with clock.at(clock.now() + timedelta(**OVER)):
        assert confirm not in anna_again(committing, signed_in).get("/beheer").text
        browser = signed_in(bas)
        desk = browser.get("/beheer").text
        assert confirm in desk
        assert "Noor Visser" in desk
        assert confirm in browser.get(f"/beheer/mensen/{noor.id}").text
        assert roles_now(committing, noor) == frozenset()
        assert "De rol is gegeven." in sends(browser, confirm)
        assert roles_now(committing, noor) == {"auditor"}
        assert confirm not in browser.get("/beheer").text


def anna_again(committing: Committing, signed_in: SignIn) -> FlaskClient:
    """A day later: a desk's sign-in does not last so long."""
    with committing() as session:
        person = session.scalars(select(Person).where(Person.name == "Anna Bakker")).one()
    return signed_in(person)


def test_the_proposer_can_not_confirm_and_is_told_so(
    anna: FlaskClient, noor: Person, committing: Committing, signed_in: SignIn
) -> None:
    sends(anna, f"/beheer/mensen/{noor.id}/rollen", role="staff")
    confirm = f"/beheer/mensen/{noor.id}/rolvoorstellen/{the_proposal(committing)}/bevestigen"
    with clock.at(clock.now() + timedelta(**OVER)):
        page = sends(anna_again(committing, signed_in), confirm)
    assert "U hebt deze rol zelf voorgesteld." in page
    assert roles_now(committing, noor) == frozenset()


def test_a_role_that_is_proposed_already_is_told_at_the_field(
    anna: FlaskClient, noor: Person
) -> None:
    path = f"/beheer/mensen/{noor.id}/rollen"
    sends(anna, path, role="auditor")
    page = sends(anna, path, role="auditor")
    assert 'id="role-error"' in page
    assert "Deze rol is al voorgesteld." in page


def test_staff_dismiss_a_proposal(anna: FlaskClient, noor: Person, committing: Committing) -> None:
    sends(anna, f"/beheer/mensen/{noor.id}/rollen", role="auditor")
    dismiss = f"/beheer/mensen/{noor.id}/rolvoorstellen/{the_proposal(committing)}/afwijzen"
    assert dismiss in anna.get("/beheer").text
    assert "Het voorstel is afgewezen." in sends(anna, dismiss)
    assert dismiss not in anna.get("/beheer").text


def test_who_holds_the_role_sees_the_proposal_and_dismisses_it(
    anna: FlaskClient, noor: Person, committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        place, elsewhere = make.municipality(session), make.municipality(session)
        olga = with_role(session, "officer", "Olga", municipality_id=place.id)
        piet = with_role(session, "officer", "Piet", municipality_id=elsewhere.id)
        coach = with_role(session, "coach", "Rob")
    form = {"role": "officer", "municipality_id": str(place.id)}
    sends(anna, f"/beheer/mensen/{noor.id}/rollen", **form)
    path = f"/mijn/rolvoorstellen/{the_proposal(committing)}"
    assert signed_in(coach).get(path).status_code == 403
    outsider = signed_in(piet)
    assert outsider.get(path).status_code == 404
    outsider.post(f"{path}/afwijzen", data={"x": "x"})
    holder = signed_in(olga)
    page = holder.get(path).text
    for words in ("Noor Visser", place.name, "Anna Bakker", "€\xa00", "Mag ambtenaren aanstellen"):
        assert words in page
    assert "Het voorstel is afgewezen." in sends(holder, f"{path}/afwijzen")
    assert holder.get(path).status_code == 404
