"""Who has set up the second step."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.people.models import Person, RecoveryCode, TotpFactor


class FactorState(NamedTuple):
    """Since when somebody has codes of an app, and how many recovery codes are left."""

    created_at: datetime
    recovery_codes: int


class PracticeCode(NamedTuple):
    """A code that works now, where nothing real is at stake."""

    email: str
    code: str


def factor_state(session: Session, person_id: UUID) -> FactorState | None:
    """The second step of one person; None when they did not set it up."""
    created_at = session.scalar(
        select(TotpFactor.created_at).where(TotpFactor.person_id == person_id)
    )
    if created_at is None:
        return None
    number = select(func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return FactorState(created_at, session.scalar(number) or 0)


def practice_codes(
    session: Session, *, sealer: Sealer, moment: datetime, person_id: UUID | None = None
) -> Sequence[PracticeCode]:
    """The codes of now, of everybody or of one: only for a site where people practise."""
    statement = select(Person.email, TotpFactor.sealed_secret, TotpFactor.last_interval).join(
        TotpFactor, TotpFactor.person_id == Person.id
    )
    if person_id is not None:
        statement = statement.where(Person.id == person_id)
    return [
        PracticeCode(
            row.email,
            code_at(sealer.open(row.sealed_secret), moment, last_interval=row.last_interval),
        )
        for row in session.execute(statement.order_by(Person.email))
    ]
