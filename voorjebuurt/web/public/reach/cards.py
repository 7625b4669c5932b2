"""The picture that goes along with a campaign's address: what it shows, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.reach.share_pictures import ShareCard, share_name
from voorjebuurt.kernel import text
from voorjebuurt.pledges.queries import CrowdTotal
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.public.reach.palette import town_colours
from voorjebuurt.web.public.reach.poster_words import last_gift_day, place_of
from voorjebuurt.web.words.campaign_labels import state_label


@dataclass(frozen=True)
class SharePicture:
    """A card, and the name of its file: another one as soon as anything on it changes."""

    card: ShareCard
    name: str
    locale: str


def share_picture(campaign: PageRow, total: CrowdTotal) -> SharePicture:
    """The picture of a campaign as it is now, in the language of this block.

    It tells what is sure: the gifts of neighbours, and what officers granted.
    """
    locale = str(get_locale())
    goal_cents = campaign.goal_cents or 1
    amounts = {
        "amount": text.euro(total.sure_cents, locale),
        "goal": text.euro(goal_cents, locale),
    }
    card = ShareCard(
        platform=the_settings().platform_name,
        place=place_of(campaign),
        title=campaign.title,
        amount=_("%(amount)s of %(goal)s", **amounts),
        note=_note(campaign, locale),
        percent=min(total.sure_cents * 100 // goal_cents, 100),
        colours=town_colours(),
    )
    return SharePicture(card, share_name(card, campaign.picture_key), locale)


def share_picture_link(campaign: PageRow, totals: Mapping[UUID, CrowdTotal]) -> str:
    """The whole address of that picture."""
    picture = share_picture(campaign, totals[campaign.id])
    return site_link(
        "public.send_share_picture",
        slug=campaign.slug,
        locale=picture.locale,
        name=picture.name.removesuffix(".jpg"),
    )


def _note(campaign: PageRow, locale: str) -> str:
    day = last_gift_day(campaign)
    if campaign.takes_gifts and day is not None:
        return str(_("You can give up to and including %(day)s", day=text.day(day, locale)))
    return str(state_label(campaign.status))
