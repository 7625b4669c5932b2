"""The coach's screens."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.rules import ReviewPart
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.models import Person
from voorjebuurt.web.words.part_labels import PART_LABELS


@pytest.fixture
def coach(committing: Committing) -> Person:
    with committing():
        person: Person = PersonFactory(name="Karim")
        RoleGrantFactory(person_id=person.id, role="coach")
    return person


@pytest.fixture
def pitch(committing: Committing) -> Campaign:
    with committing():
        campaign: Campaign = CampaignFactory(status="submitted", title="Moestuin")
    return campaign


@pytest.fixture
def browser(coach: Person, signed_in: SignIn) -> FlaskClient:
    return signed_in(coach)


def status_of(database: Database, campaign: Campaign) -> str:
    with database.reading() as session:
        return session.scalars(select(Campaign.status).where(Campaign.id == campaign.id)).one()


def test_from_queue_to_live(
    browser: FlaskClient, pitch: Campaign, fresh_database: Database, client: FlaskClient
) -> None:
    assert f"/coach/acties/{pitch.id}" in browser.get("/coach/acties").text
    page = browser.get(f"/coach/acties/{pitch.id}").text
    assert "Er verdwijnt een parkeerplek" in page

    answer = browser.post(f"/coach/acties/{pitch.id}/goedkeuren", follow_redirects=True)

    assert "De actie staat op de website." in answer.text
    assert status_of(fresh_database, pitch) == "live"
    assert client.get("/acties/moestuin").status_code == 200


def test_a_question_a_return_and_a_rejection_need_words(
    browser: FlaskClient, pitch: Campaign, fresh_database: Database
) -> None:
    base = f"/coach/acties/{pitch.id}"
    for act in ("vraag", "terugsturen", "afwijzen"):
        answer = browser.post(f"{base}/{act}", data={"body": " "})
        assert 'id="body-error"' in answer.text
    assert status_of(fresh_database, pitch) == "submitted"

    browser.post(f"{base}/vraag", data={"body": "Hoe zit het?"})
    assert "Hoe zit het?" in browser.get(base).text
    browser.post(f"{base}/terugsturen", data={"body": "De begroting mist iets."})
    assert status_of(fresh_database, pitch) == "returned"
    late = browser.post(f"{base}/afwijzen", data={"body": "Toch niet."})
    assert late.status_code == 200
    assert status_of(fresh_database, pitch) == "returned"


def test_rejecting_is_final(
    browser: FlaskClient, pitch: Campaign, fresh_database: Database
) -> None:
    browser.post(f"/coach/acties/{pitch.id}/afwijzen", data={"body": "Dit is een bedrijf."})

    assert status_of(fresh_database, pitch) == "rejected"
    assert "afwijzen" not in browser.get(f"/coach/acties/{pitch.id}").text


def test_a_coach_can_look_at_but_not_judge_their_own_plan(
    coach: Person, browser: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        session.add(coach)
        own = CampaignFactory(status="submitted", initiator=coach)
    base = f"/coach/acties/{own.id}"

    page = browser.get(base).text
    assert "goedkeuren" not in page
    assert "Uw eigen plan" in browser.get("/coach/acties").text
    for act in ("vraag", "terugsturen", "afwijzen", "goedkeuren"):
        browser.post(f"{base}/{act}", data={"body": "Prachtig"})
    assert status_of(fresh_database, own) == "submitted"


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_was_not_handed_in_is_not_for_coaches(
    browser: FlaskClient, committing: Committing, status: str
) -> None:
    with committing():
        campaign = CampaignFactory(status=status)

    assert browser.get(f"/coach/acties/{campaign.id}").status_code == 404


def test_an_empty_queue_says_so(browser: FlaskClient) -> None:
    assert "Niets te lezen" in browser.get("/coach/acties").text


def test_who_is_no_coach_stays_out(
    pitch: Campaign, client: FlaskClient, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        staff = PersonFactory()
        RoleGrantFactory(person_id=staff.id, role="staff")

    assert "/inloggen" in client.get("/coach/acties").location
    assert signed_in(staff).get(f"/coach/acties/{pitch.id}").status_code == 403
    answer = signed_in(staff).post(f"/coach/acties/{pitch.id}/goedkeuren", data={"body": ""})
    assert answer.status_code == 403


def test_the_words_of_the_second_coach_are_not_lost(
    browser: FlaskClient, pitch: Campaign, committing: Committing
) -> None:
    with committing() as session:
        session.get_one(Campaign, pitch.id).status = "returned"
    answer = browser.post(f"/coach/acties/{pitch.id}/terugsturen", data={"body": "Lang verhaal."})
    assert "Lang verhaal." in answer.text
    assert "vjb-error-summary" in answer.text


def test_a_plan_is_taken_put_back_and_found_by_who_has_it(
    browser: FlaskClient, pitch: Campaign, committing: Committing, signed_in: SignIn
) -> None:
    base = f"/coach/acties/{pitch.id}"
    mine, free = "/coach/acties?wie=mine", "/coach/acties?wie=free"
    assert "Moestuin" in browser.get(free).text
    assert "U hebt dit plan." in browser.post(f"{base}/nemen", follow_redirects=True).text
    assert "Moestuin" in browser.get(mine).text
    assert "Geen plannen gevonden" in browser.get(free).text
    with committing():
        other: Person = PersonFactory(name="Lies")
        RoleGrantFactory(person_id=other.id, role="coach")
    colleague = signed_in(other)
    assert "Karim heeft dit plan." in colleague.get(base).text
    late = colleague.post(f"{base}/nemen", follow_redirects=True).text
    assert "Een andere coach heeft dit plan." in late
    taken_over = colleague.post(f"{base}/nemen", data={"over": "1"}, follow_redirects=True).text
    assert "U hebt dit plan." in taken_over
    colleague.post(f"{base}/terugleggen")
    assert "Moestuin" in browser.get(free).text


def test_an_odd_filter_shows_all(browser: FlaskClient, pitch: Campaign) -> None:
    for odd in ("gemeente=x", "wie=x", "pagina=x"):
        assert "Moestuin" in browser.get(f"/coach/acties?{odd}").text


def test_a_question_stands_at_the_field_it_is_about_until_the_plan_is_handed_in_again(
    browser: FlaskClient, pitch: Campaign, signed_in: SignIn, fresh_database: Database
) -> None:
    base, own = f"/coach/acties/{pitch.id}", f"/mijn/acties/{pitch.id}"
    form = {"part": "story", "body": "Wie <b>snoeit</b> de bomen?"}
    browser.post(f"{base}/vraag", data=form)
    assert "Over: Verhaal" in browser.get(base).text
    browser.post(f"{base}/terugsturen", data={"part": "budget", "body": "Dit is te weinig."})
    with fresh_database.reading() as session:
        initiator = session.get_one(Person, pitch.initiator_id)
        session.expunge(initiator)
    resident = signed_in(initiator)
    story = resident.get(f"{own}/verhaal").text
    hint = story.partition('id="story-hint"')[2].partition("</div>")[0]
    assert "Wie &lt;b&gt;snoeit&lt;/b&gt; de bomen?" in hint
    assert "Dit is te weinig." in resident.get(f"{own}/begroting").text
    assert "Dit is te weinig." not in story
    with fresh_database.writing() as session:
        row = session.get_one(Campaign, pitch.id)
        row.status, row.submitted_at = "submitted", clock.now()
    browser.post(f"{base}/terugsturen", data={"body": "Nog iets anders."})
    assert "snoeit" not in resident.get(f"{own}/verhaal").text


def test_an_odd_part_is_told_at_its_field(browser: FlaskClient, pitch: Campaign) -> None:
    form = {"part": "nonsense", "body": "Wie snoeit de bomen?"}
    page = browser.post(f"/coach/acties/{pitch.id}/vraag", data=form).text
    assert 'id="part-error"' in page
    assert "Wie snoeit de bomen?" in page


def test_every_part_has_a_name_and_only_coaches_point_at_one(
    committing: Committing, pitch: Campaign
) -> None:
    assert {part.value for part in ReviewPart} <= PART_LABELS.keys()
    with pytest.raises(IntegrityError), committing() as session:
        session.add(
            ReviewNote(
                id=new_id(),
                campaign_id=pitch.id,
                author_id=pitch.initiator_id,
                kind="answer",
                part="story",
                body="Wij.",
                at=clock.now(),
            )
        )
