"""Funds for everybody: which there are, what is left, and the rules in words."""

from dataclasses import replace

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions.reports.public import decisions_of_fund
from voorjebuurt.matching.funds.details import FundDetails, details_of
from voorjebuurt.matching.funds.queries import fund_row, public_fund, public_funds, versions_of
from voorjebuurt.matching.pots.campaign_shares import fund_campaigns
from voorjebuurt.matching.rounds.queries import round_views
from voorjebuurt.ownwords.queries import InForce, wording_in_force
from voorjebuurt.places.areas import area_names
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.ruleset_sentences import sentences_of
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.fund_money import fund_money
from voorjebuurt.web.words.fund_labels import PUBLIC_GROUNDS


@blueprint.get("/fondsen")
def list_funds() -> ResponseReturnValue:
    """Every fund that was published; those that can be applied to first."""
    with reading() as session:
        funds = public_funds(session)
    now = [fund for fund in funds if fund.status in ("published", "open")]
    past = [fund for fund in funds if fund not in now]
    return render_template("public/funds/list.html", now=now, past=past)


@blueprint.get("/fondsen/<slug>")
def show_fund(slug: str) -> ResponseReturnValue:
    """What is left, the rules, who may apply and how, who decided what, and where it went."""
    with reading() as session:
        fund = public_fund(session, slug) or abort(404)
        row = fund_row(session, fund.id) or abort(404)
        versions = versions_of(session, fund.id)
        return render_template(
            "public/funds/show.html",
            fund=fund,
            row=row,
            details=_with_own_words(
                details_of(fund), wording_in_force(session, fund.municipality_id)
            ),
            areas=area_names(session, fund.area_codes),
            versions=versions,
            rule_sentences=sentences_of(versions[0].rules),
            sentences_of=sentences_of,
            rounds=round_views(session, fund.id),
            decisions=decisions_of_fund(session, fund.id),
            campaigns=fund_campaigns(session, fund.id) if fund.live else [],
            money=fund_money(session, fund_id=fund.id, municipality_id=fund.municipality_id),
            grounds=PUBLIC_GROUNDS,
        )


def _with_own_words(details: FundDetails, current: InForce | None) -> FundDetails:
    """The details as letters have them: what the municipality says there goes before."""
    if current is None:
        return details
    own = current.wording
    return replace(
        details,
        objection_address=own.objection_address or details.objection_address,
        scheme_reference=details.scheme_reference or own.scheme_reference,
        ceiling_reference=details.ceiling_reference or own.ceiling_reference,
    )
