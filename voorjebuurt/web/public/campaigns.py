"""Finding a campaign, and its page."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns import queries
from voorjebuurt.campaigns.corrections import page_corrections
from voorjebuurt.campaigns.pages import LineRow, budget_of, public_page
from voorjebuurt.matching.pots.campaign_shares import fund_shares
from voorjebuurt.pledges.discovery import find_campaigns, theme_counts
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.queries import crowd_totals, public_contributions
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.public.areas import area_links, town_maps
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.search import chips, page_address, search_form, wish_of

SHOWN_GIFTS = 30


@blueprint.get("/acties")
def list_campaigns() -> ResponseReturnValue:
    """Search, filters, and the campaigns that meet them."""
    form = search_form()
    wish = wish_of(form)
    with reading() as session:
        areas = queries.neighbourhood_counts(session)
        maps = town_maps(session, areas)
        themes = theme_counts(session, wish)
        result = find_campaigns(session, wish)
    form.offer([(area.code, area.name) for area in areas], dict(themes))
    return render_template(
        "public/campaigns/list.html",
        search=form,
        found=result,
        areas=area_links(areas),
        maps=maps,
        chips=chips(form),
        page_address=page_address,
    )


@blueprint.get("/acties/<slug>")
def show_campaign(slug: str) -> ResponseReturnValue:
    """One campaign: what it is, how far it is, who gave."""
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        lines = budget_of(session, campaign.id)
        total = crowd_totals(session, [campaign.id])[campaign.id]
        gifts = public_contributions(session, campaign.id, limit=SHOWN_GIFTS)
        matches = fund_shares(session, campaign.id)
        corrections = page_corrections(session, campaign.id)
        near_miss = last_near_miss(session, campaign.id)
    if near_miss is not None and near_miss.lines:
        lines = [LineRow(*line) for line in near_miss.lines_now]
    return render_template(
        "public/campaigns/show.html",
        campaign=campaign,
        lines=lines,
        total=total,
        gifts=gifts,
        matches=matches,
        corrections=corrections,
        near_miss=near_miss,
        can_give=campaign.takes_gifts,
    )
