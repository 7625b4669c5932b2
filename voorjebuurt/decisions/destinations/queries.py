"""Gifts behind the figures across funds: one statement each, however much there is."""

from collections.abc import Collection, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, column, func, select
from sqlalchemy.orm import Session

from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import COUNTS, DONORS


class Gifts(NamedTuple):
    """The gifts that count of some campaigns: how many, of how many donors, and the middle one."""

    gifts: int
    donors: int
    median_cents: int


def crowd_of(session: Session, campaign_ids: Collection[UUID]) -> dict[UUID, int]:
    """What residents gave to each of these campaigns and did not get back (eurocents)."""
    statement = (
        select(Pledge.campaign_id, func.sum(Pledge.amount_cents))
        .where(COUNTS, Pledge.campaign_id == func.any(_ids(campaign_ids)))
        .group_by(Pledge.campaign_id)
    )
    return {key: int(cents) for key, cents in session.execute(statement)}


def gifts_of(session: Session, groups: Mapping[str, Collection[UUID]]) -> dict[str, Gifts]:
    """By group of campaigns; a group without a gift is left out. Who gave twice is one donor."""
    pairs = [(key, campaign_id) for key, ids in groups.items() for campaign_id in ids]
    if not pairs:
        return {}
    keys = bindparam("keys", [key for key, _ in pairs], type_=ARRAY(Text))
    members = (
        func.unnest(keys, _ids([campaign_id for _, campaign_id in pairs]))
        .table_valued(column("key", Text), column("campaign_id", Uuid), name="members")
        .render_derived()
    )
    middle = func.percentile_disc(0.5).within_group(Pledge.amount_cents)
    statement = (
        select(members.c.key, func.count(), DONORS, middle)
        .join(Pledge, Pledge.campaign_id == members.c.campaign_id)
        .where(COUNTS)
        .group_by(members.c.key)
    )
    return {key: Gifts(*numbers) for key, *numbers in session.execute(statement)}


def _ids(campaign_ids: Collection[UUID]) -> object:
    """As one value: a statement with a name for each of thousands is slow to make."""
    return bindparam(None, list(campaign_ids), type_=ARRAY(Uuid), unique=True)
