"""Counting the sums of campaigns anew after a change, and those of their municipalities."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, delete, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.rules import NeedKind
from voorjebuurt.campaigns.rules import PUBLIC, WON, CampaignStatus
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.queries import is_shown
from voorjebuurt.campaigns.updates.texts import Audience
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.matches import AWARD_MATCH, SHOWN_MATCH
from voorjebuurt.pledges.models import CampaignMatch, Pledge
from voorjebuurt.pledges.queries import COUNTS
from voorjebuurt.pledges.sums.models import CampaignChange, CampaignSum, TownSum

BATCH = 500
"""Changes that one transaction deals with."""
_ONE_AT_A_TIME = "pledges.sums"
S = CampaignStatus
_success = Campaign.status.in_(sorted(WON))
_running = and_(Campaign.status == S.LIVE.value, Campaign.pledges_stopped_at.is_(None))
_open = Campaign.status.in_([S.LIVE.value, S.CLOSING.value, S.NEAR_MISS.value])


def _sum(value: Any, *conditions: Any) -> ScalarSelect[int]:
    """A sum of what belongs to a campaign."""
    total = select(func.coalesce(func.sum(value), 0)).where(*conditions)
    return total.correlate(Campaign).scalar_subquery()


_of_match = CampaignMatch.campaign_id == Campaign.id
_crowd = _sum(Pledge.amount_cents, Pledge.campaign_id == Campaign.id, COUNTS)
_visible_match = _sum(CampaignMatch.net_cents, _of_match, SHOWN_MATCH)
_story_at = (
    select(func.max(CampaignUpdate.published_at))
    .where(
        CampaignUpdate.campaign_id == Campaign.id,
        CampaignUpdate.audience == Audience.EVERYBODY.value,
        CampaignUpdate.published_at >= Campaign.decided_at,
        is_shown(),
        _success,
    )
    .correlate(Campaign)
    .scalar_subquery()
)
_COUNTED = {
    "campaign_id": Campaign.id,
    "municipality_id": Campaign.municipality_id,
    "running": _running,
    "won": _success,
    "reached": (_crowd + _visible_match) * 10_000 / func.coalesce(Campaign.goal_cents, 1),
    "crowd_cents": _crowd,
    "match_cents": _sum(CampaignMatch.net_cents, _of_match, AWARD_MATCH),
    "gifts": _sum(literal_column("1"), Pledge.campaign_id == Campaign.id, COUNTS),
    "hands": _sum(Need.taken, Need.campaign_id == Campaign.id, Need.kind == NeedKind.HANDS.value),
    "hours": _sum(NeedOffer.hours, NeedOffer.need_id == Need.id, Need.campaign_id == Campaign.id),
    "goods": _sum(Need.taken, Need.campaign_id == Campaign.id, Need.kind != NeedKind.HANDS.value),
    "story_at": _story_at,
}


def count_changes(session: Session) -> int:
    """Count what changed anew, some at a time; how many changes were dealt with.

    A change that is not committed yet is not seen, and stays for the next time.
    """
    key = func.hashtextextended(_ONE_AT_A_TIME, 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))
    first = select(CampaignChange.id).order_by(CampaignChange.id).limit(BATCH)
    changes = delete(CampaignChange).where(CampaignChange.id.in_(first))
    campaign_ids = session.scalars(changes.returning(CampaignChange.campaign_id)).all()
    if campaign_ids:
        _count_towns(session, _count_campaigns(session, set(campaign_ids)))
    return len(campaign_ids)


def ask_all(session: Session) -> None:
    """Have every public campaign counted anew."""
    everything = select(Campaign.id).where(Campaign.status.in_(sorted(PUBLIC)))
    session.execute(insert(CampaignChange).from_select(["campaign_id"], everything))


def is_counted(session: Session) -> bool:
    """Whether the sums were ever counted here."""
    return session.scalar(select(TownSum.municipality_id).limit(1)) is not None


def _count_campaigns(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """The municipalities of these campaigns, once their own sums are kept."""
    public = select(*_COUNTED.values()).where(
        Campaign.id.in_(ids), Campaign.status.in_(sorted(PUBLIC))
    )
    upsert = insert(CampaignSum).from_select(list(_COUNTED), public)
    upsert = upsert.on_conflict_do_update(
        index_elements=["campaign_id"], set_=_excluded(upsert, list(_COUNTED)[1:])
    )
    return set(session.scalars(upsert.returning(CampaignSum.municipality_id)))


def _count_towns(session: Session, ids: Collection[UUID]) -> None:
    is_open = _open.label("is_open")
    rows = (
        select(CampaignSum, is_open)
        .join(Campaign, Campaign.id == CampaignSum.campaign_id)
        .where(CampaignSum.municipality_id.in_(ids))
        .subquery()
    )
    in_figures = rows.c.won | rows.c.is_open
    columns = {
        "municipality_id": rows.c.municipality_id,
        "open_campaigns": func.count().filter(rows.c.is_open),
        "won_campaigns": func.count().filter(rows.c.won),
        "crowd_cents": _total(rows.c.crowd_cents, rows.c.won),
        "match_cents": _total(rows.c.match_cents, rows.c.won),
        "open_cents": _total(rows.c.crowd_cents, rows.c.is_open),
        **{name: _total(rows.c[name], in_figures) for name in ("gifts", "hands", "hours", "goods")},
        "counted_at": literal(clock.now()),
    }
    statement = select(*columns.values()).group_by(rows.c.municipality_id)
    upsert = insert(TownSum).from_select(list(columns), statement)
    session.execute(
        upsert.on_conflict_do_update(
            index_elements=["municipality_id"], set_=_excluded(upsert, list(columns)[1:])
        )
    )


def _total(value: Any, condition: Any) -> Any:
    return func.coalesce(func.sum(value).filter(condition), 0)


def _excluded(upsert: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: upsert.excluded[name] for name in names}
