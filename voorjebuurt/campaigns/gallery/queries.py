"""Reading the pictures of a campaign beside its cover, and its video."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.gallery.models import CampaignPicture, CampaignVideo


class PictureRow(NamedTuple):
    """A picture in its place."""

    id: UUID
    picture_key: str
    alt: str
    position: int


class VideoRow(NamedTuple):
    """A video elsewhere."""

    url: str
    title: str


def pictures_of(session: Session, campaign_id: UUID) -> Sequence[PictureRow]:
    """The pictures beside the cover, in their order."""
    columns = (getattr(CampaignPicture, name) for name in PictureRow._fields)
    statement = select(*columns).where(CampaignPicture.campaign_id == campaign_id)
    rows = session.execute(statement.order_by(CampaignPicture.position))
    return [PictureRow._make(row) for row in rows]


def video_of(session: Session, campaign_id: UUID) -> VideoRow | None:
    """The video of a campaign; None without one."""
    row = session.get(CampaignVideo, campaign_id)
    return None if row is None else VideoRow(row.url, row.title)


def gallery_parts(session: Session, campaign_id: UUID) -> list[list[str]]:
    """What a page shows of both, to be held against later."""
    video = video_of(session, campaign_id)
    rows = [[row.picture_key, row.alt] for row in pictures_of(session, campaign_id)]
    return [*rows, *([[video.url, video.title]] if video else [])]


def gallery_keys(session: Session) -> frozenset[str]:
    """The keys of all these pictures."""
    return frozenset(session.scalars(select(CampaignPicture.picture_key)))
