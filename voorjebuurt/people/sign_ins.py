"""Where somebody is signed in: opened, used, proved by the second step, and ended.

The browser's cookie only names a row here, so that what is ended here is over at once, whoever
kept a copy of the cookie.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people.factors.passkeys import DeviceAnswer, RelyingParty, use_passkey
from voorjebuurt.people.factors.service import use_code
from voorjebuurt.people.models import Person, SignIn
from voorjebuurt.people.rules import (
    DEVICE_MAX_LENGTH,
    NEWCOMER,
    USE_NOTED_EVERY,
    WRONG_CODES,
    WRONG_CODES_A_DAY,
)
from voorjebuurt.people.security_mails import FactorChange, factor_changed, new_device
from voorjebuurt.people.service import person_subject


def open_sign_in(
    session: Session,
    *,
    person_id: UUID,
    version: int,
    device: str,
    factor_at: datetime | None = None,
) -> UUID:
    """Let somebody be signed in on a device, whose link or password was just checked.

    ``factor_at`` goes along where one sign-in replaces another of the same person, or where the
    second step was proved at once. They are mailed about a device that is new to them.
    """
    now, device = clock.now(), device[:DEVICE_MAX_LENGTH]
    is_new = _is_new_device(session, person_id, device)
    sign_in = SignIn(
        id=new_id(),
        person_id=person_id,
        version=version,
        device=device,
        opened_at=now,
        last_used_at=now,
        factor_at=factor_at,
    )
    session.add(sign_in)
    session.flush()
    if is_new:
        person = session.get_one(Person, person_id)
        new_device(session, person, sign_in_id=sign_in.id, device=device)
    return sign_in.id


def note_use(session: Session, sign_in_id: UUID) -> None:
    """It was used now; written at most once in ``USE_NOTED_EVERY``, by whoever comes first."""
    now = clock.now()
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.last_used_at < now - USE_NOTED_EVERY)
        .values(last_used_at=now)
    )


def pass_factor(session: Session, *, sign_in_id: UUID, code: str, sealer: Sealer) -> bool:
    """Take the second step with a code; whether it was right.

    After ``WRONG_CODES`` wrong ones the sign-in ends. After ``WRONG_CODES_A_DAY`` no code is right
    for the rest of a day, in whichever sign-in, and the owner is mailed: a passkey still is.
    """
    sign_in = _locked(session, sign_in_id)
    if sign_in.ended_at is not None:
        return False
    if _is_guessed_at(session, sign_in.person_id):
        return False
    if use_code(session, person_id=sign_in.person_id, code=code, sealer=sealer):
        sign_in.factor_at, sign_in.wrong_codes = clock.now(), 0
        return True
    _count_guess(session, sign_in.person_id)
    sign_in.wrong_codes += 1
    if sign_in.wrong_codes >= WRONG_CODES:
        sign_in.ended_at = clock.now()
        _record_end(session, sign_in, Actor("person", sign_in.person_id))
    return False


def _guesses(person_id: UUID) -> str:
    return f"wrong codes:{person_id}"


def _is_guessed_at(session: Session, person_id: UUID) -> bool:
    number, _ = counters.counter(session, _guesses(person_id))
    return number >= WRONG_CODES_A_DAY


def _count_guess(session: Session, person_id: UUID) -> None:
    """Count over all sign-ins: who has the password can make as many of those as they like."""
    day = timedelta(days=1) // timedelta(seconds=1)
    number = counters.count(session, key=_guesses(person_id), seconds=day, amount=1)
    if number == WRONG_CODES_A_DAY:
        factor_changed(session, session.get_one(Person, person_id), FactorChange.GUESSED_AT)


def pass_with_passkey(
    session: Session, *, sign_in_id: UUID, answer: DeviceAnswer, party: RelyingParty
) -> bool:
    """Take the second step with a passkey; whether it is one of the person's own.

    A wrong answer is not counted: nobody guesses a signature.
    """
    sign_in = _locked(session, sign_in_id)
    person_id = use_passkey(session, answer=answer, party=party)
    if sign_in.ended_at is not None or person_id != sign_in.person_id:
        return False
    sign_in.factor_at, sign_in.wrong_codes = clock.now(), 0
    return True


def mark_passed(session: Session, sign_in_id: UUID) -> None:
    """The second step is passed by what was just proved: a factor that was set up a moment ago."""
    _locked(session, sign_in_id).factor_at = clock.now()


def end_sign_in(session: Session, *, sign_in_id: UUID, actor: Actor) -> None:
    """Sign a person out on one device, by themselves. Twice changes nothing.

    Raises ``NotFoundError`` for what is not theirs.
    """
    sign_in = _locked(session, sign_in_id)
    if sign_in.person_id != actor.person_id:
        raise NotFoundError("sign_in_not_found")
    if sign_in.ended_at is None:
        sign_in.ended_at = clock.now()
        _record_end(session, sign_in, actor)


def forget_sign_ins(session: Session, *, before: datetime, limit: int) -> int:
    """Throw away what was last used before a moment, so many at once; returns how many."""
    old = (
        select(SignIn.id)
        .where(SignIn.last_used_at < before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = delete(SignIn).where(SignIn.id.in_(old)).returning(SignIn.id)
    return len(session.scalars(statement).all())


def _is_new_device(session: Session, person_id: UUID, device: str) -> bool:
    """Whether the person was here before, and not lately with a device that calls itself so.

    Of who stayed away for long no sign-in is kept: that they were here is known by their address,
    which was confirmed then.
    """
    devices = session.scalars(select(SignIn.device).where(SignIn.person_id == person_id)).all()
    if devices:
        return device not in devices
    verified_at = session.get_one(Person, person_id).verified_at
    return verified_at is not None and verified_at < clock.now() - NEWCOMER


def _locked(session: Session, sign_in_id: UUID) -> SignIn:
    """The row, held until the commit, after its person's: the order of all that changes both."""
    person_id = session.scalar(select(SignIn.person_id).where(SignIn.id == sign_in_id))
    if person_id is None:
        raise NotFoundError("sign_in_not_found")
    session.get(Person, person_id, with_for_update=True, populate_existing=True)
    return session.scalars(
        select(SignIn)
        .where(SignIn.id == sign_in_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _record_end(session: Session, sign_in: SignIn, actor: Actor) -> None:
    audit.record(
        session,
        actor=actor,
        action=Action.PERSON_SESSION_ENDED,
        subject=person_subject(sign_in.person_id),
        detail={"device": sign_in.device},
    )
