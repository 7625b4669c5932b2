"""Running a campaign together: whose name shows, who signs, leaving, and nobody left.

The campaign's row is held by each of these, so that two who do something at once follow one after
another; triggers hold that somebody signs, or that the campaign says that nobody does.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import is_signer, require_member
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.members.rules import needs_somebody
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import EDITABLE, CampaignStatus
from voorjebuurt.campaigns.service import stop_pledges
from voorjebuurt.campaigns.together import mails
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError

NOBODY_LEFT = "campaign_orphaned"
"""Why giving is stopped, for the trail."""


def show_name(session: Session, *, campaign_id: UUID, is_public: bool, actor: Actor) -> None:
    """Say whether one's own name stands on the page. What is so already changes nothing."""
    campaign, member = _own(session, campaign_id, actor)
    if member.is_public != is_public:
        member.is_public = is_public
        bump_version(campaign)


def ask_handover(session: Session, *, campaign_id: UUID, member_id: UUID, actor: Actor) -> None:
    """Ask another who runs the campaign to sign for it from now on; they must agree.

    Who was asked before is asked no longer. Raises ``ForbiddenError`` for who does not sign,
    ``NotFoundError`` for who does not run it.
    """
    campaign, own = _own(session, campaign_id, actor)
    if not is_signer(campaign, actor.person_id):
        raise ForbiddenError("only_signer")
    member = _member(session, campaign_id, member_id)
    if member.id == own.id:
        raise NotFoundError("member_not_found")
    if member.handover_asked_at is not None:
        return
    _forget_handover(session, campaign_id)
    member.handover_asked_at = clock.now()
    session.flush()
    _note(session, campaign, Action.CAMPAIGN_HANDOVER_ASKED, actor, member)
    mails.handover_asked(session, campaign, member)


