"""Updates and follows as tests make them."""

from sqlalchemy.orm import Session

from tests.support.factories.people import actor_of
from voorjebuurt.campaigns.follow import service as follow
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates import service
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.texts import Audience, UpdateText
from voorjebuurt.people.models import Person

NEWS = UpdateText("De bomen zijn besteld", "Ze komen **in mei**.", Audience.EVERYBODY)
FOR_DONORS = UpdateText("Kom kijken", "Zaterdag planten wij.", Audience.DONORS)


def draft_update(session: Session, campaign: Campaign, news: UpdateText = NEWS) -> CampaignUpdate:
    """A draft of the campaign's initiator."""
    actor = actor_of(session.get_one(Person, campaign.initiator_id))
    update_id = service.begin_update(session, campaign_id=campaign.id, text=news, actor=actor)
    return session.get_one(CampaignUpdate, update_id)


def publish_update(session: Session, campaign: Campaign, news: UpdateText = NEWS) -> CampaignUpdate:
    """One that went out."""
    update = draft_update(session, campaign, news)
    actor = actor_of(session.get_one(Person, campaign.initiator_id))
    service.publish_update(session, campaign_id=campaign.id, update_id=update.id, actor=actor)
    return update


def follow_thing(session: Session, email: str, thing: Thing) -> None:
    """Somebody who confirmed that they follow this."""
    follow.follow_as_reader(session, thing=thing, email=email, locale="nl")
