"""All waiting work of a municipality, of every kind, in one shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.accounting.queries import (
    accountings_to_come,
    accountings_to_determine,
    ex_officio_to_determine,
)
from voorjebuurt.decisions.cases.term_queries import completion_terms, lapsed_completions
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.models import Decision, Objection, TermEvent
from voorjebuurt.decisions.objections.late import pending_penalties
from voorjebuurt.decisions.objections.pending import pending_objections
from voorjebuurt.decisions.posting.queries import with_postings
from voorjebuurt.decisions.rules.kinds import (
    FIRST,
    OPEN,
    DecisionKind,
    DecisionStatus,
    at_stake,
    why_untimely,
)
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.terms import TermEventKind, award_by
from voorjebuurt.decisions.rules.views import INTENDABLE, SILENCE, ViewsStatus
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus

_A = ApplicationStatus
NOT_COMPLETED = "not_completed"
"""Why an application is due: it can only be left aside within four weeks (Awb 4:5)."""
_is_divided = or_(
    Application.round_id.is_not(None),
    exists().where(
        TermEvent.application_id == Application.id, TermEvent.kind == TermEventKind.REOPENED
    ),
)


@dataclass(frozen=True)
class Work:
    """Something that waits. ``due_on`` is its last day; amounts are eurocents.

    ``subject_id`` is what it is about: the decision, objection or alert, else the application.
    ``detail`` is the kind of decision, letter or alert, or the step of a penalty; of an application
    that can't be awarded yet, why; of views how the intention stands (``ViewsStatus``), ``silence``
    when its term ended unused. ``amount_cents`` is what it is about as far as that is known: the
    decision or penalty, else the match of the campaign. ``areas`` are codes.
    """

    kind: WorkKind
    subject_id: UUID
    application_id: UUID
    number: str
    campaign_id: UUID
    title: str
    fund_name: str
    due_on: date
    status: str
    assigned_to: UUID | None = None
    proposed_by: UUID | None = None
    decided_by: frozenset[UUID | None] = frozenset()
    stake_cents: int = 0
    detail: str = ""
    amount_cents: int | None = None
    areas: tuple[str, ...] = ()
    fund_id: UUID | None = None

    @property
    def days_left(self) -> int:
        """Days until its last day; negative when that has passed."""
        return (self.due_on - clock.today()).days


def all_work(session: Session, municipality_id: UUID) -> list[Work]:
    """Everything that waits in a municipality, in no particular order."""
    return [
        *_to_decide(session, municipality_id),
        *_decisions(session, municipality_id),
        *_objections(session, municipality_id),
        *_settling(session, municipality_id),
        *_alerts(session, municipality_id),
        *_postings(session, municipality_id),
        *_intentions(session, municipality_id),
        *_penalties(session, municipality_id),
    ]


def case_columns(municipality_id: UUID) -> Select[*tuple[Any, ...]]:
    """The application with its campaign's title and its fund's name."""
    return (
        select(
            Application.id.label("application_id"),
            Application.number,
            Application.status,
            Application.assigned_to,
            Application.decide_by,
            Application.campaign_id,
            Application.areas,
            select(CampaignMatch.net_cents)
            .where(CampaignMatch.application_id == Application.id)
            .correlate(Application)
            .scalar_subquery()
            .label("match_cents"),
            Campaign.title,
            Fund.name.label("fund_name"),
            Fund.id.label("fund_id"),
            Fund.live,
            Campaign.status.label("campaign_status"),
            Campaign.closes_at,
            Campaign.deadline_on,
        )
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Fund, Fund.id == Application.fund_id)
        .where(Application.municipality_id == municipality_id)
    )


def _work(kind: WorkKind, row: Row[*tuple[Any, ...]], due_on: date, **fields: Any) -> Work:
    values = {
        "subject_id": row.application_id,
        "number": row.number,
        "status": row.status,
        "amount_cents": row.match_cents or None,
        "areas": tuple(row.areas),
        **fields,
    }
    return Work(
        kind=kind,
        application_id=row.application_id,
        campaign_id=row.campaign_id,
        title=row.title,
        fund_name=row.fund_name,
        due_on=due_on,
        assigned_to=row.assigned_to,
        fund_id=row.fund_id,
        **values,
    )


def _to_decide(session: Session, municipality_id: UUID) -> Iterator[Work]:
    states = [_A.RECEIVED.value, _A.INCOMPLETE.value, _A.ADMITTED.value]
    statement = (
        case_columns(municipality_id)
        .add_columns(CampaignMatch.status.label("match_status"), _is_divided.label("is_divided"))
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(Application.status.in_(states))
    )
    terms = completion_terms(session, municipality_id)
    lapses = lapsed_completions(session, municipality_id)
    for row in session.execute(statement):
        if row.status == _A.INCOMPLETE:
            due_on = terms.get(row.application_id, row.decide_by)
            yield _work(WorkKind.COMPLETE, row, due_on)
        else:
            aside_by = lapses.get(row.application_id)
            due_on, detail = _award_by(row), _waits_for(row)
            if aside_by is not None and clock.today() <= aside_by:
                due_on, detail = min(due_on, aside_by), NOT_COMPLETED
            yield _work(WorkKind.DECIDE, row, due_on, detail=detail)


def _waits_for(row: Row[*tuple[Any, ...]]) -> str:
    """Why an admitted application can't be awarded yet, by the rule that a proposal is held to."""
    if row.status != _A.ADMITTED and not row.live:
        return ""
    code = why_untimely(
        DecisionKind.AWARD,
        match=MatchStatus(row.match_status),
        live=row.live,
        is_divided=row.is_divided,
        is_running=_is_running(row),
    )
    return code or ""


