"""Drafts that nobody touches: a reminder, a warning with the day, and erased on that day."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import MunicipalityFactory
from tests.support.sending import send_now
from voorjebuurt.audit import queries as audit
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns import pitch, tasks
from voorjebuurt.campaigns.drafts import untouched_drafts
from voorjebuurt.campaigns.idle_drafts import look_after_draft
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.campaigns.pitch_steps import Idea, Story
from voorjebuurt.campaigns.queries import picture_keys
from voorjebuurt.campaigns.rules import CampaignStatus, Theme
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.unmatched import board_of, name_board_member
from voorjebuurt.settings import CampaignSettings, Settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STORY = Story("Wij planten bomen.", "Niemand.", "Planten.", "Handen.", None, "")


@pytest.fixture
def owner(session: Session) -> Person:
    person = PersonFactory(email="els@voorbeeld.example")
    confirm_address(session, email=person.email, means=Means.SIGN_IN)
    return person


@pytest.fixture
def draft(session: Session, owner: Person) -> Campaign:
    return begun_by(session, owner)


def begun_by(session: Session, person: Person, *, guest: bool = False) -> Campaign:
    with clock.at(START):
        return pitch.start_pitch(
            session,
            initiator_id=person.id,
            municipality_id=MunicipalityFactory().id,
            idea=Idea("Bomen op het plein", "Groen.", "De straat", Theme.GREEN, "De Bloem"),
            actor=GUEST if guest else actor_of(person),
        )


def pass_days(session: Session, settings: Settings, first: int, last: int) -> None:
    """The job of each morning from one day after the start to another."""
    terms = settings.campaigns
    for day in range(first, last + 1):
        with clock.at(START + timedelta(days=day, hours=-6)):
            for campaign_id in untouched_drafts(session, days=terms.draft_remind_days):
                look_after_draft(session, campaign_id=campaign_id, terms=terms)
            session.flush()


def test_a_draft_that_breaks_keeps_no_other_from_its_turn(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(START), fresh_database.writing() as session, building_in(session):
        drafts = [begun_by(session, PersonFactory(verified_at=None), guest=True) for _ in range(3)]

    def looking(session: Session, *, campaign_id: UUID, terms: CampaignSettings) -> None:
        if campaign_id == drafts[0].id:
            raise ZeroDivisionError
        look_after_draft(session, campaign_id=campaign_id, terms=terms)

    monkeypatch.setattr(tasks, "look_after_draft", looking)
    with clock.at(START + timedelta(days=61)):
        tasks.look_after_drafts(Runtime(fresh_database, settings))
    with fresh_database.reading() as session:
        assert [is_there(session, draft.id) for draft in drafts] == [True, False, False]


def is_there(session: Session, campaign_id: UUID) -> bool:
    statement = select(func.count()).where(Campaign.id == campaign_id)
    return bool(session.scalar(statement))


def templates(session: Session) -> list[str]:
    return list(session.scalars(select(MailMessage.template).order_by(MailMessage.created_at)))


def test_a_reminder_a_warning_with_the_day_and_the_end(
    session: Session, settings: Settings, draft: Campaign
) -> None:
    pass_days(session, settings, 1, 13)
    assert templates(session) == []
    pass_days(session, settings, 14, 52)
    assert templates(session) == ["draft_waits"]
    pass_days(session, settings, 53, 59)
    assert templates(session) == ["draft_waits", "draft_ends"]
    (reminder,), (warning,) = mails_of(session, "draft_waits"), mails_of(session, "draft_ends")
    assert "Bomen op het plein: uw plan van 2 maart 2026 wacht op u" in words_of(reminder)
    assert "Bomen op het plein: wij wissen uw plan op 1 mei 2026" in words_of(warning)
    assert warning.recipient == "els@voorbeeld.example"
    assert is_there(session, draft.id)
    pass_days(session, settings, 60, 60)
    assert not is_there(session, draft.id)


def test_the_trail_says_that_it_was_erased_and_its_words_and_picture_are_gone(
    session: Session, settings: Settings, draft: Campaign, owner: Person
) -> None:
    draft.picture_key = "0" * 32 + "-400x300"
    draft.budget.append(BudgetLine(position=1, label="Bomen", amount_cents=5000))
    with clock.at(START):
        name_board_member(
            session, campaign_id=draft.id, email="bo@voorbeeld.example", actor=actor_of(owner)
        )
    session.flush()
    assert picture_keys(session) == {draft.picture_key}
    pass_days(session, settings, 14, 60)
    session.expire_all()
    assert picture_keys(session) == set()
    assert session.scalars(select(BudgetLine)).all() == []
    assert list(board_of(session, draft.id)) == []
    event = audit.trail(session, SubjectKind.CAMPAIGN, draft.id)[-1]
    assert (event.action, event.actor_kind, event.detail) == (
        "campaign.erased",
        "system",
        {"idle_days": 60},
    )


def test_whoever_changes_something_begins_the_term_anew(
    session: Session, settings: Settings, draft: Campaign, owner: Person
) -> None:
    pass_days(session, settings, 14, 53)
    with clock.at(START + timedelta(days=54)):
        pitch.save_story(session, campaign_id=draft.id, story=STORY, actor=actor_of(owner))
    pass_days(session, settings, 54, 54 + 59)
    assert is_there(session, draft.id)
    assert templates(session) == ["draft_waits", "draft_ends"] * 2
    pass_days(session, settings, 54 + 60, 54 + 60)
    assert not is_there(session, draft.id)


def test_a_warning_that_a_change_overtook_is_not_sent(
    session: Session, settings: Settings, draft: Campaign, owner: Person
) -> None:
    pass_days(session, settings, 53, 53)
    (warning,) = mails_of(session, "draft_ends")
    with clock.at(START + timedelta(days=53)):
        pitch.save_story(session, campaign_id=draft.id, story=STORY, actor=actor_of(owner))
        send_now(session, settings, warning)
    assert (warning.sent_at, warning.dropped_at is None) == (None, False)


def test_a_warning_that_holds_is_sent(
    session: Session, settings: Settings, draft: Campaign
) -> None:
    pass_days(session, settings, 53, 53)
    (warning,) = mails_of(session, "draft_ends")
    with clock.at(START + timedelta(days=53)):
        send_now(session, settings, warning)
    assert warning.sent_at is not None


def test_nothing_is_erased_without_a_warning_of_a_week_however_late_it_comes(
    session: Session, settings: Settings, draft: Campaign
) -> None:
    pass_days(session, settings, 200, 206)
    assert is_there(session, draft.id)
    assert templates(session) == ["draft_ends"]
    assert "25 september 2026" in words_of(mails_of(session, "draft_ends")[0])
    pass_days(session, settings, 207, 207)
    assert not is_there(session, draft.id)


def test_an_address_that_nobody_confirmed_gets_no_mail_and_the_draft_goes(
    session: Session, settings: Settings
) -> None:
    stranger = PersonFactory(email="vreemd@voorbeeld.example", verified_at=None)
    draft = begun_by(session, stranger, guest=True)
    pass_days(session, settings, 14, 59)
    assert is_there(session, draft.id)
    pass_days(session, settings, 60, 60)
    assert not is_there(session, draft.id)
    assert templates(session) == ["campaign_draft"]


@pytest.mark.parametrize("status", sorted(set(CampaignStatus) - {CampaignStatus.DRAFT}))
def test_a_plan_that_was_ever_sent_to_a_coach_stays(
    session: Session, settings: Settings, status: CampaignStatus
) -> None:
    campaign = CampaignFactory(status=status.value)
    pass_days(session, settings, 400, 410)
    assert is_there(session, campaign.id)
    assert templates(session) == []


def test_withdrawing_is_confirmed(session: Session, owner: Person, draft: Campaign) -> None:
    pitch.withdraw_pitch(session, campaign_id=draft.id, actor=actor_of(owner))
    (message,) = mails_of(session, "campaign_withdrawn")
    assert message.recipient == owner.email
    assert "Bomen op het plein: u hebt uw plan ingetrokken" in words_of(message)
