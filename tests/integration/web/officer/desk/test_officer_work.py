"""The work list, colleagues who are away, notes, and the files of a case, over the screens."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.people import appointer, with_last_day
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.filters.models import WorkFilter
from voorjebuurt.decisions.filters.service import MOST_FILTERS, save_filter
from voorjebuurt.decisions.models import Accounting, CaseNote, Delegation
from voorjebuurt.decisions.rules.terms import aim_before
from voorjebuurt.kernel import clock, text
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings

OPEN_CASES = "/gemeente?van=alle"


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in)


def days(count: int) -> str:
    return (clock.today() + timedelta(days=count)).isoformat()


def assigned(committing: Committing, at_desk: Desk) -> UUID | None:
    with committing() as session:
        return session.get_one(Application, at_desk.application_id).assigned_to


def test_what_waits_says_for_whom_by_when_and_why(at_desk: Desk) -> None:
    page_text = page(at_desk.olga, "/gemeente")
    assert at_desk.case.campaign.title in page_text
    assert at_desk.case.fund.name in page_text
    assert "nog bij niemand" in page_text
    assert "nog 5" in page_text
    assert at_desk.path in page_text
    assert "€ 50.000" in page_text
    assert at_desk.case.campaign.title not in page(at_desk.eva, "/gemeente")
    assert "Er wacht niets op u" in page(at_desk.eva, "/gemeente")


def test_what_is_too_late_stands_on_top_and_says_so(at_desk: Desk, committing: Committing) -> None:
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        case.decide_by = clock.today() - timedelta(days=2)
    page_text = page(at_desk.olga, "/gemeente")
    assert "2 dagen te laat" in page_text
    assert "Te laat: 1" in page_text
    assert "Deze week:" not in page_text


def test_a_case_that_a_colleague_has_is_not_on_my_list(
    at_desk: Desk, committing: Committing
) -> None:
    title = at_desk.case.campaign.title
    page(at_desk.piet, f"{at_desk.path}/oppakken", x="x")
    assert assigned(committing, at_desk) == at_desk.case.piet.person_id
    assert title not in page(at_desk.olga, "/gemeente")
    page_text = page(at_desk.olga, OPEN_CASES)
    assert title in page_text
    assert "bij Piet" in page_text
    assert "van u" in page(at_desk.piet, "/gemeente")


def test_what_nobody_may_do_any_more_says_so_and_leads_to_the_register(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, at="divided", claim=50_000)
    page(at_desk.olga, f"{at_desk.path}/besluit/toekenning", x="x")
    assert "Niemand mag dit doen" not in page(at_desk.olga, "/gemeente")
    with committing() as session:
        piet_id = certain(at_desk.case.piet.person_id)
        with_last_day(session, piet_id, clock.today() - timedelta(days=1))
    text = page(at_desk.olga, "/gemeente")
    assert at_desk.case.campaign.title in text
    assert "Niemand mag dit doen" in text
    assert "Uw mandaat is voorbij." not in text
    assert "Uw mandaat is voorbij." in page(at_desk.piet, "/gemeente")
    register = f"/gemeente/medewerkers?gemeente={at_desk.case.fund.municipality_id}"
    assert f'href="{register}">Bekijk wie welk mandaat heeft' in text
    with committing() as session:
        olga = session.get_one(Person, at_desk.case.olga.person_id)
        appointer(session, at_desk.case.fund.municipality_id, olga)
    assert f'href="{register}">Benoem iemand' in page(at_desk.olga, "/gemeente")


def test_filters_narrow_and_odd_ones_do_no_harm(at_desk: Desk) -> None:
    title = at_desk.case.campaign.title
    assert title in page(at_desk.olga, "/gemeente?soort=decide")
    assert title not in page(at_desk.olga, "/gemeente?soort=object")
    assert 'id="soort-error"' in page(at_desk.olga, "/gemeente?soort=verzonnen")


def test_a_stand_in_sees_the_cases_of_who_is_away(at_desk: Desk, committing: Committing) -> None:
    page(at_desk.piet, f"{at_desk.path}/oppakken", x="x")
    piet, olga = at_desk.case.piet.person_id, at_desk.case.olga.person_id
    page_text = page(
        at_desk.piet,
        "/gemeente/vervanging/nieuw",
        absent=str(piet),
        stand_in=str(olga),
        from_on=days(0),
        until_on=days(7),
        reason="Vakantie.",
    )
    assert "Vakantie." in page_text
    assert "u vervangt Piet" in page(at_desk.olga, "/gemeente")
    with committing() as session:
        delegation = session.scalars(select(Delegation)).one()
        assert "delegation.made" in session.scalars(select(AuditEvent.action)).all()
    assert at_desk.eva.post(f"/gemeente/vervanging/{delegation.id}/stoppen").status_code == 404
    page(at_desk.olga, f"/gemeente/vervanging/{delegation.id}/stoppen", x="x")
    assert "u vervangt Piet" not in page(at_desk.olga, "/gemeente")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stand_in": "absent"}, "stand_in"),
        ({"stand_in": ""}, "stand_in"),
        ({"until_on": "1-1-2020"}, "until_on"),
        ({"from_on": "gisteren"}, "from_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_replacement_that_can_not_be_is_told_at_its_field(
    at_desk: Desk, committing: Committing, changes: dict[str, str], field: str
) -> None:
    piet, olga = str(at_desk.case.piet.person_id), str(at_desk.case.olga.person_id)
    values = {"absent": piet, "stand_in": olga, "from_on": days(0), "until_on": days(7)}
    values |= {"reason": "Vakantie."} | changes
    if values["stand_in"] == "absent":
        values["stand_in"] = piet
    page_text = page(at_desk.olga, "/gemeente/vervanging/nieuw", **values)
    assert f'id="{field}-error"' in page_text
    with committing() as session:
        assert session.scalars(select(Delegation)).all() == []


def test_a_case_goes_to_an_officer_of_this_municipality_only(
    at_desk: Desk, committing: Committing
) -> None:
    path = f"{at_desk.path}/behandelaar"
    assert "Eva Elders" not in page(at_desk.olga, path)
    piet = at_desk.case.piet.person_id
    page_text = page(at_desk.olga, path, officer=str(piet), reason="Kent de buurt.")
    assert "bij Piet" in page_text
    assert assigned(committing, at_desk) == piet
    page_text = page(at_desk.olga, path, officer="verzonnen", reason="")
    assert 'id="officer-error"' in page_text


def test_all_open_cases_are_handed_over(at_desk: Desk, committing: Committing) -> None:
    page(at_desk.piet, f"{at_desk.path}/oppakken", x="x")
    piet, olga = at_desk.case.piet.person_id, at_desk.case.olga.person_id
    values = {"giver": str(piet), "taker": str(olga)}
    assert 'id="reason-error"' in page(at_desk.olga, "/gemeente/vervanging/overdragen", **values)
    page(at_desk.olga, "/gemeente/vervanging/overdragen", **values, reason="Andere baan.")
    assert assigned(committing, at_desk) == olga


def test_a_note_is_for_colleagues_and_stays(at_desk: Desk, committing: Committing) -> None:
    path = f"{at_desk.path}/notitie"
    assert 'id="note-error"' in page(at_desk.olga, path, note="  ")
    page_text = page(at_desk.olga, path, note="Gebeld.\n<b>Morgen</b> meer.")
    assert "&lt;b&gt;Morgen&lt;/b&gt; meer." in page_text
    with committing() as session:
        assert session.scalars(select(CaseNote)).one().author_id == at_desk.case.olga.person_id


def test_the_case_as_a_file_for_the_archive(at_desk: Desk) -> None:
    answer = at_desk.olga.get(f"{at_desk.path}/dossier.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename={at_desk.case.application.number}.zip"
    )
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "manifest.json" in archive.namelist()
    assert at_desk.eva.get(f"{at_desk.path}/dossier.zip").status_code == 404


def test_only_receipts_of_this_case_are_sent_and_never_as_a_page(
    at_desk: Desk, committing: Committing, settings: Settings
) -> None:
    storage = FolderStorage(settings.receipts)
    storage.put("aa11.pdf", b"%PDF-1.7 bon")
    storage.put("bb22.pdf", b"%PDF-1.7 van een ander")
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        session.add(
            Accounting(
                application_id=case.id,
                municipality_id=case.municipality_id,
                at=clock.now(),
                by=case.applicant_id,
                spent_cents=100,
                story="Gedaan.",
                receipts=[{"name": "bon één.pdf", "key": "aa11.pdf"}],
            )
        )
    assert "bon één.pdf" in page(at_desk.olga, at_desk.path)
    answer = at_desk.olga.get(f"{at_desk.path}/bonnen/aa11.pdf")
    assert answer.data == b"%PDF-1.7 bon"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert at_desk.olga.get(f"{at_desk.path}/bonnen/bb22.pdf").status_code == 404
    assert at_desk.eva.get(f"{at_desk.path}/bonnen/aa11.pdf").status_code == 404


def test_the_table_is_ordered_and_narrowed_by_the_server(at_desk: Desk) -> None:
    olga, title = at_desk.olga, at_desk.case.campaign.title
    text = page(olga, "/gemeente?volgorde=bedrag&richting=af")
    assert 'aria-sort="descending"' in text
    assert "volgorde=bedrag&amp;richting=op" in text, "the same head turns it round"
    assert 'aria-sort="ascending"' in page(olga, "/gemeente")
    number = at_desk.case.application.number
    for query in (f"zoek={number}", "wanneer=later", "van=niemand", f"zoek={title[:8]}"):
        assert title in page(olga, f"/gemeente?{query}"), query
    piet = at_desk.case.piet.person_id
    for query in ("zoek=nergens", "wanneer=laat", f"van={piet}"):
        assert title not in page(olga, f"/gemeente?{query}"), query
    for odd in ("volgorde=x", "richting=x", "van=x", "pagina=999999", "pagina=-1"):
        assert olga.get(f"/gemeente?{odd}").status_code == 200, odd


def test_chosen_cases_go_to_a_colleague_at_once(at_desk: Desk, committing: Committing) -> None:
    piet = str(at_desk.case.piet.person_id)
    case_id = str(at_desk.application_id)
    path = f"/gemeente/verdelen?zaak={case_id}&zaak=odd"
    assert at_desk.case.application.number in page(at_desk.olga, path)
    text = page(at_desk.olga, path, cases=case_id, officer=piet, reason="Kent de buurt.")
    assert "De zaken zijn verdeeld." in text
    assert assigned(committing, at_desk) == at_desk.case.piet.person_id
    with committing() as session:
        events = select(AuditEvent).where(AuditEvent.action == "application.assigned")
        assert [each.reason for each in session.scalars(events)] == ["Kent de buurt."]
    page(at_desk.olga, path, cases=case_id, officer=piet, reason="Nog eens.")
    with committing() as session:
        assert len(session.scalars(events).all()) == 1, "twice is once"
    assert "Kies minstens één zaak." in page(at_desk.olga, path, officer=piet, reason="")


def test_cases_of_another_municipality_are_not_given(at_desk: Desk, committing: Committing) -> None:
    path = f"/gemeente/verdelen?zaak={at_desk.application_id}"
    assert at_desk.case.campaign.title not in page(at_desk.eva, path)
    answer = at_desk.eva.post(path, data={"cases": str(at_desk.application_id), "officer": ""})
    assert answer.status_code == 302
    assert assigned(committing, at_desk) is None
    assert "Kies eerst zaken in de lijst." in page(at_desk.olga, "/gemeente/verdelen")


def test_what_narrows_the_list_seldom_is_folded_until_it_is_used(at_desk: Desk) -> None:
    closed_tag, open_tag = '<details class="vjb-more"><summary>', '<details class="vjb-more" open>'
    assert closed_tag in page(at_desk.olga, "/gemeente?van=alle&zoek=AV")
    as_sent = "van=alle&soort=&zoek=&team=&wanneer=&volgorde=termijn&richting=op"
    assert closed_tag in page(at_desk.olga, f"/gemeente?{as_sent}")
    for choice in ("wanneer=laat", "volgorde=bedrag", "richting=af"):
        text = page(at_desk.olga, f"/gemeente?{choice}")
        assert open_tag in text
        assert closed_tag not in text


def test_a_selection_is_kept_by_name_and_is_ones_own(at_desk: Desk, committing: Committing) -> None:
    olga = at_desk.olga
    path = "/gemeente/selecties?van=alle&soort=decide&volgorde=bedrag&kwaad=%3Cscript%3E"
    assert "/gemeente/selecties?van=alle" in page(olga, "/gemeente?van=alle")
    text = page(olga, path, title="Alles op bedrag")
    assert "De selectie is bewaard." in text
    assert "van=alle&amp;soort=decide&amp;volgorde=bedrag" in text
    assert "kwaad" not in page(olga, "/gemeente")
    assert "Alles op bedrag" in page(olga, "/gemeente")
    assert "Alles op bedrag" not in page(at_desk.piet, "/gemeente")
    assert 'id="title-error"' in page(olga, path, title="alles OP bedrag"), "a name is once"
    assert 'id="title-error"' in page(olga, path, title=" ")
    with committing() as session:
        filter_id = session.scalars(select(WorkFilter.id)).one()
    page(at_desk.piet, f"/gemeente/selecties/{filter_id}/verwijder", x="x")
    assert "Alles op bedrag" in page(olga, "/gemeente/selecties"), "nobody else removes it"
    page(olga, f"/gemeente/selecties/{filter_id}/verwijder", x="x")
    assert "Alles op bedrag" not in page(olga, "/gemeente/selecties")


def test_no_more_selections_are_kept_than_fit_above_the_list(
    at_desk: Desk, committing: Committing
) -> None:
    olga_id = certain(at_desk.case.olga.person_id)
    with committing() as session:
        for place in range(MOST_FILTERS):
            save_filter(session, person_id=olga_id, title=f"Selectie {place}", query="")
    text = page(at_desk.olga, "/gemeente/selecties", title="Nog een")
    assert "U kunt 20 selecties bewaren." in text


def test_the_day_to_aim_at_stands_beside_the_day_of_the_law(
    committing: Committing, signed_in: SignIn
) -> None:
    """In a live fund that runs: on the list, the case and the work list alike."""
    at_desk = desk(committing, signed_in, live=True, campaign="live")
    ends_on = clock.today() + timedelta(days=30)
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        campaign = session.get_one(Campaign, case.campaign_id)
        campaign.status = "live"
        campaign.deadline_on, campaign.closes_at = ends_on, clock.end_of_day(ends_on)
        legal = case.decide_by
    aim = aim_before(legal, live=True, last_day=ends_on)
    assert aim is not None
    law, goal = text.short_day(legal, "nl"), text.short_day(aim, "nl")
    overview = page(at_desk.olga, "/gemeente/aanvragen")
    assert f"Besluit voor of op {law}" in overview
    assert f"Streefdag: {goal}, voor het einde van de actie" in overview
    case_page = page(at_desk.olga, at_desk.path)
    assert f"Streefdag: {goal}, voor het einde van de actie" in case_page
    assert f"tot en met {law}" in case_page
    notice = page(at_desk.olga, f"{at_desk.path}/ingebrekestelling")
    assert f"is {text.day(legal, 'nl')}" in notice, "a letter of before that is none"
    work = page(at_desk.olga, "/gemeente")
    assert f"streefdag: {goal}" in work
    assert f"beslissen uiterlijk {law}" in work