def _is_running(row: Row[*tuple[Any, ...]]) -> bool:
    is_live = row.campaign_status == CampaignStatus.LIVE
    return is_live and row.closes_at is not None and clock.now() < row.closes_at


def _award_by(row: Row[*tuple[Any, ...]]) -> date:
    """The term; in a live fund while the campaign runs, some days before its end."""
    return award_by(row.decide_by, live=row.live and _is_running(row), last_day=row.deadline_on)


def _decisions(session: Session, municipality_id: UUID) -> Iterator[Work]:
    statement = (
        case_columns(municipality_id)
        .add_columns(Decision)
        .join(Decision, Decision.application_id == Application.id)
        .where(Decision.status.in_([DecisionStatus.PROPOSED.value, DecisionStatus.APPROVED.value]))
    )
    for row in session.execute(statement):
        decision = row.Decision
        waiting = decision.status == DecisionStatus.PROPOSED
        stake = at_stake(
            DecisionKind(decision.kind),
            amount=decision.amount_cents,
            before=decision.before_cents,
            claim=decision.claim_cents,
        )
        # An approved decision goes out by itself: until then it can be recalled.
        due_on = _approve_by(decision, row) if waiting else clock.local(decision.send_at).date()
        yield _work(
            WorkKind.APPROVE if waiting else WorkKind.RECALL,
            row,
            due_on,
            subject_id=decision.id,
            status=decision.status,
            proposed_by=decision.proposed_by,
            stake_cents=stake,
            detail=decision.kind,
            amount_cents=decision.amount_cents,
        )


def _approve_by(decision: Decision, row: Row[*tuple[Any, ...]]) -> date:
    """The application's own day for a first decision; that is past for what comes after an award.

    Then eight weeks from the proposal, the reasonable term (Awb 4:13).
    """
    if DecisionKind(decision.kind) in FIRST:
        return _award_by(row)
    return last_day(clock.local(decision.proposed_at).date(), weeks=8)


