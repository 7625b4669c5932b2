"""What is claimed back and not paid in time bears interest: officer and debtor see how much."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import pay_out
from tests.support.deposits import paid_back
from tests.support.fixtures_site import Committing, SignIn
from tests.support.late_claims import TABLE, came_in, first_late_day, interest_sent
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.interest import InterestSoFar, interest_so_far
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 500_000
KNOWN_UNTIL = date(2026, 6, 30)
"""The last day of which the percentages of the settings were looked up."""


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """€ 5,000 was paid out, withdrawn and claimed back."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        claimed_back(session, new_desk)
    return new_desk


@pytest.fixture
def late(committing: Committing, signed_in: SignIn) -> Desk:
    """The same, 150 days ago."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session, clock.at(clock.now() - timedelta(days=150)):
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


def so_far(session: Session, at_desk: Desk) -> InterestSoFar | None:
    return interest_so_far(session, at_desk.application_id, TABLE)


def the_claim(session: Session) -> Decision:
    return session.scalars(select(Decision).where(Decision.kind == "clawback")).one()


def last_day_to_pay(session: Session) -> timedelta:
    sent_at = the_claim(session).sent_at
    assert sent_at is not None
    return pay_until(clock.local(sent_at).date()) - clock.today()


def mine(signed_in: SignIn, committing: Committing, at_desk: Desk) -> str:
    with committing() as session:
        applicant = session.get_one(Person, at_desk.case.application.applicant_id)
    return page(signed_in(applicant), f"/mijn/matchgeld/{at_desk.application_id}")


def test_interest_runs_after_the_last_day(at_desk: Desk, committing: Committing) -> None:
    with committing() as session:
        term = last_day_to_pay(session)
        assert so_far(session, at_desk) is None
        with clock.at(clock.now() + term + timedelta(days=1)):
            assert so_far(session, at_desk) is None
        with clock.at(clock.now() + term + timedelta(days=21)):
            interest = so_far(session, at_desk)
        assert interest is not None
        assert sum(line.days for line in interest.lines) == 20
        assert not interest.is_due


def test_officer_and_debtor_see_it_with_its_arithmetic(
    committing: Committing, signed_in: SignIn, late: Desk
) -> None:
    theirs = page(late.olga, late.path)
    assert "Wettelijke rente" in theirs
    assert "tot en met" in theirs
    assert "artikel 4:99 Awb" in theirs
    assert "Minder dan € 20" not in theirs
    own = mine(signed_in, committing, late)
    assert "Rente zonder besluit tot nu toe" in own or "Rente tot nu toe zonder besluit" in own
    assert "u krijgt een brief als u die moet betalen" in own


def test_what_comes_in_stops_it(at_desk: Desk, committing: Committing) -> None:
    with committing() as session:
        paid_back(session, application_id=at_desk.application_id, cents=CLAIM, reference="TB 1")
        term = last_day_to_pay(session)
        with clock.at(clock.now() + term + timedelta(days=74)):
            assert so_far(session, at_desk) is None


def test_days_of_which_nobody_looked_up_the_percentage_are_told(late: Desk) -> None:
    """The percentages of the settings end before today, or these tests run before they do."""
    theirs = page(late.olga, late.path)
    is_known = "Het percentage is opgezocht tot en met" not in theirs
    assert is_known == (clock.today() - timedelta(days=1) <= KNOWN_UNTIL)


def test_what_was_laid_down_and_paid_is_shown_to_both(
    committing: Committing, signed_in: SignIn, late: Desk
) -> None:
    with committing() as session:
        interest = interest_sent(session, late.case).amount_cents
        came_in(session, late.case, interest + 100_000)
        days = (clock.today() - first_late_day(the_claim(session))).days
    assert interest == CLAIM * 6 * days // 36_500
    euros = f"€ {interest // 100},{interest % 100:02}"
    for text in (page(late.olga, late.path), mine(signed_in, committing, late)):
        assert "Wat binnenkwam, en waar het naartoe ging" in text
        assert euros in text
        assert "€ 1.000" in text
        assert "Rente die nog betaald moet worden" in text
