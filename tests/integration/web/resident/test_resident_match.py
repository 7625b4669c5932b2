"""A resident asks for match money and completes it: over the screens."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.applicants import FIELDS as APPLICANT_FIELDS
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.rounds import given
from tests.support.factories.towns import applied, officer, town_fund
from tests.support.fixtures_site import Committing, SignIn
from tests.support.members import make_signer
from tests.support.officer_desk import page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.models import Applicant
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots.queries import most_for
from voorjebuurt.matching.pots.service import move
from voorjebuurt.people.models import Person

FORM = {
    "reach": "De hele straat, ook wie weinig geld heeft.",
    "groups": "Jongeren",
    **APPLICANT_FIELDS,
}


@dataclass
class Resident:
    """An initiator in a browser, with a live campaign and an open fund in the municipality."""

    browser: FlaskClient
    campaign: Campaign
    fund: Fund

    @property
    def funds_path(self) -> str:
        """The page of match money of the campaign."""
        return f"/mijn/acties/{self.campaign.id}/matchgeld"

    @property
    def apply_path(self) -> str:
        """The form of the fund."""
        return f"{self.funds_path}/{self.fund.id}"


@pytest.fixture
def resident(committing: Committing, signed_in: SignIn) -> Resident:
    """See ``Resident``."""
    with committing() as session:
        campaign = CampaignFactory(status="live")
        fund = town_fund(campaign.municipality_id, live=True)
        person = session.get_one(Person, campaign.initiator_id)
    return Resident(signed_in(person), campaign, fund)


def words(html: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def one(committing: Committing, model: type) -> Any:
    """The only row of a table, if there is one."""
    with committing() as session:
        return session.scalars(select(model)).one_or_none()


def test_the_funds_that_fit_stand_with_what_they_could_mean(resident: Resident) -> None:
    page_text = page(resident.browser, resident.funds_path)
    assert resident.fund.name in page_text
    # Half of the goal of € 1.200 in gifts of € 25, matched 1 to 1.
    example = "als 24 buurtgenoten elk € 25 geven, kan uw actie uit dit fonds € 600 vragen"
    assert example in words(page_text)
    assert resident.apply_path in page_text


def test_the_example_knows_what_the_campaign_has_and_what_is_left(
    resident: Resident, committing: Committing
) -> None:
    with committing() as session:
        campaign = session.get_one(Campaign, resident.campaign.id)
        given(campaign, 40_000)
        given(campaign, 10_000, matchable=False)
        other = ApplicationFactory(
            fund=session.get_one(Fund, resident.fund.id), campaign=CampaignFactory(status="live")
        )
        left_cents = most_for(session, other.id)
        set_apart(session, other, left_cents - 55_000)
    page_text = words(page(resident.browser, resident.funds_path))
    # € 500 of € 1.200 was given; half of the rest is 14 gifts of € 25; € 100 is not matched.
    assert "Uw actie heeft nu € 500 van de buurt." in page_text
    assert "geven nog 14 buren elk € 25, dan kan uw actie samen € 550 uit dit fonds" in page_text
    assert "Nu over in het fonds: € 550." in page_text
    with committing() as session:
        set_apart(session, session.get_one(Application, other.id), 55_000)
    assert "Dit fonds heeft nu niets over voor uw actie." in words(
        page(resident.browser, resident.funds_path)
    )


def set_apart(session: Session, application: Application, cents: int) -> None:
    """What another campaign has of the fund."""
    key = f"test:{new_id()}"
    move(session, application_id=application.id, kind="test", key=key, cents=cents, actor=SYSTEM)


def test_a_draft_without_a_goal_reads_why_it_can_not_apply_yet(
    resident: Resident, committing: Committing
) -> None:
    with committing() as session:
        draft = CampaignFactory(
            status="draft", goal_cents=None, minimum_cents=None, deadline_on=None, theme=None
        )
        make_signer(session, draft, session.get_one(Person, resident.campaign.initiator_id))
        draft.municipality_id = resident.campaign.municipality_id
        draft.neighbourhood_id = resident.campaign.neighbourhood_id
        session.flush()
    path = f"/mijn/acties/{draft.id}/matchgeld"
    page_text = page(resident.browser, path)
    assert resident.fund.name in page_text
    assert "buurtgenoten elk" not in page_text
    assert resident.browser.get(f"{path}/{resident.fund.id}").location == path


def test_a_fund_that_does_not_fit_says_why(resident: Resident, committing: Committing) -> None:
    with committing():
        elsewhere = town_fund(resident.campaign.municipality_id, area_codes=["BU99999999"])
    page_text = page(resident.browser, resident.funds_path)
    assert f"{resident.funds_path}/{elsewhere.id}" not in page_text
    assert "Dit fonds is voor acties in andere buurten." in page_text


def test_an_application_is_checked_before_it_is_sent(
    resident: Resident, committing: Committing
) -> None:
    page_text = page(resident.browser, resident.apply_path, **FORM, consent="y")
    assert "Controleer uw aanvraag" in page_text
    assert FORM["reach"] in page_text
    assert one(committing, Application) is None
    back = page(resident.browser, resident.apply_path, **FORM, consent="y", change="1")
    assert FORM["reach"] in back
    assert re.search(r'checked[^>]*value="Jongeren"', back)
    page_text = page(resident.browser, resident.apply_path, **FORM, consent="y", send="1")
    application = one(committing, Application)
    assert application.number in page_text
    assert application.groups == ["Jongeren"]
    assert "Uw aanvraag is ontvangen." in page_text
    with committing() as session:
        about = MailMessage.template == "application_received"
        mail = session.scalars(select(MailMessage).where(about)).one()
        assert mail.context["case_path"] == f"/mijn/matchgeld/{application.id}"


@pytest.mark.parametrize(("left_out", "field"), [("reach", "reach"), ("consent", "consent")])
def test_what_lacks_is_told_at_its_field_and_nothing_is_lost(
    resident: Resident, committing: Committing, left_out: str, field: str
) -> None:
    form = {**FORM, "de_minimis": "Niets.", "consent": "y"} | {left_out: ""}
    page_text = page(resident.browser, resident.apply_path, **form)
    assert f'id="{field}-error"' in page_text
    for value in form.values():
        assert value in page_text
    assert one(committing, Application) is None


def test_an_undertaking_declares_its_state_aid(resident: Resident, committing: Committing) -> None:
    form = {**FORM, "consent": "y", "undertaking": "y", "send": "1"}
    page_text = page(resident.browser, resident.apply_path, **form)
    assert 'id="de_minimis-error"' in page_text
    assert one(committing, Application) is None
    page_text = page(resident.browser, resident.apply_path, **form, de_minimis="Geen.")
    assert 'id="aid_cents-error"' in page_text
    page(resident.browser, resident.apply_path, **form, de_minimis="Geen.", aid_cents="1.250")
    assert one(committing, Application).de_minimis == "Geen."
    assert one(committing, Applicant).aid_cents == 125_000


def test_a_second_application_is_refused_with_the_reason(
    resident: Resident, committing: Committing
) -> None:
    page(resident.browser, resident.apply_path, **FORM, consent="y", send="1")
    page_text = page(resident.browser, resident.apply_path)
    assert "al een aanvraag" in page_text
    assert 'name="reach"' not in page_text


@pytest.fixture
def question_path(resident: Resident, committing: Committing) -> str:
    """The path of an application of which an officer asked something."""
    with committing() as session:
        fund = session.get_one(Fund, resident.fund.id)
        campaign = session.get_one(Campaign, resident.campaign.id)
        application = applied(session, fund, campaign)
        ask_completion(
            session,
            application_id=application.id,
            missing="Stuur een begroting.",
            until=clock.today() + timedelta(days=14),
            actor=officer(session, fund.municipality_id),
        )
    return f"/mijn/matchgeld/{application.id}"


def test_completing_answers_the_question_and_lets_the_clock_run(
    resident: Resident, question_path: str, committing: Committing
) -> None:
    page_text = page(resident.browser, question_path)
    assert "Stuur een begroting." in page_text
    page_text = page(resident.browser, f"{question_path}/aanvullen", reason="", reach="Iedereen.")
    assert 'id="reason-error"' in page_text
    assert "Iedereen." in page_text
    answer = {"reason": "Zie de pagina.", "reach": "Iedereen.", **APPLICANT_FIELDS}
    page(resident.browser, f"{question_path}/aanvullen", **answer)
    application = one(committing, Application)
    assert (application.status, application.reach, application.suspended_at) == (
        "received",
        "Iedereen.",
        None,
    )


def test_what_was_sent_can_be_changed_without_a_question(
    resident: Resident, committing: Committing
) -> None:
    page(resident.browser, resident.apply_path, **FORM, consent="y", send="1")
    path = f"/mijn/matchgeld/{one(committing, Application).id}"
    assert 'name="reason"' not in page(resident.browser, f"{path}/aanvullen")
    changes = {**APPLICANT_FIELDS, "reach": "Ook de nieuwe flats.", "groups": []}
    page_text = page(resident.browser, f"{path}/aanvullen", **changes)
    assert "Uw aanvraag is gewijzigd." in page_text
    assert "Ook de nieuwe flats." in page_text
    assert one(committing, Application).groups == []


def test_an_application_can_be_withdrawn(
    resident: Resident, question_path: str, committing: Committing
) -> None:
    page(resident.browser, f"{question_path}/intrekken", reason="")
    assert one(committing, Application).status == "withdrawn"
    assert "U hebt deze aanvraag ingetrokken." in page(resident.browser, question_path)


def test_nobody_else_sees_an_application(
    question_path: str, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        other = PersonFactory()
    browser = signed_in(other)
    for path in (
        question_path,
        f"{question_path}/aanvullen",
        f"{question_path}/intrekken",
        f"{question_path}/verantwoorden",
    ):
        assert browser.get(path).status_code == 404
