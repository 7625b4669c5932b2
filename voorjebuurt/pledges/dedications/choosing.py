"""Writing down in whose name a gift is, or for whom, before it is paid and after."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.pledges.dedications.logos import renew_logo
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish, checked_wish
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus, why_not_taken_back


def dedicate(session: Session, *, pledge: Pledge, wish: DedicationWish | None) -> bool:
    """Write down in whose name a gift that is held is, or for whom; None for nobody else.

    Returns whether anything changed. Raises ``DomainError`` at the field. Of a present that was
    told, what was told stays.
    """
    row = session.get(Dedication, pledge.id, with_for_update=True, populate_existing=True)
    if wish is None:
        if row is None:
            return False
        _check_untold(row)
        session.delete(row)
        session.flush()
        return True
    campaign = session.get_one(Campaign, pledge.campaign_id)
    has_day = row is not None and row.tell_on == wish.tell_on
    today = row.tell_on if has_day and row is not None and row.tell_on else clock.today()
    values = _values(checked_wish(wish, today=today, last_day=campaign.deadline_on))
    if row is None:
        session.add(Dedication(pledge_id=pledge.id, **values))
        session.flush()
        return True
    if all(getattr(row, key) == value for key, value in values.items()):
        return False
    _check_untold(row)
    if (row.kind, row.name) != (values["kind"], values["name"]):
        renew_logo(session, pledge_id=pledge.id, is_group=values["kind"] == DedicationKind.GROUP)
    for key, value in values.items():
        setattr(row, key, value)
    session.flush()
    return True


def change_dedication(
    session: Session, *, token: str, wish: DedicationWish | None, actor: Actor
) -> None:
    """Correct it of a gift that counts, until the last day of its campaign is over.

    Raises ``NotFoundError`` for an unknown token, and ``DomainError``.
    """
    pledge = session.scalar(select(Pledge).where(Pledge.token == token).with_for_update())
    if pledge is None:
        raise NotFoundError("pledge_not_found")
    if not is_correctable(session, pledge):
        raise DomainError("dedication_stays")
    if dedicate(session, pledge=pledge, wish=wish):
        audit.record(
            session,
            actor=actor,
            action=Action.PLEDGE_CHANGED,
            subject=Subject(SubjectKind.PLEDGE, pledge.id, pledge.municipality_id),
            detail={"parts": ["dedication"]},
        )


def is_correctable(session: Session, pledge: Pledge) -> bool:
    """Whether the donor can still correct it: as long as the gift could be taken back."""
    campaign = session.get_one(Campaign, pledge.campaign_id)
    reason = why_not_taken_back(
        PledgeStatus(pledge.status),
        CampaignStatus(campaign.status),
        closes_at=campaign.closes_at,
        now=clock.now(),
    )
    is_known = pledge.email is not None and pledge.erased_as is None
    return is_known and reason is None


def dedication_parts(session: Session, pledge_id: UUID) -> Parts:
    """What the page of it shows, to be held against later."""
    row = session.get(Dedication, pledge_id, populate_existing=True)
    if row is None:
        row = Dedication(kind="", name="", words="", on_page=False)
    rest = [row.on_page, row.company_number, row.street, row.postcode, row.town]
    return {
        "dedication": row.kind,
        "dedication_name": row.name,
        "dedication_words": row.words,
        "dedication_rest": [*rest, row.email, str(row.tell_on), row.told_at is not None],
    }


def _values(wish: DedicationWish) -> dict[str, Any]:
    return {**asdict(wish), "kind": wish.kind.value, "email": wish.email or None}


def _check_untold(row: Dedication) -> None:
    if row.told_at is not None:
        raise DomainError("present_told")
