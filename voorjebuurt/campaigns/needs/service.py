"""Adding needs, and ending them: by the initiator, in a plan or on a live page."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import acts_for, is_addressee
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.models import Need
from voorjebuurt.campaigns.needs.rules import (
    CHANGEABLE,
    MAX_NEEDS,
    MAX_NUMBER,
    TAKES_OFFERS,
    NeedTerms,
    fault_of,
)
from voorjebuurt.campaigns.rules import EDITABLE, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.rules import Role


def add_need(session: Session, *, campaign_id: UUID, terms: NeedTerms, actor: Actor) -> Need:
    """Ask for something in a plan, or on the page of a campaign.

    Raises ``DomainError`` at the field that is wrong, or for one too many; ``ForbiddenError``;
    ``TransitionError`` where nothing can be added (any more).
    """
    campaign = _held(session, campaign_id, actor, CHANGEABLE)
    fault = fault_of(terms, today=clock.today())
    if fault is not None:
        raise DomainError(fault[1], field=fault[0], maximum=MAX_NUMBER)
    count = select(func.count()).where(Need.campaign_id == campaign.id)
    if (session.scalar(count) or 0) >= MAX_NEEDS:
        raise DomainError("need_too_many", maximum=MAX_NEEDS)
    need = Need(
        id=new_id(),
        campaign_id=campaign.id,
        kind=terms.kind.value,
        title=terms.title,
        description=terms.description,
        number=terms.number,
        on_day=terms.on_day,
        added_at=clock.now(),
        added_by=actor.person_id,
    )
    session.add(need)
    _note(session, campaign, need, Action.CAMPAIGN_NEED_ADDED, actor)
    return need


def remove_need(session: Session, *, campaign_id: UUID, need_id: UUID, actor: Actor) -> None:
    """Take a need out of a plan that nobody sees yet. What is gone already changes nothing."""
    campaign = _held(session, campaign_id, actor, EDITABLE)
    need = session.get(Need, need_id)
    if need is None or need.campaign_id != campaign.id:
        return
    session.delete(need)
    _note(session, campaign, need, Action.CAMPAIGN_NEED_REMOVED, actor)


def stop_need(
    session: Session, *, campaign_id: UUID, need_id: UUID, actor: Actor, reason: str = ""
) -> None:
    """Ask no longer for something; what was accepted stays. A second time changes nothing.

    The initiator does so, or staff, who say why. Raises ``DomainError`` at ``reason``,
    ``ForbiddenError``, ``NotFoundError``, or ``TransitionError``.
    """
    campaign = _held(session, campaign_id, actor, TAKES_OFFERS, staff=True)
    if not acts_for(session, campaign.id, actor.person_id) and not reason.strip():
        raise DomainError("reason_needed", field="reason")
    need = session.get(Need, need_id, with_for_update=True, populate_existing=True)
    if need is None or need.campaign_id != campaign.id:
        raise NotFoundError("need_not_found")
    if need.stopped_at is not None:
        return
    need.stopped_at, need.stopped_by = clock.now(), actor.person_id
    _note(session, campaign, need, Action.CAMPAIGN_NEED_STOPPED, actor, reason.strip())


def forget_needs(session: Session, campaign_id: UUID) -> None:
    """Throw away the needs of a plan that goes and that nobody could offer to."""
    session.execute(delete(Need).where(Need.campaign_id == campaign_id))


def _held(
    session: Session,
    campaign_id: UUID,
    actor: Actor,
    states: frozenset[CampaignStatus],
    *,
    staff: bool = False,
) -> Campaign:
    """The campaign, held, of which the actor may change a need in its present state."""
    campaign = locked_campaign(session, campaign_id)
    is_own = is_addressee(session, campaign.id, actor.person_id)
    is_theirs = is_own or (staff and Role.STAFF in actor.roles)
    is_draft = campaign.status == CampaignStatus.DRAFT and campaign.guest_name is not None
    if not is_theirs and not (actor.kind == "guest" and is_draft):
        raise ForbiddenError("not_your_campaign")
    if CampaignStatus(campaign.status) not in states:
        raise TransitionError("wrong_state", state=campaign.status, action="change_needs")
    return campaign


def _note(
    session: Session,
    campaign: Campaign,
    need: Need,
    action: Action,
    actor: Actor,
    reason: str = "",
) -> None:
    bump_version(campaign)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        reason=reason or None,
        detail={"need_id": str(need.id), "number": need.number},
    )
