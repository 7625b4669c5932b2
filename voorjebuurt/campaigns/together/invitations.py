"""Inviting somebody to run a campaign too. What is done is the same for every address.

Nobody learns here whether an address has an account: an invitation is answered by who signs in
with the address it was sent to.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import acts_for, everybody_now, require_member
from voorjebuurt.campaigns.members.models import CampaignInvitation
from voorjebuurt.campaigns.members.rules import (
    INVITATION_DAYS,
    INVITATION_TRANSITIONS,
    MOST_INVITATIONS_A_DAY,
    MOST_MEMBERS,
    OVER,
    InvitationState,
    is_room,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.campaigns.together import mails
from voorjebuurt.campaigns.together.service import join
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.people.models import Person
from voorjebuurt.people.rules import Role

_CLOSED = OVER - {CampaignStatus.PAID_OUT}
"""After the payout there is still something to account for."""
_DAY = timedelta(days=1)


def invite(session: Session, *, campaign_id: UUID, email: str, locale: str, actor: Actor) -> None:
    """Invite an address, as who runs the campaign, or as staff where nobody is left.

    An address that is invited already gets no second mail. Raises ``DomainError`` at ``email``
    or when there is no room, ``ForbiddenError``.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.orphaned_at is None or Role.STAFF not in actor.roles:
        require_member(session, campaign, actor)
    if CampaignStatus(campaign.status) in _CLOSED:
        raise DomainError("invitation_not_now")
    email, members = normal_address(email), everybody_now(session, campaign)
    if email in {member.email for member in members}:
        raise DomainError("invitation_of_member", field="email")
    forget_ended_invitations(session)
    if session.scalar(_open(campaign_id, email)) is not None:
        return
    _judge_number(session, campaign_id, len(members))
    now = clock.now()
    invitation = CampaignInvitation(
        campaign_id=campaign_id,
        email=email,
        invited_at=now,
        invited_by=actor.person_id,
        ends_at=clock.end_of_day(clock.today() + timedelta(days=INVITATION_DAYS)),
    )
    session.add(invitation)
    session.flush()
    _note(session, campaign, invitation, Action.CAMPAIGN_INVITATION_SENT, actor)
    mails.somebody_invited(session, invitation, locale=locale)


