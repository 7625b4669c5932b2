"""One award that was determined lower after it was paid out: every screen says what holds now."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.case_steps import account, pay_out
from tests.support.deposits import paid_back
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 50_000
NL = {"Accept-Language": "nl"}


@dataclass
class Settlement:
    """€ 500 was awarded and paid, € 400 is left after the determination."""

    desk: Desk
    applicant: FlaskClient
    gift: str

    @property
    def campaign_path(self) -> str:
        """The public page of the campaign."""
        return f"/acties/{self.desk.case.campaign.slug}"

    @property
    def fund_path(self) -> str:
        """The public page of the fund."""
        return f"/fondsen/{self.desk.case.fund.slug}"


def words_of(browser: FlaskClient, path: str) -> str:
    """The text of a page, for somebody who is signed in."""
    return words(browser.get(path, headers=NL))


def whole(committing: Committing, at_desk: Desk) -> None:
    """The rows of the case, of a session that is open now."""
    with committing() as session:
        at_desk.case.campaign = session.get_one(Campaign, at_desk.case.campaign.id)
        at_desk.case.application = session.get_one(Application, at_desk.application_id)


@pytest.fixture
def settlement(committing: Committing, signed_in: SignIn, tmp_path: Path) -> Settlement:
    """See ``Settlement``."""
    at_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    case = at_desk.case
    with committing() as session:
        whole(committing, at_desk)
        gift = PledgeFactory(campaign=case.campaign, amount_cents=2_500, status="booked")
        PaymentFactory(
            pledge=gift, status="paid", booked_as="contribution", booked_at=gift.booked_at
        )
        case.send(session, "award", CLAIM)
        pay_out(session, case)
        account(session, case, FolderStorage(tmp_path), cents=40_000)
        case.send(session, "lower_determination", 40_000, "not_done")
        person = session.get_one(Person, case.campaign.initiator_id)
        token = gift.token
    return Settlement(at_desk, signed_in(person), token)


def test_the_public_page_tells_what_was_determined(
    client: FlaskClient, settlement: Settlement
) -> None:
    text = words(client.get(settlement.campaign_path, headers=NL))
    assert "€ 400 vastgesteld door de gemeente" in text
    assert "De gemeente heeft haar deel vastgesteld op € 400." in text
    assert "€ 500" not in text


def test_the_fund_tells_what_holds_and_what_must_come_back(
    client: FlaskClient, settlement: Settlement
) -> None:
    text = words(client.get(settlement.fund_path, headers=NL))
    assert "€ 400 gereserveerd of toegekend" in text
    assert "€ 100 uitbetaald, en moet nog terugkomen" in text


def test_the_case_and_the_clawback_tell_both(settlement: Settlement) -> None:
    text = words_of(settlement.desk.olga, settlement.desk.path)
    assert "€ 400, vastgesteld" in text
    assert "Eerst toegekend € 500" in text
    assert "Uitbetaald, en terug te vorderen € 100" in text
    text = words_of(settlement.desk.olga, f"{settlement.desk.path}/besluit/terugvordering")
    assert "Mag blijven € 400" in text
    assert "Hoogstens terug te vorderen € 100" in text


def test_the_applicant_reads_the_same_on_both_pages(settlement: Settlement) -> None:
    path = f"/mijn/matchgeld/{settlement.desk.application_id}"
    text = words_of(settlement.applicant, path)
    assert "Vastgesteld bedrag € 400" in text
    campaign_id = settlement.desk.case.campaign.id
    text = words_of(settlement.applicant, f"/mijn/acties/{campaign_id}/matchgeld")
    assert "Vastgesteld: € 400." in text


def test_the_donor_reads_what_the_campaign_keeps(
    client: FlaskClient, settlement: Settlement
) -> None:
    text = words(client.get(f"/giften/{settlement.gift}", headers=NL))
    assert "heeft het matchgeld van deze actie vastgesteld op € 400." in text


def test_the_file_of_decisions_has_what_holds_now(settlement: Settlement) -> None:
    fund_id = settlement.desk.case.fund.id
    rows = page(settlement.desk.olga, f"/gemeente/fondsen/{fund_id}/besluiten.csv").splitlines()
    assert len(rows) == 3
    assert all("400,00;vastgesteld;100,00" in row for row in rows[1:])


def test_what_was_claimed_back_is_gone_from_the_fund(
    client: FlaskClient, committing: Committing, settlement: Settlement
) -> None:
    at_desk = settlement.desk
    whole(committing, at_desk)
    with committing() as session:
        at_desk.case.send(session, "clawback", 10_000, "overpaid")
        paid_back(
            session,
            application_id=at_desk.application_id,
            cents=4_000,
            reference="terug",
        )
    assert "moet nog terugkomen" not in words(client.get(settlement.fund_path, headers=NL))
    text = words_of(settlement.applicant, f"/mijn/matchgeld/{at_desk.application_id}")
    assert "Vastgesteld bedrag € 400" in text
    assert "Nog terug te betalen € 60" in text
    text = words_of(at_desk.olga, at_desk.path)
    assert "Teruggevorderd, nog niet ontvangen € 60" in text


def test_the_fund_tells_net_before_gross(client: FlaskClient, settlement: Settlement) -> None:
    text = words(client.get(settlement.fund_path, headers=NL))
    assert "Er is nu € 400 toegekend of vastgesteld. Er was € 500 toegekend." in text
    assert "Daarvan ging € 100 af" in text
    assert "€ 500 nu € 400" in text
    fund_id = settlement.desk.case.fund.id
    text = words_of(settlement.desk.olga, f"/gemeente/fondsen/{fund_id}/rapport")
    assert "Geldt nu € 400" in text
    assert "Lager vastgesteld € 100" in text


def test_the_story_of_an_application_goes_on_to_the_last_cent(
    committing: Committing, settlement: Settlement
) -> None:
    at_desk = settlement.desk
    whole(committing, at_desk)
    with committing() as session:
        at_desk.case.send(session, "clawback", 10_000, "overpaid")
        paid_back(
            session,
            application_id=at_desk.application_id,
            cents=10_000,
            reference="terug",
        )
    text = words_of(settlement.applicant, f"/mijn/matchgeld/{at_desk.application_id}")
    story = text[text.index("Wat er tot nu toe gebeurde") :]
    places = [
        story.index(line)
        for line in (
            "Ontvangen",
            "Toekenning: € 500",
            "Het geld is van uw actie: laat zien waaraan het wordt uitgegeven Uiterlijk",
            "U liet zien waaraan het geld is uitgegeven: € 400",
            "Lagere vaststelling: € 400",
            "Terugvordering: € 100",
            "U betaalde terug: € 100",
        )
    ]
    assert places == sorted(places)
