"""A resident asks for match money, completes, reads, objects and accounts: over the screens."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.applicants import FIELDS as APPLICANT_FIELDS
from tests.support.case_steps import heard, objected, ruled
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.decisions import DecisionFactory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.rounds import given
from tests.support.factories.towns import admitted, applied, officer, town, town_divided, town_fund
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.terms import ask_completion
from voorjebuurt.decisions.models import Accounting, Objection
from voorjebuurt.decisions.objections.reopening import Replacement
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
        draft.initiator_id = resident.campaign.initiator_id
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


def test_a_decision_is_read_as_a_page_and_as_pdf(committing: Committing, signed_in: SignIn) -> None:
    case = decided(committing, signed_in, "award", 50_000)
    page_text = page(case.browser, case.path)
    assert "Toekenning: € 500" in words(page_text)
    letter = page(case.browser, f"/mijn/besluiten/{case.decision_id}")
    assert "vjb-letter" in letter
    pdf = case.browser.get(f"/mijn/besluiten/{case.decision_id}/brief.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")


def test_a_proposal_is_not_told_before_it_is_sent(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town_divided(session, claim=50_000)
        decision_id = case.propose(session, "refusal", 0, "will_not_happen")
        person = session.get_one(Person, case.campaign.initiator_id)
    browser = signed_in(person)
    page_text = page(browser, f"/mijn/matchgeld/{case.application.id}")
    assert "Besluiten" not in page_text
    assert browser.get(f"/mijn/besluiten/{decision_id}").status_code == 404
    assert browser.get(f"/mijn/besluiten/{decision_id}/brief.pdf").status_code == 404


def test_a_refused_applicant_objects_and_takes_it_back(
    committing: Committing, signed_in: SignIn
) -> None:
    case = decided(committing, signed_in, "refusal", 0, "will_not_happen")
    path = f"/mijn/besluiten/{case.decision_id}/bezwaar"
    page(case.browser, path, reason="")
    objection = one(committing, Objection)
    page_text = page(case.browser, f"/mijn/matchgeld/{case.application_id}")
    assert "de gronden: waarom iemand bezwaar maakt" in page_text
    complete = f"/mijn/bezwaren/{objection.id}/aanvullen"
    assert 'id="body-error"' in page(case.browser, complete, body="")
    page_text = page(case.browser, complete, body="Het plein is niet verkocht.")
    assert "Het plein is niet verkocht." in page_text
    objection = one(committing, Objection)
    assert objection.in_time
    assert objection.number in page_text
    page_text = page(case.browser, f"/mijn/bezwaren/{objection.id}/intrekken", x="x")
    assert "Uw bezwaar is ingetrokken." in page_text
    assert one(committing, Objection).status == "withdrawn"


def test_the_answer_to_an_objection_leads_to_the_court_only(
    committing: Committing, signed_in: SignIn
) -> None:
    """Neither page offers a second objection; who has the form open loses no word."""
    with committing() as session:
        case = town_divided(session, claim=50_000)
        refusal = case.send(session, "refusal", 0, "requirement")
        place = case.fund.municipality_id
        two = officer(session, place, "Rosa"), officer(session, place, "Bram")
        objection = objected(session, case, refusal)
        heard(session, objection, two[0])
        new = Replacement("refusal", 0, ("rule",), "Om een andere reden.")
        ruling = ruled(session, objection, "partly_upheld", new, by=two)
        answer_id, objection_id = ruling.replacement_id, objection.id
        refusal_id, application_id = refusal.id, case.application.id
        person = session.get_one(Person, case.campaign.initiator_id)
    browser = signed_in(person)
    page_text = page(browser, f"/mijn/matchgeld/{application_id}")
    assert "U kunt wel in beroep gaan bij de rechtbank." in words(page_text)
    assert f"/mijn/besluiten/{answer_id}/bezwaar" not in page_text
    assert "geldt niet meer" in page_text
    assert f"/mijn/besluiten/{refusal_id}/bezwaar" not in page_text
    assert "Dit besluit geldt niet meer" in page(browser, f"/mijn/besluiten/{refusal_id}")
    letter = page(browser, f"/mijn/bezwaren/{objection_id}/beslissing")
    assert "voor een deel gegrond" in letter
    pdf = browser.get(f"/mijn/bezwaren/{objection_id}/beslissing.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert "/bezwaar" not in page(browser, f"/mijn/besluiten/{answer_id}")
    page_text = page(browser, f"/mijn/besluiten/{answer_id}/bezwaar", reason="Wij zijn met drie.")
    assert "U kunt tegen dit besluit niet nog een keer bezwaar maken." in words(page_text)
    assert "Wij zijn met drie." in page_text


def test_who_is_late_may_object_and_reads_what_that_means(
    committing: Committing, signed_in: SignIn
) -> None:
    case = decided(committing, signed_in, "refusal", 0, "will_not_happen")
    with clock.at(clock.now() + timedelta(days=60)):
        path = f"/mijn/besluiten/{case.decision_id}/bezwaar"
        browser = signed_in(case.person)
        page_text = page(browser, path)
        assert "De laatste dag om bezwaar te maken is voorbij." in page_text
        page(browser, path, reason="Wij waren op vakantie.")
    assert not one(committing, Objection).in_time


def account(story: str = "Zes bomen staan er.", **more: Any) -> dict[str, Any]:
    """An account of one row."""
    return {"lines-0-label": "Bomen", "lines-0-amount": "480,00", "story": story, **more}


def pdf(name: str = "bon.pdf", content: bytes = b"%PDF-1.7 bon") -> tuple[io.BytesIO, str]:
    """A file to upload."""
    return io.BytesIO(content), name


@pytest.fixture
def award(committing: Committing, signed_in: SignIn) -> DecidedApplicant:
    """An initiator who has the money."""
    return decided(committing, signed_in, "award", 50_000)


def test_an_account_with_rows_and_receipts(award: DecidedApplicant, committing: Committing) -> None:
    path = f"{award.path}/verantwoorden"
    page_text = page(award.browser, path, **account(story=""), receipts=pdf())
    assert 'id="story-error"' in page_text
    assert "bon.pdf" in page_text
    assert "480,00" in page_text
    match = re.search(r'name="kept"[^>]*value="([^"]+)"', page_text)
    assert match is not None
    value = match[1].replace("&#34;", '"')
    page(award.browser, path, **account(), kept=value)
    accounting = one(committing, Accounting)
    assert accounting.spent_cents == 48_000
    assert [receipt["name"] for receipt in accounting.receipts] == ["bon.pdf"]
    with committing() as session:
        assert session.get_one(Application, award.application_id).status == "accounted"


def test_a_file_that_is_no_receipt_is_told_at_its_field(
    award: DecidedApplicant, committing: Committing
) -> None:
    page_text = page(
        award.browser,
        f"{award.path}/verantwoorden",
        **account(),
        receipts=pdf("virus.exe", b"MZ nothing"),
    )
    assert 'id="receipts-error"' in page_text
    assert "Zes bomen staan er." in page_text
    assert one(committing, Accounting) is None


def test_rows_come_and_go_without_sending(award: DecidedApplicant, committing: Committing) -> None:
    path = f"{award.path}/verantwoorden"
    page_text = page(award.browser, path, **account(), add="1")
    assert "€ 480" in page_text
    assert one(committing, Accounting) is None
    page_text = page(award.browser, path, **account(), remove="lines-0")
    assert "480,00" not in page_text
    assert "Zes bomen staan er." in page_text


def test_who_has_no_money_yet_has_nothing_to_account_for(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town(session, campaign="live", live=True)
        person = session.get_one(Person, case.campaign.initiator_id)
        admitted(session, case.application, case.olga)
    browser = signed_in(person)
    page_text = page(browser, f"/mijn/matchgeld/{case.application.id}/verantwoorden")
    assert "Tot dan komt er niets bij giften en telt er niets mee." in page_text


def test_an_account_that_is_decided_on_can_not_be_changed(
    award: DecidedApplicant, committing: Committing
) -> None:
    """Sending it would be refused, so nothing offers it until the decision is out or sent back."""
    page(award.browser, f"{award.path}/verantwoorden", **account(), send="x")
    assert f"{award.path}/verantwoorden" in page(award.browser, award.path)
    with committing() as session:
        application = session.get_one(Application, award.application_id)
        DecisionFactory(application=application, kind="determination", status="proposed")
    assert f"{award.path}/verantwoorden" not in page(award.browser, award.path)
