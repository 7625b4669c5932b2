"""The campaigns of an officer's own municipality: to see, not to change."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.audit.actions import action_of
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.overview import campaign_overview, campaigns_overview
from voorjebuurt.campaigns.pages import budget_of
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.matching.applications.queries import ApplicationFilter, find_applications
from voorjebuurt.matching.applications.states import APPLYING_CLOSED
from voorjebuurt.matching.live.plan_forecasts import forecast_in_review
from voorjebuurt.places.queries import municipalities
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.filters import campaign_search
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("/acties")
def list_campaigns() -> ResponseReturnValue:
    """Every campaign in the officer's municipality that went live, found by words or state.

    A pitch is its author's own until then.
    """
    form, page = campaign_search(PUBLIC), Page.asked(size=25)
    mine = signed_in_person().reads
    rows = []
    with reading() as session:
        if form.validate():
            rows = campaigns_overview(
                session,
                search=form.zoek.data or "",
                statuses=[form.status.data] if form.status.data else PUBLIC,
                municipality_ids=mine,
                limit=page.limit,
                offset=page.offset,
            )
        campaigns = page.cut(rows)
        return render_template(
            "officer/campaigns/list.html",
            form=form,
            campaigns=campaigns,
            totals=crowd_totals(session, [row.id for row in campaigns]),
            places=[place.name for place in municipalities(session) if place.id in mine],
            page=page,
        )


@blueprint.get("/acties/<uuid:campaign_id>")
def show_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """One campaign: how far it is and what happened."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        if campaign.status not in PUBLIC:
            abort(404)
        events = [
            event
            for event in trail(session, SubjectKind.CAMPAIGN, campaign_id)
            if (action := action_of(event.action)) and action.topic == "campaign"
        ]
        mine = signed_in_person().reads
        about = ApplicationFilter(municipality_ids=mine, campaign_id=campaign_id)
        return render_template(
            "officer/campaigns/show.html",
            campaign=campaign,
            total=crowd_totals(session, [campaign_id])[campaign_id],
            lines=budget_of(session, campaign_id),
            applications=find_applications(session, about, limit=20),
            events=events,
            near_miss=last_near_miss(session, campaign_id),
            forecast=forecast_in_review(session, campaign_id),
            takes_paper=campaign.status in APPLYING_CLOSED,
        )
