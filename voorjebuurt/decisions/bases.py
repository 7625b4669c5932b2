"""From rows to the facts that a decision rests on: a round's, a live fund's steps, or its own."""

from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.record import Basis, sha256
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.matching.models import Application, Fund, FundRound, MatchStep
from voorjebuurt.matching.rules import jsontext
from voorjebuurt.pledges.models import MatchClaim

MAX_FACTS = 2_000_000
"""Bytes of a round's facts that every snapshot repeats; larger ones stay with the round."""
_NOT_DRAWN = "not drawn yet"


class Found(NamedTuple):
    """A basis with its facts in full, and the imports that those were made with."""

    basis: Basis
    facts: str
    import_ids: tuple[str, ...]


def basis_of(session: Session, application: Application) -> Found:
    """What the rules read for this application, as it stands now."""
    if application.round_id is not None:
        return _of_round(session.get_one(FundRound, application.round_id), str(application.id))
    areas: dict[str, Any] = {}
    fund = session.get_one(Fund, application.fund_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    if fund.live:
        return _of_steps(session, application, campaign, areas)
    gifts = _standing_gifts(session, application)
    facts = _facts(application, campaign, areas, gifts)
    return Found(_alone(str(application.id), facts), facts, ())


def _alone(key: str, facts: str) -> Basis:
    return Basis("alone", key, facts, sha256(facts), clock.now().isoformat())


def _of_round(row: FundRound, key: str) -> Found:
    repeated = row.facts if len(row.facts.encode()) <= MAX_FACTS else None
    basis = Basis(
        kind="round",
        key=key,
        facts=repeated,
        facts_sha256=row.facts_sha256,
        at=row.ran_at.isoformat(),
        round_id=str(row.id),
        round_number=row.number,
    )
    return Found(basis, row.facts, tuple(row.import_ids))


def _of_steps(
    session: Session, application: Application, campaign: Campaign, areas: dict[str, Any]
) -> Found:
    """Every gift that was taken, in order, and what each step did; refunds are steps too."""
    gifts: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    position_of: dict[Any, int] = {}
    statement = (
        select(MatchStep, MatchClaim)
        .join(MatchClaim, MatchClaim.id == MatchStep.claim_id)
        .where(MatchStep.application_id == application.id)
        .order_by(MatchStep.position)
    )
    for step, claim in session.execute(statement):
        if claim.kind == "gift":
            position_of[claim.pledge_id] = len(gifts)
            gifts.append(_gift(claim, step))
        elif claim.pledge_id not in position_of:
            raise InvariantError(f"step {step.id} refunds a gift that was never taken")
        steps.append(
            {
                "contribution": position_of[claim.pledge_id],
                "kind": claim.kind,
                "left_cents": step.left_cents,
                "match_cents": step.match_cents,
            }
        )
    facts = _facts(application, campaign, areas, gifts)
    at = clock.now().isoformat()
    basis = Basis("live", str(application.id), facts, sha256(facts), at, steps=tuple(steps))
    return Found(basis, facts, ())


def _gift(claim: MatchClaim, step: MatchStep) -> dict[str, Any]:
    return {
        "donor": claim.donor_key,
        "amount_cents": claim.amount_cents,
        "area": claim.area_code,
        "matchable": claim.matchable,
        "paid_at": step.accepted_at.isoformat(),
    }


def _standing_gifts(session: Session, application: Application) -> list[dict[str, Any]]:
    """What of every gift counts now: gifts less refunds, in the order in which they came."""
    signed = case((MatchClaim.kind == "gift", 1), else_=-1) * MatchClaim.amount_cents
    statement = (
        select(
            MatchClaim.donor_key,
            func.sum(signed).label("cents"),
            MatchClaim.area_code,
            MatchClaim.matchable,
        )
        .where(MatchClaim.campaign_id == application.campaign_id)
        .group_by(
            MatchClaim.pledge_id, MatchClaim.donor_key, MatchClaim.area_code, MatchClaim.matchable
        )
        .having(func.sum(signed) > 0)
        .order_by(func.min(MatchClaim.seq))
    )
    return [
        {
            "donor": row.donor_key,
            "amount_cents": int(row.cents),
            "area": row.area_code,
            "matchable": row.matchable,
        }
        for row in session.execute(statement)
    ]


def _facts(
    application: Application,
    campaign: Campaign,
    areas: dict[str, Any],
    gifts: list[dict[str, Any]],
) -> str:
    """Facts of ``matchregel/1`` about this application only, as canonical JSON."""
    one: dict[str, Any] = {
        "id": str(application.id),
        "received_at": application.received_at.isoformat(),
        "goal_cents": campaign.goal_cents,
        "groups": sorted(application.verified_groups),
        "theme": campaign.theme,
        "first_time": application.first_time,
        "score": None if application.score is None else str(application.score),
        "contributions": gifts,
    }
    if application.areas:
        one["area"] = application.areas
    facts = {"applications": [one], "areas": areas, "lottery_seed": _NOT_DRAWN}
    return jsontext.canonical(facts)
