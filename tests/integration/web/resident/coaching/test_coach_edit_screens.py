"""A coach betters the words of a plan; its initiator sees what differs and says yes or no."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.support.donor_mails import mails_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.coaching.models import CoachEdit
from voorjebuurt.campaigns.coaching.rules import EDIT_PARTS
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
OWN, BETTER = "Een moestuin voor de hele straat.", "Een moestuin voor iedereen in de straat."


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="submitted", title="Moestuin", summary=OWN)


@pytest.fixture
def coach(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        person = with_role(session, "coach", "Hanneke")
    return signed_in(person)


@pytest.fixture
def desk(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        return signed_in(session.get_one(Person, campaign.initiator_id))


def form(campaign: Campaign, **changes: str) -> dict[str, str]:
    values = {name: str(getattr(campaign, name)).replace("\n", "\r\n") for name in EDIT_PARTS}
    return {**values, **changes}


def better(coach: FlaskClient, campaign: Campaign, **changes: str) -> None:
    answer = coach.post(f"/coach/acties/{campaign.id}/tekst", data=form(campaign, **changes))
    assert answer.location == f"/coach/acties/{campaign.id}"


def summary_of(database: Database, campaign: Campaign) -> str:
    with database.reading() as session:
        return session.get_one(Campaign, campaign.id).summary


def edits_in(database: Database) -> list[CoachEdit]:
    with database.reading() as session:
        rows = session.scalars(select(CoachEdit).order_by(CoachEdit.edited_at, CoachEdit.id)).all()
        session.expunge_all()
    return [*rows]


def answer_to(desk: FlaskClient, campaign: Campaign, edit: CoachEdit, answer: str) -> str:
    path = f"/mijn/acties/{campaign.id}/coach/{edit.id}"
    return words(desk.post(path, data={"answer": answer}, headers=NL, follow_redirects=True))


def test_what_a_coach_changed_is_marked_word_by_word_and_kept_or_not(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    better(coach, campaign, summary=BETTER, for_whom="Voor wie er woont.")
    assert summary_of(fresh_database, campaign) == BETTER
    notice = words(desk.get(f"/mijn/acties/{campaign.id}", headers=NL))
    assert "Er wachten 2 teksten op uw ja of nee." in notice
    page = desk.get(f"/mijn/acties/{campaign.id}/coach", headers=NL)
    assert "<ins>iedereen in " in page.text
    assert "hele " in page.text.partition("<del>")[2]
    assert OWN in words(page)
    by_part = {edit.part: edit for edit in edits_in(fresh_database)}
    assert "U houdt de woorden" in answer_to(desk, campaign, by_part["for_whom"], "keep")
    assert "Uw eigen woorden staan weer" in answer_to(desk, campaign, by_part["summary"], "restore")
    assert summary_of(fresh_database, campaign) == OWN
    answers = {edit.part: edit.answer for edit in edits_in(fresh_database)}
    assert answers == {"summary": "restoration", "for_whom": "acceptance"}
    review = words(coach.get(f"/coach/acties/{campaign.id}", headers=NL))
    assert "de woorden van de initiatiefnemer zijn teruggezet" in review


def test_mails_come_once_until_there_is_an_answer(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    better(coach, campaign, summary=BETTER)
    better(coach, campaign, summary=BETTER, needs="Scheppen.")
    with fresh_database.reading() as session:
        assert len(mails_of(session, "coach_edit_waits")) == 1
    first, second = edits_in(fresh_database)
    answer_to(desk, campaign, first, "keep")
    with fresh_database.reading() as session:
        assert mails_of(session, "coach_edit_answered") == []
    answer_to(desk, campaign, second, "keep")
    answer_to(desk, campaign, second, "keep")
    with fresh_database.reading() as session:
        assert len(mails_of(session, "coach_edit_answered")) == 1


def test_a_plan_goes_live_only_after_the_answer(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    better(coach, campaign, summary=BETTER)
    approve = f"/coach/acties/{campaign.id}/goedkeuren"
    page = words(coach.post(approve, data={"body": "Mooi."}, headers=NL))
    assert "moet nog antwoorden" in page
    assert "Mooi." in page
    [edit] = edits_in(fresh_database)
    answer_to(desk, campaign, edit, "keep")
    assert coach.post(approve, data={"body": ""}).status_code == 302
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).status == "live"
    late = coach.post(f"/coach/acties/{campaign.id}/tekst", data=form(campaign, needs="Nu"))
    assert late.status_code == 200
    assert len(edits_in(fresh_database)) == 1


def test_a_coach_who_writes_again_replaces_it_and_their_own_words_stay_the_initiators(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    better(coach, campaign, summary=BETTER)
    better(coach, campaign, summary="Een tuin voor iedereen.")
    first, second = edits_in(fresh_database)
    assert (first.answer, second.answer) == ("replacement", None)
    assert second.before == OWN
    assert "Hier is al op geantwoord." in answer_to(desk, campaign, first, "restore")
    better(coach, campaign, summary=OWN)
    assert summary_of(fresh_database, campaign) == OWN
    assert [edit.answer for edit in edits_in(fresh_database)] == ["replacement", "withdrawal"]


def test_words_that_the_initiator_wrote_later_are_never_put_back(
    coach: FlaskClient,
    desk: FlaskClient,
    campaign: Campaign,
    committing: Committing,
    fresh_database: Database,
) -> None:
    better(coach, campaign, summary=BETTER)
    with committing() as session:
        session.get_one(Campaign, campaign.id).summary = "Iets nieuws van mij."
    page = words(desk.get(f"/mijn/acties/{campaign.id}/coach", headers=NL))
    assert "U hebt deze tekst daarna zelf gewijzigd." in page
    assert "Zet mijn woorden terug" not in page
    [edit] = edits_in(fresh_database)
    assert "In het plan staat nu iets anders." in answer_to(desk, campaign, edit, "restore")
    assert summary_of(fresh_database, campaign) == "Iets nieuws van mij."
    better(coach, campaign, summary="Iets nieuws van u.")
    first, second = edits_in(fresh_database)
    assert (first.answer, second.before) == ("replacement", "Iets nieuws van mij.")


def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(
    coach: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/coach/acties/{campaign.id}/tekst"
    answer = coach.post(path, data=form(campaign, title="", summary=BETTER))
    assert 'id="title-error"' in answer.text
    assert BETTER in answer.text
    answer = coach.post(path, data=form(campaign, title="x" * 81, summary=BETTER))
    assert 'id="title-error"' in answer.text
    assert edits_in(fresh_database) == []


def test_only_another_coach_edits_and_only_who_runs_it_answers(
    coach: FlaskClient,
    campaign: Campaign,
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    better(coach, campaign, summary=BETTER)
    [edit] = edits_in(fresh_database)
    answer = f"/mijn/acties/{campaign.id}/coach/{edit.id}"
    with committing() as session:
        somebody = PersonFactory()
        own = with_role(session, "coach", "Karim")
        theirs = CampaignFactory(status="submitted", initiator=own)
        other = CampaignFactory(status="submitted", initiator=PersonFactory())
    stranger, karim = signed_in(somebody), signed_in(own)
    for client in (coach, stranger):
        assert client.post(answer, data={"answer": "restore"}).status_code in (403, 404)
    assert stranger.get(f"/coach/acties/{campaign.id}/tekst").status_code in (403, 404)
    assert karim.get(f"/coach/acties/{theirs.id}/tekst").status_code == 302
    path = f"/coach/acties/{theirs.id}/tekst"
    assert karim.post(path, data=form(theirs, summary=BETTER)).status_code in (200, 403)
    with committing() as session:
        initiator = signed_in(session.get_one(Person, other.initiator_id))
    response = initiator.post(f"/mijn/acties/{other.id}/coach/{edit.id}", data={"answer": "keep"})
    assert response.status_code in (302, 404)
    assert [each.answer for each in edits_in(fresh_database)] == [None]
    assert summary_of(fresh_database, theirs) != BETTER


def test_the_database_keeps_both_versions_and_one_answer(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    better(coach, campaign, summary=BETTER)
    [edit] = edits_in(fresh_database)
    changes = ["UPDATE coach_edits SET before = 'x'", "UPDATE coach_edits SET after = 'x'"]
    for change in changes:
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(text(change))
    answer_to(desk, campaign, edit, "keep")
    again = "UPDATE coach_edits SET answer = 'restoration'"
    with pytest.raises(IntegrityError), fresh_database.writing() as session:
        session.execute(text(again))
