"""The page of an application, and what officers find about it, over the screens."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.models import ChecklistMark, Stake, TermEvent
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in)


def the_application(committing: Committing, at_desk: Desk) -> Application:
    with committing() as session:
        return session.get_one(Application, at_desk.application_id)


def check(at_desk: Desk, *answers: str, **notes: str) -> str:
    values = {f"met_{number}": answer for number, answer in enumerate(answers)}
    return page(at_desk.olga, f"{at_desk.path}/controle", **values, **notes)


def test_the_whole_story_on_one_page(at_desk: Desk) -> None:
    page_text = page(at_desk.olga, at_desk.path)
    assert at_desk.case.campaign.title in page_text
    assert at_desk.case.fund.name in page_text
    assert "2 punten te controleren" in page_text
    assert "nog 5" in page_text
    for part in ("termijn", "actie", "controle", "bereik", "berekening", "match", "logboek"):
        assert f'id="{part}"' in page_text
    assert "De hele straat." in page_text
    assert "Vroeg geld aan bij een fonds" in page_text
    assert "{" not in page_text.partition("<main")[2].partition("</main>")[0]


def test_where_money_is_given_in_turn_the_moment_of_receipt_is_shown_to_the_millisecond(
    committing: Committing, signed_in: SignIn
) -> None:
    case = desk(committing, signed_in, rules={"divide": {"kind": "arrival"}})
    moment = clock.local(case.case.application.received_at)
    time_text = f"{moment:%H:%M:%S},{moment.microsecond // 1000:03}"
    assert time_text in page(case.olga, case.path)


def test_another_municipality_sees_none_of_it(at_desk: Desk) -> None:
    assert at_desk.eva.get(at_desk.path).status_code == 404
    assert at_desk.eva.post(f"{at_desk.path}/toelaten").status_code == 404
    assert at_desk.case.campaign.title not in page(at_desk.eva, "/gemeente/aanvragen")


def test_the_page_of_a_campaign_leads_to_its_applications(at_desk: Desk) -> None:
    campaign = at_desk.case.campaign
    assert at_desk.path in page(at_desk.olga, f"/gemeente/acties/{campaign.id}")


def test_applications_are_found_by_words_fund_and_state(at_desk: Desk) -> None:
    title = at_desk.case.campaign.title
    assert title in page(at_desk.olga, "/gemeente/aanvragen")
    assert title in page(at_desk.olga, f"/gemeente/aanvragen?zoek={title[:6]}&status=received")
    assert title in page(at_desk.olga, f"/gemeente/aanvragen?fonds={at_desk.case.fund.id}")
    assert title not in page(at_desk.olga, "/gemeente/aanvragen?status=awarded")
    assert title not in page(at_desk.olga, "/gemeente/aanvragen?zoek=iets+anders")
    assert "Geen aanvragen gevonden" in page(at_desk.olga, "/gemeente/aanvragen?zoek=niets")


def test_a_fund_that_is_no_id_is_told_at_the_filter(at_desk: Desk) -> None:
    assert 'id="fonds-error"' in page(at_desk.olga, "/gemeente/aanvragen?fonds=nonsens")


def test_the_checklist_leads_to_admission(at_desk: Desk, committing: Committing) -> None:
    page_text = check(at_desk, "yes", "yes", note_1="Offerte gezien.")
    assert "Klaar om toe te laten" in page_text
    assert "Offerte gezien." in page_text
    page(at_desk.olga, f"{at_desk.path}/toelaten", x="x")
    assert the_application(committing, at_desk).status == "admitted"


def test_what_is_not_met_needs_a_note_at_that_item(at_desk: Desk, committing: Committing) -> None:
    page_text = check(at_desk, "yes", "no", note_0="Klopt.")
    assert 'id="note_1-error"' in page_text
    assert 'value="Klopt."' in page_text
    with committing() as session:
        assert session.scalars(select(ChecklistMark)).all() == []


def test_an_item_that_did_not_change_is_not_marked_again(
    at_desk: Desk, committing: Committing
) -> None:
    check(at_desk, "yes", "")
    check(at_desk, "yes", "no", note_1="Er is geen begroting.")
    with committing() as session:
        marks = session.scalars(select(ChecklistMark).order_by(ChecklistMark.at)).all()
    assert [(mark.met, mark.note) for mark in marks] == [
        (True, ""),
        (False, "Er is geen begroting."),
    ]


def test_admitting_too_early_tells_what_is_open(at_desk: Desk, committing: Committing) -> None:
    page_text = page(at_desk.olga, f"{at_desk.path}/toelaten", x="x")
    assert "De begroting klopt" in page_text
    assert "utrecht-alert--error" in page_text
    assert the_application(committing, at_desk).status == "received"


def test_asking_for_what_is_missing_stops_the_clock(at_desk: Desk, committing: Committing) -> None:
    until = clock.today() + timedelta(days=20)
    path = f"{at_desk.path}/aanvullen"
    page_text = page(at_desk.olga, path, missing="De begroting.", until=until.isoformat())
    assert "De aanvrager moet iets aanvullen" in page_text
    assert the_application(committing, at_desk).suspended_at is not None
    with committing() as session:
        assert [event.kind for event in session.scalars(select(TermEvent))] == ["completion_asked"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"missing": "", "until": "1-1-2030"}, "missing"),
        ({"missing": "Iets.", "until": ""}, "until"),
        ({"missing": "Iets.", "until": "morgen"}, "until"),
        ({"missing": "Iets.", "until": "1-1-2090"}, "until"),
    ],
)
def test_a_wrong_question_is_told_at_its_field(
    at_desk: Desk, committing: Committing, form: dict[str, str], field: str
) -> None:
    page_text = page(at_desk.olga, f"{at_desk.path}/aanvullen", **form)
    assert f'id="{field}-error"' in page_text
    assert form["missing"] in page_text
    assert the_application(committing, at_desk).status == "received"


def test_the_term_is_lengthened_once(at_desk: Desk, committing: Committing) -> None:
    end = the_application(committing, at_desk).decide_by
    path, until = f"{at_desk.path}/verlengen", (end + timedelta(days=14)).isoformat()
    page_text = page(at_desk.olga, path, until=until, reason="Er is advies gevraagd.")
    assert "Er is advies gevraagd." in page_text
    assert path not in page_text
    again = page(at_desk.olga, path, until=until, reason="Nog eens.")
    assert "De termijn is al eens verlengd." in again
    assert the_application(committing, at_desk).decide_by > end


def test_groups_are_verified_with_evidence(at_desk: Desk, committing: Committing) -> None:
    path = f"{at_desk.path}/groepen"
    assert 'id="evidence-error"' in page(at_desk.olga, path, groups="Jongeren", evidence="")
    page_text = page(
        at_desk.olga, path, groups="Jongeren", evidence="Gesproken met het jongerenwerk."
    )
    assert "Gesproken met het jongerenwerk." in page_text
    assert the_application(committing, at_desk).verified_groups == ["Jongeren"]
    assert 'id="groups-error"' in page(at_desk.olga, path, groups="Verzonnen", evidence="Iets.")


def test_the_score_takes_a_comma_and_says_what_is_wrong(
    at_desk: Desk, committing: Committing
) -> None:
    path = f"{at_desk.path}/score"
    assert 'id="score-error"' in page(at_desk.olga, path, score="veel", reason="Goed plan.")
    assert 'id="score-error"' in page(at_desk.olga, path, score="101", reason="Goed plan.")
    assert 'id="reason-error"' in page(at_desk.olga, path, score="82,5", reason="")
    page(at_desk.olga, path, score="82,5", reason="Goed plan.")
    assert str(the_application(committing, at_desk).score) == "82.5"


def test_the_areas_of_effect_are_changed_by_percent(at_desk: Desk, committing: Committing) -> None:
    with committing():
        place = at_desk.case.campaign.municipality_id
        first, two = (
            NeighbourhoodFactory(municipality=None, municipality_id=place) for _ in range(2)
        )
    path = f"{at_desk.path}/gebieden"
    rows = {"rows-0-area": first.code, "rows-0-percent": "60", "rows-1-area": two.code}
    page_text = page(at_desk.olga, path, **rows, **{"rows-1-percent": "30"}, reason="Twee buurten.")
    assert "100" in page_text
    assert 'value="30"' in page_text
    page(at_desk.olga, path, **rows, **{"rows-1-percent": "40"}, reason="Twee buurten.")
    assert the_application(committing, at_desk).areas == {first.code: "0.6", two.code: "0.4"}


def test_who_declares_a_stake_reads_that_a_colleague_decides(
    at_desk: Desk, committing: Committing
) -> None:
    page_text = page(at_desk.olga, f"{at_desk.path}/belang", reason="Ik woon ernaast.")
    assert "U hebt een belang bij deze actie." in page_text
    assert f"{at_desk.path}/controle" not in page_text
    assert f"{at_desk.path}/controle" in page(at_desk.piet, at_desk.path)
    page_text_after = check(at_desk, "yes", "yes")
    assert "error-summary" in page_text_after
    with committing() as session:
        assert session.scalars(select(Stake)).one().reason == "Ik woon ernaast."
        deeds = session.scalars(select(AuditEvent.action)).all()
    assert deeds.count("stake.declared") == 1
    assert "application.checked" not in deeds
