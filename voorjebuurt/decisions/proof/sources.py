"""From rows to the facts that a decision rests on: a round's, a live fund's steps, or its own."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.proof.schema import Basis, sha256
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.states import UNDECIDED
from voorjebuurt.matching.facts.applications import facts_text, plan_goal_cents
from voorjebuurt.matching.models import Application, Fund, FundRound, MatchStep
from voorjebuurt.matching.pots.queries import most_for
from voorjebuurt.payments.models import Payment
from voorjebuurt.places.figures import area_facts, imports_behind
from voorjebuurt.pledges.models import CampaignMatch, MatchClaim, Pledge
from voorjebuurt.pledges.rules import OWED_MATCH, MatchStatus
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext

MAX_FACTS = 2_000_000
"""Bytes of a round's facts that every snapshot repeats; larger ones stay with the round."""
_NOT_DRAWN = "not drawn yet"


class BasisFacts(NamedTuple):
    """A basis with its facts in full."""

    basis: Basis
    facts: str


class Areas(NamedTuple):
    """The figures of an application's areas and of those around them, and their files."""

    facts: dict[str, Any]
    import_ids: tuple[str, ...]


def basis_of(session: Session, application: Application, ruleset: Ruleset) -> BasisFacts:
    """What the rules read for this application, as it stands now; ``ruleset`` of its version."""
    if application.round_id is not None:
        return _of_round(session.get_one(FundRound, application.round_id), str(application.id))
    fund = session.get_one(Fund, application.fund_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    if fund.live and _awards_first(session, application):
        return _before_gifts(session, application, campaign, ruleset)
    if fund.live:
        return _of_steps(session, application, campaign, ruleset)
    areas = _areas(session, application, ruleset)
    gifts = _gifts_until_closing(session, application, fund)
    text = facts_text(application, campaign, areas=areas.facts, contributions=gifts)
    facts = jsontext.canonical({**jsontext.parse(text), "lottery_seed": _NOT_DRAWN})
    basis = Basis(
        kind="alone",
        key=str(application.id),
        facts=facts,
        facts_sha256=sha256(facts),
        at=clock.now().isoformat(),
        import_ids=areas.import_ids,
    )
    return BasisFacts(basis, facts)


def _areas(session: Session, application: Application, ruleset: Ruleset) -> Areas:
    """The areas' current figures of the indicator that the rules read, and their imports."""
    equity = ruleset.equity
    if equity is None or equity.indicator is None or not application.areas:
        return Areas({}, ())
    codes, indicators = list(application.areas), [equity.indicator]
    facts = area_facts(session, codes=codes, indicators=indicators)
    imports = imports_behind(session, codes, indicators)
    return Areas(facts, tuple(str(place_import.id) for place_import in imports))


def _of_round(row: FundRound, key: str) -> BasisFacts:
    copy = row.facts if len(row.facts.encode()) <= MAX_FACTS else None
    basis = Basis(
        kind="round",
        key=key,
        facts=copy,
        facts_sha256=row.facts_sha256,
        at=row.ran_at.isoformat(),
        round_id=str(row.id),
        round_number=row.number,
        ceiling_cents=row.ceiling_cents,
        import_ids=tuple(row.import_ids),
    )
    return BasisFacts(basis, row.facts)


def _awards_first(session: Session, application: Application) -> bool:
    """Whether a live fund has yet to say how much it gives at most."""
    match_status = session.scalar(
        select(CampaignMatch.status).where(CampaignMatch.application_id == application.id)
    )
    came_to_amount = match_status in OWED_MATCH | {MatchStatus.FIXED}
    return application.status in UNDECIDED and not came_to_amount


def _before_gifts(
    session: Session, application: Application, campaign: Campaign, ruleset: Ruleset
) -> BasisFacts:
    """The basis of a live fund's award: the plan, and what is left in the pot; no gift."""
    facts, import_ids = _live_facts(session, application, campaign, ruleset)
    text = jsontext.canonical(facts)
    basis = Basis(
        kind="maximum",
        key=str(application.id),
        facts=text,
        facts_sha256=sha256(text),
        at=clock.now().isoformat(),
        ceiling_cents=most_for(session, application.id),
        import_ids=import_ids,
    )
    return BasisFacts(basis, text)


def _of_steps(
    session: Session, application: Application, campaign: Campaign, ruleset: Ruleset
) -> BasisFacts:
    """The basis in a live fund: each gift's net amount, and every match step in order."""
    statement = (
        select(MatchStep, MatchClaim)
        .join(MatchClaim, MatchClaim.id == MatchStep.claim_id)
        .where(MatchStep.application_id == application.id)
        .order_by(MatchStep.position)
    )
    facts, import_ids = _live_facts(session, application, campaign, ruleset)
    (facts_of_application,) = facts["applications"]
    first_goal_cents = facts_of_application["goal_cents"]
    plan_cents = plan_goal_cents(session, application)
    gifts: dict[UUID, int] = {}
    steps = tuple(
        {
            "gift": gifts.setdefault(claim.pledge_id, len(gifts)),
            "kind": claim.kind,
            "donor": claim.donor_key,
            "amount_cents": claim.amount_cents,
            "area": claim.area_code,
            "matchable": claim.matchable,
            "at": step.accepted_at.isoformat(),
            "reserved_cents": step.reserved_cents,
            "left_cents": step.left_cents,
            "decided": step.decided,
            "match_cents": step.match_cents,
            **_goal_then(step, first_goal_cents, plan_cents),
        }
        for step, claim in session.execute(statement)
    )
    claim_ids = select(MatchStep.claim_id).where(MatchStep.application_id == application.id)
    facts_of_application["contributions"] = _standing_gifts(session, application, claim_ids)
    facts_of_application["goal_cents"] = plan_cents or first_goal_cents
    text = jsontext.canonical(facts)
    basis = Basis(
        kind="live",
        key=str(application.id),
        facts=text,
        facts_sha256=sha256(text),
        at=clock.now().isoformat(),
        import_ids=import_ids,
        steps=steps,
    )
    return BasisFacts(basis, text)


def _goal_then(step: MatchStep, first_cents: int, plan_cents: int | None) -> dict[str, int]:
    """The goal that a step was taken with, where a smaller plan holds by now."""
    return {} if plan_cents is None else {"goal_cents": step.goal_cents or first_cents}


def _live_facts(
    session: Session, application: Application, campaign: Campaign, ruleset: Ruleset
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What was kept when its gifts began to count; before that, what is known now."""
    if application.live_facts is not None:
        return jsontext.parse(application.live_facts), tuple(application.live_import_ids)
    areas = _areas(session, application, ruleset)
    text = facts_text(application, campaign, areas=areas.facts, contributions=[])
    return jsontext.parse(text), areas.import_ids


def _gifts_until_closing(
    session: Session, application: Application, fund: Fund
) -> list[dict[str, Any]]:
    """The gifts that counted in the fund's division: paid before it closed, news of it or not."""
    if fund.closes_at is None:
        return _standing_gifts(session, application, None)
    paid_at = func.coalesce(Payment.paid_at, Pledge.booked_at)
    contribution = (Payment.pledge_id == Pledge.id) & (Payment.booked_as == "contribution")
    in_time = (
        select(MatchClaim.id)
        .join(Pledge, Pledge.id == MatchClaim.pledge_id)
        .outerjoin(Payment, contribution)
        .where(MatchClaim.campaign_id == application.campaign_id, paid_at < fund.closes_at)
    )
    return _standing_gifts(session, application, in_time)


def _standing_gifts(
    session: Session, application: Application, among: Select[UUID] | None
) -> list[dict[str, Any]]:
    """Net amount per gift (gifts less refunds), of these claims or of all, in booking order."""
    signed_cents = case((MatchClaim.kind == "gift", 1), else_=-1) * MatchClaim.amount_cents
    statement = (
        select(
            MatchClaim.donor_key,
            func.sum(signed_cents).label("cents"),
            MatchClaim.area_code,
            MatchClaim.matchable,
        )
        .where(MatchClaim.campaign_id == application.campaign_id)
        .group_by(
            MatchClaim.pledge_id, MatchClaim.donor_key, MatchClaim.area_code, MatchClaim.matchable
        )
        .having(func.sum(signed_cents) > 0)
        .order_by(func.min(MatchClaim.seq))
    )
    if among is not None:
        statement = statement.where(MatchClaim.id.in_(among))
    return [
        {
            "donor": row.donor_key,
            "amount_cents": int(row.cents),
            "area": row.area_code,
            "matchable": row.matchable,
        }
        for row in session.execute(statement)
    ]
