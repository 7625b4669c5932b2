"""Decisions as rows, with real snapshots and letters, and what stands around them in a case."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import factory
from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from tests.support.factories.base import Factory
from tests.support.factories.matching import last_version
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.snapshots import snapshot_of
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.models import (
    Accounting,
    CaseNote,
    Decision,
    TermEvent,
)
from voorjebuurt.decisions.proof.snapshots import Proposal, read, sha256
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund, FundRound, MatchStep
from voorjebuurt.pledges.models import MatchClaim
from voorjebuurt.rulebook.evaluation import evaluate
from voorjebuurt.rulebook.values import jsontext


def divided(
    fund: Fund,
    gifts: dict[Application, Sequence[int]],
    *,
    areas: dict[str, Any] | None = None,
    imports: Sequence[str] = (),
    ceiling_cents: int | None = None,
) -> FundRound:
    """A round of ``fund``: every application with one gift (cents) per donor, and all decided."""
    session, version = _session(fund), last_version(fund)
    facts = json.dumps(
        {
            "applications": [_facts_of(subject, amounts) for subject, amounts in gifts.items()],
            "areas": areas or {},
            "lottery_seed": "7",
        }
    )
    outcome = evaluate(
        jsontext.parse(version.rules), jsontext.parse(facts), indicators=("p_hh_120", "ses_woa")
    )
    row = FundRound(
        fund_id=fund.id,
        version_id=version.id,
        municipality_id=fund.municipality_id,
        number=1,
        ceiling_cents=version.ceiling_cents if ceiling_cents is None else ceiling_cents,
        facts=facts,
        facts_sha256=sha256(facts),
        ruleset_sha256=version.ruleset_sha256,
        outcome=outcome.as_json(),
        import_ids=list(imports),
        ran_at=clock.now(),
    )
    session.add(row)
    session.flush()
    for application in gifts:
        application.round_id = row.id
    session.flush()
    return row


def _facts_of(application: Application, amounts: Sequence[int]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": str(application.id),
        "received_at": application.received_at.isoformat(),
        "goal_cents": 120_000,
        "contributions": [
            {"donor": f"{application.number}-{place}", "amount_cents": cents}
            for place, cents in enumerate(amounts)
        ],
    }
    return {**facts, "area": application.areas} if application.areas else facts


def taken(
    application: Application,
    match_cents: int,
    *,
    amount_cents: int,
    left_cents: int,
    claim: MatchClaim | None = None,
    matchable: bool = True,
) -> MatchClaim:
    """A step of a live fund for a new gift; with ``claim``, for money of that gift going back."""
    session = _session(application)
    campaign_id = application.campaign_id
    pledge_id = claim.pledge_id if claim else PledgeFactory(campaign_id=campaign_id).id
    row = MatchClaim(
        campaign_id=campaign_id,
        municipality_id=application.municipality_id,
        pledge_id=pledge_id,
        kind="refund" if claim else "gift",
        amount_cents=amount_cents,
        donor_key=claim.donor_key if claim else f"donor-{pledge_id}",
        matchable=matchable,
        written_at=clock.now(),
    )
    session.add(row)
    session.flush()
    position = session.scalar(select(func.count()).where(MatchStep.fund_id == application.fund_id))
    step = MatchStep(
        fund_id=application.fund_id,
        application_id=application.id,
        municipality_id=application.municipality_id,
        claim_id=row.id,
        position=(position or 0) + 1,
        match_cents=match_cents,
        reserved_cents=_reserved(session, application),
        decided=False,
        left_cents=left_cents,
        accepted_at=clock.now(),
    )
    session.add(step)
    session.flush()
    return row


def _reserved(session: Session, application: Application) -> int:
    total = select(func.coalesce(func.sum(MatchStep.match_cents), 0))
    return int(session.scalar(total.where(MatchStep.application_id == application.id)) or 0)


def decided(
    application: Application,
    kind: str = "award",
    cents: int | None = None,
    *,
    status: str = "sent",
    on: datetime | None = None,
    **changes: Any,
) -> Decision:
    """A decision with its snapshot, and its letter when sent; without ``cents`` the award."""
    session = _session(application)
    proposal: dict[str, Any] = {
        "number": f"BS-{application.number}-{kind}",
        "kind": kind,
        "amount_cents": 0,
    }
    with clock.at(on or clock.now()):
        earlier = read(
            snapshot_of(session, application_id=application.id, proposal=Proposal(**proposal))
        )
        amount = earlier.computed.award_cents if cents is None else cents
        values_of_proposal = Proposal(**{**proposal, "amount_cents": amount, **changes})
        text = snapshot_of(session, application_id=application.id, proposal=values_of_proposal)
        row = _decision(application, values_of_proposal, text, status)
    session.add(row)
    session.flush()
    return row


def _decision(application: Application, proposal: Proposal, text: str, status: str) -> Decision:
    snapshot, now = read(text), clock.now()
    has_approval = status in ("approved", "recalled", "sent")
    row = Decision(
        number=proposal.number,
        application_id=application.id,
        fund_id=application.fund_id,
        municipality_id=application.municipality_id,
        kind=proposal.kind,
        status=status,
        claim_cents=snapshot.computed.claim_cents,
        amount_cents=proposal.amount_cents,
        before_cents=proposal.before_cents,
        grounds=list(proposal.grounds),
        reason=proposal.reason,
        snapshot=text,
        snapshot_sha256=sha256(text),
        import_ids=snapshot.import_ids,
        proposed_at=now,
        proposed_by=PersonFactory().id,
        approved_at=now if has_approval else None,
        approved_by=PersonFactory().id if has_approval else None,
    )
    if status == "sent":
        until = clock.today() + timedelta(weeks=6)
        announcement = letters.Announcement(clock.today(), until, "Sanne de Wit")
        letter = letters.make(text, announcement)
        row.letter, row.letter_sha256, row.announcement = letter
        row.sent_at, row.object_until = now, until
    return row


class ClockEventFactory(Factory[TermEvent]):
    """Something that moved the term of ``application``."""

    class Meta:
        model = TermEvent
        exclude = ("application",)

    application: Any = None
    application_id = factory.SelfAttribute("application.id")
    municipality_id = factory.SelfAttribute("application.municipality_id")
    kind = "completion_asked"
    at = factory.LazyFunction(clock.now)
    until: date | None = None
    reason = ""


class AccountingFactory(Factory[Accounting]):
    """What the initiator of ``application`` told about the money."""

    class Meta:
        model = Accounting
        exclude = ("application",)

    application: Any = None
    application_id = factory.SelfAttribute("application.id")
    municipality_id = factory.SelfAttribute("application.municipality_id")
    at = factory.LazyFunction(clock.now)
    by = factory.LazyFunction(lambda: PersonFactory().id)
    spent_cents = 100_000
    story = "De bomen staan er."
    lines: Any = factory.LazyFunction(lambda: [{"label": "Bomen", "cents": 100_000}])
    receipts: Any = factory.LazyFunction(list)


class CaseNoteFactory(Factory[CaseNote]):
    """A private note on ``application``."""

    class Meta:
        model = CaseNote
        exclude = ("application",)

    application: Any = None
    application_id = factory.SelfAttribute("application.id")
    municipality_id = factory.SelfAttribute("application.municipality_id")
    author_id = factory.LazyFunction(lambda: PersonFactory().id)
    body = "Gebeld met de initiatiefnemer."
    at = factory.LazyFunction(clock.now)


def _session(row: Any) -> Session:
    session = object_session(row)
    assert session is not None
    return session
