"""The money of one's own campaign line by line, before and after it was paid."""

from uuid import UUID

from flask import abort, render_template

from voorjebuurt.advice.queries import accountings_of_campaign
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.rules import PUBLIC, WON
from voorjebuurt.payouts.payee_queries import current_payee
from voorjebuurt.payouts.statements.queries import statement_of
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.database import snapshot
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.get("/acties/<uuid:campaign_id>/geld")
def show_money(campaign_id: UUID) -> str:
    """What came, what went back, what was paid when, and what is left, from the ledger."""
    with snapshot() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        if campaign.status not in PUBLIC:
            abort(404)
        statement = statement_of(session, campaign_id)
        total = crowd_totals(session, [campaign_id])[campaign_id]
        accountings = accountings_of_campaign(session, campaign_id)
        payee = current_payee(session, campaign_id)
    return render_template(
        "resident/overview/money.html",
        campaign=campaign,
        statement=statement,
        total=total,
        accountings=accountings,
        payee=payee,
        is_won=campaign.status in WON,
    )
