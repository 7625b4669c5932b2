"""After the award, over the screens: determined, lowered, withdrawn, claimed back, paid back."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.case_steps import pay_out
from tests.support.certain import certain
from tests.support.deposits import fund_paid
from tests.support.factories import payouts as make
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.text import euro
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, municipal_receivable
from voorjebuurt.matching.models import Application, FundDeposit
from voorjebuurt.matching.pots.deposit_states import DepositStatus
from voorjebuurt.people.models import Person

CLAIM = 50_000
NOT_ASKED = {"exception": "urgency", "exception_reason": "Het kan niet wachten."}
"""Views before a decision have tests of their own."""


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """The award was sent."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        new_desk.case.application = session.get_one(Application, new_desk.application_id)
        new_desk.case.send(session, "award", CLAIM)
    return new_desk


def accounted(committing: Committing, at_desk: Desk) -> None:
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        case.status = "accounted"
        session.add(
            Accounting(
                application_id=case.id,
                municipality_id=case.municipality_id,
                at=clock.now(),
                by=case.applicant_id,
                spent_cents=40_000,
                story="De bomen staan er.",
                lines=[{"label": "Zes bomen", "cents": 40_000}],
            )
        )


def decide(at_desk: Desk, committing: Committing, kind: str, **values: str) -> Decision:
    """Olga proposes over the screen, Piet approves, and it is sent."""
    views = {} if kind == "vaststelling" else NOT_ASKED
    page(at_desk.olga, f"{at_desk.path}/besluit/{kind}", **{"x": "x", **views, **values})
    with committing() as session:
        statement = select(Decision).where(Decision.status == "proposed")
        decision = session.scalars(statement).one()
    page(at_desk.piet, f"/gemeente/besluiten/{decision.id}/goedkeuren", x="x")
    with committing() as session:
        with clock.at(certain(session.get_one(Decision, decision.id).send_at)):
            assert send_decision(session, decision_id=decision.id)
        return session.get_one(Decision, decision.id)


def test_an_award_is_determined_as_it_was(at_desk: Desk, committing: Committing) -> None:
    accounted(committing, at_desk)
    page_text = page(at_desk.olga, at_desk.path)
    assert "Stel het matchgeld vast" in page_text
    assert "De bomen staan er." in page_text
    decision = decide(at_desk, committing, "vaststelling")
    assert (decision.kind, decision.amount_cents) == ("determination", CLAIM)
    assert "Deze aanvraag is afgehandeld." in page(at_desk.olga, at_desk.path)


def test_an_award_is_determined_lower_with_a_ground(at_desk: Desk, committing: Committing) -> None:
    accounted(committing, at_desk)
    path = f"{at_desk.path}/besluit/lagere-vaststelling"
    page_text = page(
        at_desk.olga, path, amount="500", grounds="not_done", reason="Twee bomen minder."
    )
    assert 'id="amount-error"' in page_text
    why = {"grounds": "not_done", "reason": "Twee bomen minder."}
    decision = decide(at_desk, committing, "lagere-vaststelling", amount="400", **why)
    assert (decision.kind, decision.amount_cents, decision.before_cents) == (
        "lower_determination",
        40_000,
        CLAIM,
    )


