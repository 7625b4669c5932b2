"""The logo of a group or firm that gives: sent by the donor, shown after a coach's consent.

It is asked for after paying, so that giving itself stays short. Nobody but its donor and coaches
sees it before a coach says yes to it beside the group's name; one who ran the campaign never does.
"""

import hashlib
from uuid import UUID

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.members.acting import require_reviewer
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.dedications.models import Dedication, GroupLogo
from voorjebuurt.pledges.dedications.rules import LOGO_KEPT, DedicationKind, LogoVerdict
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus

MAX_REASON = 1000
"""Characters of why a logo is refused."""


def send_logo(session: Session, *, token: str, picture: str, actor: Actor) -> None:
    """Hand in a logo (``ownwords.logo.small_logo``) for a coach to see; the same again is nothing.

    Raises ``NotFoundError`` for an unknown token, ``DomainError`` without a picture, or when the
    gift does not count or no group gives it.
    """
    pledge = _locked_by_token(session, token)
    dedication = session.get(Dedication, pledge.id, populate_existing=True)
    if dedication is None or dedication.kind != DedicationKind.GROUP:
        raise DomainError("logo_of_nobody", field="logo")
    if pledge.status != PledgeStatus.BOOKED or pledge.email is None or pledge.erased_as is not None:
        raise DomainError("gift_not_there")
    if not picture:
        raise DomainError("logo_missing", field="logo")
    logo = session.get(GroupLogo, pledge.id, populate_existing=True)
    if logo is None:
        session.add(GroupLogo(pledge_id=pledge.id, picture=picture, sent_at=clock.now()))
    elif logo.picture == picture:
        if logo.verdict == LogoVerdict.REFUSAL:
            raise DomainError("logo_refused_before", field="logo")
        return
    else:
        logo.picture, logo.sent_at = picture, clock.now()
        _let_wait(logo)
    session.flush()
    _record(session, pledge, Action.PLEDGE_LOGO_SENT, actor)


def withdraw_logo(session: Session, *, token: str, actor: Actor) -> None:
    """Throw one's logo away, whatever a coach said of it. Twice is once."""
    pledge = _locked_by_token(session, token)
    logo = session.get(GroupLogo, pledge.id, populate_existing=True)
    if logo is None:
        return
    session.delete(logo)
    session.flush()
    _record(session, pledge, Action.PLEDGE_LOGO_WITHDRAWN, actor)


def consent_to_logo(session: Session, *, pledge_id: UUID, actor: Actor) -> None:
    """Let a logo be on the campaign's page. Twice is once.

    Raises ``ForbiddenError`` for who is no coach or runs the campaign, ``NotFoundError`` when it
    was withdrawn, ``DomainError`` when the gift does not count any more.
    """
    pledge, logo = _to_judge(session, pledge_id, actor)
    if pledge.status != PledgeStatus.BOOKED:
        raise DomainError("gift_not_there")
    if logo.verdict == LogoVerdict.CONSENT:
        return
    _decide(logo, LogoVerdict.CONSENT, "", actor)
    session.flush()
    _record(session, pledge, Action.PLEDGE_LOGO_APPROVED, actor)


def refuse_logo(session: Session, *, pledge_id: UUID, reason: str, actor: Actor) -> None:
    """Keep a logo off the page, or take it off again, and mail the donor why. Twice is once.

    Raises ``DomainError`` without a reason, ``ForbiddenError`` and ``NotFoundError`` as above.
    """
    pledge, logo = _to_judge(session, pledge_id, actor)
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    if logo.verdict == LogoVerdict.REFUSAL:
        return
    was_shown = logo.verdict == LogoVerdict.CONSENT
    _decide(logo, LogoVerdict.REFUSAL, reason, actor)
    session.flush()
    _record(session, pledge, Action.PLEDGE_LOGO_REFUSED, actor, reason)
    if pledge.email is None:
        return
    queue_mail(
        session,
        key=f"logo_refused:{pledge.id}:{logo.decided_at}",
        template="logo_refused",
        recipient=pledge.email,
        locale=pledge.locale,
        name=pledge.name,
        title=session.get_one(Campaign, pledge.campaign_id).title,
        reason=reason,
        was_shown=was_shown,
        gift_path=links.gift_logo(pledge.token),
    )


def renew_logo(session: Session, *, pledge_id: UUID, is_group: bool) -> None:
    """Let the logo go when no group gives any more, or wait anew for another name beside it."""
    logo = session.get(GroupLogo, pledge_id, populate_existing=True)
    if logo is None:
        return
    if not is_group:
        session.delete(logo)
    elif logo.verdict is not None:
        _let_wait(logo)
        logo.sent_at = clock.now()
    session.flush()


def forget_logos(session: Session) -> None:
    """Throw away logos of gifts that went back, and those that were refused a while ago."""
    of_lost = select(Pledge.id).where(
        Pledge.id == GroupLogo.pledge_id, Pledge.status != PledgeStatus.BOOKED.value
    )
    is_refused = and_(
        GroupLogo.verdict == LogoVerdict.REFUSAL.value,
        GroupLogo.decided_at < clock.now() - LOGO_KEPT,
    )
    session.execute(
        delete(GroupLogo)
        .where(or_(is_refused, of_lost.exists()))
        .execution_options(synchronize_session=False)
    )


def logo_context(session: Session, pledge: Pledge) -> dict[str, str]:
    """Where a group sends its logo, for the receipt of its gift; nothing for others."""
    dedication = session.get(Dedication, pledge.id)
    if dedication is None or dedication.kind != DedicationKind.GROUP:
        return {}
    return {"logo_path": links.gift_logo(pledge.token)}


def logo_parts(session: Session, pledge_id: UUID) -> Parts:
    """What the pages of a logo show, to be held against later."""
    dedication = session.get(Dedication, pledge_id, populate_existing=True)
    logo = session.get(GroupLogo, pledge_id, populate_existing=True)
    picture = hashlib.sha256(logo.picture.encode()).hexdigest() if logo is not None else ""
    return {
        "dedication_name": dedication.name if dedication is not None else "",
        "group_logo": [picture, *((logo.verdict or "", logo.reason) if logo else ())],
    }


def _to_judge(session: Session, pledge_id: UUID, actor: Actor) -> tuple[Pledge, GroupLogo]:
    pledge = session.get(Pledge, pledge_id, with_for_update=True, populate_existing=True)
    if pledge is None:
        raise NotFoundError("gift_not_found")
    require_reviewer(session, session.get_one(Campaign, pledge.campaign_id), actor)
    logo = session.get(GroupLogo, pledge_id, populate_existing=True)
    if logo is None:
        raise NotFoundError("logo_not_found")
    return pledge, logo


def _locked_by_token(session: Session, token: str) -> Pledge:
    pledge = session.scalar(
        select(Pledge)
        .where(Pledge.token == token)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if pledge is None:
        raise NotFoundError("pledge_not_found")
    return pledge


def _let_wait(logo: GroupLogo) -> None:
    logo.verdict = logo.decided_at = logo.decided_by = None
    logo.reason = ""


def _decide(logo: GroupLogo, verdict: LogoVerdict, reason: str, actor: Actor) -> None:
    logo.verdict, logo.reason = verdict.value, reason
    logo.decided_at, logo.decided_by = clock.now(), actor.person_id


def _record(
    session: Session, pledge: Pledge, action: Action, actor: Actor, reason: str | None = None
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
        detail={"reason": reason} if reason else {},
    )
