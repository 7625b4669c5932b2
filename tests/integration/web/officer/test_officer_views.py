"""Views before a decision, over the screens of officers and of the applicant."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tests.support.attached_files import PDF
from tests.support.certain import certain
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.decisions.intention_models import DecisionViews, Intention
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

FORM = {
    "grounds": "will_not_happen",
    "reason": "Er is geen vergunning.",
    "until": (clock.today() + timedelta(days=14)).isoformat(),
}
ANSWER = "De vergunning is er <b>wel</b>: zie de bijlage."
WEIGHED = "De vergunning is van een ander plein."


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in, at="divided", claim=50_000)


@pytest.fixture
def noor(committing: Committing, signed_in: SignIn, at_desk: Desk) -> FlaskClient:
    """The applicant."""
    with committing() as session:
        return signed_in(session.get_one(Person, at_desk.case.initiator.person_id))


def the_intention(committing: Committing) -> Intention:
    with committing() as session:
        return session.scalars(select(Intention)).one()


def stated(at_desk: Desk, committing: Committing, **changes: str) -> Intention:
    page(at_desk.olga, f"{at_desk.path}/voornemen/weigering", **{**FORM, **changes})
    return the_intention(committing)


def decision_of(committing: Committing) -> Decision:
    with committing() as session:
        statement = select(Decision).options(undefer(Decision.letter))
        return session.scalars(statement).one()


def sent(at_desk: Desk, committing: Committing) -> Decision:
    decision = decision_of(committing)
    page(at_desk.piet, f"/gemeente/besluiten/{decision.id}/goedkeuren", x="x")
    send_at = certain(decision_of(committing).send_at)
    with committing() as session, clock.at(send_at):
        assert send_decision(session, decision_id=decision.id)
    return decision_of(committing)


def test_from_intention_to_a_decision_that_weighs_the_views(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    preview = page(at_desk.olga, f"{at_desk.path}/voornemen/weigering", preview="1", **FORM)
    assert "Dit is nog geen besluit." in preview
    intention = stated(at_desk, committing)
    assert intention.number in page(at_desk.olga, at_desk.path)
    assert intention.number in page(at_desk.olga, "/gemeente?van=alle")

    mine = page(noor, f"/mijn/matchgeld/{at_desk.application_id}")
    path = f"/mijn/voornemens/{intention.id}"
    assert path in mine
    assert "Wat vindt u ervan?" in page(noor, path)
    answer = noor.post(
        f"{path}/zienswijze",
        data={"answer": ANSWER, "attachments": [(io.BytesIO(PDF), "vergunning.pdf")]},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert answer.status_code == 200
    with committing() as session:
        file = session.scalars(select(Attachment)).one()
    assert (file.application_id, file.form) == (at_desk.application_id, f"views:{intention.id}")

    html = page(at_desk.olga, f"/gemeente/voornemens/{intention.id}")
    assert "vergunning.pdf" in html
    assert "er &lt;b&gt;wel&lt;/b&gt;" in html
    form = {name: FORM[name] for name in ("grounds", "reason")}
    propose = f"{at_desk.path}/besluit/weigering"
    refusal = page(at_desk.olga, propose, **form)
    assert "Schrijf hoe u de zienswijze hebt meegewogen." in refusal
    page(at_desk.olga, propose, weighing=WEIGHED, **form)
    decision = sent(at_desk, committing)
    letter = page(noor, f"/mijn/besluiten/{decision.id}")
    assert WEIGHED in letter
    assert "er &lt;b&gt;wel&lt;/b&gt;" in letter
    with committing() as session:
        assert session.get_one(DecisionViews, decision.id).intention_id == intention.id
        templates = set(session.scalars(select(MailMessage.template)))
    assert {"views_asked", "views_received", "decision_sent"} <= templates
    assert noor.get(f"{path}/brief.pdf").data.startswith(b"%PDF-")


def test_views_on_paper_come_with_their_scan(at_desk: Desk, committing: Committing) -> None:
    path = f"/gemeente/voornemens/{stated(at_desk, committing).id}"
    answer = at_desk.olga.post(
        f"{path}/zienswijze",
        data={
            "channel": "letter",
            "received_on": clock.today().isoformat(),
            "answer": ANSWER,
            "attachments": [(io.BytesIO(PDF), "brief.pdf")],
        },
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert "De zienswijze staat genoteerd." in answer.text
    assert "brief.pdf" in page(at_desk.olga, path)
    assert "zienswijze binnen" in page(at_desk.olga, path)


def test_a_term_that_is_over_is_not_told_to_be_lengthened(
    at_desk: Desk, committing: Committing
) -> None:
    """Awb 4:14: a term can be lengthened only before it ends."""
    path = f"/gemeente/voornemens/{stated(at_desk, committing).id}"
    with committing() as session:
        application = session.get_one(Application, at_desk.application_id)
        application.decide_by = clock.today()
    assert "Verleng hem eerst" in page(at_desk.olga, path)
    with committing() as session:
        application = session.get_one(Application, at_desk.application_id)
        application.decide_by = clock.today() - timedelta(days=1)
    late = page(at_desk.olga, path)
    assert "Het besluit is al te laat" in late
    assert "Verleng hem eerst" not in late


def test_without_views_the_form_says_what_is_needed(at_desk: Desk, committing: Committing) -> None:
    form = {name: FORM[name] for name in ("grounds", "reason")}
    refusal = page(at_desk.olga, f"{at_desk.path}/besluit/weigering", **form)
    assert "Vraag die eerst, of schrijf waarom dat volgens de wet niet hoeft." in refusal
    assert FORM["reason"] in refusal
    half = {**form, "exception": "urgency", "exception_reason": ""}
    assert "Schrijf waarom u geen zienswijze vraagt." in page(
        at_desk.olga, f"{at_desk.path}/besluit/weigering", **half
    )
    whole = {**half, "exception_reason": "Het geld vervalt morgen."}
    html = page(at_desk.olga, f"{at_desk.path}/besluit/weigering", **whole)
    assert "Het geld vervalt morgen." in html
    assert "Het geld vervalt morgen." in page(
        at_desk.piet, f"/gemeente/besluiten/{decision_of(committing).id}"
    )


def test_what_takes_money_back_offers_to_ask_first(at_desk: Desk, committing: Committing) -> None:
    with committing() as session:
        at_desk.case.application = session.merge(at_desk.case.application)
        at_desk.case.send(session, "award", 50_000)
    assert f"{at_desk.path}/voornemen/intrekking" in page(at_desk.olga, at_desk.path)
    assert "Vraag eerst een zienswijze" in page(at_desk.olga, f"{at_desk.path}/besluit/intrekking")


def test_who_would_refuse_finds_at_once_where_to_ask_for_views(
    at_desk: Desk, committing: Committing
) -> None:
    way = f'href="{at_desk.path}/voornemen/weigering">Vraag eerst een zienswijze: afwijzing<'
    assert way in page(at_desk.olga, at_desk.path)
    stated(at_desk, committing)
    case_page = page(at_desk.olga, at_desk.path)
    assert way not in case_page
    assert "Bekijk het voornemen: afwijzing" in case_page


@pytest.mark.parametrize("path", ["", "/brief.pdf", "/zienswijze", "/geen-zienswijze"])
def test_nobody_else_sees_it(
    at_desk: Desk, signed_in: SignIn, committing: Committing, path: str
) -> None:
    intention = stated(at_desk, committing)
    assert at_desk.piet.get(f"/mijn/voornemens/{intention.id}{path}").status_code == 404
    elsewhere = at_desk.eva.get(f"/gemeente/voornemens/{intention.id}")
    assert elsewhere.status_code in (403, 404)


def test_views_by_telephone_and_more_time_and_dropping(
    at_desk: Desk, committing: Committing
) -> None:
    intention = stated(at_desk, committing)
    path = f"/gemeente/voornemens/{intention.id}"
    later = (clock.today() + timedelta(days=30)).isoformat()
    page(at_desk.piet, f"{path}/verlengen", until=later, reason="Vakantie.")
    assert the_intention(committing).until >= clock.today() + timedelta(days=30)
    fields = {"channel": "phone", "received_on": clock.today().isoformat(), "answer": ANSWER}
    page(at_desk.olga, f"{path}/zienswijze", **fields)
    assert the_intention(committing).status == "answered"
    again = page(at_desk.olga, f"{path}/zienswijze", **{**fields, "answer": "Toch anders."})
    assert "Dit kan niet meer" in again
    assert the_intention(committing).answer == ANSWER
    page(at_desk.olga, f"{path}/laten-vallen", reason="De vergunning klopt.")
    assert the_intention(committing).status == "dropped"


def test_pressing_twice_states_and_answers_once(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    first = stated(at_desk, committing)
    page(at_desk.piet, f"{at_desk.path}/voornemen/weigering", **FORM)
    assert the_intention(committing).id == first.id
    path = f"/mijn/voornemens/{first.id}"
    page(noor, f"{path}/geen-zienswijze", x="x")
    page(noor, f"{path}/geen-zienswijze", x="x")
    page(noor, f"{path}/zienswijze", answer="Toch wel.")
    intention = the_intention(committing)
    assert (intention.status, intention.answer) == ("waived", "")


@pytest.mark.parametrize("kind", ["toekenning", "vaststelling", "iets"])
def test_only_what_needs_views_can_be_intended(at_desk: Desk, kind: str) -> None:
    assert at_desk.olga.get(f"{at_desk.path}/voornemen/{kind}").status_code == 404


def test_an_english_page_is_whole(at_desk: Desk, noor: FlaskClient, committing: Committing) -> None:
    intention = stated(at_desk, committing)
    noor.set_cookie("taal", "en")
    values: Any = {"query_string": {"taal": "en"}}
    answer = noor.get(f"/mijn/voornemens/{intention.id}", **values)
    assert answer.status_code == 200


def test_who_runs_the_campaign_finds_on_its_start_page_that_the_municipality_waits(
    at_desk: Desk, noor: FlaskClient, committing: Committing
) -> None:
    """It goes before all else that can be done, with its last day, until it was answered."""
    board = f"/mijn/acties/{at_desk.case.campaign.id}"
    assert "Reageer op de gemeente" not in page(noor, board)
    intention = stated(at_desk, committing)
    text = page(noor, board)
    assert "Reageer op de gemeente" in text
    assert text.index("Reageer op de gemeente") < text.index("Hoe ver u bent")
    assert f"/mijn/voornemens/{intention.id}" in text
    page(noor, f"/mijn/voornemens/{intention.id}/geen-zienswijze", x="x")
    assert "Reageer op de gemeente" not in page(noor, board)