def test_money_is_withdrawn_claimed_back_and_comes_in(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = at_desk.case
        case.campaign = session.get_one(type(case.campaign), case.campaign.id)
        pay_out(session, case)
    why = {"grounds": "not_done", "reason": "Het plan is niet uitgevoerd."}
    decide(at_desk, committing, "intrekking", **why)
    claim = {"grounds": "overpaid", "reason": "U kreeg te veel.", "amount": "500"}
    assert "voornemen/terugvordering" in page(at_desk.olga, at_desk.path)
    decide(at_desk, committing, "terugvordering", **claim)
    with committing() as session:
        assert balance(session, clawback_receivable(at_desk.application_id)) == CLAIM
        anna = with_role(session, "staff", "Anna Bakker")
        bram = with_role(session, "staff", "Bram Smit")
    staff = signed_in(anna)
    assert "Nog te ontvangen" in page(staff, "/beheer/gemeentegeld")
    path = f"/beheer/gemeentegeld/aanvragen/{at_desk.application_id}"
    assert 'id="amount-error"' in page(staff, path, **statement_line("500,01", "TB 1"))
    assert 'id="reference-error"' in page(staff, path, **statement_line("100", " "))
    page(staff, path, **statement_line("100", "TB 1"))
    assert 'id="reference-error"' in page(staff, path, **statement_line("100", "TB 1"))
    page(staff, path, **statement_line("400", "TB 2"))
    book_all(committing, signed_in(bram))
    with committing() as session:
        assert balance(session, clawback_receivable(at_desk.application_id)) == 0
    assert staff.get(path).status_code == 404
    assert "TB 2" in page(at_desk.olga, at_desk.path)


def test_the_case_shows_what_left_the_bank(at_desk: Desk, committing: Committing) -> None:
    case = at_desk.case
    assert "Nog niets uitbetaald" in page(at_desk.olga, at_desk.path)
    with committing() as session:
        campaign = session.get_one(Campaign, case.campaign.id)
        anna, bram = make.person(session, "Anna Bakker"), make.person(session, "Bram Smit")
        campaign.minimum_cents = CLAIM  # Its gifts are left out here.
        initiator = session.get_one(Person, campaign.initiator_id)
        fund_paid(session, fund_id=case.fund.id, cents=CLAIM, reference="G-1")
        cast = make.Payable(
            campaign,
            make.actor(initiator),
            make.actor(anna, "staff"),
            make.actor(bram, "staff"),
        )
        payout = make.payout_in(session, cast, "executed")
        reference, cents = payout.end_to_end_id, payout.amount_cents
    text = page(at_desk.olga, at_desk.path)
    assert reference in text
    assert euro(cents, "nl").replace("\xa0", " ") in text
    assert "Uitbetaald" in text


def test_the_municipality_pays_what_it_owes(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    fund = at_desk.case.fund
    with committing() as session:
        assert balance(session, municipal_receivable(fund.id)) == CLAIM
        anna = with_role(session, "staff", "Anna Bakker")
        bram = with_role(session, "staff", "Bram Smit")
        carla = with_role(session, "auditor", "Carla Groen")
    staff, auditor = signed_in(anna), signed_in(carla)
    path = f"/beheer/gemeentegeld/fondsen/{fund.id}"
    assert path in page(staff, "/beheer/gemeentegeld")
    assert path not in page(auditor, "/beheer/gemeentegeld")
    assert auditor.get(path).status_code == 403
    page_text = page(staff, path, **statement_line("veel", "G-1"))
    assert 'id="amount-error"' in page_text
    assert 'value="G-1"' in page_text
    assert 'id="amount-error"' in page(staff, path, **statement_line("500,01", "G-1"))
    page(staff, path, **statement_line("500", "G-1"))
    with committing() as session:
        assert balance(session, municipal_receivable(fund.id)) == CLAIM
    book_all(committing, signed_in(bram))
    with committing() as session:
        assert balance(session, municipal_receivable(fund.id)) == 0


def statement_line(amount: str, reference: str) -> dict[str, str]:
    """What staff type from the bank statement of today."""
    day = clock.today().strftime("%d-%m-%Y")
    return {"amount": amount, "reference": reference, "received_on": day}


def book_all(committing: Committing, second: FlaskClient) -> None:
    """A colleague books everything that waits."""
    with committing() as session:
        waiting = session.scalars(
            select(FundDeposit.id).where(FundDeposit.status == DepositStatus.ENTERED)
        ).all()
    assert waiting
    for deposit_id in waiting:
        page(second, f"/beheer/gemeentegeld/ontvangsten/{deposit_id}/boeken", x="x")
