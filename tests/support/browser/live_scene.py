"""Live campaigns that were corrected, extended and stopped, with many pictures, for their pages."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_WORD, Values
from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.campaigns.corrections import PlanWords, correct_own_page
from voorjebuurt.campaigns.gallery.models import CampaignPicture, CampaignVideo
from voorjebuurt.campaigns.live.hiding import hide_correction
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.live.extending import extend_campaign
from voorjebuurt.pledges.live.stopping import stop_campaign


def live_values(
    session: Session, buurt: Neighbourhood, people: dict[str, Person], picture_key: str
) -> dict[str, list[Values]]:
    """One that can still move its day, one that moved it, one that was stopped."""
    resident = actor_of(people["resident"])
    movable, later, over = (
        CampaignFactory(
            status="live",
            neighbourhood=buurt,
            initiator=people["resident"],
            title=LONG_WORD[:80],
            extension_days=14,
            extension_percent=50,
            picture_key=picture_key,
            picture_alt="Een grijs plein met tegels",
        )
        for _ in range(3)
    )
    for campaign in (movable, later):
        PledgeFactory(campaign=campaign, amount_cents=60_000)
    _illustrate(session, movable, picture_key)
    changes = _change(session, movable, people)
    extend_campaign(
        session,
        campaign_id=later.id,
        until_on=certain(later.deadline_on) + timedelta(days=14),
        reason=LONG_WORD,
        actor=resident,
    )
    stop_campaign(session, campaign_id=over.id, reason=f"{LONG_WORD} kan niet.", actor=resident)
    ids = [{"campaign_id": campaign.id} for campaign in (movable, later, over)]
    slugs = [{"slug": campaign.slug} for campaign in (movable, later, over)]
    return {
        "resident.show_campaign": ids,
        "resident.correct_own_page": ids,
        "resident.extend_campaign": ids,
        "resident.stop_campaign": ids,
        "resident.edit_gallery": ids,
        "public.show_campaign": slugs,
        "public.list_changes": slugs[:2],
        "public.start_pledge": slugs[:1],
        "staff.list_changes": ids,
        "staff.hide_correction": [{"correction_id": changes[0]}],
        "staff.hide_stop_reason": ids[2:],
    }


def _illustrate(session: Session, campaign: Campaign, picture_key: str) -> None:
    session.add_all(
        CampaignPicture(
            campaign_id=campaign.id, position=place, picture_key=picture_key, alt=LONG_WORD[:200]
        )
        for place in (1, 2, 3)
    )
    url = "https://www.youtube.com/watch?v=" + "x" * 60
    session.add(CampaignVideo(campaign_id=campaign.id, url=url, title=LONG_WORD[:80]))
    session.flush()


def _change(session: Session, campaign: Campaign, people: dict[str, Person]) -> list[object]:
    """Two parts that were changed, of which staff hid the second; returns their ids."""
    words = PlanWords(
        title=campaign.title,
        summary=f"{campaign.summary} {LONG_WORD}",
        story=f"{campaign.story}\n\n{LONG_WORD}",
        for_whom=campaign.for_whom,
        worse_off=campaign.worse_off,
        needs=campaign.needs,
    )
    resident, staff = actor_of(people["resident"]), actor_of(people["staff"], "staff")
    correct_own_page(session, campaign_id=campaign.id, words=words, actor=resident)
    session.flush()
    is_its = PageCorrection.campaign_id == campaign.id
    first, second = session.scalars(select(PageCorrection.id).where(is_its)).all()
    hide_correction(session, correction_id=second, reason=LONG_WORD, actor=staff)
    return [first, second]
