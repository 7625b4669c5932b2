"""A pitch from its first step to the coaches' desk."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from voorjebuurt.audit import queries as audit
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.pages import budget_of
from voorjebuurt.campaigns.pitch_steps import Budget, Idea, Line, Story
from voorjebuurt.campaigns.rules import CampaignKind, Theme
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person, SignInLink
from voorjebuurt.settings import Settings

IDEA = Idea("Bomen op het plein", "Het wordt groen.", "De straat", Theme.GREEN, "De Bloem")
STORY = Story("Wij planten bomen.", "Niemand.", "Planten.", "Handen.", None, "")


def budget(**changes: Any) -> Budget:
    """A budget of € 1,200 with a goal and a minimum."""
    values: dict[str, Any] = {
        "lines": [Line("Bomen", 90_000), Line("Aarde", 30_000)],
        "goal_cents": 120_000,
        "minimum_cents": 100_000,
        "kind": CampaignKind.ALL_OR_NOTHING,
        "deadline_on": clock.today() + timedelta(days=30),
    }
    return Budget(**{**values, **changes})


def author_of(session: Session, campaign: Campaign) -> Actor:
    person = session.get(Person, campaign.initiator_id)
    assert person is not None
    return actor_of(person)


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(select(MailMessage.template, MailMessage.recipient))
    return sorted((row.template, row.recipient) for row in rows)


def test_a_guest_begins_and_finishes_a_draft(session: Session, settings: Settings) -> None:
    neighbourhood = NeighbourhoodFactory()
    person = PersonFactory(email="els@voorbeeld.example", verified_at=None)
    draft = pitch.start_pitch(
        session,
        initiator_id=person.id,
        municipality_id=neighbourhood.municipality_id,
        idea=IDEA,
        guest_name="Els",
        actor=GUEST,
    )
    assert mails(session) == [("campaign_draft", "els@voorbeeld.example")]

    campaign_id = draft.id
    pitch.save_place(
        session,
        campaign_id=campaign_id,
        neighbourhood_id=neighbourhood.id,
        location="Rozenplein",
        actor=GUEST,
    )
    pitch.save_budget(
        session,
        campaign_id=campaign_id,
        budget=budget(),
        bounds=settings.campaigns,
        actor=GUEST,
    )
    pitch.save_story(session, campaign_id=campaign_id, story=STORY, actor=GUEST)
    with pytest.raises(ForbiddenError):
        pitch.submit_pitch(session, campaign_id=campaign_id, bounds=settings.campaigns, actor=GUEST)

    campaign = pitch.submit_pitch(
        session, campaign_id=campaign_id, bounds=settings.campaigns, actor=actor_of(person)
    )

    assert campaign.status == "submitted"
    assert campaign.submitted_at is not None
    actions = [event.action for event in audit.trail(session, SubjectKind.CAMPAIGN, campaign_id)]
    assert actions == ["campaign.drafted", *["campaign.edited"] * 3, "campaign.submitted"]


def test_who_is_signed_in_gets_no_mail_about_their_own_draft(session: Session) -> None:
    person, municipality = PersonFactory(), MunicipalityFactory()

    pitch.start_pitch(
        session,
        initiator_id=person.id,
        municipality_id=municipality.id,
        idea=IDEA,
        actor=actor_of(person),
    )

    assert mails(session) == []


def test_submitting_tells_the_initiator_and_the_other_coaches(
    session: Session, settings: Settings
) -> None:
    initiator = PersonFactory(email="a@voorbeeld.example")
    RoleGrantFactory(person_id=initiator.id)
    RoleGrantFactory(person_id=PersonFactory(email="coach@voorbeeld.example").id)
    person = PersonFactory(blocked_at=clock.now())
    RoleGrantFactory(person_id=person.id)
    campaign = CampaignFactory(initiator=initiator)

    pitch.submit_pitch(
        session,
        campaign_id=campaign.id,
        bounds=settings.campaigns,
        actor=actor_of(initiator),
    )

    assert mails(session) == [
        ("campaign_submitted", "a@voorbeeld.example"),
        ("review_waiting", "coach@voorbeeld.example"),
    ]


def test_a_pitch_with_a_gap_is_not_submitted(session: Session, settings: Settings) -> None:
    campaign = CampaignFactory(worse_off="")

    with pytest.raises(DomainError) as refusal:
        pitch.submit_pitch(
            session,
            campaign_id=campaign.id,
            bounds=settings.campaigns,
            actor=author_of(session, campaign),
        )

    assert refusal.value.code == "pitch_incomplete"
    assert campaign.status == "draft"


def test_the_deadline_is_judged_again_when_submitting(session: Session, settings: Settings) -> None:
    campaign = CampaignFactory(deadline_on=date(2027, 1, 31))
    late = datetime(2027, 1, 24, 23, 30, tzinfo=UTC)  # the 25th in Amsterdam: six days left

    with clock.at(late), pytest.raises(DomainError):
        pitch.submit_pitch(
            session,
            campaign_id=campaign.id,
            bounds=settings.campaigns,
            actor=author_of(session, campaign),
        )

    with clock.at(late - timedelta(hours=1)):
        pitch.submit_pitch(
            session,
            campaign_id=campaign.id,
            bounds=settings.campaigns,
            actor=author_of(session, campaign),
        )
    assert campaign.status == "submitted"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"goal_cents": 120_001}, "goal", "goal_above_budget"),
        ({"goal_cents": 9_999}, "goal", "goal_too_low"),
        ({"goal_cents": 0}, "goal", "goal_too_low"),
        ({"minimum_cents": 0}, "minimum", "minimum_zero"),
        ({"goal_cents": 10_000_001, "lines": []}, "goal", "goal_too_high"),
        ({"minimum_cents": 120_001}, "minimum", "minimum_above_goal"),
        ({"deadline_on": date(2026, 1, 1)}, "deadline", "deadline_too_soon"),
        ({"deadline_on": date(2099, 1, 1)}, "deadline", "deadline_too_late"),
    ],
)
def test_a_budget_that_can_not_be_right_is_refused_at_its_field(
    session: Session, settings: Settings, changes: dict[str, object], field: str, code: str
) -> None:
    campaign = CampaignFactory()

    with pytest.raises(DomainError) as refusal:
        pitch.save_budget(
            session,
            campaign_id=campaign.id,
            budget=budget(**changes),
            bounds=settings.campaigns,
            actor=author_of(session, campaign),
        )

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert [line.label for line in budget_of(session, campaign.id)] == ["Zes bomen", "Aarde"]


def test_without_a_goal_the_budget_is_the_goal_and_the_minimum(
    session: Session, settings: Settings
) -> None:
    campaign = CampaignFactory()

    pitch.save_budget(
        session,
        campaign_id=campaign.id,
        budget=budget(goal_cents=None, minimum_cents=None),
        bounds=settings.campaigns,
        actor=author_of(session, campaign),
    )

    assert (campaign.goal_cents, campaign.minimum_cents) == (120_000, 120_000)
    assert [tuple(line) for line in budget_of(session, campaign.id)] == [
        ("Bomen", 90_000),
        ("Aarde", 30_000),
    ]


def test_keep_what_comes_has_no_lower_bar_than_its_goal(
    session: Session, settings: Settings
) -> None:
    campaign = CampaignFactory()

    pitch.save_budget(
        session,
        campaign_id=campaign.id,
        budget=budget(kind=CampaignKind.KEEP_WHAT_COMES, minimum_cents=500),
        bounds=settings.campaigns,
        actor=author_of(session, campaign),
    )

    assert campaign.minimum_cents == 120_000


def test_a_neighbourhood_of_another_municipality_is_refused(session: Session) -> None:
    campaign, elsewhere = CampaignFactory(), NeighbourhoodFactory()

    with pytest.raises(DomainError) as refusal:
        pitch.save_place(
            session,
            campaign_id=campaign.id,
            neighbourhood_id=elsewhere.id,
            location="",
            actor=author_of(session, campaign),
        )

    assert refusal.value.code == "neighbourhood_elsewhere"


def test_another_municipality_forgets_the_neighbourhood(session: Session) -> None:
    campaign, elsewhere = CampaignFactory(), MunicipalityFactory()

    pitch.save_idea(
        session,
        campaign_id=campaign.id,
        municipality_id=elsewhere.id,
        idea=IDEA,
        actor=author_of(session, campaign),
    )

    assert campaign.municipality_id == elsewhere.id
    assert campaign.neighbourhood_id is None


@pytest.mark.parametrize("status", ["submitted", "rejected", "withdrawn", "live", "succeeded"])
def test_a_pitch_that_was_handed_in_can_not_be_edited(session: Session, status: str) -> None:
    campaign = CampaignFactory(status=status)

    with pytest.raises(TransitionError):
        pitch.save_story(
            session,
            campaign_id=campaign.id,
            story=STORY,
            actor=author_of(session, campaign),
        )


def test_a_stranger_can_not_write_in_a_draft(session: Session) -> None:
    campaign, stranger = CampaignFactory(), actor_of(PersonFactory(), "coach", "staff")

    for actor in (stranger, SYSTEM):
        with pytest.raises(ForbiddenError):
            pitch.save_story(session, campaign_id=campaign.id, story=STORY, actor=actor)


def test_a_guest_can_not_write_in_what_a_coach_sent_back(session: Session) -> None:
    campaign = CampaignFactory(status="returned")

    with pytest.raises(ForbiddenError):
        pitch.save_story(session, campaign_id=campaign.id, story=STORY, actor=GUEST)


@pytest.mark.parametrize("status", ["draft", "returned", "submitted"])
def test_a_pitch_that_is_not_live_can_be_withdrawn(session: Session, status: str) -> None:
    campaign = CampaignFactory(status=status)

    pitch.withdraw_pitch(session, campaign_id=campaign.id, actor=author_of(session, campaign))

    assert campaign.status == "withdrawn"


def test_a_guest_can_not_withdraw(session: Session) -> None:
    campaign = CampaignFactory()

    with pytest.raises(ForbiddenError):
        pitch.withdraw_pitch(session, campaign_id=campaign.id, actor=GUEST)


def test_a_draft_for_who_works_here_mails_no_link_that_signs_in(session: Session) -> None:
    """Anybody can begin a draft with any address, and such a link lasts for a week."""
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="coach")
    draft = pitch.start_pitch(
        session,
        initiator_id=person.id,
        municipality_id=NeighbourhoodFactory().municipality_id,
        idea=IDEA,
        actor=GUEST,
    )
    message = session.scalars(select(MailMessage)).one()
    assert message.context["path"] == message.context["page_path"] == f"/mijn/acties/{draft.id}"
    assert session.scalars(select(SignInLink)).all() == []
