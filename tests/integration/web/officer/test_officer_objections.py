"""Objections over the screens: registered, lengthened and decided on by another officer."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support import case_steps as steps
from tests.support.certain import certain
from tests.support.factories.towns import officer
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.cases.stakes import declare_stake
from voorjebuurt.decisions.models import Objection
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person

CLAIM = 50_000
FORM = {"channel": "letter", "reason": "U hebt onze donateurs niet geteld."}


@dataclass
class AfterRefusal(Desk):
    """The same with the decision by which the application was refused."""

    decision_id: UUID


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> AfterRefusal:
    new_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        new_desk.case.application = session.get_one(Application, new_desk.application_id)
        decision = new_desk.case.send(session, "refusal", 0, "will_not_happen")
    return AfterRefusal(**vars(new_desk), decision_id=decision.id)


@pytest.fixture
def rosa(committing: Committing, signed_in: SignIn, at_desk: AfterRefusal) -> FlaskClient:
    """An officer who had nothing to do with the decision."""
    with committing() as session:
        actor = officer(session, at_desk.case.fund.municipality_id, "Rosa")
        person = session.get_one(Person, actor.person_id)
    return signed_in(person)


@pytest.fixture
def noor(committing: Committing, signed_in: SignIn, at_desk: AfterRefusal) -> FlaskClient:
    """The applicant."""
    with committing() as session:
        return signed_in(session.get_one(Person, at_desk.case.initiator.person_id))


@pytest.fixture
def bram(committing: Committing, signed_in: SignIn, at_desk: AfterRefusal) -> FlaskClient:
    """Another one."""
    with committing() as session:
        actor = officer(session, at_desk.case.fund.municipality_id, "Bram")
        person = session.get_one(Person, actor.person_id)
    return signed_in(person)


def register(at_desk: AfterRefusal, **changes: Any) -> str:
    values = {**FORM, "received_on": clock.today().isoformat(), "posted_on": "", **changes}
    return page(at_desk.olga, f"/gemeente/besluiten/{at_desk.decision_id}/bezwaar", **values)


def the_objection(committing: Committing) -> Objection | None:
    with committing() as session:
        return session.scalars(select(Objection)).one_or_none()


def registered(at_desk: AfterRefusal, committing: Committing) -> str:
    register(at_desk)
    return f"/gemeente/bezwaren/{certain(the_objection(committing)).id}"


def test_an_objection_by_letter_is_registered(
    at_desk: AfterRefusal, committing: Committing
) -> None:
    page_text = register(at_desk)
    objection = the_objection(committing)
    assert certain(objection).number in page_text
    assert (certain(objection).channel, certain(objection).in_time, certain(objection).status) == (
        "letter",
        True,
        "received",
    )
    page_text = page(at_desk.olga, f"/gemeente/bezwaren/{certain(objection).id}")
    assert "U hebt onze donateurs niet geteld." in page_text
    assert certain(objection).number in page(at_desk.olga, "/gemeente/bezwaren")
    assert certain(objection).number in page(at_desk.olga, at_desk.path)
    assert certain(objection).number not in page(at_desk.eva, "/gemeente/bezwaren")
    for part in ("", "/stap/extension", "/beslissen", "/intrekken"):
        assert (
            at_desk.eva.get(f"/gemeente/bezwaren/{certain(objection).id}{part}").status_code == 404
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": "1-1-2090"}, "received_on"),
        ({"received_on": "?"}, "received_on"),
        ({"posted_on": "1-1-2090"}, "posted_on"),
        ({"channel": "duif"}, "channel"),
    ],
)
def test_what_can_not_be_is_told_at_its_field(
    at_desk: AfterRefusal, committing: Committing, changes: dict[str, str], field: str
) -> None:
    page_text = register(at_desk, **changes)
    assert f'id="{field}-error"' in page_text
    if "reason" not in changes:
        assert FORM["reason"] in page_text
    assert the_objection(committing) is None


def heard(browser: FlaskClient, path: str) -> None:
    """The report of the hearing, so that it can be decided on."""
    page(
        browser,
        f"{path}/stap/hearing",
        on=clock.today().isoformat(),
        detail="mr. De Wit",
        body="De initiatiefnemer lichtte toe.",
    )


def ruling_form(outcome: str = "rejected", **changes: Any) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "reason": "Wij bleven bij de regel.",
        "court": "de rechtbank Noord-Holland",
        **changes,
    }


def test_who_decided_before_reads_that_another_must_and_has_no_button(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    heard(rosa, path)
    page_text = page(at_desk.olga, path)
    assert "utrecht-alert--warning" in page_text
    assert f"{path}/beslissen" not in page_text
    assert "error-summary" in page(at_desk.olga, f"{path}/beslissen", **ruling_form())
    assert f"{path}/beslissen" in page(rosa, path)
    assert path in page(rosa, "/gemeente?soort=object")
    assert path not in page(at_desk.olga, "/gemeente?soort=object")


def test_who_decided_before_is_not_offered_the_report_of_the_hearing(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    """Awb 7:5; once a committee hears, whoever writes its report down may have decided."""
    path = registered(at_desk, committing)
    report = f'href="{path}/stap/hearing"'
    page(rosa, f"{path}/stap/invitation", **invitation())
    assert report in page(rosa, path)
    page_text = page(at_desk.olga, path)
    assert report not in page_text
    assert f'href="{path}/stap/waiver"' in page_text
    page(rosa, f"{path}/stap/committee", on=clock.today().isoformat(), detail="De commissie")
    assert report in page(at_desk.olga, path)


def test_no_step_is_offered_that_has_no_place_now(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    page_text = page(rosa, path)
    steps = set(re.findall(rf'href="{path}/stap/(\w+)"', page_text))
    assert {"completion", "advice", "excuse"} & steps == set(), "nothing was asked; no committee"
    assert {"question", "committee", "hearing", "extension"} < steps
    for kind in steps:
        answer = page(rosa, f"{path}/stap/{kind}")
        assert 'method="post"' in answer


def test_who_has_a_stake_is_offered_nothing_about_an_objection(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    with committing() as session:
        decision_id = session.scalars(select(Objection.decision_id)).one()
        person = session.scalars(select(Person).where(Person.name == "Rosa")).one()
    other = f'href="/gemeente/besluiten/{decision_id}/bezwaar"'
    assert other in page(rosa, f"/gemeente/besluiten/{decision_id}")
    with committing() as session:
        declare_stake(
            session,
            application_id=at_desk.application_id,
            reason="Mijn zus doet mee",
            actor=Actor("person", person.id, frozenset({"officer"})),
        )
    page_text = page(rosa, path)
    assert re.findall(rf'href="{path}/(?:stap/\w+|intrekken|beslissen)"', page_text) == []
    assert "utrecht-alert--warning" in page_text
    assert other not in page(rosa, f"/gemeente/besluiten/{decision_id}")


def invitation() -> dict[str, str]:
    return {
        "on": clock.today().isoformat(),
        "until": (clock.today() + timedelta(days=14)).isoformat(),
        "place": "14.00 uur, raadhuis",
    }


def test_one_officer_proposes_and_another_approves(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient, bram: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    assert f"{path}/stap/invitation" in page(rosa, path)
    heard(rosa, path)
    page_text = page(rosa, f"{path}/beslissen", **ruling_form(reason="", court=""))
    assert 'id="reason-error"' in page_text
    assert 'id="court-error"' in page_text
    page_text = page(rosa, f"{path}/beslissen", **ruling_form())
    assert "Een collega stelde de beslissing voor" in page_text
    assert f"{path}/beslissing/goedkeuren" not in page_text
    letter = page(bram, f"{path}/beslissing")
    assert "Beslissing op uw bezwaar: ongegrond" in letter
    assert "in beroep gaan bij de rechtbank Noord-Holland" in letter
    assert bram.get(f"{path}/beslissing.pdf").data.startswith(b"%PDF")
    page_text = page(bram, f"{path}/beslissing/goedkeuren", x="x")
    assert "gaat binnenkort de deur uit" in page_text
    page_text = page(rosa, f"{path}/beslissing/terug", reason="Toch anders.")
    assert "De beslissing voorstellen" in page_text
    assert "Toch anders." in page_text


def test_nobody_approves_a_proposal_that_they_did_not_see(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient, bram: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    heard(rosa, path)
    page(rosa, f"{path}/beslissen", **ruling_form())
    version = version_on(page(bram, path))
    page(rosa, f"{path}/beslissing/terug", reason="Toch anders.")
    page(rosa, f"{path}/beslissen", **ruling_form(reason="Om een andere reden."))
    page_text = page(bram, f"{path}/beslissing/goedkeuren", version=version)
    assert "Het voorgestelde besluit" in page_text
    assert "gaat binnenkort de deur uit" not in page_text
    page_text = page(bram, f"{path}/beslissing/goedkeuren", version=version_on(page_text))
    assert "gaat binnenkort de deur uit" in page_text


def test_who_cannot_decide_reads_who_can_and_when_nobody_can(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    heard(rosa, path)
    assert "kunnen het wel: Rosa." in page(at_desk.olga, path)
    nobody = "Geen collega kan het nu."
    assert nobody in page(rosa, path), "who proposes needs another one"
    page(rosa, f"{path}/beslissen", **ruling_form())
    assert nobody in page(rosa, path)
    assert f"{path}/beslissing/terug" in page(rosa, path)
    assert f"{path}/beslissing/terug" not in page(at_desk.olga, path), "who decided before"
    with committing() as session:
        officer(session, at_desk.case.fund.municipality_id, "Bram")
    assert "kunnen het wel: Bram." in page(rosa, path)


def test_nobody_takes_back_a_decision_that_they_did_not_see(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient, bram: FlaskClient
) -> None:
    """Not another proposal, and not what was approved since as if it still was a proposal."""
    path = registered(at_desk, committing)
    heard(rosa, path)
    back = f"{path}/beslissing/terug"
    page(rosa, f"{path}/beslissen", **ruling_form())
    form = page(bram, back)
    assert "Dit voorstel terugsturen?" in form
    page(rosa, back, reason="Toch anders.", version=version_on(form))
    page(rosa, f"{path}/beslissen", **ruling_form(reason="Om een andere reden."))
    form = page(bram, back, reason="De cijfers kloppen niet.", version=version_on(form))
    assert "Terwijl deze pagina openstond" in form
    assert "De cijfers kloppen niet." in form
    assert "Een collega stelde de beslissing voor" in page(bram, path)
    page(bram, f"{path}/beslissing/goedkeuren", x="x")
    form = page(rosa, back, reason="Beter van niet.", version=version_on(form))
    assert "Terwijl deze pagina openstond" in form
    assert "Besluit terughalen" in form
    assert "gaat binnenkort de deur uit" in page(rosa, path)
    page(rosa, back, reason="Beter van niet.", version=version_on(form))
    assert "Beter van niet." in page(rosa, path)
    late = page(bram, back, reason="Toch nog iets.", version=version_on(form))
    assert "Terwijl deze pagina openstond" in late
    assert "Toch nog iets." in late
    assert "error-summary" in page(bram, back, reason="Toch nog iets.", version=version_on(late))
    assert bram.get(back).status_code == 404
    approval = page(bram, f"{path}/beslissing/goedkeuren", version=version_on(form))
    assert "Terwijl deze pagina openstond" in approval


def version_on(text: str) -> str:
    match = re.search(r'name="version" value="([^"]*)"', text)
    assert match
    return match.group(1)


def test_a_founded_objection_asks_what_comes_in_the_place(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient
) -> None:
    path = registered(at_desk, committing)
    heard(rosa, path)
    page_text = page(rosa, f"{path}/beslissen", **ruling_form("upheld"))
    assert 'id="kind-error"' in page_text
    fields = {"kind": "refusal", "grounds": "requirement", "new_reason": "Om een andere reden."}
    page_text = page(rosa, f"{path}/beslissen", **ruling_form("partly_upheld", **fields))
    assert "Een collega stelde de beslissing voor" in page_text
    letters = page(rosa, f"{path}/beslissing")
    assert "Wij herroepen besluit" in letters
    assert "Om een andere reden." in letters
    assert certain(the_objection(committing)).status == "received"


def test_steps_are_written_down_and_told_at_their_field(
    at_desk: AfterRefusal, committing: Committing
) -> None:
    path, today = registered(at_desk, committing), clock.today()
    page_text = page(at_desk.olga, f"{path}/stap/invitation", on=today.isoformat(), until="?")
    assert 'id="until-error"' in page_text
    assert 'id="place-error"' in page_text
    day = (today + timedelta(days=20)).isoformat()
    values = {"on": today.isoformat(), "until": day, "place": "Raadhuis, kamer 3"}
    page_text = page(at_desk.olga, f"{path}/stap/invitation", **values)
    assert "Raadhuis, kamer 3" in page_text
    assert "De hoorzitting houden" in page_text
    for kind in ("receipt", "invitation"):
        assert at_desk.olga.get(f"{path}/brieven/{kind}.pdf").data.startswith(b"%PDF")
    assert at_desk.olga.get(f"{path}/brieven/question.pdf").status_code == 404
    assert at_desk.olga.get(f"{path}/stap/lapse").status_code == 404


def test_the_term_is_lengthened_once(at_desk: AfterRefusal, committing: Committing) -> None:
    path = registered(at_desk, committing)
    before = certain(the_objection(committing)).decide_by
    values = {"on": clock.today().isoformat(), "body": "Wij horen de buren."}
    page(at_desk.olga, f"{path}/stap/extension", **values)
    assert certain(the_objection(committing)).decide_by > before
    assert f"{path}/stap/extension" not in page(at_desk.olga, path)
    assert "error-summary" in page(at_desk.olga, f"{path}/stap/extension", **values)


def test_the_court_and_its_judgment_are_written_down(
    at_desk: AfterRefusal, committing: Committing, rosa: FlaskClient, noor: FlaskClient
) -> None:
    path, own = registered(at_desk, committing), f"/mijn/matchgeld/{at_desk.application_id}"
    with committing() as session:
        place = at_desk.case.fund.municipality_id
        two = officer(session, place, "Rosa 2"), officer(session, place, "Bram 2")
        objection = session.scalars(select(Objection)).one()
        steps.heard(session, objection, two[0])
        steps.ruled(session, objection, "rejected", by=two)
    today = clock.today().isoformat()
    assert "U kunt tot en met" in page(noor, own)
    page_text = page(rosa, f"{path}/beroep", court="", case_number="", lodged_on=today)
    assert 'id="case_number-error"' in page_text
    values = {"court": steps.COURT, "case_number": "HAA 26/1234", "lodged_on": today}
    assert "HAA 26/1234" in page(rosa, f"{path}/beroep", **values)
    mine = page(noor, own)
    assert f"Beroep HAA 26/1234 bij {steps.COURT}" in mine
    assert "De rechtbank heeft nog niet beslist." in mine
    assert "in beroep gaan" not in mine.partition('id="objections"')[2]
    judgment = {"outcome": "annulment", "judged_on": today, "judgment": "Motivering schiet tekort."}
    page_text = page(rosa, f"{path}/uitspraak", decide_by="", **judgment)
    assert 'id="decide_by-error"' in page_text
    later = (clock.today() + timedelta(weeks=6)).isoformat()
    assert "Beroep tot en met" in page(rosa, path)
    page_text = page(rosa, f"{path}/uitspraak", decide_by=later, **judgment)
    assert "Beroep tot en met" not in page_text, "it was made, and judged"
    assert "Motivering schiet tekort." in page_text
    assert "Vernietigd: de gemeente beslist opnieuw" in page(noor, own)
    assert certain(the_objection(committing)).status == "received"


def test_a_withdrawal_on_paper_is_written_down(
    at_desk: AfterRefusal, committing: Committing
) -> None:
    path = registered(at_desk, committing)
    page(at_desk.olga, f"{path}/intrekken", reason="Brief van vandaag.")
    assert certain(the_objection(committing)).status == "withdrawn"
