"""Funds for everybody: which there are, what is left, and the rules in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.decisions.reports.public import decisions_of_fund
from voorjebuurt.matching.funds.details import FundDetails, details_of
from voorjebuurt.matching.funds.queries import (
    FundRow,
    fund_row,
    public_fund,
    public_funds,
    versions_of,
)
from voorjebuurt.matching.pots.campaign_shares import fund_campaigns
from voorjebuurt.matching.questions.queries import public_questions
from voorjebuurt.matching.rounds.queries import round_views
from voorjebuurt.ownwords.queries import InForce, wording_in_force
from voorjebuurt.places.areas import area_names
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.ruleset_sentences import sentences_of
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.fund_money import fund_money
from voorjebuurt.web.words.fund_labels import PUBLIC_GROUNDS

MOST_QUESTIONS = 50
"""So many of the newest answers stand on the page of a fund."""


@blueprint.get("/fondsen")
def list_funds() -> ResponseReturnValue:
    """Every fund that was published; those that can be applied to first."""
    with reading() as session:
        funds = public_funds(session)
        places = _places(session, funds)
    now = [fund for fund in funds if fund.status in ("published", "open")]
    past = [fund for fund in funds if fund not in now]
    return render_template("public/funds/list.html", now=now, past=past, places=places)


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
            place=_places(session, [row])[0],
            campaigns=fund_campaigns(session, fund.id) if fund.live else [],
            questions=public_questions(session, fund.id, limit=MOST_QUESTIONS),
            money=fund_money(
                session,
                fund_id=fund.id,
                municipality_id=fund.municipality_id,
                rules=versions[0].rules,
            ),
            grounds=PUBLIC_GROUNDS,
        )


def _places(session: Session, funds: Sequence[FundRow]) -> list[Any]:
    """The municipalities of these funds, by name."""
    names = {fund.municipality for fund in funds}
    return [place for place in municipalities(session) if place.name in names]


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
