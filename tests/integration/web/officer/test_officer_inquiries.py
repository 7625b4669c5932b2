"""Proof on the screens of officers, of an auditor and of who is asked."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.attached_files import PDF
from tests.support.factories import funds as make
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.inquiries import CLAIM, EX_OFFICIO
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.decisions.inquiries.draws import draw_lot
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import FundVersion
from voorjebuurt.people.models import Person

ASKED = {
    "cause": "Een buurman <b>belde</b> ons.",
    "asked": "Foto’s van de bomen.",
    "until": (clock.today() + timedelta(days=28)).isoformat(),
}
AWARD_AGO = timedelta(weeks=30)


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    """A case of which nothing is accounted for, due, in a fund that draws everybody."""
    with clock.at(clock.now() - AWARD_AGO):
        at_desk = desk(
            committing,
            signed_in,
            at="divided",
            claim=CLAIM,
            draft_arrangements=EX_OFFICIO,
            draft_sample_percent=100,
        )
        with committing() as session:
            at_desk.case.send(session, "award", CLAIM)
    officers = (at_desk.case.olga, at_desk.case.piet)
    with committing() as session:
        people = [session.get_one(Person, each.person_id) for each in officers]
    at_desk.olga, at_desk.piet = map(signed_in, people)
    return at_desk


@pytest.fixture
def noor(committing: Committing, signed_in: SignIn, at_desk: Desk) -> FlaskClient:
    """The applicant."""
    with committing() as session:
        return signed_in(session.get_one(Person, at_desk.case.initiator.person_id))


def draw(at_desk: Desk, committing: Committing) -> None:
    with committing() as session:
        assert draw_lot(session, application_id=at_desk.application_id, seed="7" * 64)


def the_inquiry(committing: Committing) -> Inquiry:
    with committing() as session:
        return session.scalars(select(Inquiry)).one()


def with_file(client: FlaskClient, path: str, **form: Any) -> None:
    answer = client.post(
        path,
        data={**form, "attachments": [(io.BytesIO(PDF), "bomen.pdf")]},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert answer.status_code == 200


def test_from_the_question_to_the_finding(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    draw(at_desk, committing)
    assert "Geloot in de steekproef" in page(at_desk.olga, at_desk.path)
    assert "geloot: vraag om bewijs" in page(at_desk.olga, "/gemeente?van=alle")
    path = f"{at_desk.path}/bewijs"
    assert 'name="cause"' not in page(at_desk.olga, path)
    wrong = page(at_desk.olga, path, asked="", until=ASKED["until"])
    assert "Schrijf op wat de aanvrager moet laten zien." in wrong
    page(at_desk.olga, path, asked=ASKED["asked"], until=ASKED["until"])
    inquiry = the_inquiry(committing)
    assert (inquiry.ground, inquiry.cause) == ("sample", "")
    assert inquiry.number in page(at_desk.piet, path, **ASKED), "a second question leads to it"
    propose = page(at_desk.olga, f"{at_desk.path}/besluit/vaststelling", amount="500")
    assert "Er is om bewijs gevraagd" in propose

    own, mine = f"/mijn/bewijsvragen/{inquiry.id}", f"/mijn/matchgeld/{at_desk.application_id}"
    assert own in page(noor, mine)
    assert "de subsidies. Een loting bepaalt welke" in page(noor, own)
    with_file(noor, f"{own}/antwoord", answer="Zie <b>foto</b>.")
    assert "Wij hebben uw antwoord van" in page(noor, f"{own}/antwoord"), "it is answered once"
    with committing() as session:
        assert session.scalars(select(Attachment.form)).one() == f"inquiry:{inquiry.id}"

    show = f"/gemeente/bewijsvragen/{inquiry.id}"
    html = page(at_desk.piet, show)
    assert "bomen.pdf" in html
    assert "Zie &lt;b&gt;foto&lt;/b&gt;." in html
    refusal = page(at_desk.piet, f"{show}/afsluiten", finding="silence", finding_text="Niets.")
    assert "Niets." in refusal
    assert the_inquiry(committing).finding == ""
    page(at_desk.piet, f"{show}/afsluiten", finding="proof", finding_text="Acht bomen.")
    assert "Acht bomen." in page(noor, own)
    assert "Stel het bedrag vast" in page(at_desk.olga, at_desk.path)


def test_an_officer_registers_what_came_on_paper(at_desk: Desk, committing: Committing) -> None:
    page(at_desk.olga, f"{at_desk.path}/bewijs", **ASKED)
    inquiry = the_inquiry(committing)
    show = f"/gemeente/bewijsvragen/{inquiry.id}"
    assert "Een buurman &lt;b&gt;belde&lt;/b&gt; ons." in page(at_desk.olga, show)
    later = (inquiry.until + timedelta(days=14)).isoformat()
    page(at_desk.olga, f"{show}/verlengen", until=later, reason="Ziek.")
    assert the_inquiry(committing).extension == "Ziek."
    paper = {"channel": "letter", "received_on": clock.today().isoformat(), "answer": "Een brief."}
    with_file(at_desk.piet, f"{show}/antwoord", **paper)
    html = page(at_desk.olga, show)
    assert "bomen.pdf" in html
    assert "per brief" in html or "by letter" in html
    again = page(at_desk.olga, f"{show}/antwoord", **paper)
    assert "Dit kan niet meer worden beantwoord" in again


def test_an_auditor_reads_and_changes_nothing(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    page(at_desk.olga, f"{at_desk.path}/bewijs", **ASKED)
    inquiry = the_inquiry(committing)
    with committing() as session:
        ria, somebody = PersonFactory(name="Ria Rekenkamer"), PersonFactory()
        RoleGrantFactory(
            person_id=ria.id,
            role="inspector",
            municipality_id=at_desk.case.fund.municipality_id,
        )
        session.flush()
    auditor = signed_in(ria)
    show = f"/gemeente/bewijsvragen/{inquiry.id}"
    html = page(auditor, show)
    assert inquiry.number in html
    assert "/afsluiten" not in html
    assert auditor.post(f"{show}/afsluiten", data={"finding": "mistake"}).status_code in (403, 404)
    anybody = signed_in(somebody)
    assert anybody.get(show).status_code in (403, 404)


def test_the_sample_is_drafted_published_and_shown(
    at_desk: Desk, committing: Committing, signed_in: SignIn
) -> None:
    draw(at_desk, committing)
    lots = page(at_desk.olga, f"/gemeente/fondsen/{at_desk.case.fund.id}/loting")
    assert "Nagerekend: het klopt." in lots
    assert "7" * 64 in lots
    with committing() as session:
        at = make.desk()
        fund = make.draft(session, at)
        people = [session.get_one(Person, person.id) for person in (at.anna, at.bram)]
        path = f"/gemeente/fondsen/{fund.id}"
    anna, bram = map(signed_in, people)
    bands = {"direct_below": "100", "ex_officio_below": "1000", "activities_below": ""}
    wrong = page(anna, f"{path}/verantwoorden", **bands, sample_percent="101")
    assert "Vul een percentage in van 0 tot en met 100." in wrong
    page(anna, f"{path}/verantwoorden", **bands, sample_percent="5")
    assert "In 5 van de honderd zaken" in page(bram, f"{path}/publiceren")
    page(anna, f"{path}/verantwoorden", **bands, sample_percent="100")
    assert "In alle zaken die zo worden vastgesteld" in page(bram, f"{path}/publiceren")
    page(anna, f"{path}/verantwoorden", **bands, sample_percent="5")
    page(bram, f"{path}/publiceren", unrehearsed_reason="Een proef.")
    with committing() as session:
        statement = select(FundVersion.sample_percent).where(FundVersion.fund_id == fund.id)
        assert session.scalars(statement).one() == 5
