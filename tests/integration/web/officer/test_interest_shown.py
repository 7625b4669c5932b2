"""What was claimed back and is not paid in time bears interest: officer and debtor see how much."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import pay_out
from tests.support.deposits import paid_back
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.interest import InterestSoFar, interest_so_far
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

CLAIM = 500_000


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """€ 5,000 was paid out, withdrawn and claimed back."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        claimed_back(session, new_desk)
    return new_desk


def claimed_back(session: Session, at_desk: Desk) -> None:
    case = at_desk.case
    case.application = session.get_one(Application, at_desk.application_id)
    case.campaign = session.get_one(type(case.campaign), case.campaign.id)
    case.send(session, "award", CLAIM)
    pay_out(session, case, CLAIM)
    case.send(session, "withdrawal", 0, "not_done")
    case.send(session, "clawback", CLAIM, "overpaid")


def so_far(session: Session, at_desk: Desk, settings: Settings) -> InterestSoFar | None:
    rates = settings.decisions.interest_rates
    return interest_so_far(session, at_desk.application_id, rates)


def last_day_to_pay(session: Session) -> timedelta:
    sent_at = session.scalars(select(Decision.sent_at).where(Decision.kind == "clawback")).one()
    assert sent_at is not None
    return pay_until(clock.local(sent_at).date()) - clock.today()


def test_interest_runs_after_the_last_day(
    at_desk: Desk, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        term = last_day_to_pay(session)
        assert so_far(session, at_desk, settings) is None
        with clock.at(clock.now() + term + timedelta(days=1)):
            assert so_far(session, at_desk, settings) is None
        with clock.at(clock.now() + term + timedelta(days=21)):
            interest = so_far(session, at_desk, settings)
        assert interest is not None
        assert sum(line.days for line in interest.lines) == 20
        assert not interest.is_due


def test_officer_and_debtor_see_it_with_its_arithmetic(
    committing: Committing, signed_in: SignIn
) -> None:
    late = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session, clock.at(clock.now() - timedelta(days=150)):
        claimed_back(session, late)
        applicant = session.get_one(Person, late.case.application.applicant_id)
    theirs = page(late.olga, late.path)
    assert "Wettelijke rente tot nu toe" in theirs
    assert "tot en met" in theirs
    assert "artikel 4:99 Awb" in theirs
    assert "Minder dan € 20 in totaal" not in theirs.replace("\xa0", " ")
    mine = page(signed_in(applicant), f"/mijn/matchgeld/{late.application_id}")
    assert "Rente tot nu toe" in mine
    assert "u krijgt een brief als u die moet betalen" in mine


def test_what_comes_in_stops_it(at_desk: Desk, committing: Committing, settings: Settings) -> None:
    with committing() as session:
        paid_back(session, application_id=at_desk.application_id, cents=CLAIM, reference="TB 1")
        term = last_day_to_pay(session)
        with clock.at(clock.now() + term + timedelta(days=74)):
            assert so_far(session, at_desk, settings) is None
