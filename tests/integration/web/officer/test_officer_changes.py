"""An award is lowered over the screens: what it means first, two officers, what people see."""

import pytest
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 50_000
CHANGE = "besluit/wijziging-toekenning"
UNASKED = {"exception": "urgency", "exception_reason": "Het kan niet wachten."}
WHY = {"grounds": "not_done", "reason": "Er komen minder bomen.", **UNASKED}


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """The award was sent."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        new_desk.case.application = session.get_one(Application, new_desk.application_id)
        new_desk.case.send(session, "award", CLAIM)
    return new_desk


def shown(text: str) -> str:
    """As it is read: without the marks around amounts."""
    return text.replace("\xa0", " ").replace("<bdi>", "").replace("</bdi>", "")


def the_proposal(committing: Committing) -> Decision:
    with committing() as session:
        return session.scalars(select(Decision).where(Decision.status == "proposed")).one()


def sent(at_desk: Desk, committing: Committing) -> Decision:
    decision_id = the_proposal(committing).id
    page(at_desk.piet, f"/gemeente/besluiten/{decision_id}/goedkeuren", x="x")
    with committing() as session:
        with clock.at(certain(session.get_one(Decision, decision_id).send_at)):
            assert send_decision(session, decision_id=decision_id)
        return session.get_one(Decision, decision_id)


def test_an_officer_lowers_an_award_and_sees_first_what_that_means(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    assert "voornemen/wijziging-toekenning" in page(at_desk.olga, at_desk.path)
    form = shown(page(at_desk.olga, f"{at_desk.path}/{CHANGE}"))
    assert "Wat dit voor de actie betekent" in form
    assert "De actie heeft nu € 500 van dit fonds." in form
    draft = shown(page(at_desk.olga, f"{at_desk.path}/{CHANGE}", preview="x", amount="300", **WHY))
    assert "Daarvan houdt die € 300." in draft
    assert "€ 200 gaat terug naar het fonds" in draft
    assert "Besluit: wij verlagen uw subsidie tot € 300,00" in draft
    page(at_desk.olga, f"{at_desk.path}/{CHANGE}", amount="300", **WHY)
    proposal = the_proposal(committing)
    proposal_page = shown(page(at_desk.piet, f"/gemeente/besluiten/{proposal.id}"))
    assert "Daarvan houdt die € 300." in proposal_page
    decision = sent(at_desk, committing)
    assert (decision.kind, decision.amount_cents, decision.before_cents) == (
        "award_change",
        30_000,
        CLAIM,
    )
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        applicant = session.get_one(Person, case.applicant_id)
    mine = shown(page(signed_in(applicant), f"/mijn/matchgeld/{at_desk.application_id}"))
    assert "Wijziging van de toekenning: € 300" in mine


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "500", **WHY}, "amount"),
        ({"amount": "0", **WHY}, "amount"),
        ({"amount": "300", "reason": "Omdat.", **UNASKED}, "grounds"),
        (
            {"amount": "300", "grounds": "new_circumstances", "reason": "Omdat.", **UNASKED},
            "effect_on",
        ),
        (
            {"amount": "300", **WHY, "effect_on": "2099-12-31"},
            "effect_on",
        ),
        ({"amount": "300", **WHY, "compensation": "10"}, "compensation"),
        ({"amount": "300", **WHY, "compensation": "-10"}, "compensation"),
    ],
)
def test_what_is_not_right_is_told_at_its_field_and_kept(
    at_desk: Desk, values: dict[str, str], field: str
) -> None:
    again = page(at_desk.olga, f"{at_desk.path}/{CHANGE}", **values)
    assert f'id="{field}-error"' in again
    assert values["reason"] in again


def test_a_change_of_a_determination_asks_for_the_day_of_the_breach(
    at_desk: Desk, committing: Committing
) -> None:
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        case.status = "accounted"
        session.add(
            Accounting(
                application_id=case.id,
                municipality_id=case.municipality_id,
                at=clock.now(),
                by=case.applicant_id,
                spent_cents=CLAIM,
                story="De bomen staan er.",
                lines=[{"label": "Zes bomen", "cents": CLAIM}],
            )
        )
        at_desk.case.application = case
        at_desk.case.send(session, "determination", CLAIM)
    path = f"{at_desk.path}/besluit/wijziging-vaststelling"
    assert "wijziging-vaststelling" in page(at_desk.olga, at_desk.path)
    assert CHANGE not in page(at_desk.olga, at_desk.path)
    values = {"amount": "0", "grounds": "duty_after", "reason": "Alles is verkocht.", **UNASKED}
    assert 'id="breach_on-error"' in page(at_desk.olga, path, **values)
    page(at_desk.olga, path, breach_on=clock.today().isoformat(), **values)
    decision = sent(at_desk, committing)
    assert (decision.kind, decision.amount_cents) == ("determination_change", 0)


def test_who_is_no_officer_there_does_not_get_the_form(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        applicant = session.get_one(Person, case.applicant_id)
    assert signed_in(applicant).get(f"{at_desk.path}/{CHANGE}").status_code in {403, 404}
