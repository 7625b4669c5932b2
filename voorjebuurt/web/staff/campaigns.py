"""A campaign as staff see it: its money, its gifts, its history, and the brakes."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.queries import members_of
from voorjebuurt.campaigns.overview import campaign_overview, campaigns_overview
from voorjebuurt.campaigns.page_parts import campaign_parts
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, CampaignStatus
from voorjebuurt.campaigns.service import resume_pledges as resume
from voorjebuurt.campaigns.service import stop_pledges as stop
from voorjebuurt.ledger.queries import campaign_postings, owner_balances
from voorjebuurt.payouts.payee_queries import campaign_payees
from voorjebuurt.payouts.queries import campaign_payouts
from voorjebuurt.people.queries import names_of
from voorjebuurt.pledges.closing import cancel_campaign as cancel
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.overview import gift_count, gifts_of_campaign
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.filters import campaign_search
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm

MAX_POSTINGS = 30


@blueprint.get("/acties")
def list_campaigns() -> ResponseReturnValue:
    """All campaigns, found by words or by state."""
    form, page = campaign_search(frozenset(CampaignStatus)), Page.asked(size=25)
    rows = []
    with reading() as session:
        if form.validate():
            rows = campaigns_overview(
                session,
                search=form.zoek.data or "",
                statuses=[form.status.data] if form.status.data else [],
                limit=page.limit,
                offset=page.offset,
            )
        campaigns = page.cut(rows)
        totals = crowd_totals(session, [row.id for row in campaigns])
    return render_template(
        "staff/campaigns/list.html", form=form, campaigns=campaigns, totals=totals, page=page
    )


@blueprint.get("/acties/<uuid:campaign_id>")
def show_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """One campaign: state, balances, accounts, payouts, bookings, deeds."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        events = trail(session, SubjectKind.CAMPAIGN, campaign_id)
        return render_template(
            "staff/campaigns/show.html",
            campaign=campaign,
            co_initiators=[
                f"{row.name}, {row.email}" for row in members_of(session, campaign_id)[1:]
            ],
            total=crowd_totals(session, [campaign_id])[campaign_id],
            balances=owner_balances(session, campaign_id),
            payees=campaign_payees(session, campaign_id),
            payouts=campaign_payouts(session, campaign_id),
            postings=campaign_postings(session, campaign_id, limit=MAX_POSTINGS),
            gifts=gift_count(session, campaign_id),
            near_miss=last_near_miss(session, campaign_id),
            events=events,
            names=names_of(session, [event.actor_id for event in events]),
            can_cancel=CAMPAIGN_TRANSITIONS.allowed(CampaignStatus(campaign.status), "cancel"),
        )


@blueprint.get("/acties/<uuid:campaign_id>/giften")
def list_gifts(campaign_id: UUID) -> ResponseReturnValue:
    """A campaign's gifts with what became of their money."""
    page = Page.asked(size=40)
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = gifts_of_campaign(session, campaign_id, limit=page.limit, offset=page.offset)
    return render_template(
        "staff/campaigns/gifts.html", campaign=campaign, gifts=page.cut(rows), page=page
    )


@blueprint.route("/acties/<uuid:campaign_id>/stilzetten", methods=["GET", "POST"])
def stop_pledges(campaign_id: UUID) -> ResponseReturnValue:
    """Take no new gifts, at once."""
    return _brake(campaign_id, stop, message=_("Giving is stopped."), resuming=False)


@blueprint.route("/acties/<uuid:campaign_id>/hervatten", methods=["GET", "POST"])
def resume_pledges(campaign_id: UUID) -> ResponseReturnValue:
    """Take gifts again."""
    return _brake(campaign_id, resume, message=_("Giving is possible again."), resuming=True)


def _brake(
    campaign_id: UUID, service: Callable[..., object], *, message: str, resuming: bool
) -> ResponseReturnValue:
    """One of the two: the address says which, so that pressing twice does not undo it."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: service(
            session, campaign_id=campaign_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=message,
        back=url_for("staff.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/stop.html", campaign=campaign, form=form, resuming=resuming
    )


@blueprint.route("/acties/<uuid:campaign_id>/beeindigen", methods=["GET", "POST"])
def cancel_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """End a campaign for good: everybody gets their money back."""
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, campaign_parts)
    form = ReasonForm()
    with reading() as session:
        form.version = PageVersion.of(session, basis)
        campaign = campaign_overview(session, campaign_id) or abort(404)
        total = crowd_totals(session, [campaign_id])[campaign_id]
    answer = submit(
        form,
        lambda session: cancel(
            session, campaign_id=campaign_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("The campaign is ended. All donors are being paid back."),
        back=url_for("staff.show_campaign", campaign_id=campaign_id),
    )
    return answer or render_template(
        "staff/campaigns/cancel.html", campaign=campaign, form=form, total=total
    )
