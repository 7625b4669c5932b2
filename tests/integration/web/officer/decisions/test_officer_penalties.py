"""The penalty for deciding too late on screens: proposed by one, approved as the other read it."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.towns import officer, town
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, page
from voorjebuurt.decisions.cases.stakes import declare_stake
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import DefaultNotice
from voorjebuurt.decisions.objections.court.penalties import approve_penalty, register_default
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person

PAST = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def late(committing: Committing, signed_in: SignIn) -> Desk:
    """A notice of default of 31 July; the term ended on 27 July, and nothing is decided."""
    with committing() as session, clock.at(PAST):
        case = town(session)
        application_id = case.application.id
        people = [session.get_one(Person, each.person_id) for each in (case.olga, case.piet)]
    with committing() as session, clock.at(datetime(2026, 7, 31, 10, tzinfo=UTC)):
        notice_id = register_default(
            session,
            application_id=application_id,
            objection_id=None,
            received_on=date(2026, 7, 31),
            actor=case.olga,
        )
    olga, piet = map(signed_in, people)
    PATHS[application_id] = str(notice_id)
    return Desk(case, application_id, olga, piet, eva=olga)


PATHS: dict[UUID, str] = {}
"""The notice of each application."""


def penalty(at_desk: Desk) -> str:
    return f"{at_desk.path}/ingebrekestellingen/{PATHS[at_desk.application_id]}"


def propose(client: FlaskClient, at_desk: Desk, **fields: Any) -> str:
    return page(client, f"{penalty(at_desk)}/vaststellen", **{"x": "x", "ground": "", **fields})


def version_on(text: str) -> str:
    match = re.search(r'name="version" value="([^"]*)"', text)
    assert match
    return match.group(1)


def notice(committing: Committing) -> DefaultNotice:
    with committing() as session:
        return session.scalars(select(DefaultNotice)).one()


def test_who_proposes_sees_what_the_law_computes(late: Desk) -> None:
    text = page(late.olga, f"{penalty(late)}/vaststellen")
    assert "De wet komt op € 1.442: 42 dagen." in text


def test_who_decided_in_time_reads_that_nothing_is_owed(late: Desk, committing: Committing) -> None:
    with committing() as session, clock.at(datetime(2026, 8, 3, 10, tzinfo=UTC)):
        late.case.send(session, "refusal", 0, "outside_area")
    text = page(late.olga, penalty(late))
    assert "Wie de dwangsom krijgt" in text
    assert "Er is op tijd beslist. De gemeente is niets schuldig." in text
    assert "De dwangsom bepalen uiterlijk op" not in text
    propose(late.olga, late)


def test_who_approves_sees_what_is_proposed_and_why(late: Desk, committing: Committing) -> None:
    propose(late.olga, late, ground="late_notice", reason="Na vijf jaar.")
    text = page(late.piet, penalty(late))
    assert "Voorgestelde dwangsom" in text
    assert "de ingebrekestelling kwam onredelijk laat" in text
    assert "Na vijf jaar." in text
    assert "Olga" in text
    answer = page(late.piet, f"{penalty(late)}/goedkeuren", version=version_on(text))
    assert "De dwangsom is bepaald." in answer
    assert (notice(committing).status, notice(committing).penalty_cents) == ("sent", 0)


def test_nobody_approves_a_penalty_that_they_did_not_see(
    late: Desk, committing: Committing
) -> None:
    propose(late.olga, late)
    version = version_on(page(late.piet, penalty(late)))
    propose(late.olga, late, ground="manifest", reason="Het was kennelijk ongegrond.")
    text = page(late.piet, f"{penalty(late)}/goedkeuren", version=version)
    assert "De voorgestelde dwangsom" in text
    assert notice(committing).status == "proposed"
    page(late.piet, f"{penalty(late)}/goedkeuren", version=version_on(text))
    assert notice(committing).status == "sent"


def test_a_second_click_sends_no_second_letter(late: Desk, committing: Committing) -> None:
    propose(late.olga, late)
    version = version_on(page(late.piet, penalty(late)))
    for _ in range(2):
        page(late.piet, f"{penalty(late)}/goedkeuren", version=version)
    assert notice(committing).penalty_cents == 144_200


def test_without_a_reason_no_penalty_is_no_proposal(late: Desk, committing: Committing) -> None:
    text = propose(late.olga, late, ground="manifest", reason=" ")
    assert 'id="reason-error"' in text
    assert re.search(r'value="manifest"[^>]*checked|checked[^>]*value="manifest"', text)
    assert notice(committing).status == "received"


def test_who_proposed_it_does_not_approve_it(late: Desk, committing: Committing) -> None:
    propose(late.olga, late)
    version = version_on(page(late.piet, penalty(late)))
    page(late.olga, f"{penalty(late)}/goedkeuren", version=version)
    assert notice(committing).status == "proposed"


def test_who_has_a_stake_is_offered_no_deed_about_a_penalty(
    late: Desk, committing: Committing
) -> None:
    """Not to propose it again, and not that it was paid: each of them refuses."""
    with committing() as session:
        declare_stake(
            session,
            application_id=late.application_id,
            reason="Mijn zus doet mee",
            actor=late.case.piet,
        )
    propose(late.olga, late)
    again = f'href="{penalty(late)}/vaststellen"'
    assert again in page(late.olga, penalty(late))
    assert again not in page(late.piet, penalty(late))
    with committing() as session:
        rosa = officer(session, late.case.fund.municipality_id, "Rosa")
        approve_penalty(session, notice_id=UUID(PATHS[late.application_id]), actor=rosa)
    link = f'href="{penalty(late)}/betaald"'
    assert link in page(late.olga, penalty(late))
    assert link not in page(late.piet, penalty(late))


def test_a_notice_that_is_not_of_this_case_is_not_there(late: Desk, committing: Committing) -> None:
    with committing() as session, clock.at(PAST):
        other = town(session).application.id
    for path in (
        f"{late.path}/ingebrekestellingen/{uuid4()}",
        f"/gemeente/aanvragen/{other}/ingebrekestellingen/{PATHS[late.application_id]}",
    ):
        assert late.olga.get(path).status_code in (403, 404)
        assert late.olga.get(f"{path}.pdf").status_code in (403, 404)
        assert late.olga.post(f"{path}/goedkeuren").status_code in (403, 404)


def test_what_was_written_down_already_is_told_at_the_field(late: Desk) -> None:
    path = f"{late.path}/ingebrekestelling"
    text = page(late.olga, path, about="application", received_on="2026-07-31")
    assert "Dit is al vastgelegd als IG-2026-0001" in text
    assert 'id="about-error"' in text
    assert 'value="2026-07-31"' in text


def test_a_notice_about_an_objection_stands_at_the_objection(
    late: Desk, committing: Committing
) -> None:
    """Two people wrote: each has a page, and both are on the case and on the list of work."""
    with committing() as session, clock.at(datetime(2026, 8, 3, 10, tzinfo=UTC)):
        decision = late.case.send(session, "refusal", 0, "outside_area")
        objection_id = register_objection(
            session,
            decision_id=decision.id,
            grounds="Wij willen het wel.",
            channel="letter",
            received_on=clock.today(),
            posted_on=None,
            objector=Objector("Bewoners Duinlaan", "Duinlaan 4"),
            actor=late.case.olga,
        )
        late_on = session.get_one(Objection, objection_id).decide_by + timedelta(days=1)
    at_objection = f"/gemeente/bezwaren/{objection_id}"
    path = f"{late.path}/ingebrekestelling?bezwaar={objection_id}"
    assert path in page(late.olga, at_objection)
    text = page(late.olga, path)
    assert "van Bewoners Duinlaan" in text
    assert re.search(rf'value="{objection_id}"[^>]*checked|checked[^>]*"{objection_id}"', text)
    page(late.olga, path, about=str(objection_id), received_on=late_on.isoformat())
    with committing() as session:
        notices = {notice.objection_id: notice for notice in session.scalars(select(DefaultNotice))}
    assert notices.keys() == {None, objection_id}
    theirs = notices[objection_id].number
    assert f"Ingebrekestelling {theirs}" in page(late.olga, at_objection)
    text = page(late.olga, late.path)
    assert f"Ingebrekestelling {theirs} over BZ-2026-0001" in text
    assert f"Ingebrekestelling {notices[None].number} over AV-2026-0001" in text
    work = page(late.olga, "/gemeente")
    for notice in notices.values():
        assert f"{late.path}/ingebrekestellingen/{notice.id}" in work