def drop_handover(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """Take the question back as who signs, or say no to it. A second time changes nothing."""
    campaign, own = _own(session, campaign_id, actor)
    if not is_signer(campaign, actor.person_id) and own.handover_asked_at is None:
        return
    if _forget_handover(session, campaign_id):
        _note(session, campaign, Action.CAMPAIGN_HANDOVER_DROPPED, actor, own)


def take_over(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """Sign for the campaign from now on, as one was asked to; all are mailed.

    Who signs already changes nothing. Raises ``DomainError`` when the question was taken back.
    """
    campaign, own = _own(session, campaign_id, actor)
    if is_signer(campaign, actor.person_id):
        return
    if own.handover_asked_at is None:
        raise DomainError("handover_over")
    _sign(session, campaign, own)
    _note(session, campaign, Action.CAMPAIGN_HANDED_OVER, actor, own)
    mails.handed_over(session, campaign, own)


def leave(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """Run a campaign no longer; a second time changes nothing.

    Who signs hands over first while there are others (``hand_over_first``). The last one can't
    leave a plan that is still theirs to withdraw (``last_of_plan``); for what was sent in or is
    live staff and coaches are told at once, and nobody can give until somebody runs it again.
    """
    campaign = locked_campaign(session, campaign_id)
    member = _current(session, campaign_id, actor.person_id)
    if member is None or campaign.guest_name is not None:
        return
    others = [each for each in current_members(session, campaign_id) if each.id != member.id]
    if others and is_signer(campaign, member.person_id):
        raise DomainError("hand_over_first")
    if not others and CampaignStatus(campaign.status) in EDITABLE:
        raise DomainError("last_of_plan")
    end_membership(session, campaign=campaign, member=member, actor=actor)


def end_membership(
    session: Session, *, campaign: Campaign, member: CampaignMember, actor: Actor
) -> None:
    """End what somebody is of a campaign that is held; who joined first after them signs then."""
    member.left_at, member.handover_asked_at = clock.now(), None
    session.flush()
    _note(session, campaign, Action.CAMPAIGN_MEMBER_LEFT, actor, member)
    bump_version(campaign)
    others = current_members(session, campaign.id)
    if not others:
        _orphan(session, campaign)
    elif is_signer(campaign, member.person_id):
        _sign(session, campaign, others[0])
        _note(session, campaign, Action.CAMPAIGN_HANDED_OVER, actor, others[0])
    mails.member_left(session, campaign, member)
    jobs.defer(session, "payouts.drop_proposal_of_leaver", campaign_id=str(campaign.id))
    jobs.defer(session, "payouts.ask_to_confirm", campaign_id=str(campaign.id))


def join(
    session: Session, *, campaign: Campaign, person_id: UUID, is_public: bool
) -> CampaignMember:
    """Run a campaign that is held, too; who comes when nobody is left signs for it."""
    member = CampaignMember(
        campaign_id=campaign.id,
        person_id=person_id,
        joined_at=clock.now(),
        is_public=is_public,
    )
    session.add(member)
    session.flush()
    if campaign.orphaned_at is not None:
        campaign.orphaned_at = None
        _sign(session, campaign, member)
    bump_version(campaign)
    # Their gifts count for the campaign and not for match money, those of before as well.
    jobs.defer(session, "pledges.judge_again", campaign_id=str(campaign.id))
    return member


def current_members(session: Session, campaign_id: UUID) -> Sequence[CampaignMember]:
    """Who runs a campaign now, who came first on top."""
    statement = select(CampaignMember).where(
        CampaignMember.campaign_id == campaign_id, CampaignMember.left_at.is_(None)
    )
    order = (CampaignMember.joined_at, CampaignMember.id)
    return session.scalars(
        statement.order_by(*order).execution_options(populate_existing=True)
    ).all()


def _orphan(session: Session, campaign: Campaign) -> None:
    """Nobody is left: nothing is lost, but nobody can give and nothing is paid out."""
    now = clock.now()
    if campaign.status == CampaignStatus.LIVE:
        stop_pledges(session, campaign_id=campaign.id, reason=NOBODY_LEFT, actor=SYSTEM)
    if campaign.gifts_again_until is not None and campaign.gifts_again_until > now:
        campaign.gifts_again_until = max(now, campaign.gifts_again_at or now)
    campaign.orphaned_at = now
    session.flush()
    if needs_somebody(CampaignStatus(campaign.status)):
        audit.raise_alert(
            session,
            key=f"{AlertKind.CAMPAIGN_ORPHANED}:{campaign.id}:{now.isoformat()}",
            kind=AlertKind.CAMPAIGN_ORPHANED,
            detail={"campaign_id": str(campaign.id)},
        )
        mails.nobody_left(session, campaign)


def _sign(session: Session, campaign: Campaign, member: CampaignMember) -> None:
    campaign.initiator_id = member.person_id
    session.flush()
    _forget_handover(session, campaign.id)
    bump_version(campaign)
    # Who applied for match money is known above this feature: a job makes the new one its contact.
    jobs.defer(session, "matching.follow_signer", campaign_id=str(campaign.id))
    # So is its account: who signs now says first that money may go there.
    jobs.defer(session, "payouts.ask_to_confirm", campaign_id=str(campaign.id))


def _forget_handover(session: Session, campaign_id: UUID) -> bool:
    members = [each for each in current_members(session, campaign_id) if each.handover_asked_at]
    for member in members:
        member.handover_asked_at = None
    session.flush()
    return bool(members)


def _own(session: Session, campaign_id: UUID, actor: Actor) -> tuple[Campaign, CampaignMember]:
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    member = _current(session, campaign_id, actor.person_id)
    if member is None:
        raise ForbiddenError("not_your_campaign")
    return campaign, member


def _current(session: Session, campaign_id: UUID, person_id: UUID | None) -> CampaignMember | None:
    members = current_members(session, campaign_id)
    return next((each for each in members if each.person_id == person_id), None)


def _member(session: Session, campaign_id: UUID, member_id: UUID) -> CampaignMember:
    members = current_members(session, campaign_id)
    member = next((each for each in members if each.id == member_id), None)
    if member is None:
        raise NotFoundError("member_not_found")
    return member


def _note(
    session: Session, campaign: Campaign, action: Action, actor: Actor, member: CampaignMember
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        detail={"member": str(member.id)},
    )
