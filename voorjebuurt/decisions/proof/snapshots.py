"""A decision's snapshot: made once, when it is proposed, and enough to decide again.

``snapshot_now`` reads the rows; ``replay`` (pure) needs nothing but the text that it returned.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.models import Accounting, TermEvent
from voorjebuurt.decisions.proof.area_figures import FactorSources
from voorjebuurt.decisions.proof.arranged import arrangement_then
from voorjebuurt.decisions.proof.computation import result_of, ruleset_in_words
from voorjebuurt.decisions.proof.earlier import earlier_decisions, objection_behind
from voorjebuurt.decisions.proof.replay import Replay, replay
from voorjebuurt.decisions.proof.schema import (
    ApplicationFacts,
    Basis,
    ComputedAward,
    Place,
    Plan,
    Pot,
    Ruling,
    Snapshot,
    read,
    sha256,
)
from voorjebuurt.decisions.proof.sources import basis_of
from voorjebuurt.decisions.rules.changes import NO_TERMS, ChangeTerms
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of
from voorjebuurt.decisions.rules.kinds import PLANS, DecisionKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.matching.applicants.service import addressee_of
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.ownwords.queries import wording_in_force
from voorjebuurt.places.models import Municipality
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus
from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.ruleset import Ruleset

__all__ = ["Proposal", "Replay", "Snapshot", "read", "replay", "sha256", "snapshot_now"]


@dataclass(frozen=True)
class Proposal:
    """What an officer proposes (eurocents). ``grounds`` are codes of ``grounds.GROUNDS``.

    ``ruling`` is the number of the decision on an objection that it is one with; ``interest`` what
    interest is laid down on.
    """

    number: str
    kind: str
    amount_cents: int
    before_cents: int = 0
    grounds: Sequence[str] = ()
    reason: str = ""
    ruling: str = ""
    terms: ChangeTerms = NO_TERMS
    interest: dict[str, Any] | None = None


def snapshot_now(session: Session, application: Application, proposal: Proposal) -> Snapshot:
    """The snapshot; its ``text`` is what is kept.

    Raises ``KeyError`` for a ground that is not listed, ``RefusedError`` for facts or rules that
    do not validate.
    """
    fund = session.get_one(Fund, application.fund_id)
    version = session.get_one(FundVersion, application.version_id)
    ruleset = stored_ruleset(version.rules)
    basis, figures, computation = computation_of(session, application, ruleset)
    municipality = session.get_one(Municipality, application.municipality_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    plan = _plan(campaign)
    return Snapshot(
        decision=replace(
            _ruling(proposal, computation.claim_cents),
            at_most=_changes_maximum(session, application, proposal),
        ),
        application=_application_facts(session, application),
        campaign=plan,
        fund=_pot(fund, version),
        municipality=Place(municipality.code, municipality.name),
        rules=version.rules,
        rule=ruleset_in_words(ruleset),
        basis=basis,
        computed=computation,
        areas=figures.areas,
        imports=figures.imports,
        clock=_clock(session, application),
        earlier=earlier_decisions(session, application),
        accounting=_accounting(session, application),
        objection=_objection(session, application, proposal),
        words=words_now(session, application.municipality_id),
        interest=proposal.interest,
        last_term=_last_term(session, application),
        plan=dict(proposal.terms.plan.told) if proposal.terms.plan else None,
        arrangement=arrangement_then(
            proposal.kind,
            proposal.amount_cents,
            application,
            fund,
            version,
            conditional=plan.is_open or basis.kind == "maximum",
        ),
    )


def words_now(session: Session, municipality_id: UUID) -> dict[str, Any] | None:
    """The municipality's own words in force, as a snapshot keeps them; None for the usual ones."""
    current = wording_in_force(session, municipality_id)
    return {**current.wording.as_json(), "version": current.number} if current else None


def _changes_maximum(session: Session, application: Application, proposal: Proposal) -> bool:
    match = session.get_one(CampaignMatch, application.id)
    is_promised = match.live and match.status == MatchStatus.AWARDED
    return is_promised and proposal.kind in PLANS | {DecisionKind.AWARD_CHANGE}


def _objection(
    session: Session, application: Application, proposal: Proposal
) -> dict[str, Any] | None:
    behind = objection_behind(session, application, proposal.kind)
    return {**behind, "ruling": proposal.ruling} if behind and proposal.ruling else behind


class Computation(NamedTuple):
    """What the rules make of an application now: what they read, and what came out."""

    basis: Basis
    figures: FactorSources
    computed: ComputedAward


