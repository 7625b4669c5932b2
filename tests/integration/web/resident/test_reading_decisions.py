"""A resident reads a decision and objects to it: over the screens."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from tests.support.case_steps import heard, objected, ruled
from tests.support.decided_applicants import decided
from tests.support.factories.towns import officer, town_divided
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.decisions.objections.proceedings.steps import record_step
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.steps import StepNote
from voorjebuurt.decisions.rules.proceedings import StepKind
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person


def words(html: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def one(committing: Committing, model: type) -> Any:
    """The only row of a table, if there is one."""
    with committing() as session:
        return session.scalars(select(model)).one_or_none()


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


def test_who_is_invited_to_a_hearing_reads_when_and_where(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town_divided(session, claim=50_000)
        objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
        rosa = officer(session, case.fund.municipality_id, "Rosa")
        day = clock.today() + timedelta(days=20)
        note = StepNote(clock.today(), until=day, place="Raadhuis, kamer 3")
        record_step(
            session, objection_id=objection.id, kind=StepKind.INVITATION, note=note, actor=rosa
        )
        person = session.get_one(Person, case.campaign.initiator_id)
        decision_id = objection.decision_id
    browser = signed_in(person)
    letter = page(browser, f"/mijn/besluiten/{decision_id}")
    assert "U hebt bezwaar gemaakt tegen dit besluit." in letter
    assert f"/mijn/besluiten/{decision_id}/bezwaar" not in letter, "typed for nothing"
    page_text = words(page(browser, f"/mijn/matchgeld/{case.application.id}"))
    assert "Hoorzitting:" in page_text
    assert "Raadhuis, kamer 3." in page_text


def test_after_the_last_day_to_object_a_reason_is_asked(
    committing: Committing, signed_in: SignIn
) -> None:
    """Awb 6:11: who is late through no fault of their own can still object."""
    with committing() as session, clock.at(clock.now() - timedelta(weeks=7)):
        case = town_divided(session, claim=50_000)
        case.send(session, "refusal", 0, "will_not_happen")
        person = session.get_one(Person, case.campaign.initiator_id)
    page_text = page(signed_in(person), f"/mijn/matchgeld/{case.application.id}")
    assert "U kon bezwaar maken tot en met" in page_text
    assert "Had u een goede reden om later te zijn?" in page_text
    assert "Bezwaar maken tegen dit besluit" in page_text


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


def test_an_applicant_reads_nothing_of_a_neighbours_objection_that_was_decided_with_it(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town_divided(session, claim=50_000)
        award = case.send(session, "award", 50_000)
        place = case.fund.municipality_id
        two = officer(session, place, "Rosa"), officer(session, place, "Bram")
        theirs_id = register_objection(
            session,
            decision_id=award.id,
            grounds="Te veel lawaai.",
            channel="letter",
            received_on=clock.today(),
            posted_on=None,
            objector=Objector("Mevrouw Van Dam", "Duinlaan 4"),
            actor=two[0],
        )
        own = objected(session, case, award)
        theirs = session.get_one(Objection, theirs_id)
        for objection in (own, theirs):
            heard(session, objection, two[0])
        ruled(session, theirs, "rejected", by=two, joined=[own.id])
        own_id = own.id
        person = session.get_one(Person, case.campaign.initiator_id)
    browser = signed_in(person)
    letter = words(page(browser, f"/mijn/bezwaren/{own_id}/beslissing"))
    assert "Ik ben het niet eens." in letter
    assert "Van Dam" not in letter
    assert "lawaai" not in letter
    for path in ("beslissing", "beslissing.pdf", "aanvullen", "intrekken"):
        assert browser.get(f"/mijn/bezwaren/{theirs_id}/{path}").status_code == 404


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
