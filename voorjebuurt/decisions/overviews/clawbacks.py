"""Money that was claimed back and is still owed: a reminder of it, then a formal notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.interest.clawbacks import valid_decisions
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.payment import notice_until, pay_until
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.matching.models import Application

DAYS_LEFT = 7
"""So many days before the last one comes a reminder."""


@dataclass(frozen=True)
class OpenClawback:
    """What is still owed of one decision to claim back (eurocents), and its last day to pay."""

    decision: Decision
    open_cents: int
    pay_by: date


def remind_of_clawbacks(session: Session) -> int:
    """Remind of what must be paid soon, and give notice of what was not; returns to how many.

    Once each per decision.
    """
    count = 0
    for clawback in open_clawbacks(session):
        days_left = (clawback.pay_by - clock.today()).days
        if days_left < 0:
            count += _give_notice(session, clawback)
        elif days_left <= DAYS_LEFT:
            count += _remind(session, clawback)
    return count


def mail_payment(
    session: Session,
    *,
    application_id: UUID,
    cents: int,
    open_cents: int,
    deposit_id: UUID,
    interest_cents: int = 0,
) -> bool:
    """Tell the applicant what came in of a claim, and what is still open (eurocents).

    ``interest_cents`` of it paid interest that was laid down (Awb 4:92).
    """
    return mails.tell(
        session,
        session.get_one(Application, application_id),
        key=f"clawback_paid:{deposit_id}",
        template="clawback_paid",
        amount_cents=cents,
        open_cents=open_cents,
        interest_cents=interest_cents,
    )


def mail_return(
    session: Session, *, application_id: UUID, cents: int, open_cents: int, source_id: UUID
) -> bool:
    """Tell the applicant that a payout which came back paid (part of) a claim (eurocents)."""
    return mails.tell(
        session,
        session.get_one(Application, application_id),
        key=f"clawback_returned:{application_id}:{source_id}",
        template="clawback_returned",
        amount_cents=cents,
        open_cents=open_cents,
    )


def mail_reversal(
    session: Session, *, application_id: UUID, cents: int, open_cents: int, deposit_id: UUID
) -> bool:
    """Tell the applicant that the news of such a payment was a mistake (eurocents)."""
    return mails.tell(
        session,
        session.get_one(Application, application_id),
        key=f"clawback_payment_reversed:{deposit_id}",
        template="clawback_payment_reversed",
        amount_cents=cents,
        open_cents=open_cents,
    )


def open_clawbacks(session: Session, *, application_id: UUID | None = None) -> list[OpenClawback]:
    """Decisions of which something is owed, the oldest first: what came in paid the oldest.

    ``application_id``: only those on one application.

    A claim that an objection undid is none.
    """
    by_application: dict[UUID, list[Decision]] = {}
    for decision in valid_decisions(session, DecisionKind.CLAWBACK, application_id=application_id):
        by_application.setdefault(decision.application_id, []).append(decision)
    return [
        clawback
        for key, decisions in by_application.items()
        for clawback in _still_open(decisions, _owed(session, key))
    ]


def _still_open(decisions: Sequence[Decision], owed_cents: int) -> list[OpenClawback]:
    """What is owed is owed of the latest decisions."""
    clawbacks = []
    for decision in reversed(decisions):
        cents = min(owed_cents, decision.amount_cents)
        owed_cents -= cents
        if cents and decision.sent_at is not None:
            pay_by = pay_until(clock.local(decision.sent_at).date())
            clawbacks.append(OpenClawback(decision, cents, pay_by))
    return clawbacks[::-1]


def _owed(session: Session, application_id: UUID) -> int:
    return max(0, balance(session, clawback_receivable(application_id)))


@still_true("clawback_reminder")
def _reminds_of_a_debt(session: Session, context: Mapping[str, Any]) -> bool:
    return _is_owed(session, context)


@still_true("clawback_notice")
def _gives_notice_of_a_debt(session: Session, context: Mapping[str, Any]) -> bool:
    return _is_owed(session, context)


def _is_owed(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether something is still owed of the very decision; of all, in mails of before."""
    application_id, decision_id = UUID(context["application_id"]), context.get("decision_id")
    if decision_id is None:
        return _owed(session, application_id) > 0
    return any(
        str(clawback.decision.id) == decision_id
        for clawback in open_clawbacks(session, application_id=application_id)
    )


def _remind(session: Session, clawback: OpenClawback) -> bool:
    return _tell(session, clawback, "clawback_reminder", pay_by=clawback.pay_by)


def _give_notice(session: Session, clawback: OpenClawback) -> bool:
    """The formal notice (Awb 4:112): two weeks more, and what follows then. By post to who wants
    paper, signed by who approved the decision.
    """
    decision, pay_by = clawback.decision, notice_until(clock.today())
    is_new = _tell(session, clawback, "clawback_notice", due_on=clawback.pay_by, pay_by=pay_by)
    if is_new:
        news = News(
            decision.number,
            "",
            until=pay_by,
            before=clawback.pay_by,
            since=clock.local(decision.sent_at or clock.now()).date(),
            cents=clawback.open_cents,
        )
        write_letter(
            session,
            LetterKind.PAYMENT_NOTICE,
            news,
            application=session.get_one(Application, decision.application_id),
            signer_id=decision.approved_by,
        )
    return is_new


def _tell(session: Session, clawback: OpenClawback, template: str, **days: date) -> bool:
    application = session.get_one(Application, clawback.decision.application_id)
    return mails.tell(
        session,
        application,
        key=f"{template}:{clawback.decision.id}",
        template=template,
        application_id=str(application.id),
        decision_id=str(clawback.decision.id),
        amount_cents=clawback.open_cents,
        **{name: clock.noon(day).isoformat() for name, day in days.items()},
    )
