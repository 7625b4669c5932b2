"""Adding, ordering and removing pictures beside the cover, choosing the cover, and the video.

In a plan that nobody sees yet that is all; on a live page everybody reads what was changed. A
picture that goes off the page is gone, whoever is on it: the trace keeps its description alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.gallery.models import CampaignPicture, CampaignVideo
from voorjebuurt.campaigns.gallery.queries import gallery_parts
from voorjebuurt.campaigns.gallery.rules import (
    MOST_PICTURES,
    VIDEO_TITLE_MAX_LENGTH,
    moved,
    video_host,
)
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject
from voorjebuurt.campaigns.live.ownership import own_campaign
from voorjebuurt.campaigns.live.tracing import (
    INITIATOR,
    PageChange,
    check_changes_of_today,
    write_changes,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import EDITABLE, MAX_LENGTHS, CampaignStatus
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.settings import CampaignSettings

CHANGEABLE = EDITABLE | {CampaignStatus.LIVE}


def add_picture(
    session: Session, *, campaign_id: UUID, picture_key: str, alt: str, actor: Actor
) -> None:
    """Add a stored picture as the last one; the first of a page without a cover becomes that."""
    words = clean_line(alt)
    if not words:
        raise DomainError("picture_alt_missing", field="picture_alt")
    if len(words) > MAX_LENGTHS["picture_alt"]:
        maximum = MAX_LENGTHS["picture_alt"]
        raise DomainError("text_too_long", field="picture_alt", maximum=maximum)
    with _changing(session, campaign_id, actor) as campaign:
        pictures = _pictures(session, campaign_id)
        if campaign.picture_key is None:
            campaign.picture_key, campaign.picture_alt = picture_key, words
        elif len(pictures) >= MOST_PICTURES:
            raise DomainError("pictures_full", most=MOST_PICTURES)
        else:
            session.add(
                CampaignPicture(
                    campaign_id=campaign_id,
                    position=len(pictures) + 1,
                    picture_key=picture_key,
                    alt=words,
                )
            )


def move_picture(
    session: Session, *, campaign_id: UUID, picture_id: UUID, position: int, actor: Actor
) -> None:
    """Bring a picture to a position, from 1 on. One that is there, or gone, changes nothing."""
    campaign = _own(session, campaign_id, actor)
    pictures = _pictures(session, campaign_id)
    picture = _one_of(pictures, picture_id)
    if picture is None or picture.position == position:
        return
    _renumber(session, moved(pictures, picture, position))
    _note(session, campaign, actor)


def remove_picture(session: Session, *, campaign_id: UUID, picture_id: UUID, actor: Actor) -> None:
    """Take a picture off. One that is gone already is no error."""
    with _changing(session, campaign_id, actor):
        pictures = _pictures(session, campaign_id)
        picture = _one_of(pictures, picture_id)
        if picture is None:
            return
        session.delete(picture)
        _renumber(session, [each for each in pictures if each is not picture])


def remove_cover(session: Session, *, campaign_id: UUID, picture_key: str, actor: Actor) -> None:
    """Take the cover off, if it is still this one; the first of the others takes its place."""
    with _changing(session, campaign_id, actor) as campaign:
        if campaign.picture_key != picture_key:
            return
        pictures = _pictures(session, campaign_id)
        first = pictures[0] if pictures else None
        campaign.picture_key = first.picture_key if first else None
        campaign.picture_alt = first.alt if first else ""
        if first is not None:
            session.delete(first)
            _renumber(session, pictures[1:])


def make_cover(session: Session, *, campaign_id: UUID, picture_id: UUID, actor: Actor) -> None:
    """Make a picture the cover; what was the cover takes its place. Done already is no error."""
    with _changing(session, campaign_id, actor) as campaign:
        pictures = _pictures(session, campaign_id)
        picture = _one_of(pictures, picture_id)
        if picture is None:
            return
        key, alt = campaign.picture_key, campaign.picture_alt
        campaign.picture_key, campaign.picture_alt = picture.picture_key, picture.alt
        # A cover of long ago may have no description: then it can't be one of the others.
        if key and alt:
            picture.picture_key, picture.alt = key, alt
        else:
            session.delete(picture)
            _renumber(session, [each for each in pictures if each is not picture])


def set_video(
    session: Session,
    *,
    campaign_id: UUID,
    url: str,
    title: str,
    bounds: CampaignSettings,
    actor: Actor,
) -> None:
    """Link to a video, or to none with an empty address. Raises ``DomainError`` at a field."""
    address, words = url.strip(), clean_line(title)
    if address and video_host(address, bounds.video_hosts) is None:
        raise DomainError("video_elsewhere", field="url", hosts=", ".join(bounds.video_hosts))
    if address and not words:
        raise DomainError("video_title_missing", field="video_title")
    if len(words) > VIDEO_TITLE_MAX_LENGTH:
        maximum = VIDEO_TITLE_MAX_LENGTH
        raise DomainError("text_too_long", field="video_title", maximum=maximum)
    with _changing(session, campaign_id, actor):
        video = session.get(CampaignVideo, campaign_id, populate_existing=True)
        if video is not None and not address:
            session.delete(video)
        elif video is not None:
            video.url, video.title = address, words
        elif address:
            session.add(CampaignVideo(campaign_id=campaign_id, url=address, title=words))


def forget_gallery(session: Session, campaign_id: UUID) -> None:
    """Erase what a plan that was never public has of both."""
    for model in (CampaignPicture, CampaignVideo):
        session.execute(delete(model).where(model.campaign_id == campaign_id))


@contextmanager
def _changing(session: Session, campaign_id: UUID, actor: Actor) -> Iterator[Campaign]:
    """The campaign, held; afterwards what the block changed on its page is written down."""
    campaign = _own(session, campaign_id, actor)
    page, before = _page(session, campaign), _told(session, campaign)
    yield campaign
    session.flush()
    if _page(session, campaign) == page:
        return
    after = _told(session, campaign)
    changes = [
        PageChange(part, before[part], after[part])
        for part in before
        if before[part] != after[part]
    ]
    if campaign.status == CampaignStatus.LIVE and changes:
        check_changes_of_today(session, campaign.id, of_pictures=True)
        write_changes(session, campaign, changes, source=INITIATOR, actor=actor)
        mails.page_changed(session, campaign)
    _note(session, campaign, actor)


def _page(session: Session, campaign: Campaign) -> list[object]:
    return [campaign.picture_key, gallery_parts(session, campaign.id)]


def _told(session: Session, campaign: Campaign) -> dict[str, str]:
    """What a trace tells: descriptions, the cover's first; the video's title and address."""
    pictures = [picture.alt for picture in _pictures(session, campaign.id)]
    cover = [campaign.picture_alt or campaign.title] if campaign.picture_key else []
    video = session.get(CampaignVideo, campaign.id, populate_existing=True)
    return {
        "pictures": "\n".join([*cover, *pictures]),
        "video": f"{video.title}\n{video.url}" if video else "",
    }


def _own(session: Session, campaign_id: UUID, actor: Actor) -> Campaign:
    campaign = own_campaign(session, campaign_id, actor)
    if CampaignStatus(campaign.status) not in CHANGEABLE:
        raise TransitionError("wrong_state", state=campaign.status, action="change_pictures")
    return campaign


def _pictures(session: Session, campaign_id: UUID) -> Sequence[CampaignPicture]:
    statement = (
        select(CampaignPicture)
        .where(CampaignPicture.campaign_id == campaign_id)
        .order_by(CampaignPicture.position)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _one_of(pictures: Sequence[CampaignPicture], picture_id: UUID) -> CampaignPicture | None:
    return next((picture for picture in pictures if picture.id == picture_id), None)


def _renumber(session: Session, pictures: Sequence[CampaignPicture]) -> None:
    for position, picture in enumerate(pictures, 1):
        picture.position = position
    session.flush()


def _note(session: Session, campaign: Campaign, actor: Actor) -> None:
    bump_version(campaign)
    audit.record(
        session,
        actor=actor,
        action=Action.CAMPAIGN_PICTURES_CHANGED,
        subject=campaign_subject(campaign),
    )
