"""The mails about running a campaign together. Words of strangers go to who runs it only."""

from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import everybody_now, has_part
from voorjebuurt.campaigns.members.models import CampaignInvitation, CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role


def somebody_invited(session: Session, invitation: CampaignInvitation, *, locale: str) -> None:
    """Tell an address that it is invited: not to what, nor by whom, before its reader signs in."""
    queue_mail(
        session,
        key=f"campaign_invitation:{invitation.id}",
        template="campaign_invitation",
        recipient=invitation.email or "",
        locale=locale,
        path=links.my_invitation(invitation.id),
        ends_on=clock.noon(clock.last_day(invitation.ends_at)).isoformat(),
    )


def member_joined(session: Session, campaign: Campaign, member: CampaignMember) -> None:
    """Tell all who run a campaign that somebody does so too."""
    _to_all(session, campaign, member, "joined", str(member.id))


def member_left(session: Session, campaign: Campaign, member: CampaignMember) -> None:
    """Tell those who still run it that somebody does not any more."""
    _to_all(session, campaign, member, "left", str(member.id))


def handed_over(session: Session, campaign: Campaign, member: CampaignMember) -> None:
    """Tell all who run a campaign who signs for it now."""
    _to_all(session, campaign, member, "signs", f"{member.id}:{clock.now().isoformat()}")


def handover_asked(session: Session, campaign: Campaign, member: CampaignMember) -> None:
    """Ask somebody to sign for a campaign from now on."""
    person = session.get_one(Person, member.person_id)
    signer = session.get_one(Person, campaign.initiator_id)
    turn = f"{member.id}:{clock.now().isoformat()}"
    _to_one(session, person, campaign, "asked", turn, signer.name or signer.email)


def nobody_left(session: Session, campaign: Campaign) -> None:
    """Tell staff and coaches at once that a campaign has nobody who runs it."""
    addressees = set()
    for role in (Role.STAFF, Role.COACH):
        for member_id, email, locale in emails_with_role(session, role):
            if member_id in addressees or has_part(session, campaign.id, member_id):
                continue
            addressees.add(member_id)
            queue_mail(
                session,
                key=f"campaign_orphaned:{campaign.id}:{campaign.version}:{member_id}",
                template="campaign_orphaned",
                recipient=email,
                locale=locale,
                title=campaign.title,
                is_staff=role is Role.STAFF,
                is_public=campaign.opened_at is not None,
                path=links.staff_campaign(campaign.id)
                if role is Role.STAFF
                else links.campaign(campaign.slug)
                if campaign.opened_at
                else links.review(campaign.id),
            )


def _to_all(
    session: Session, campaign: Campaign, member: CampaignMember, event: str, turn: str
) -> None:
    about = session.get_one(Person, member.person_id)
    for person in everybody_now(session, campaign):
        _to_one(session, person, campaign, event, turn, about.name or about.email)


def _to_one(
    session: Session, person: Person, campaign: Campaign, event: str, turn: str, about: str
) -> None:
    context: dict[str, Any] = {"event": event, "about": about, "title": campaign.title}
    queue_mail(
        session,
        key=f"member_{event}:{turn}:{person.id}",
        template="member_news",
        recipient=person.email,
        locale=person.locale,
        name=person.name,
        path=links.my_members(campaign.id),
        **context,
    )
