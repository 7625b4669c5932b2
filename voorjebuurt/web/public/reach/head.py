"""What the head of a campaign's page tells programs: its one address, a preview, its facts."""

from dataclasses import dataclass
from typing import Any

from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.reach.share_pictures import HEIGHT, WIDTH
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.pledges.queries import CrowdTotal
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.public.reach.cards import share_picture_link
from voorjebuurt.web.public.reach.poster_words import last_gift_day, place_of


@dataclass(frozen=True)
class PageHead:
    """``facts`` are those of schema.org, as JSON-LD; ``others`` the page in each language."""

    canonical: str
    short: str
    others: tuple[tuple[str, str], ...]
    picture: str
    picture_size: tuple[int, int]
    embedding: str
    facts: dict[str, Any]


def page_head(campaign: PageRow, total: CrowdTotal) -> PageHead:
    """The head of a public campaign's page, in the language of this request."""
    canonical = site_link("public.show_campaign", slug=campaign.slug)
    picture = share_picture_link(campaign, {campaign.id: total})
    return PageHead(
        canonical=canonical,
        short=site_link("public.follow_short_address", code=campaign.short_code),
        others=tuple((code, f"{canonical}?taal={code}") for code in languages()),
        picture=picture,
        picture_size=(WIDTH, HEIGHT),
        embedding=site_link("public.describe_embedding", url=canonical, format="json"),
        facts=_facts(campaign, canonical, picture),
    )


def _facts(campaign: PageRow, canonical: str, picture: str) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Project",
        "@id": f"{canonical}#project",
        "name": campaign.title,
        "description": campaign.summary,
        "url": canonical,
        "image": picture,
        "location": {"@type": "Place", "name": place_of(campaign)},
        "parentOrganization": {
            "@type": "Organization",
            "name": the_settings().platform_name,
            "url": the_settings().base_url,
        },
    }
    if campaign.opened_at is not None:
        facts["foundingDate"] = campaign.opened_at.date().isoformat()
    if campaign.takes_gifts:
        facts["potentialAction"] = _donate_action(campaign, canonical)
    return facts


def _donate_action(campaign: PageRow, canonical: str) -> dict[str, Any]:
    action: dict[str, Any] = {
        "@type": "DonateAction",
        "recipient": {"@id": f"{canonical}#project"},
        "priceCurrency": "EUR",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": site_link("public.start_pledge", slug=campaign.slug),
            "actionPlatform": [
                "https://schema.org/DesktopWebPlatform",
                "https://schema.org/MobileWebPlatform",
            ],
        },
    }
    day = last_gift_day(campaign)
    return action if day is None else action | {"endTime": day.isoformat()}
