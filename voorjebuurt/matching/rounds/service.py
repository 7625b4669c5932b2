"""Dividing a closed fund: one round per version, the later ones over what the earlier ones left.

A round keeps its facts, their hash, what there was to divide, and the outcome; from that row it
comes out again the same, to the cent. What an award means is for two officers to decide.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.matching.applications import mails
from voorjebuurt.matching.funds.ceilings import ceiling_under, left_below
from voorjebuurt.matching.funds.lifecycle import move_fund, require_officer
from voorjebuurt.matching.funds.queries import unadmitted_count, versions_of
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.models import Fund, FundRound, FundVersion
from voorjebuurt.matching.pots.rows import locked_pot
from voorjebuurt.matching.rounds.aggregation import gather
from voorjebuurt.matching.rounds.facts import RoundFacts, admitted, round_facts
from voorjebuurt.matching.rounds.rows import fund_with_applications
from voorjebuurt.places.areas import area_names
from voorjebuurt.rulebook.closing import decide_measured
from voorjebuurt.rulebook.documents.facts import read_facts
from voorjebuurt.rulebook.documents.stored import indicators_of, stored_ruleset
from voorjebuurt.rulebook.evaluation import decide
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.wording import say_all
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json

LARGE = 20_000
"""From this many gifts on the database and arrays add them up, with the same outcome."""


def divide_round(
    session: Session, *, fund_id: UUID, lottery_seed: str | None = None, actor: Actor
) -> list[FundRound]:
    """Divide a closed fund over its admitted applications, and keep how.

    ``lottery_seed`` is what the source that was published beforehand says; only for rules that
    draw lots. Raises ``TransitionError`` for a fund that is not closed or gives at once, and
    ``DomainError`` while applications wait to be admitted or refused.
    """
    fund = fund_with_applications(session, fund_id)
    require_officer(session, fund.municipality_id, actor)
    if fund.live or fund.status != FundStatus.CLOSED:
        raise TransitionError("wrong_state", state=fund.status, action="divide")
    if waiting := unadmitted_count(session, fund_id):
        raise DomainError("applications_waiting", number=waiting)
    seed = (lottery_seed or "").strip() or None
    pot = locked_pot(session, fund_id)
    awarded_cents = 0
    rounds: list[FundRound] = []
    for version in reversed(versions_of(session, fund_id)):
        if not admitted(session, version.id):
            continue
        left_cents = left_below(session, pot, ceiling_under(session, version.id)) - awarded_cents
        row = _divide(session, fund, version, max(0, left_cents), seed, len(rounds) + 1, actor)
        awarded_cents += sum(row.outcome["awards"].values())
        rounds.append(row)
    left_cents = max(0, left_below(session, pot, pot.ceiling_cents) - awarded_cents)
    detail = {"rounds": [_brief(row) for row in rounds], "left_cents": left_cents}
    move_fund(session, fund=fund, action="divide", actor=actor, detail=detail)
    session.flush()
    return rounds


def rounds_of(session: Session, fund_id: UUID) -> Sequence[FundRound]:
    """Every round of a fund, the first one first."""
    statement = select(FundRound).where(FundRound.fund_id == fund_id).order_by(FundRound.number)
    return session.scalars(statement).all()


def _divide(
    session: Session,
    fund: Fund,
    version: FundVersion,
    left_cents: int,
    seed: str | None,
    number: int,
    actor: Actor,
) -> FundRound:
    ceiling = min(version.ceiling_cents, left_cents)
    rules = _rules(version, ceiling)
    by_lot = rules.divide.draws_lots
    if by_lot and seed is None:
        raise DomainError("lottery_seed_missing", field="lottery_seed")
    facts = round_facts(session, fund=fund, version=version, lottery_seed=seed if by_lot else None)
    places = area_names(session, list(facts.bare["areas"]))
    row = FundRound(
        fund_id=fund.id,
        version_id=version.id,
        municipality_id=fund.municipality_id,
        number=number,
        ceiling_cents=ceiling,
        facts=facts.text,
        facts_sha256=facts.sha256,
        ruleset_sha256=version.ruleset_sha256,
        outcome=_as_json(_decide(session, rules, facts, version), places),
        import_ids=list(facts.import_ids),
        ran_at=clock.now(),
        ran_by=actor.person_id,
    )
    session.add(row)
    session.flush()
    for application, campaign in admitted(session, version.id):
        application.round_id = row.id
        mails.round_divided(
            session,
            application=application,
            fund=fund,
            campaign=campaign,
            cents=row.outcome["awards"][str(application.id)],
        )
    return row


def _rules(version: FundVersion, ceiling_cents: int) -> Ruleset:
    """A version's rules with what there is to divide; their hash is that of the version."""
    return replace(stored_ruleset(version.rules), ceiling_cents=ceiling_cents)


def _indicators(version: FundVersion) -> set[str]:
    return indicators_of(jsontext.parse(version.rules))


def _decide(session: Session, rules: Ruleset, facts: RoundFacts, version: FundVersion) -> Outcome:
    indicators = _indicators(version)
    if facts.number < LARGE:
        raw: Json = jsontext.parse(facts.text)
        return decide(rules, read_facts(raw, rules, indicators=indicators))
    bare = read_facts(facts.bare, rules, indicators=indicators)
    measures = gather(
        session,
        facts.gifts,
        rules=rules,
        applications=bare.applications,
        areas=bare.areas,
        lottery_seed=bare.lottery_seed,
    )
    return decide_measured(rules, measures)


def _as_json(outcome: Outcome, places: dict[str, str]) -> dict[str, Any]:
    """The outcome with places by their names, and those names to come out the same again."""
    reasons = {key: say_all(phrases, places) for key, phrases in outcome.reasons.items()}
    return {**outcome.as_json(), "reasons": reasons, "places": places}


def _brief(row: FundRound) -> dict[str, Any]:
    return {
        "number": row.number,
        "ceiling_cents": row.ceiling_cents,
        "facts_sha256": row.facts_sha256,
        "ruleset_sha256": row.ruleset_sha256,
    }
