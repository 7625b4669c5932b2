"""The coach's desk: talk, return, refuse, open."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of, coach
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns import pitch, queries, review, service
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import render
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings


def initiator_of(session: Session, campaign: Campaign) -> Actor:
    person = session.get(Person, campaign.initiator_id)
    assert person is not None
    return actor_of(person)


def templates(session: Session) -> list[str]:
    return list(session.scalars(select(MailMessage.template).order_by(MailMessage.template)))


def test_a_talk_and_its_mails(session: Session) -> None:
    campaign, asker = CampaignFactory(status="submitted"), coach()
    review.ask_question(session, campaign_id=campaign.id, body="Van wie is het plein?", actor=asker)
    (row,) = queries.review_queue(session)
    assert (row.id, row.waiting_for) == (campaign.id, "initiator")

    review.answer_question(
        session,
        campaign_id=campaign.id,
        body="Van de gemeente.",
        actor=initiator_of(session, campaign),
    )

    (row,) = queries.review_queue(session)
    assert row.waiting_for == "coach"
    notes = queries.review_notes(session, campaign.id)
    assert [(note.kind, note.body) for note in notes] == [
        ("question", "Van wie is het plein?"),
        ("answer", "Van de gemeente."),
    ]
    assert templates(session) == ["campaign_question", "review_answered"]


def test_the_queue_has_the_longest_waiting_first(session: Session) -> None:
    new = CampaignFactory(status="submitted", submitted_at=datetime(2026, 3, 2, tzinfo=UTC))
    old = CampaignFactory(status="submitted", submitted_at=datetime(2026, 3, 1, tzinfo=UTC))
    CampaignFactory(status="returned")

    assert [row.id for row in queries.review_queue(session)] == [old.id, new.id]


def test_opening_sets_the_clock_and_a_good_address(session: Session, settings: Settings) -> None:
    campaign = CampaignFactory(
        status="submitted", title="Café ’t Hoekje", deadline_on=date(2027, 3, 28)
    )
    assert public_page(session, campaign.slug) is None

    with clock.at(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        review.open_campaign(
            session, campaign_id=campaign.id, bounds=settings.campaigns, actor=coach()
        )

    # The clock went forward in the night of the 28th: that day has 23 hours.
    assert campaign.closes_at == datetime(2027, 3, 28, 22, tzinfo=UTC)
    assert campaign.opened_at == datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert (campaign.status, campaign.version) == ("live", 2)
    assert campaign.slug == "cafe-t-hoekje"
    page = public_page(session, "cafe-t-hoekje")
    assert page is not None
    assert page.title == "Café ’t Hoekje"
    assert templates(session) == ["campaign_approved"]


def test_the_second_campaign_of_a_name_gets_a_number(session: Session, settings: Settings) -> None:
    for slug in ("bomen", "bomen-2", "bomen-voor-allen"):
        CampaignFactory(status="live", slug=slug)
    campaign = CampaignFactory(status="submitted", title="Bomen")

    review.open_campaign(session, campaign_id=campaign.id, bounds=settings.campaigns, actor=coach())

    assert campaign.slug == "bomen-3"


def test_a_deadline_that_came_too_near_keeps_a_pitch_from_opening(
    session: Session, settings: Settings
) -> None:
    campaign = CampaignFactory(status="submitted", deadline_on=clock.today() + timedelta(days=8))

    with clock.at(clock.now() + timedelta(days=2)), pytest.raises(DomainError) as refusal:
        review.open_campaign(
            session, campaign_id=campaign.id, bounds=settings.campaigns, actor=coach()
        )

    assert refusal.value.code == "deadline_too_soon_to_open"
    assert campaign.status == "submitted"


def test_sent_back_it_can_be_changed_and_handed_in_again(
    session: Session, settings: Settings
) -> None:
    campaign, reviewer = CampaignFactory(status="submitted"), coach()
    initiator = initiator_of(session, campaign)
    review.send_back(session, campaign_id=campaign.id, body="Begroting mist.", actor=reviewer)
    pitch.save_place(
        session,
        campaign_id=campaign.id,
        neighbourhood_id=campaign.neighbourhood_id,
        location="Om de hoek",
        actor=initiator,
    )

    pitch.submit_pitch(session, campaign_id=campaign.id, bounds=settings.campaigns, actor=initiator)
    review.send_back(session, campaign_id=campaign.id, body="Nog eens.", actor=reviewer)

    assert campaign.status == "returned"
    assert templates(session) == [
        "campaign_returned",
        "campaign_returned",
        "campaign_submitted",
        "review_waiting",
    ]


def test_a_rejected_pitch_stays_rejected(session: Session, settings: Settings) -> None:
    campaign = CampaignFactory(status="submitted")

    review.reject(session, campaign_id=campaign.id, body="Dit is een bedrijf.", actor=coach())

    assert campaign.status == "rejected"
    with pytest.raises(TransitionError):
        pitch.submit_pitch(
            session,
            campaign_id=campaign.id,
            bounds=settings.campaigns,
            actor=initiator_of(session, campaign),
        )


@pytest.mark.parametrize("decide", [review.send_back, review.reject])
def test_a_decision_against_a_pitch_needs_words(
    session: Session, decide: Callable[..., None]
) -> None:
    campaign = CampaignFactory(status="submitted")

    with pytest.raises(DomainError) as refusal:
        decide(session, campaign_id=campaign.id, body="  ", actor=coach())

    assert (refusal.value.code, refusal.value.field) == ("note_missing", "body")


def test_nobody_reviews_their_own_campaign(session: Session, settings: Settings) -> None:
    person = PersonFactory()
    campaign = CampaignFactory(status="submitted", initiator=person)
    own = actor_of(person, "coach")

    for act in (review.ask_question, review.send_back, review.reject):
        with pytest.raises(ForbiddenError, match="own_campaign"):
            act(session, campaign_id=campaign.id, body="Mooi plan", actor=own)
    with pytest.raises(ForbiddenError, match="own_campaign"):
        review.open_campaign(session, campaign_id=campaign.id, bounds=settings.campaigns, actor=own)
    assert campaign.status == "submitted"


@pytest.mark.parametrize("roles", [(), ("staff",), ("officer", "auditor")])
def test_only_coaches_review(session: Session, settings: Settings, roles: tuple[str, ...]) -> None:
    campaign = CampaignFactory(status="submitted")
    actor = actor_of(PersonFactory(), *roles)

    for act in (review.ask_question, review.send_back, review.reject):
        with pytest.raises(ForbiddenError, match="only_coaches"):
            act(session, campaign_id=campaign.id, body="Mooi plan", actor=actor)
    with pytest.raises(ForbiddenError, match="only_coaches"):
        review.open_campaign(
            session, campaign_id=campaign.id, bounds=settings.campaigns, actor=actor
        )


def test_only_the_initiator_answers_and_only_in_review(session: Session) -> None:
    campaign = CampaignFactory(status="submitted")
    with pytest.raises(ForbiddenError):
        review.answer_question(session, campaign_id=campaign.id, body="Ja", actor=coach())

    sent_back_campaign = CampaignFactory(status="returned")
    with pytest.raises(TransitionError):
        review.answer_question(
            session,
            campaign_id=sent_back_campaign.id,
            body="Ja",
            actor=initiator_of(session, sent_back_campaign),
        )


def test_pledges_can_be_stopped_and_resumed_with_a_reason(session: Session) -> None:
    campaign, staff = CampaignFactory(status="live"), actor_of(PersonFactory(), "staff")

    service.stop_pledges(session, campaign_id=campaign.id, reason="Melding", actor=staff)

    assert (campaign.pledges_stopped_at is not None, campaign.version) == (True, 2)
    service.resume_pledges(session, campaign_id=campaign.id, reason="In orde", actor=staff)
    assert campaign.pledges_stopped_at is None


def test_stopping_or_resuming_twice_changes_nothing(session: Session) -> None:
    campaign, staff = CampaignFactory(status="live"), actor_of(PersonFactory(), "staff")
    for service_of, version in (
        (service.stop_pledges, 2),
        (service.stop_pledges, 2),
        (service.resume_pledges, 3),
        (service.resume_pledges, 3),
    ):
        service_of(session, campaign_id=campaign.id, reason="Melding", actor=staff)
        assert campaign.version == version
    session.flush()
    deeds = [event.action for event in trail(session, SubjectKind.CAMPAIGN, campaign.id)]
    assert deeds == ["campaign.pledges_stopped", "campaign.pledges_resumed"]


def test_who_may_not_stop_pledges_and_when_nobody_can(session: Session) -> None:
    live, over = CampaignFactory(status="live"), CampaignFactory(status="failed")
    officer = actor_of(PersonFactory(), "officer")

    with pytest.raises(ForbiddenError):
        service.stop_pledges(session, campaign_id=live.id, reason="Melding", actor=officer)
    with pytest.raises(DomainError, match="reason_needed"):
        service.stop_pledges(session, campaign_id=live.id, reason=" ", actor=SYSTEM)
    with pytest.raises(TransitionError):
        service.stop_pledges(session, campaign_id=over.id, reason="Melding", actor=coach())


def test_every_mail_can_be_read_in_both_languages(session: Session, settings: Settings) -> None:
    """Also when a title and a note try to be more than text."""
    title = "Feest & <b>*spel*</b>"
    campaign, reviewer = CampaignFactory(status="submitted", title=title), coach()
    initiator = initiator_of(session, campaign)
    note = "Eerste regel\n\n# Kop\n[klik](http://boef.example)"
    review.ask_question(session, campaign_id=campaign.id, body=note, actor=reviewer)
    review.answer_question(session, campaign_id=campaign.id, body=note, actor=initiator)
    review.send_back(session, campaign_id=campaign.id, body=note, actor=reviewer)
    pitch.submit_pitch(session, campaign_id=campaign.id, bounds=settings.campaigns, actor=initiator)
    review.open_campaign(
        session, campaign_id=campaign.id, bounds=settings.campaigns, body=note, actor=reviewer
    )
    other = CampaignFactory(status="submitted", title=title)
    review.reject(session, campaign_id=other.id, body=note, actor=reviewer)

    messages = session.scalars(select(MailMessage)).all()
    assert {message.template for message in messages} >= {
        "campaign_question",
        "review_answered",
        "campaign_returned",
        "campaign_submitted",
        "campaign_approved",
        "campaign_rejected",
    }
    for message in messages:
        for locale in languages():
            mail = render(
                message.template,
                locale=locale,
                platform_name="Voor je Buurt",
                base_url="https://voorjebuurt.example",
                context=message.context,
            )
            assert title in mail.subject
            assert "<b>" not in mail.html
            assert 'href="http://boef' not in mail.html
            assert "https://voorjebuurt.example/" in mail.text


def test_a_coach_takes_a_plan_and_another_takes_it_over(session: Session) -> None:
    campaign, first, second = CampaignFactory(status="submitted"), coach(), coach()
    for _ in range(2):
        review.take_review(session, campaign_id=campaign.id, actor=first)
    with pytest.raises(TransitionError):
        review.take_review(session, campaign_id=campaign.id, actor=second)
    with pytest.raises(TransitionError):
        review.put_review_back(session, campaign_id=campaign.id, actor=second)
    review.take_review(session, campaign_id=campaign.id, over=True, actor=second)
    session.flush()
    assert [row.coach_id for row in queries.review_queue(session)] == [second.person_id]
    for _ in range(2):
        review.put_review_back(session, campaign_id=campaign.id, actor=second)
    session.flush()
    (row,) = queries.review_queue(session, is_free=True)
    assert row.coach is None


def test_nobody_takes_their_own_plan_or_one_without_a_conversation(session: Session) -> None:
    campaign = CampaignFactory(status="submitted")
    own = Actor("person", campaign.initiator_id, frozenset({"coach"}))
    with pytest.raises(ForbiddenError):
        review.take_review(session, campaign_id=campaign.id, actor=own)
    for status in ("draft", "withdrawn"):
        with pytest.raises(TransitionError):
            no_talk = CampaignFactory(status=status)
            review.take_review(session, campaign_id=no_talk.id, actor=coach())
    live = CampaignFactory(status="live")  # its conversation goes on
    taker = coach()
    assert review.take_review(session, campaign_id=live.id, actor=taker).coach_id == taker.person_id


def test_the_queue_is_narrowed_by_town_and_by_who_has_it(session: Session) -> None:
    here, there = CampaignFactory(status="submitted"), CampaignFactory(status="submitted")
    taker = coach()
    review.take_review(session, campaign_id=here.id, actor=taker)
    session.flush()
    assert here.municipality_id != there.municipality_id
    in_town = queries.review_queue(session, municipality_id=there.municipality_id)
    assert [row.id for row in in_town] == [there.id]
    mine = queries.review_queue(session, coach_id=taker.person_id)
    assert [row.id for row in mine] == [here.id]
    assert len(queries.review_queue(session, limit=1)) == 1
    assert {town for town, _ in queries.queue_towns(session)} == {
        here.municipality_id,
        there.municipality_id,
    }
