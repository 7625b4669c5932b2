"""Campaigns that several people run."""

from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory
from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.people.models import Person


def signer_of(campaign: Campaign) -> Actor:
    """Who signs for a campaign, doing something."""
    return Actor("person", campaign.initiator_id)


def join(
    session: Session, campaign: Campaign, person: Person | None = None, *, is_public: bool = False
) -> Person:
    """Let somebody run a campaign too, without an invitation: somebody new, or this person."""
    session.flush()
    person = person or PersonFactory()
    session.flush()
    member = CampaignMember(
        campaign_id=campaign.id, person_id=person.id, joined_at=clock.now(), is_public=is_public
    )
    session.add(member)
    session.flush()
    return person


def make_signer(session: Session, campaign: Campaign, person: Person) -> None:
    """Let somebody sign for a campaign, as if both had agreed to that."""
    session.flush()
    if not acts_for(session, campaign.id, person.id):
        join(session, campaign, person)
    members = session.query(CampaignMember).filter_by(campaign_id=campaign.id, left_at=None)
    for member in members:
        member.handover_asked_at = clock.now() if member.person_id == person.id else None
    session.flush()
    campaign.initiator_id = person.id
    session.flush()