def computation_of(session: Session, application: Application, ruleset: Ruleset) -> Computation:
    """Compute an application as it stands now, by the rules of its version.

    Raises ``RefusedError`` for facts that do not validate.
    """
    basis, facts = basis_of(session, application, ruleset)
    result = result_of(ruleset, basis, facts)
    figures = FactorSources(session, ruleset, result.factor, basis.import_ids)
    return Computation(basis, figures, result.told(figures.names))


def _ruling(proposal: Proposal, claim_cents: int) -> Ruling:
    grounds = [GROUNDS[code] for code in proposal.grounds]
    return Ruling(
        number=proposal.number,
        kind=proposal.kind,
        claim_cents=claim_cents,
        amount_cents=proposal.amount_cents,
        before_cents=proposal.before_cents,
        grounds=tuple(
            {
                "code": ground.code,
                **{language: ground.text(language, proposal.kind) for language in languages()},
                "article": article_of(ground, proposal.kind),
            }
            for ground in grounds
        ),
        reason=proposal.reason,
        proposed_at=clock.now().isoformat(),
        effect_on=_day(proposal.terms.effect_on),
        compensation_cents=proposal.terms.compensation_cents,
        breach_on=_day(proposal.terms.breach_on),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _application_facts(session: Session, application: Application) -> ApplicationFacts:
    addressee = addressee_of(session, application)
    return ApplicationFacts(
        id=str(application.id),
        number=application.number,
        received_at=application.received_at.isoformat(timespec="milliseconds"),
        decide_by=application.decide_by.isoformat(),
        applicant=addressee.name,
        group=addressee.group,
        reach=application.reach,
        groups=tuple(application.groups),
        verified_groups=tuple(application.verified_groups),
        groups_evidence=application.groups_evidence,
        undertaking=application.undertaking,
    )


def _plan(campaign: Campaign) -> Plan:
    return Plan(
        id=str(campaign.id),
        title=campaign.title,
        status=campaign.status,
        goal_cents=campaign.goal_cents or 0,
        location=campaign.location,
        theme=campaign.theme or "",
        kind=campaign.kind,
        minimum_cents=campaign.minimum_cents or 0,
        deadline_on=campaign.deadline_on.isoformat() if campaign.deadline_on else "",
        summary=campaign.summary,
        for_whom=campaign.for_whom,
        story=campaign.story,
        budget=tuple(
            {"label": line.label, "amount_cents": line.amount_cents} for line in campaign.budget
        ),
    )


def _pot(fund: Fund, version: FundVersion) -> Pot:
    return Pot(
        id=str(fund.id),
        name=fund.name,
        purpose=fund.purpose,
        legal_basis=fund.legal_basis,
        sender=fund.sender,
        objection_address=fund.objection_address,
        live=fund.live,
        prepaid=fund.prepaid,
        version=version.number,
        change=version.change,
        published_at=version.published_at.isoformat(),
        ceiling_cents=version.ceiling_cents,
        ruleset_sha256=version.ruleset_sha256,
        scheme_reference=fund.scheme_reference,
        ceiling_reference=fund.ceiling_reference,
    )


def _clock(session: Session, application: Application) -> tuple[dict[str, Any], ...]:
    events = session.scalars(
        select(TermEvent)
        .where(TermEvent.application_id == application.id)
        .order_by(TermEvent.at, TermEvent.id)
    )
    return tuple(
        {
            "kind": event.kind,
            "on": clock.local(event.at).date().isoformat(),
            "until": event.until.isoformat() if event.until else None,
        }
        for event in events
    )


def _last_term(session: Session, application: Application) -> dict[str, Any] | None:
    """The last term to account that counts, while no account came."""
    if application.status != ApplicationStatus.AWARDED:
        return None
    term = session.scalar(
        select(LastTerm)
        .where(LastTerm.application_id == application.id)
        .order_by(LastTerm.until.desc())
        .limit(1)
    )
    if term is None:
        return None
    return {
        "before": term.before.isoformat(),
        "set_on": clock.local(term.set_at).date().isoformat(),
        "until": term.until.isoformat(),
    }


def _accounting(session: Session, application: Application) -> dict[str, Any] | None:
    """The last account that the applicant gave of the money, if any."""
    row = session.scalar(
        select(Accounting)
        .where(Accounting.application_id == application.id)
        .order_by(Accounting.at.desc(), Accounting.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    return {
        "on": clock.local(row.at).date().isoformat(),
        "spent_cents": row.spent_cents,
        "lines": row.lines,
    }
