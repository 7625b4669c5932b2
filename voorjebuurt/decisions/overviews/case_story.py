"""What happened with an application, for its applicant: from receipt to the last cent."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import is_one_of
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.models import Accounting, Decision, Objection, TermEvent
from voorjebuurt.decisions.paper.filings import filings_of
from voorjebuurt.decisions.plans.queries import AskedChange
from voorjebuurt.decisions.rules.accounting import accounting_due
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind
from voorjebuurt.decisions.rules.plans import PlanRequestStatus
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rules.views import ViewsStatus
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction
from voorjebuurt.ledger.rules import clawback_receivable, interest_receivable
from voorjebuurt.matching.arrangements import REPORTED, way_of
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


class StoryKind(StrEnum):
    """What an event is that is neither one of the term nor a decision."""

    RECEIVED = "received"
    ACCOUNTING_ASKED = "accounting_asked"
    OWED = "due"
    ACCOUNTED = "accounted"
    EXPIRED = "expired"
    OBJECTED = "objected"
    OBJECTION_DECIDED = "objection_decided"
    PAID_OUT = "paid_out"
    PAYOUT_RETURNED = "payout_returned"
    PAID_BACK = "paid_back"
    PAPER_ACCOUNTING = "paper_accounting"
    PAPER_APPLICATION = "paper_application"
    PAPER_COMPLETION = "paper_completion"
    PAPER_WITHDRAWAL = "paper_withdrawal"
    VIEWS_ASKED = "views_asked"
    VIEWS_GIVEN = "views_given"
    VIEWS_WAIVED = "views_waived"
    INTENTION_DROPPED = "intention_dropped"
    LAST_TERM = "last_term"
    PLAN_ASKED = "plan_asked"
    PLAN_WITHDRAWAL = "plan_withdrawal"
    PROOF_ASKED = "proof_asked"
    PROOF_GIVEN = "proof_given"
    PROOF_FOUND = "proof_found"


class StoryEvent(NamedTuple):
    """One event: ``kind`` is of ``StoryKind``, of the term or of a decision; ``cents`` eurocents.

    ``until`` is a day by which something is to be done; ``text`` what a person wrote. ``at_most``:
    so much at most. ``came_on``: the day on which a paper came in.
    """

    at: datetime
    kind: str
    cents: int = 0
    text: str = ""
    until: date | None = None
    at_most: bool = False
    came_on: date | None = None


class Papers(NamedTuple):
    """What is written down of a case, oldest first; ``decisions`` are those that were sent.

    The amount of ``maximums`` is one at most.
    """

    term: Sequence[TermEvent]
    decisions: Sequence[Decision]
    objections: Sequence[Objection]
    accountings: Sequence[Accounting]
    maximums: frozenset[UUID] = frozenset()
    intentions: Sequence[Intention] = ()
    inquiries: Sequence[Inquiry] = ()
    last_terms: Sequence[LastTerm] = ()
    plan_changes: Sequence[AskedChange] = ()


def case_story(
    session: Session, application: Application, match: CampaignMatch, papers: Papers
) -> list[StoryEvent]:
    """All of it, the oldest first."""
    events = [
        StoryEvent(application.received_at, StoryKind.RECEIVED),
        *_of_term(papers.term),
        *_of_decisions(papers),
        *_of_objections(papers.objections),
        *_of_intentions(papers.intentions),
        *_of_inquiries(papers.inquiries),
        *_of_last_terms(papers.last_terms),
        *_of_plan_changes(papers.plan_changes),
        *_of_money(session, application, match, papers),
        *_of_expiry(session, application),
        *_of_papers(session, application),
    ]
    return sorted(events, key=lambda event: event.at)


def _of_papers(session: Session, application: Application) -> Iterator[StoryEvent]:
    """What an officer registered for the applicant, when that was done."""
    for filing in filings_of(session, application.id):
        yield StoryEvent(
            filing.registered_at,
            StoryKind(f"paper_{filing.kind}"),
            came_on=_day(filing.received_at),
        )


def _day(moment: datetime) -> date:
    return clock.local(moment).date()


def _of_term(term: Sequence[TermEvent]) -> Iterator[StoryEvent]:
    """Without that it was decided: the decision itself stands there."""
    for event in term:
        if event.kind != TermEventKind.DECIDED:
            yield StoryEvent(event.at, event.kind, text=event.reason)


def _of_decisions(papers: Papers) -> Iterator[StoryEvent]:
    for decision in papers.decisions:
        if decision.sent_at is not None:
            kind = DecisionKind(decision.kind)
            at_most = decision.id in papers.maximums
            yield StoryEvent(
                decision.sent_at, kind.value, cents=decision.amount_cents, at_most=at_most
            )


def _of_objections(objections: Sequence[Objection]) -> Iterator[StoryEvent]:
    for objection in objections:
        yield StoryEvent(objection.received_at, StoryKind.OBJECTED)
        if objection.decided_at is not None:
            yield StoryEvent(objection.decided_at, StoryKind.OBJECTION_DECIDED)


def _of_intentions(intentions: Sequence[Intention]) -> Iterator[StoryEvent]:
    for intention in intentions:
        until = intention.until
        yield StoryEvent(intention.stated_at, StoryKind.VIEWS_ASKED, until=until)
        if intention.answered_at is not None:
            kind = StoryKind.VIEWS_GIVEN if intention.answer else StoryKind.VIEWS_WAIVED
            yield StoryEvent(intention.answered_at, kind, text=intention.answer)
        if intention.status == ViewsStatus.DROPPED and intention.closed_at is not None:
            text = intention.drop_reason
            yield StoryEvent(intention.closed_at, StoryKind.INTENTION_DROPPED, text=text)


def _of_inquiries(inquiries: Sequence[Inquiry]) -> Iterator[StoryEvent]:
    for inquiry in inquiries:
        until = inquiry.until
        yield StoryEvent(inquiry.asked_at, StoryKind.PROOF_ASKED, text=inquiry.asked, until=until)
        if inquiry.answered_at is not None:
            text = inquiry.answer
            yield StoryEvent(inquiry.answered_at, StoryKind.PROOF_GIVEN, text=text)
        if inquiry.closed_at is not None:
            text = inquiry.finding_text
            yield StoryEvent(inquiry.closed_at, StoryKind.PROOF_FOUND, text=text)


def _of_last_terms(terms: Sequence[LastTerm]) -> Iterator[StoryEvent]:
    for term in terms:
        yield StoryEvent(term.set_at, StoryKind.LAST_TERM, text=term.reason, until=term.until)


def _of_plan_changes(changes: Sequence[AskedChange]) -> Iterator[StoryEvent]:
    """What was asked; the decision on it is an event by itself."""
    for request, _, _ in changes:
        yield StoryEvent(request.asked_at, StoryKind.PLAN_ASKED, text=request.reason)
        if request.status == PlanRequestStatus.WITHDRAWAL and request.closed_at is not None:
            yield StoryEvent(request.closed_at, StoryKind.PLAN_WITHDRAWAL)


def _of_money(
    session: Session, application: Application, match: CampaignMatch, papers: Papers
) -> Iterator[StoryEvent]:
    if match.committed_at is not None:
        # An award that is sent after the campaign's success moves its money just before.
        award_moments = [each.sent_at for each in papers.decisions if each.kind in GRANTS]
        first_award_at = min((at for at in award_moments if at), default=match.committed_at)
        asked_at = max(match.committed_at, first_award_at)
        if way_of(application.arrangement) in REPORTED:
            until = accounting_due(clock.local(match.committed_at).date())
            # The day of then: a change that made it later is an event of its own.
            yield StoryEvent(asked_at, StoryKind.ACCOUNTING_ASKED, until=until)
        else:
            yield StoryEvent(asked_at, StoryKind.OWED)
    for accounting in papers.accountings:
        yield StoryEvent(accounting.at, StoryKind.ACCOUNTED, cents=accounting.spent_cents or 0)
    if match.status in OWED_MATCH:
        yield from _of_payouts(session, match)
    yield from _of_clawbacks(session, match)


def _of_payouts(session: Session, match: CampaignMatch) -> Iterator[StoryEvent]:
    """A payout is of gifts and match money together, so it has no amount of the match."""
    kinds = {
        BookingKind.PAYOUT_EXECUTED.value: StoryKind.PAID_OUT,
        BookingKind.PAYOUT_RETURNED.value: StoryKind.PAYOUT_RETURNED,
    }
    statement = select(LedgerTransaction.booked_at, LedgerTransaction.kind).where(
        LedgerTransaction.campaign_id == match.campaign_id, LedgerTransaction.kind.in_(kinds)
    )
    for booked_at, kind in session.execute(statement):
        if match.committed_at is None or booked_at >= match.committed_at:
            yield StoryEvent(booked_at, kinds[kind])


def _of_clawbacks(session: Session, match: CampaignMatch) -> Iterator[StoryEvent]:
    """What came in of what was claimed back, with the interest that it paid."""
    accounts = (
        clawback_receivable(match.application_id).code,
        interest_receivable(match.application_id).code,
    )
    statement = (
        select(LedgerTransaction.booked_at, func.sum(LedgerEntry.amount_cents))
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(
            LedgerTransaction.kind.in_(
                [BookingKind.CLAWBACK_OFFSET, BookingKind.CLAWBACK_RECEIVED]
            ),
            LedgerAccount.code.in_(accounts),
        )
        .group_by(LedgerTransaction.id)
    )
    for booked_at, cents in session.execute(statement):
        yield StoryEvent(booked_at, StoryKind.PAID_BACK, cents=-int(cents))


def _of_expiry(session: Session, application: Application) -> Iterator[StoryEvent]:
    statement = select(AuditEvent.at).where(
        AuditEvent.subject_id == application.id, is_one_of([Action.APPLICATION_EXPIRED])
    )
    for at in session.scalars(statement):
        yield StoryEvent(at, StoryKind.EXPIRED)
