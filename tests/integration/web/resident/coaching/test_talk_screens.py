"""One conversation about a plan: who may say what and when, who is mailed, and what stays."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.donor_mails import mails_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.coaching.rules import QUIET_DAYS
from voorjebuurt.campaigns.coaching.talk_mails import mail_waiting
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="submitted", title="Moestuin")


@pytest.fixture
def hanneke(committing: Committing) -> Person:
    with committing() as session:
        return with_role(session, "coach", "Hanneke")


@pytest.fixture
def coach(hanneke: Person, signed_in: SignIn) -> FlaskClient:
    return signed_in(hanneke)


@pytest.fixture
def desk(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        return signed_in(session.get_one(Person, campaign.initiator_id))


def own(campaign: Campaign) -> str:
    return f"/mijn/acties/{campaign.id}/gesprek"


def theirs(campaign: Campaign) -> str:
    return f"/coach/acties/{campaign.id}/gesprek"


def becomes(committing: Committing, campaign: Campaign, status: str, **values: object) -> None:
    with committing() as session:
        row = session.get_one(Campaign, campaign.id)
        row.status, row.opened_at = status, row.opened_at or clock.now()
        row.closes_at = row.closes_at or clock.now()
        row.short_code = row.short_code or "cdfg23"
        for name, value in values.items():
            setattr(row, name, value)


def kinds(database: Database) -> list[str]:
    with database.reading() as session:
        return [*session.scalars(select(ReviewNote.kind).order_by(ReviewNote.at))]


def mailed(database: Database, template: str) -> int:
    with database.reading() as session:
        return len(mails_of(session, template))


def test_words_questions_edits_and_decisions_are_in_one_line(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign
) -> None:
    ask = {"body": "Van wie is de grond?", "part": "location"}
    coach.post(f"/coach/acties/{campaign.id}/vraag", data=ask)
    texts = {
        name: str(getattr(campaign, name))
        for name in ("title", "for_whom", "story", "worse_off", "leftovers", "needs")
    }
    coach.post(f"/coach/acties/{campaign.id}/tekst", data={**texts, "summary": "Beter gezegd."})
    desk.post(own(campaign), data={"body": "Van de gemeente."})
    coach.post(f"/coach/acties/{campaign.id}/terugsturen", data={"body": "Noem de buren."})
    page = words(desk.get(own(campaign), headers=NL))
    order = ["Van wie is de grond?", "Beter gezegd.", "Van de gemeente.", "Noem de buren."]
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert page.count("Van wie is de grond?") == 1
    assert "Gaat over: Waar precies?" in page or "Waar precies?" in page
    assert [each for each in order if each not in words(coach.get(theirs(campaign)))] == []


def test_it_tells_for_whom_it_waits_on_both_sides_and_what_is_new(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign
) -> None:
    coach.post(f"{theirs(campaign)}/vraag", data={"body": "Wie helpt er?"})
    home = words(desk.get(f"/mijn/acties/{campaign.id}", headers=NL))
    assert "Wacht op u" in home
    assert "1 nieuw" in home
    assert "Nieuw" in words(desk.get(own(campaign), headers=NL))
    assert "1 nieuw" not in words(desk.get(f"/mijn/acties/{campaign.id}", headers=NL))
    assert "Uw laatste bericht is gelezen." in words(coach.get(theirs(campaign), headers=NL))
    desk.post(own(campaign), data={"body": "Wij."})
    assert "Wacht op de coach" in words(desk.get(own(campaign), headers=NL))
    assert "Uw laatste bericht is gelezen." not in words(desk.get(own(campaign), headers=NL))


def test_it_goes_on_when_the_campaign_is_live_and_stands_in_the_queue_of_coaches(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    coach.post(f"/coach/acties/{campaign.id}/goedkeuren", data={"body": ""})
    assert "Gesprekken die op een coach wachten" not in words(coach.get("/coach/acties"))
    desk.post(own(campaign), data={"body": "Mag de vlag uit?"})
    queue = words(coach.get("/coach/acties", headers=NL))
    assert "Gesprekken die op een coach wachten" in queue
    assert "Moestuin" in queue
    assert "Nog niemand" in queue
    coach.post(f"/coach/acties/{campaign.id}/nemen")
    assert "U" in words(coach.get("/coach/acties?wie=mine", headers=NL))
    assert "Moestuin" not in words(coach.get("/coach/acties?wie=free", headers=NL))
    coach.post(f"{theirs(campaign)}/advies", data={"body": "Ja, mooi."})
    assert "Moestuin" in words(coach.get("/coach/acties", headers=NL))
    coach.post(f"{theirs(campaign)}/gezien")
    coach.post(f"{theirs(campaign)}/gezien")
    assert "Moestuin" not in words(coach.get("/coach/acties", headers=NL))
    assert kinds(fresh_database) == ["approved", "answer", "advice", "nod"]
    assert "niets toe te voegen" in words(desk.get(own(campaign), headers=NL))


def test_a_button_that_is_pressed_twice_says_it_once(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    for _press in range(2):
        desk.post(own(campaign), data={"body": "Wanneer hoor ik iets?"})
    assert kinds(fresh_database) == ["answer"]
    answer = desk.post(own(campaign), data={"body": " "})
    assert 'id="body-error"' in answer.text
    long = "a" * 3_001
    answer = desk.post(own(campaign), data={"body": long})
    assert 'id="body-error"' in answer.text
    assert long in answer.text


def test_one_mail_in_a_quarter_of_an_hour_and_the_rest_follows(
    coach: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    for body in ("Een?", "Twee?", "Drie?"):
        coach.post(f"{theirs(campaign)}/vraag", data={"body": body})
    assert mailed(fresh_database, "campaign_question") == 1

    def turn(minutes: int) -> None:
        at = clock.now() + timedelta(minutes=minutes)
        with clock.at(at), fresh_database.writing() as session:
            mail_waiting(session, campaign.id)

    turn(5)
    assert mailed(fresh_database, "talk_waits") == 0
    turn(16)
    turn(17)
    turn(60)
    assert mailed(fresh_database, "talk_waits") == 1
    desk.get(own(campaign))
    with clock.at(clock.now() + timedelta(minutes=30)):
        coach.post(f"{theirs(campaign)}/vraag", data={"body": "Vier?"})
        desk.get(own(campaign))
        turn(20)
    assert mailed(fresh_database, "talk_waits") == 1
    with fresh_database.reading() as session:
        assert all("Een?" not in str(each) for each in mails_of(session, "talk_waits"))


def test_who_takes_over_is_mailed_from_then_on(
    committing: Committing,
    coach: FlaskClient,
    desk: FlaskClient,
    campaign: Campaign,
    hanneke: Person,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    with committing() as session:
        other = with_role(session, "coach", "Karim")
    coach.post(f"/coach/acties/{campaign.id}/nemen")
    coach.post(f"{theirs(campaign)}/vraag", data={"body": "Wie helpt er?"})
    signed_in(other).post(f"/coach/acties/{campaign.id}/nemen", data={"over": "1"})
    desk.post(own(campaign), data={"body": "Wij."})
    with fresh_database.reading() as session:
        recipients = [mail.recipient for mail in mails_of(session, "review_answered")]
    assert recipients == [other.email]
    assert "Wie helpt er?" in words(signed_in(other).get(theirs(campaign)))


def test_who_joins_reads_all_of_it_and_who_leaves_nothing_more(
    committing: Committing, coach: FlaskClient, campaign: Campaign, signed_in: SignIn
) -> None:
    coach.post(f"{theirs(campaign)}/vraag", data={"body": "Van wie is de grond?"})
    with committing() as session:
        friend = PersonFactory(name="Piet")
        session.flush()
        session.add(
            CampaignMember(campaign_id=campaign.id, person_id=friend.id, joined_at=clock.now())
        )
    piet = signed_in(friend)
    assert "Van wie is de grond?" in words(piet.get(own(campaign)))
    piet.post(own(campaign), data={"body": "Van mijn oom."})
    with committing() as session:
        is_his = CampaignMember.person_id == friend.id
        session.scalars(select(CampaignMember).where(is_his)).one().left_at = clock.now()
    assert piet.get(own(campaign)).status_code == 404
    assert "Van mijn oom." in words(coach.get(theirs(campaign)))


def test_it_ends_some_time_after_the_campaign_and_stays_to_be_read(
    committing: Committing,
    coach: FlaskClient,
    desk: FlaskClient,
    campaign: Campaign,
    fresh_database: Database,
) -> None:
    desk.post(own(campaign), data={"body": "Dank u."})
    long_ago = clock.now() - timedelta(days=QUIET_DAYS + 1)
    with committing() as session:
        session.scalars(select(ReviewNote)).one().at = long_ago
    old = {"decided_at": long_ago, "closes_at": long_ago, "opened_at": long_ago}
    becomes(committing, campaign, "failed", created_at=long_ago, **old)
    page = words(desk.get(own(campaign), headers=NL))
    assert "Dank u." in page
    assert "er niets bij schrijven" in page
    late = desk.post(own(campaign), data={"body": "Nog iets."}, headers=NL)
    assert "Dit gesprek is afgelopen." in words(late)
    assert "Nog iets." in late.text
    assert kinds(fresh_database) == ["answer"]
    assert "er niets bij schrijven" in words(coach.get(theirs(campaign), headers=NL))


def test_a_coach_says_nothing_about_their_own_plan_and_strangers_see_nothing(
    committing: Committing, signed_in: SignIn, campaign: Campaign, fresh_database: Database
) -> None:
    with committing() as session:
        stranger = PersonFactory()
        own_coach = with_role(session, "coach", "Noor")
        session.add(
            CampaignMember(campaign_id=campaign.id, person_id=own_coach.id, joined_at=clock.now())
        )
    assert signed_in(stranger).get(own(campaign)).status_code == 404
    assert signed_in(stranger).get(theirs(campaign)).status_code == 403
    noor = signed_in(own_coach)
    assert noor.get(theirs(campaign)).status_code == 200
    noor.post(f"{theirs(campaign)}/vraag", data={"body": "Mooi plan!"})
    noor.post(f"{theirs(campaign)}/gezien")
    assert kinds(fresh_database) == []