def _objections(session: Session, municipality_id: UUID) -> Iterator[Work]:
    statement = (
        case_columns(municipality_id)
        .add_columns(Objection, Decision)
        .join(Objection, Objection.application_id == Application.id)
        .join(Decision, Decision.id == Objection.decision_id)
        .where(Objection.status == ObjectionStatus.RECEIVED)
    )
    pending = pending_objections(session, municipality_id)
    for row in session.execute(statement):
        decision, waits = row.Decision, pending[row.Objection.id]
        if waits.approved:
            continue
        yield _work(
            WorkKind.OBJECT,
            row,
            waits.due_on,
            subject_id=row.Objection.id,
            number=row.Objection.number,
            proposed_by=waits.proposed_by,
            decided_by=frozenset({decision.proposed_by, decision.approved_by, waits.proposed_by}),
            stake_cents=at_stake(
                DecisionKind(decision.kind),
                amount=decision.amount_cents,
                before=decision.before_cents,
                claim=decision.claim_cents,
            ),
            detail=decision.kind,
        )


def _settling(session: Session, municipality_id: UUID) -> Iterator[Work]:
    to_come = accountings_to_come(session, municipality_id)
    to_determine = {
        **accountings_to_determine(session, municipality_id),
        **ex_officio_to_determine(session, municipality_id),
    }
    ids = [*to_come, *to_determine]
    statement = case_columns(municipality_id).where(Application.id.in_(ids))
    for row in session.execute(statement):
        if row.application_id in to_come:
            yield _work(WorkKind.ACCOUNT, row, to_come[row.application_id])
        else:
            yield _work(WorkKind.DETERMINE, row, to_determine[row.application_id])


def _alerts(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Alerts that name an application of this municipality: due on the day they were raised."""
    alerts = [alert for alert in open_alerts(session) if "application" in alert.detail]
    numbers = {str(alert.detail["application"]) for alert in alerts}
    statement = case_columns(municipality_id).where(Application.number.in_(numbers))
    cases = {row.number: row for row in session.execute(statement)}
    for alert in alerts:
        row = cases.get(str(alert.detail["application"]))
        if row is not None:
            due_on = clock.local(alert.raised_at).date()
            yield _work(WorkKind.ALERT, row, due_on, subject_id=alert.id, detail=alert.kind)


def _penalties(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Notices of default: to decide before it costs, and the penalty to set and to pay."""
    pending = pending_penalties(session, municipality_id)
    ids = [each.application_id for each in pending]
    statement = case_columns(municipality_id).where(Application.id.in_(ids))
    cases = {row.application_id: row for row in session.execute(statement)} if ids else {}
    for each in pending:
        yield _work(
            WorkKind.PENALTY,
            cases[each.application_id],
            each.due_on,
            subject_id=each.notice_id,
            number=each.number,
            proposed_by=each.proposed_by,
            stake_cents=each.cents,
            detail=each.step.value,
            amount_cents=each.cents or None,
        )


def _postings(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Letters to post: on the day on which they were sent."""
    for row in session.execute(with_postings(case_columns(municipality_id))):
        due_on = clock.local(row.due_at).date()
        yield _work(
            WorkKind.POST,
            row,
            due_on,
            subject_id=row.letter_id,
            number=row.letter_number,
            detail=row.letter_kind,
        )


def _intentions(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Views that are waited for until their last day; then it is the officer's turn, from that day.

    Not while a decision that rests on them is under way.
    """
    statement = (
        case_columns(municipality_id)
        .add_columns(Intention)
        .join(Intention, Intention.application_id == Application.id)
        .where(
            Intention.closed_at.is_(None),
            Application.status.in_([status.value for status in INTENDABLE]),
            ~exists().where(
                Decision.application_id == Application.id,
                Decision.status.in_([status.value for status in OPEN]),
            ),
        )
    )
    for row in session.execute(statement):
        intention = row.Intention
        is_over = intention.status == ViewsStatus.OPEN and clock.today() > intention.until
        yield _work(
            WorkKind.VIEWS,
            row,
            intention.until,
            subject_id=intention.id,
            number=intention.number,
            detail=SILENCE if is_over else intention.status,
        )