def withdraw_invitation(
    session: Session, *, campaign_id: UUID, invitation_id: UUID, actor: Actor
) -> None:
    """Take an invitation back. Nothing changes when it was taken back or refused already.

    Raises ``ForbiddenError``, ``NotFoundError``, ``TransitionError`` after it was accepted.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.orphaned_at is None or Role.STAFF not in actor.roles:
        require_member(session, campaign, actor)
    invitation = _locked(session, invitation_id)
    if invitation is None or invitation.campaign_id != campaign_id:
        raise NotFoundError("invitation_not_found")
    if invitation.state in (InvitationState.WITHDRAWAL, InvitationState.REFUSAL):
        return
    _answer(invitation, "withdraw")
    _note(session, campaign, invitation, Action.CAMPAIGN_INVITATION_WITHDRAWN, actor)


def accept_invitation(
    session: Session, *, invitation_id: UUID, is_public: bool, actor: Actor
) -> UUID:
    """Run the campaign too; returns its id. All who run it are mailed.

    Who did so already changes nothing. Raises ``DomainError`` when the invitation is over or there
    is no room, ``ForbiddenError`` for who does not read its address.
    """
    campaign, invitation = _for_reader(session, invitation_id, actor)
    if acts_for(session, campaign.id, actor.person_id):
        return campaign.id
    _judge_open(invitation)
    if CampaignStatus(campaign.status) in _CLOSED:
        raise DomainError("invitation_not_now")
    if actor.person_id is None or len(everybody_now(session, campaign)) >= MOST_MEMBERS:
        raise DomainError("members_full", most=MOST_MEMBERS)
    _answer(invitation, "accept")
    member = join(session, campaign=campaign, person_id=actor.person_id, is_public=is_public)
    _note(session, campaign, invitation, Action.CAMPAIGN_INVITATION_ACCEPTED, actor)
    mails.member_joined(session, campaign, member)
    return campaign.id


def refuse_invitation(session: Session, *, invitation_id: UUID, actor: Actor) -> None:
    """Say no; the address is forgotten. Raises as ``accept_invitation`` does."""
    campaign, invitation = _for_reader(session, invitation_id, actor)
    _judge_open(invitation)
    _answer(invitation, "refuse")
    _note(session, campaign, invitation, Action.CAMPAIGN_INVITATION_REFUSED, actor)


def forget_ended_invitations(session: Session) -> None:
    """Throw away invitations that nobody answered in time, with their addresses."""
    session.execute(
        delete(CampaignInvitation).where(
            CampaignInvitation.state == InvitationState.OFFER,
            CampaignInvitation.ends_at <= clock.now(),
        )
    )


def invitations_to(session: Session, email: str) -> int:
    """How many open invitations of an address are kept."""
    statement = select(func.count(CampaignInvitation.id)).where(CampaignInvitation.email == email)
    return session.scalar(statement) or 0


def forget_invitations(session: Session, email: str) -> None:
    """Throw away the invitations of an address."""
    session.execute(delete(CampaignInvitation).where(CampaignInvitation.email == email))


def _for_reader(
    session: Session, invitation_id: UUID, actor: Actor
) -> tuple[Campaign, CampaignInvitation]:
    """The campaign and the invitation, held, for who reads mail at the address it was sent to.

    One that was answered has no address any more: who runs the campaign may see that it is.
    """
    campaign_id = session.scalar(
        select(CampaignInvitation.campaign_id).where(CampaignInvitation.id == invitation_id)
    )
    if campaign_id is None:
        raise DomainError("invitation_over")
    campaign = locked_campaign(session, campaign_id)
    invitation = _locked(session, invitation_id)
    if invitation is None:
        raise DomainError("invitation_over")
    person = session.get(Person, actor.person_id) if actor.person_id else None
    if person is None or person.verified_at is None:
        raise ForbiddenError("invitation_of_other")
    if invitation.email not in (None, person.email):
        raise ForbiddenError("invitation_of_other")
    return campaign, invitation


def _judge_open(invitation: CampaignInvitation) -> None:
    if invitation.state != InvitationState.OFFER or invitation.ends_at <= clock.now():
        raise DomainError("invitation_over")


def _judge_number(session: Session, campaign_id: UUID, members: int) -> None:
    of_campaign = select(func.count(CampaignInvitation.id)).where(
        CampaignInvitation.campaign_id == campaign_id
    )
    waiting = session.scalar(of_campaign.where(CampaignInvitation.email.is_not(None))) or 0
    if not is_room(members, waiting):
        raise DomainError("members_full", most=MOST_MEMBERS)
    of_today = of_campaign.where(CampaignInvitation.invited_at > clock.now() - _DAY)
    if (session.scalar(of_today) or 0) >= MOST_INVITATIONS_A_DAY:
        raise DomainError("invitations_too_many", most=MOST_INVITATIONS_A_DAY)


def _open(campaign_id: UUID, email: str) -> Select[UUID]:
    return select(CampaignInvitation.id).where(
        CampaignInvitation.campaign_id == campaign_id, CampaignInvitation.email == email
    )


def _locked(session: Session, invitation_id: UUID) -> CampaignInvitation | None:
    return session.get(
        CampaignInvitation, invitation_id, with_for_update=True, populate_existing=True
    )


def _answer(invitation: CampaignInvitation, action: str) -> None:
    state = INVITATION_TRANSITIONS.after(InvitationState(invitation.state), action)
    invitation.state, invitation.answered_at, invitation.email = state.value, clock.now(), None


def _note(
    session: Session,
    campaign: Campaign,
    invitation: CampaignInvitation,
    action: Action,
    actor: Actor,
) -> None:
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        detail={"invitation": str(invitation.id)},
    )
