"""Officers lay down interest that the municipality owes; the applicant sees it."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import pay_out
from tests.support.factories import payouts as make
from tests.support.fixtures_site import Committing, SignIn
from tests.support.late_awards import staff_of
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.models import Decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.payment_days import note_paid_on
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import CampaignMatch

CLAIM = 500_000
KNOWN = date(2026, 6, 30)
"""The last day of which the percentages of the settings were looked up."""


@pytest.fixture
def late(committing: Committing, signed_in: SignIn) -> Desk:
    """€ 5,000 awarded half a year before the last day with a known percentage, and paid on it."""
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    case = new_desk.case
    then = clock.noon(KNOWN - timedelta(days=180))
    with committing() as session, clock.at(then):
        case.application = session.get_one(Application, new_desk.application_id)
        case.campaign = session.get_one(type(case.campaign), case.campaign.id)
        case.campaign.decided_at = then
        case.send(session, "award", CLAIM)
        make.verified(session, staff_of(session, case))
        pay_out(session, case, CLAIM)
        session.flush()
        note_paid_on(session, campaign_id=case.campaign.id, proposed_at=clock.now(), day=KNOWN)
    return new_desk


def path(at_desk: Desk) -> str:
    return f"{at_desk.path}/besluit/rente-gemeente"


def filled(at_desk: Desk) -> dict[str, str]:
    """The form as the page shows it."""
    text = page(at_desk.olga, path(at_desk))
    fields = {}
    for name in ("csrf_token", "version"):
        value = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
        assert value, name
        fields[name] = value.group(1)
    return fields


def owed_of(session: Session) -> Decision:
    return session.scalars(select(Decision).where(Decision.kind == "interest_owed")).one()


def test_it_is_proposed_with_its_days_amount_and_letter_first(
    late: Desk, committing: Committing
) -> None:
    text = page(late.olga, path(late))
    assert "Laatste dag om op tijd te betalen" in text
    assert "30 juni 2026" in text
    form = filled(late)
    letter = page(late.olga, path(late), **form, preview="1")
    assert "wettelijke rente. Wij betaalden uw subsidie te laat." in letter
    page(late.olga, path(late), **form)
    with committing() as session:
        decision = owed_of(session)
        assert decision.status == "proposed"
        assert decision.interest_until == KNOWN - timedelta(days=1)
        assert decision.amount_cents > 1_000
    # A second click finds the case changed, and proposes nothing more.
    page(late.olga, path(late), **form)
    with committing() as session:
        assert owed_of(session).id == decision.id


def test_it_waits_on_the_work_list_until_then(late: Desk) -> None:
    def rows() -> str:
        return page(late.olga, "/gemeente").partition("<table")[2]

    assert "Rente die wij schuldig zijn" in rows()
    page(late.olga, path(late), **filled(late))
    assert "Rente die wij schuldig zijn" not in rows()


def test_case_and_applicant_show_it(late: Desk, committing: Committing, signed_in: SignIn) -> None:
    text = page(late.olga, late.path)
    assert "Rente die wij schuldig zijn" in text
    assert "Voorstel: rente die wij schuldig zijn" in text
    with committing() as session:
        initiator = session.get_one(Person, late.case.campaign.initiator_id)
    own = page(signed_in(initiator), f"/mijn/matchgeld/{late.application_id}")
    assert "Rente van de gemeente" in own
    assert "heeft hierover nog niet besloten" in own


def test_who_is_elsewhere_sees_nothing_and_without_a_default_there_is_nothing(
    late: Desk, committing: Committing, signed_in: SignIn
) -> None:
    assert late.eva.get(path(late)).status_code in (403, 404)
    other = desk(committing, signed_in, at="divided", claim=CLAIM)
    assert "In deze zaak loopt geen rente" in page(other.olga, path(other))


def test_days_of_which_nobody_looked_up_the_percentage_are_told(
    late: Desk, committing: Committing
) -> None:
    with committing() as session:
        match = session.get_one(CampaignMatch, late.application_id)
        match.paid_on = KNOWN + timedelta(days=10)
    text = page(late.olga, path(late))
    assert "Het percentage is opgezocht tot en met 30 juni 2026." in text
    assert "zodra de percentages van alle dagen zijn opgezocht" in text
    assert "Er is nu niets vast te stellen" not in text
    assert "Stel dit besluit voor" not in text


def test_a_late_decision_is_told_with_the_day_that_counts(
    late: Desk, committing: Committing, signed_in: SignIn
) -> None:
    """Awb 4:100: to the officer and to who applied."""
    with committing() as session:
        application = session.get_one(Application, late.application_id)
        application.received_at = clock.noon(KNOWN - timedelta(days=250))
        initiator = session.get_one(Person, late.case.campaign.initiator_id)
    counts = "Laatste dag om te beslissen (telt in plaats daarvan)"
    text = page(late.olga, path(late))
    assert counts in text
    assert "na de laatste dag om te beslissen" in text
    assert counts in page(signed_in(initiator), f"/mijn/matchgeld/{late.application_id}")
