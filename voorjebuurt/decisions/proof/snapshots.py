"""A decision's snapshot: made once, when it is proposed, and enough to decide again.

``snapshot_of`` reads the rows; ``replay`` (pure) needs nothing but the text that it returned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Accounting, ClockEvent, Decision
from voorjebuurt.decisions.proof.area_figures import Used
from voorjebuurt.decisions.proof.computation import result_of, rule_in_words
from voorjebuurt.decisions.proof.replay import Replay, replay
from voorjebuurt.decisions.proof.schema import (
    Applied,
    Place,
    Plan,
    Pot,
    Ruling,
    Snapshot,
    read,
    sha256,
)
from voorjebuurt.decisions.proof.sources import basis_of
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality

__all__ = ["Proposal", "Replay", "Snapshot", "read", "replay", "sha256", "snapshot_of"]


@dataclass(frozen=True)
class Proposal:
    """What an officer proposes (eurocents). ``grounds`` are codes of ``grounds.GROUNDS``."""

    number: str
    kind: str
    amount_cents: int
    before_cents: int = 0
    grounds: Sequence[str] = ()
    reason: str = ""


def snapshot_of(session: Session, *, application_id: UUID, proposal: Proposal) -> str:
    """The snapshot's text. ``read`` gives claim, award and imports from it.

    Raises ``KeyError`` for a ground that is not listed, ``RefusedError`` for facts or rules that
    do not validate.
    """
    return snapshot_now(session, session.get_one(Application, application_id), proposal).text


def snapshot_now(session: Session, application: Application, proposal: Proposal) -> Snapshot:
    """The same, before it is text."""
    fund = session.get_one(Fund, application.fund_id)
    version = session.get_one(FundVersion, application.version_id)
    found = basis_of(session, application)
    result = result_of(version.rules, found.basis, found.facts)
    used = Used(session, version.rules, result.factor, found.basis.import_ids)
    computed = result.told(used.names)
    municipality = session.get_one(Municipality, application.municipality_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    return Snapshot(
        decision=_ruling(proposal, computed.claim_cents),
        application=_applied(session, application, campaign),
        campaign=_plan(campaign),
        fund=_pot(fund, version),
        municipality=Place(municipality.code, municipality.name),
        rules=version.rules,
        rule=rule_in_words(version.rules),
        basis=found.basis,
        computed=computed,
        areas=used.areas,
        imports=used.imports,
        clock=_clock(session, application),
        earlier=_earlier(session, application),
        accounting=_accounting(session, application),
    )


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
                **{language: ground.text(language) for language in languages()},
                "article": article_of(ground, proposal.kind),
            }
            for ground in grounds
        ),
        reason=proposal.reason,
        proposed_at=clock.now().isoformat(),
    )


def _applied(session: Session, application: Application, campaign: Campaign) -> Applied:
    return Applied(
        id=str(application.id),
        number=application.number,
        received_at=application.received_at.isoformat(timespec="milliseconds"),
        decide_by=application.decide_by.isoformat(),
        applicant=session.get_one(Person, application.applicant_id).name,
        group=campaign.group_name,
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
    )


def _clock(session: Session, application: Application) -> tuple[dict[str, Any], ...]:
    events = session.scalars(
        select(ClockEvent)
        .where(ClockEvent.application_id == application.id)
        .order_by(ClockEvent.at, ClockEvent.id)
    )
    return tuple(
        {
            "kind": event.kind,
            "on": clock.local(event.at).date().isoformat(),
            "until": event.until.isoformat() if event.until else None,
        }
        for event in events
    )


def _earlier(session: Session, application: Application) -> tuple[dict[str, Any], ...]:
    """The decisions that were sent before, in order."""
    sent = session.execute(
        select(Decision.number, Decision.kind, Decision.amount_cents, Decision.sent_at)
        .where(Decision.application_id == application.id, Decision.status == "sent")
        .order_by(Decision.sent_at, Decision.id)
    )
    return tuple(
        {
            "number": row.number,
            "kind": row.kind,
            "amount_cents": row.amount_cents,
            "sent_on": clock.local(row.sent_at).date().isoformat(),
        }
        for row in sent
    )


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
