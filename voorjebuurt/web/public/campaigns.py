"""Finding a campaign, and its page."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns import queries
from voorjebuurt.campaigns.corrections import corrections_count, page_corrections
from voorjebuurt.campaigns.gallery.queries import pictures_of, video_of
from voorjebuurt.campaigns.live.queries import extension_of, stop_of
from voorjebuurt.campaigns.needs.queries import open_needs
from voorjebuurt.campaigns.needs.rules import TAKES_OFFERS
from voorjebuurt.campaigns.pages import LineRow, budget_of, public_page
from voorjebuurt.campaigns.questions.queries import public_questions
from voorjebuurt.campaigns.rewards.queries import offered_rewards
from voorjebuurt.campaigns.updates.queries import donors_updates, shown_updates
from voorjebuurt.decisions.views.queries import funds_in_doubt
from voorjebuurt.matching.pots.campaign_shares import fund_shares
from voorjebuurt.places.queries import municipalities
from voorjebuurt.pledges.discovery import find_campaigns, theme_counts
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.queries import crowd_totals, public_contributions
from voorjebuurt.pledges.tins.queries import tin_shown
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.public.areas import area_links, town_maps
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.reach.head import page_head
from voorjebuurt.web.public.search import chips, page_address, search_form, wish_of
from voorjebuurt.web.public.visits import note_visit

SHOWN_GIFTS = 30
SHOWN_UPDATES = 3
SHOWN_QUESTIONS = 3
SHOWN_CORRECTIONS = 3


@blueprint.get("/acties")
def list_campaigns() -> ResponseReturnValue:
    """Search, filters, and the campaigns that meet them."""
    form = search_form()
    wish = wish_of(form)
    with reading() as session:
        towns = municipalities(session)
        here = next((town.id for town in towns if town.slug == wish.town), None)
        counts = queries.neighbourhood_counts(session)
        areas = [area for area in counts if here in (None, area.municipality_id)]
        maps = town_maps(session, areas)
        themes = theme_counts(session, wish)
        result = find_campaigns(session, wish)
        choices = [(town.slug, town.name) for town in towns]
    form.offer([(area.code, area.name) for area in areas], dict(themes), choices)
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
        in_doubt = funds_in_doubt(session, campaign.id)
        corrections = page_corrections(session, campaign.id, limit=SHOWN_CORRECTIONS)
        all_corrections = corrections_count(session, campaign.id)
        stop = stop_of(session, campaign.id)
        pictures = pictures_of(session, campaign.id)
        video = video_of(session, campaign.id)
        extension = extension_of(session, campaign.id)
        near_miss = last_near_miss(session, campaign.id)
        rewards = offered_rewards(session, campaign.id)
        needs = open_needs(session, campaign.id)
        updates = shown_updates(session, campaign.id, for_donors=False, limit=SHOWN_UPDATES)
        for_donors = donors_updates(session, campaign.id)
        questions = public_questions(session, campaign.id, limit=SHOWN_QUESTIONS)
        tin_cents = tin_shown(session, campaign.id, campaign.status)
        note_visit(session, campaign)
    if near_miss is not None and near_miss.lines:
        lines = [LineRow(*line) for line in near_miss.lines_now]
    return render_template(
        "public/campaigns/show.html",
        campaign=campaign,
        head=page_head(campaign, total),
        lines=lines,
        total=total,
        tin_cents=tin_cents,
        gifts=gifts,
        matches=matches,
        in_doubt=in_doubt,
        corrections=corrections,
        all_corrections=all_corrections,
        stop=stop,
        pictures=pictures,
        video=video,
        extension=extension,
        near_miss=near_miss,
        rewards=rewards,
        needs=needs,
        takes_offers=campaign.status in TAKES_OFFERS,
        updates=updates,
        for_donors=for_donors,
        questions=questions,
        can_give=campaign.takes_gifts,
    )
