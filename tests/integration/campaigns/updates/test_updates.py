"""Updates: drafts, publishing once and within bounds, a trace of corrections, taking back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import certain, constraint_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import jobs_of
from tests.support.updates import NEWS
from tests.support.updates import draft_update as draft
from tests.support.updates import publish_update as publish
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates import hiding, service
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.queries import corrections_of, shown_update, shown_updates
from voorjebuurt.campaigns.updates.texts import MOST_A_DAY, MOST_DRAFTS, Audience, UpdateText
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person


def initiator_of(session: Session, campaign: Campaign) -> Actor:
    return actor_of(session.get_one(Person, campaign.initiator_id))


def shown(session: Session, campaign: Campaign, *, for_donors: bool = False) -> list[str]:
    rows = shown_updates(session, campaign.id, for_donors=for_donors, limit=10)
    return [row.title for row in rows]


def test_a_draft_is_its_writers_until_it_is_published(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update = draft(session, campaign)
    assert shown(session, campaign) == []
    assert jobs_of(session, "pledges.tell_of_update") == 0
    version = campaign.version
    number = service.publish_update(
        session,
        campaign_id=campaign.id,
        update_id=update.id,
        actor=initiator_of(session, campaign),
    )
    assert number == 1
    assert shown(session, campaign) == [NEWS.title]
    assert campaign.version == version + 1, "caches must know"


def test_publishing_twice_is_once(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update, actor = publish(session, campaign), initiator_of(session, campaign)
    again = service.publish_update(
        session, campaign_id=campaign.id, update_id=update.id, actor=actor
    )
    assert again == 1
    assert jobs_of(session, "pledges.tell_of_update") == 1
    actions = [event.action for event in trail(session, SubjectKind.CAMPAIGN, campaign.id)]
    assert actions.count("campaign.update_published") == 1


def test_updates_are_numbered_in_their_order(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    first, second = draft(session, campaign), draft(session, campaign)
    actor = initiator_of(session, campaign)
    for update in (second, first):
        service.publish_update(session, campaign_id=campaign.id, update_id=update.id, actor=actor)
    assert (second.number, first.number) == (1, 2)


def test_no_more_than_a_few_go_out_in_a_day(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    actor = initiator_of(session, campaign)
    for _ in range(MOST_A_DAY):
        update = publish(session, campaign)
    service.withdraw_update(session, campaign_id=campaign.id, update_id=update.id, actor=actor)
    with pytest.raises(DomainError) as error:
        publish(session, campaign)
    assert error.value.code == "updates_of_a_day"
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert publish(session, campaign).number == MOST_A_DAY + 1


def test_drafts_are_bounded(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    for _ in range(MOST_DRAFTS):
        draft(session, campaign)
    with pytest.raises(DomainError) as error:
        draft(session, campaign)
    assert error.value.code == "update_drafts_full"


@pytest.mark.parametrize(
    ("news", "code", "field"),
    [
        (UpdateText("", "Tekst", Audience.EVERYBODY), "update_title_missing", "title"),
        (UpdateText("Titel", " ", Audience.EVERYBODY), "update_body_missing", "body"),
        (
            UpdateText("Titel", "Tekst", Audience.EVERYBODY, "0" * 32 + "-480x300"),
            "picture_alt_missing",
            "picture_alt",
        ),
    ],
)
def test_what_is_not_whole_is_not_published(
    session: Session, news: UpdateText, code: str, field: str
) -> None:
    campaign = CampaignFactory(status="live")
    with pytest.raises(DomainError) as error:
        publish(session, campaign, news)
    assert (error.value.code, error.value.field) == (code, field)
    assert shown(session, campaign) == []


def test_too_long_is_told_at_its_field(session: Session) -> None:
    with pytest.raises(DomainError) as error:
        draft(session, CampaignFactory(status="live"), UpdateText("x" * 81, "y", Audience.DONORS))
    assert (error.value.code, error.value.field) == ("text_too_long", "title")


def test_only_the_initiator_writes_and_not_once_staff_stopped_the_campaign(
    session: Session,
) -> None:
    campaign = CampaignFactory(status="live")
    with pytest.raises(ForbiddenError):
        service.begin_update(
            session, campaign_id=campaign.id, text=NEWS, actor=actor_of(PersonFactory())
        )
    for status in ("draft", "submitted", "cancelled"):
        with pytest.raises(TransitionError):
            draft(session, CampaignFactory(status=status))


def test_news_for_donors_is_not_public(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update = publish(session, campaign, UpdateText("Voor u", "Kom kijken.", Audience.DONORS))
    assert shown(session, campaign) == []
    assert shown_update(session, campaign.id, certain(update.number)) is None
    assert shown(session, campaign, for_donors=True) == ["Voor u"]


def test_a_correction_leaves_a_trace_and_mails_nobody(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update, actor = publish(session, campaign), initiator_of(session, campaign)
    better = UpdateText(NEWS.title, "Ze komen **in juni**.", Audience.DONORS)
    for _ in range(2):
        service.save_update(
            session, campaign_id=campaign.id, update_id=update.id, text=better, actor=actor
        )
    assert [(row.part, row.before, row.after) for row in corrections_of(session, update.id)] == [
        ("body", NEWS.body, better.body)
    ]
    assert update.audience == "everybody", "who may read it stays"
    assert jobs_of(session, "pledges.tell_of_update") == 1


def test_what_is_taken_back_is_off_the_page_for_good(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update, actor = publish(session, campaign), initiator_of(session, campaign)
    for _ in range(2):
        service.withdraw_update(session, campaign_id=campaign.id, update_id=update.id, actor=actor)
    assert shown(session, campaign, for_donors=True) == []
    with pytest.raises(TransitionError):
        service.save_update(
            session, campaign_id=campaign.id, update_id=update.id, text=NEWS, actor=actor
        )


def test_a_draft_is_thrown_away_and_what_went_out_is_not(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update, actor = draft(session, campaign), initiator_of(session, campaign)
    for _ in range(2):
        service.remove_draft(session, campaign_id=campaign.id, update_id=update.id, actor=actor)
    assert session.scalars(select(CampaignUpdate)).all() == []
    update = publish(session, campaign)
    with pytest.raises(TransitionError):
        service.remove_draft(session, campaign_id=campaign.id, update_id=update.id, actor=actor)


def test_staff_hide_and_show_again_and_the_initiator_reads_why(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update, staff = publish(session, campaign), actor_of(PersonFactory(), "staff")
    for _ in range(2):
        hiding.hide_update(
            session,
            campaign_id=campaign.id,
            update_id=update.id,
            reason="Noemt een buurvrouw.",
            actor=staff,
        )
    assert shown(session, campaign) == []
    (mail,) = session.scalars(select(MailMessage).where(MailMessage.template == "update_hidden"))
    assert mail.context["reason"] == "Noemt een buurvrouw."
    for _ in range(2):
        hiding.show_update(session, campaign_id=campaign.id, update_id=update.id, actor=staff)
    assert shown(session, campaign) == [NEWS.title]
    actions = [event.action for event in trail(session, SubjectKind.CAMPAIGN, campaign.id)]
    assert actions.count("campaign.update_hidden") == actions.count("campaign.update_shown") == 1


def test_only_staff_hide_and_no_drafts(session: Session) -> None:
    campaign = CampaignFactory(status="live")
    update = publish(session, campaign)
    with pytest.raises(ForbiddenError):
        hiding.hide_update(
            session,
            campaign_id=campaign.id,
            update_id=update.id,
            reason="x",
            actor=initiator_of(session, campaign),
        )


@pytest.mark.parametrize(
    "change",
    [
        "audience = 'donors'",
        "number = 7",
        "published_at = now()",
        "number = NULL, published_at = NULL",
    ],
)
def test_the_database_keeps_what_went_out(session: Session, change: str) -> None:
    publish(session, CampaignFactory(status="live"))
    session.flush()
    with pytest.raises(DBAPIError) as error:
        session.execute(text(f"UPDATE campaign_updates SET {change}"))
    assert constraint_of(error.value) == "update_fixed"


def test_the_database_throws_no_published_update_away(session: Session) -> None:
    publish(session, CampaignFactory(status="live"))
    session.flush()
    with pytest.raises(DBAPIError) as error:
        session.execute(text("DELETE FROM campaign_updates"))
    assert constraint_of(error.value) == "update_fixed"
