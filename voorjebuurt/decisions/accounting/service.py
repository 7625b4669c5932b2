"""The initiator accounts for the money: lines, a story, and the receipts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.accounting.scans import submit_receipts
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.rules.accounting import (
    MAX_LABEL,
    MAX_LINES,
    MAX_RECEIPTS,
    determine_by,
)
from voorjebuurt.decisions.rules.kinds import DETERMINATIONS, OPEN, PLANS
from voorjebuurt.decisions.rulings.rows import match_of
from voorjebuurt.decisions.rulings.withdrawals import stop_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.money import MAX_OWN_CENTS
from voorjebuurt.kernel.storage import Storage
from voorjebuurt.matching.applications.rows import move_application, own_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS, ApplicationStatus
from voorjebuurt.matching.arrangements import REPORTED, Way, way_of
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.pledges.rules import OWED_MATCH

_WHY = "De verantwoording is alsnog binnengekomen."


@dataclass(frozen=True)
class SpentLine:
    """What part of the money went to (eurocents)."""

    label: str
    cents: int


def send_accounting(
    session: Session,
    *,
    application_id: UUID,
    lines: Sequence[SpentLine],
    story: str,
    receipts: Sequence[Mapping[str, str]],
    storage: Storage,
    actor: Actor,
) -> None:
    """Tell how the money was spent; again until it is determined, and the last time counts.

    By which way the award is accounted for says what is asked: only by costs the ``lines``, which
    are left out otherwise. What nobody has to account for may be told all the same.
    ``receipts`` are what ``receipts.store_receipt`` returned. Raises ``DomainError`` at ``lines``,
    ``story`` or ``receipts``, while the money is not the initiator's, and while a decision on the
    account waits to be approved or sent. A determination for want of an account (Awb 4:44) goes
    no further: until it is sent, an account still counts.
    """
    application = own_application(session, application_id, actor)
    row = accounting_of(session, application, lines=lines, story=story, by=actor.person_id)
    row.at, row.for_donors = clock.now(), True
    row.receipts = _checked_receipts(receipts, storage)
    take_accounting(session, application, row, actor=actor)
    submit_receipts(session, application, receipts, actor)
    tell_accounting(session, application, row)


def accounting_of(
    session: Session,
    application: Application,
    *,
    lines: Sequence[SpentLine],
    story: str,
    by: UUID | None,
) -> Accounting:
    """What is told of a held application by somebody, checked; not when it came.

    Raises ``DomainError`` as ``send_accounting``.
    """
    refuse_accounting(session, application)
    by_costs = way_of(application.arrangement) is Way.COSTS
    spent_lines = _checked_lines(lines) if by_costs else []
    return Accounting(
        application_id=application.id,
        municipality_id=application.municipality_id,
        by=by,
        spent_cents=sum(line.cents for line in spent_lines) if by_costs else None,
        story=written(story, "story", "account_story_missing"),
        lines=[{"label": line.label, "cents": line.cents} for line in spent_lines],
        receipts=[],
    )


def take_accounting(
    session: Session, application: Application, row: Accounting, *, actor: Actor
) -> None:
    """Write an account down, with what follows for the case."""
    if is_unaccounted(application):
        stop_decision(session, application.id, _WHY, DETERMINATIONS)
    move_application(
        session,
        application=application,
        action="account",
        actor=actor,
        spent_cents=row.spent_cents,
        receipts=len(row.receipts),
    )
    session.add(row)
    session.flush()


def tell_accounting(session: Session, application: Application, row: Accounting) -> None:
    """Confirm it to the applicant, with the last day to determine the amount."""
    fund = session.get_one(Fund, application.fund_id)
    mails.accounting_received(
        session,
        application=application,
        accounting=row,
        determine_by=determine_by(clock.local(row.at).date(), weeks=fund.decision_weeks),
    )


def refuse_accounting(session: Session, application: Application) -> None:
    """Raises ``DomainError`` while an account can't be sent; locks and changes nothing.

    ``account_not_asked``: the award determined the amount at once.
    """
    if way_of(application.arrangement) is Way.DIRECT:
        raise DomainError("account_not_asked")
    if match_of(session, application.id).status not in OWED_MATCH:
        raise DomainError("account_too_early")
    APPLICATION_TRANSITIONS.after(ApplicationStatus(application.status), "account")
    if _rests_on_account(session, application):
        raise DomainError("account_being_determined")


def is_unaccounted(application: Application) -> bool:
    """Whether an account is due that never came, so that nothing rests on one."""
    is_awarded = application.status == ApplicationStatus.AWARDED
    return is_awarded and way_of(application.arrangement) in REPORTED


def _rests_on_account(session: Session, application: Application) -> bool:
    """A decision that waits for approval or sending rests on the account as it is.

    Not a determination without any, nor what is decided on a change that was asked for.
    """
    waiting = select(Decision.id).where(
        Decision.application_id == application.id,
        Decision.status.in_([state.value for state in OPEN]),
        Decision.kind.not_in([kind.value for kind in PLANS]),
    )
    if is_unaccounted(application):
        waiting = waiting.where(Decision.kind.not_in([kind.value for kind in DETERMINATIONS]))
    return session.scalar(waiting) is not None


def _checked_lines(lines: Sequence[SpentLine]) -> list[SpentLine]:
    trimmed_lines = [SpentLine(line.label.strip(), line.cents) for line in lines]
    if not trimmed_lines:
        raise DomainError("account_lines_missing", field="lines")
    if len(trimmed_lines) > MAX_LINES:
        raise DomainError("account_lines_too_many", field="lines", maximum=MAX_LINES)
    if any(not line.label or len(line.label) > MAX_LABEL for line in trimmed_lines):
        raise DomainError("account_label_wrong", field="lines", maximum=MAX_LABEL)
    if any(not 0 < line.cents <= MAX_OWN_CENTS for line in trimmed_lines):
        raise DomainError("account_amount_wrong", field="lines")
    return trimmed_lines


def _checked_receipts(
    receipts: Sequence[Mapping[str, str]], storage: Storage
) -> list[dict[str, str]]:
    if len(receipts) > MAX_RECEIPTS:
        raise DomainError("receipts_too_many", field="receipts", maximum=MAX_RECEIPTS)
    if not all(storage.has(receipt["key"]) for receipt in receipts):
        raise DomainError("receipt_gone", field="receipts")
    return [{"name": receipt["name"], "key": receipt["key"]} for receipt in receipts]
