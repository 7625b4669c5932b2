"""What a poster of a campaign says, in the language of this block."""

from datetime import date

from flask_babel import get_locale
from flask_babel import gettext as _

from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.reach.posters import Material, Poster
from voorjebuurt.kernel import clock, text
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.site_links import typed_link
from voorjebuurt.web.public.reach.palette import town_colours
from voorjebuurt.web.words.member_names import by_whom


def poster_of(campaign: PageRow, material: Material, *, large: bool) -> Poster:
    """The poster of a campaign that takes gifts."""
    locale = str(get_locale())
    address = typed_link("public.follow_short_address", code=campaign.short_code)
    return Poster(
        material=material,
        large=large,
        language=locale,
        platform=the_settings().platform_name,
        heading=place_of(campaign),
        title=campaign.title,
        by=_by(campaign),
        summary=campaign.summary,
        facts=_facts(campaign, locale),
        how_title=_("How to give"),
        how=(_("Scan the code with your phone. Or type this address:"),),
        offline=_("No internet? Ask a neighbour to give with you. You don’t have to sign up."),
        address=address,
        code_alt=_("QR code that leads to %(address)s", address=address),
        picture_alt=campaign.picture_alt or campaign.title,
        colours=town_colours(),
    )


def place_of(campaign: PageRow) -> str:
    """The neighbourhood and the town."""
    return ", ".join(filter(None, (campaign.neighbourhood, campaign.municipality)))


def last_gift_day(campaign: PageRow) -> date | None:
    """The last day on which one can give, also in a second turn."""
    if campaign.gifts_again_until is not None and campaign.status == "near_miss":
        return clock.last_day(campaign.gifts_again_until)
    return campaign.deadline_on


def _by(campaign: PageRow) -> str:
    by = _("By %(name)s", name=by_whom(campaign))
    return f"{by} · {campaign.location}" if campaign.location else by


def _facts(campaign: PageRow, locale: str) -> tuple[tuple[str, str], ...]:
    facts = [(_("Needed"), text.euro(campaign.goal_cents or 0, locale))]
    day = last_gift_day(campaign)
    if day is not None:
        facts.append((_("You can give up to and including"), text.day(day, locale)))
    return tuple(facts)
