"""Who has set up the second step."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people.factors.codes import code_at, recovery_hash
from voorjebuurt.people.models import Passkey, Person, RecoveryCode, TotpFactor


class OwnPasskey(NamedTuple):
    """A passkey as its owner knows it."""

    id: UUID
    label: str
    created_at: datetime
    last_used_at: datetime | None


class FactorState(NamedTuple):
    """What somebody has for the second step: since when codes of an app, if at all, their
    passkeys, and how many recovery codes are left.
    """

    created_at: datetime | None
    passkeys: list[OwnPasskey]
    recovery_codes: int

    @property
    def number(self) -> int:
        """How many factors these are; recovery codes are none."""
        return (self.created_at is not None) + len(self.passkeys)


class PracticeCode(NamedTuple):
    """A code that works now, where nothing real is at stake."""

    email: str
    code: str


def factor_state(session: Session, person_id: UUID) -> FactorState | None:
    """The second step of one person; None when they did not set it up."""
    created_at = session.scalar(
        select(TotpFactor.created_at).where(TotpFactor.person_id == person_id)
    )
    statement = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at)
    passkeys = [
        OwnPasskey(each.id, each.label, each.created_at, each.last_used_at)
        for each in session.scalars(statement)
    ]
    if created_at is None and not passkeys:
        return None
    number = select(func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return FactorState(created_at, passkeys, session.scalar(number) or 0)


def are_current(session: Session, person_id: UUID, codes: Sequence[str]) -> bool:
    """Whether these are the recovery codes that somebody has, used or not: not those of before."""
    hashes = {recovery_hash(code) for code in codes}
    statement = select(func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.code_hash.in_(hashes)
    )
    return bool(hashes) and session.scalar(statement) == len(hashes)


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
