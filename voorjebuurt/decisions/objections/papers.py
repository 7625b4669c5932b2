"""The snapshot of a decision on an objection, and of what is told on the way."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionStep
from voorjebuurt.decisions.objections.readers import reader_of
from voorjebuurt.decisions.objections.steps_of import steps_of
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot
from voorjebuurt.decisions.proof.schema import Snapshot, sha256
from voorjebuurt.decisions.proof.snapshots import words_now
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.places.models import Municipality


class Words(NamedTuple):
    """What the officer wrote of a decision on an objection, with its sums (eurocents)."""

    number: str
    outcome: str
    reason: str
    deviation: str
    court: str
    costs_cents: int = 0
    extra_cents: int = 0
    extra_reason: str = ""


def ruling_snapshot(
    session: Session,
    objection: Objection,
    words: Words,
    *,
    others: Sequence[str] = (),
    replacement: Snapshot | None = None,
) -> RulingSnapshot:
    """All that the letter says, as it is now."""
    decision = session.get_one(Decision, objection.decision_id)
    application = session.get_one(Application, objection.application_id)
    fund = session.get_one(Fund, application.fund_id)
    reader = reader_of(session, objection, application)
    return RulingSnapshot(
        **words._asdict(),
        proposed_at=clock.now().isoformat(),
        addressee=reader.lines,
        name=reader.name,
        party=objection.party,
        municipality=session.get_one(Municipality, objection.municipality_id).name,
        fund=fund.name,
        sender=fund.sender,
        application=application.number,
        title=session.get_one(Campaign, application.campaign_id).title,
        objection={
            "number": objection.number,
            "received_on": clock.local(objection.received_at).date().isoformat(),
            "posted_on": objection.posted_on.isoformat() if objection.posted_on else None,
            "channel": objection.channel,
            "in_time": objection.in_time,
            "grounds": objection.grounds,
            "joined": list(others),
        },
        contested=_contested(decision),
        steps=tuple(step_facts(step) for step in steps_of(session, objection.id)),
        replacement=_replacement(replacement),
        words=words_now(session, objection.municipality_id),
    )


def step_facts(step: ObjectionStep) -> dict[str, Any]:
    """One step as the snapshot has it."""
    return {
        "kind": step.kind,
        "on": step.on.isoformat(),
        "until": step.until.isoformat() if step.until else None,
        "detail": step.detail,
        "place": step.place,
        "body": step.body,
    }


def _contested(decision: Decision) -> dict[str, Any]:
    sent_on = clock.local(decision.sent_at).date() if decision.sent_at else clock.today()
    return {
        "number": decision.number,
        "kind": decision.kind,
        "amount_cents": decision.amount_cents,
        "sent_on": sent_on.isoformat(),
    }


def _replacement(snapshot: Snapshot | None) -> dict[str, Any] | None:
    if snapshot is None:
        return None
    return {
        "number": snapshot.decision.number,
        "kind": snapshot.decision.kind,
        "amount_cents": snapshot.decision.amount_cents,
        "claim_cents": snapshot.decision.claim_cents,
        "is_maximum": snapshot.is_maximum,
        "sha256": sha256(snapshot.text),
    }
