"""All waiting work of a municipality, of every kind, in one shape."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, String, cast, exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.cases.term_queries import completion_terms, lapsed_completions
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.interest.owed import pending_owed
from voorjebuurt.decisions.interest.pending import WEEKS, pending_interest
from voorjebuurt.decisions.models import Decision, Objection, TermEvent
from voorjebuurt.decisions.objections.late import pending_penalties
from voorjebuurt.decisions.objections.pending import pending_objections
from voorjebuurt.decisions.overviews.second_looks import second_looks
from voorjebuurt.decisions.overviews.standstills import with_standstills
from voorjebuurt.decisions.overviews.waiting_money import settling
from voorjebuurt.decisions.overviews.works import Work, case_columns, work_of
from voorjebuurt.decisions.plans.queries import open_requests
from voorjebuurt.decisions.posting.queries import with_postings
from voorjebuurt.decisions.rules.kinds import (
    FIRST,
    OPEN,
    PLANS,
    DecisionKind,
    DecisionStatus,
    at_stake,
    why_untimely,
)
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rules.rates import RateTable
from voorjebuurt.decisions.rules.terms import TermEventKind, award_by
from voorjebuurt.decisions.rules.views import INTENDABLE, SILENCE, ViewsStatus
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import MatchStatus

_A = ApplicationStatus
_ABOUT_CASE = frozenset({"application", "application_id"})
"""By which an alert names a case: its number, or for who does not know that its id."""
NOT_COMPLETED = "not_completed"
"""Why an application is due: it can only be left aside within four weeks (Awb 4:5)."""
_is_divided = or_(
    Application.round_id.is_not(None),
    exists().where(
        TermEvent.application_id == Application.id, TermEvent.kind == TermEventKind.REOPENED
    ),
)


def all_work(
    session: Session, municipality_id: UUID, *, table: RateTable | None = None
) -> list[Work]:
    """Everything that waits in a municipality, in no particular order.

    ``table``: of the percentages by which interest is counted; without it that is left out, as in
    mails and calendars: it waits for nobody's answer.
    """
    works = [
        *_to_decide(session, municipality_id),
        *_decisions(session, municipality_id),
        *_objections(session, municipality_id),
        *settling(session, municipality_id),
        *_alerts(session, municipality_id),
        *_postings(session, municipality_id),
        *_intentions(session, municipality_id),
        *_plan_requests(session, municipality_id),
        *_penalties(session, municipality_id),
        *(_interest(session, municipality_id, table) if table is not None else ()),
        *(_owed_interest(session, municipality_id, table) if table is not None else ()),
        *second_looks(session, municipality_id),
    ]
    return with_standstills(session, works, municipality_id)


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
            yield work_of(WorkKind.COMPLETE, row, due_on)
        else:
            aside_by = lapses.get(row.application_id)
            due_on, detail = _award_by(row), _waits_for(row)
            if aside_by is not None and clock.today() <= aside_by:
                due_on, detail = min(due_on, aside_by), NOT_COMPLETED
            legal_on = _legal_after(row, due_on) if detail != NOT_COMPLETED else None
            yield work_of(WorkKind.DECIDE, row, due_on, detail=detail, legal_on=legal_on)


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


def _legal_after(row: Row[*tuple[Any, ...]], due_on: date) -> date | None:
    """The last day of the law, where it is after the day to aim at."""
    return row.decide_by if due_on < row.decide_by else None


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
        yield work_of(
            WorkKind.APPROVE if waiting else WorkKind.RECALL,
            row,
            due_on,
            subject_id=decision.id,
            status=decision.status,
            legal_on=_legal_after(row, due_on) if waiting and decision.kind in FIRST else None,
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
        yield work_of(
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


def _alerts(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Alerts that name an application of this municipality: due on the day they were raised."""
    alerts = [alert for alert in open_alerts(session) if _ABOUT_CASE & alert.detail.keys()]
    names = {
        str(alert.detail[key]) for alert in alerts for key in _ABOUT_CASE & alert.detail.keys()
    }
    is_named = or_(Application.number.in_(names), cast(Application.id, String).in_(names))
    rows = session.execute(case_columns(municipality_id).where(is_named)).all()
    cases = {key: row for row in rows for key in (row.number, str(row.application_id))}
    for alert in alerts:
        name = alert.detail.get("application") or alert.detail.get("application_id")
        row = cases.get(str(name))
        if row is not None:
            due_on = clock.local(alert.raised_at).date()
            yield work_of(WorkKind.ALERT, row, due_on, subject_id=alert.id, detail=alert.kind)


def _penalties(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Notices of default: to decide before it costs, and the penalty to set and to pay."""
    pending = pending_penalties(session, municipality_id)
    ids = [each.application_id for each in pending]
    statement = case_columns(municipality_id).where(Application.id.in_(ids))
    cases = {row.application_id: row for row in session.execute(statement)} if ids else {}
    for each in pending:
        yield work_of(
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


def _interest(session: Session, municipality_id: UUID, table: RateTable) -> Iterator[Work]:
    """Claims that are paid late, of which the interest was never laid down."""
    pending = pending_interest(session, municipality_id, table)
    statement = case_columns(municipality_id).where(Application.id.in_(pending))
    for row in session.execute(statement) if pending else ():
        waits = pending[row.application_id]
        yield work_of(WorkKind.INTEREST, row, waits.due_on, amount_cents=waits.cents)


def _owed_interest(session: Session, municipality_id: UUID, table: RateTable) -> Iterator[Work]:
    """Awards that were paid late, of which the interest was never laid down."""
    pending = pending_owed(session, municipality_id, table)
    statement = case_columns(municipality_id).where(Application.id.in_(pending))
    for row in session.execute(statement) if pending else ():
        facts = pending[row.application_id]
        due_on = last_day(facts.until, weeks=WEEKS)
        yield work_of(WorkKind.INTEREST_OWED, row, due_on, amount_cents=facts.due_cents)


def _plan_requests(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Changes of an award that were asked for, and on which nothing was proposed yet."""
    requests = open_requests(session, municipality_id)
    proposals = select(Decision.id).where(
        Decision.application_id == Application.id,
        Decision.kind.in_([kind.value for kind in PLANS]),
        Decision.status.in_([state.value for state in OPEN]),
    )
    statement = case_columns(municipality_id).where(
        Application.id.in_(requests), ~proposals.exists()
    )
    for row in session.execute(statement) if requests else ():
        request = requests[row.application_id]
        yield work_of(WorkKind.PLAN, row, request.decide_by, subject_id=request.id)


def _postings(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Letters to post: on the day on which they were sent."""
    for row in session.execute(with_postings(case_columns(municipality_id))):
        due_on = clock.local(row.due_at).date()
        yield work_of(
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
        yield work_of(
            WorkKind.VIEWS,
            row,
            intention.until,
            subject_id=intention.id,
            number=intention.number,
            detail=SILENCE if is_over else intention.status,
        )
