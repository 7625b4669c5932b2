"""Setting up the second step, taking it away, and checking a code."""

import base64
import secrets
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people.factors.codes import (
    RECOVERY_CODES,
    interval_of,
    is_recovery_code,
    recovery_code,
    recovery_hash,
)
from voorjebuurt.people.factors.queries import factor_state
from voorjebuurt.people.models import Passkey, Person, RecoveryCode, TotpFactor
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.security_mails import FactorChange, factor_changed
from voorjebuurt.people.service import locked_person, may_manage, person_subject

SECRET_BYTES = 20


def new_secret() -> str:
    """A secret for an app, in base32: 160 random bits (RFC 4226, 4)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def add_totp(
    session: Session, *, person_id: UUID, secret: str, code: str, sealer: Sealer, actor: Actor
) -> list[str]:
    """Set up codes of an app, proved by one of them; recovery codes when it is the first factor.

    Raises ``DomainError``: ``code_wrong`` at ``code``; ``factor_exists``.
    """
    person = locked_person(session, person_id)
    if session.get(TotpFactor, person_id) is not None:
        raise DomainError("factor_exists")
    is_first = factor_state(session, person.id) is None
    now = clock.now()
    interval = interval_of(secret, code, moment=now, last_interval=0)
    if interval is None:
        raise DomainError("code_wrong", field="code")
    factor = TotpFactor(
        person_id=person.id,
        sealed_secret=sealer.seal(secret),
        created_at=now,
        last_interval=interval,
    )
    session.add(factor)
    _record(session, person.id, Action.PERSON_FACTOR_ADDED, actor)
    factor_changed(session, person, FactorChange.APP_ADDED)
    return replace_recovery_codes(session, person.id) if is_first else []


def remove_totp(session: Session, *, person_id: UUID, actor: Actor) -> None:
    """Take the codes of an app away, by who has them. Doing so twice changes nothing.

    Raises ``DomainError`` (``factor_needed``) for who holds a role and has no passkey.
    """
    person = locked_person(session, person_id)
    state = factor_state(session, person_id)
    if state is None or state.created_at is None:
        return
    if state.number == 1 and roles_of(session, person_id):
        raise DomainError("factor_needed")
    if state.number == 1:
        forget_factors(session, person_id)
    session.execute(delete(TotpFactor).where(TotpFactor.person_id == person_id))
    _record(session, person_id, Action.PERSON_FACTOR_REMOVED, actor)
    factor_changed(session, person, FactorChange.APP_REMOVED)


def reset_factor(session: Session, *, person_id: UUID, reason: str, actor: Actor) -> None:
    """Staff let somebody begin anew who lost app and recovery codes; all their sessions end.

    Raises ``ForbiddenError``, ``NotFoundError`` or ``DomainError`` (``not_on_yourself``).
    """
    may_manage(person_id, actor)
    person = locked_person(session, person_id)
    person.session_version += 1
    forget_factors(session, person_id)
    _record(session, person_id, Action.PERSON_FACTOR_CLEARED, actor, reason)
    factor_changed(session, person, FactorChange.CLEARED)


def renew_recovery_codes(session: Session, *, person_id: UUID, actor: Actor) -> list[str]:
    """New recovery codes in place of the old ones, which work no longer.

    Raises ``DomainError`` (``factor_missing``).
    """
    person = locked_person(session, person_id)
    if factor_state(session, person_id) is None:
        raise DomainError("factor_missing")
    _record(session, person_id, Action.PERSON_RECOVERY_CODES_RENEWED, actor)
    factor_changed(session, person, FactorChange.CODES_RENEWED)
    return replace_recovery_codes(session, person_id)


def use_code(session: Session, *, person_id: UUID, code: str, sealer: Sealer) -> bool:
    """Whether a code of the app or a recovery code is right; a right one works once.

    Nothing is locked against others by wrong codes: see ``sign_ins.count_wrong_code``.
    """
    if is_recovery_code(code):
        return _use_recovery_code(session, person_id, code)
    factor = session.get(TotpFactor, person_id, with_for_update=True, populate_existing=True)
    if factor is None:
        return False
    interval = interval_of(
        sealer.open(factor.sealed_secret),
        code,
        moment=clock.now(),
        last_interval=factor.last_interval,
    )
    if interval is None:
        return False
    factor.last_interval = interval
    return True


def renew_seals(session: Session, *, sealer: Sealer) -> int:
    """Seal every secret with the newest key; how many there are."""
    factors = session.scalars(select(TotpFactor).with_for_update()).all()
    for factor in factors:
        factor.sealed_secret = sealer.renew(factor.sealed_secret)
    return len(factors)


def _use_recovery_code(session: Session, person_id: UUID, code: str) -> bool:
    statement = (
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == recovery_hash(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .returning(RecoveryCode.id)
    )
    if session.scalar(statement) is None:
        return False
    _record(session, person_id, Action.PERSON_RECOVERY_CODE_USED, Actor("person", person_id))
    factor_changed(session, session.get_one(Person, person_id), FactorChange.CODE_USED)
    return True


def replace_recovery_codes(session: Session, person_id: UUID) -> list[str]:
    """New recovery codes; those of before are gone."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [recovery_code(secrets.choice) for _ in range(RECOVERY_CODES)]
    now = clock.now()
    for code in codes:
        session.add(
            RecoveryCode(
                id=new_id(), person_id=person_id, code_hash=recovery_hash(code), created_at=now
            )
        )
    session.flush()
    return codes


def forget_factors(session: Session, person_id: UUID) -> None:
    """Nothing of the second step is left, recovery codes neither."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.execute(delete(TotpFactor).where(TotpFactor.person_id == person_id))
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))


def _record(
    session: Session, person_id: UUID, action: Action, actor: Actor, reason: str | None = None
) -> None:
    audit.record(
        session, actor=actor, action=action, subject=person_subject(person_id), reason=reason
    )
