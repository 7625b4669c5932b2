"""Beginning and ending to look at the site as a resident sees it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.people import security_mails
from voorjebuurt.people.models import SignIn
from voorjebuurt.people.service import locked_person, may_manage, person_subject, refuse_erased
from voorjebuurt.people.viewings.models import Viewing
from voorjebuurt.people.viewings.queries import is_viewable, is_viewed_often


def start_viewing(
    session: Session,
    *,
    person_id: UUID,
    sign_in_id: UUID,
    lasts: timedelta,
    reason: str,
    actor: Actor,
) -> None:
    """See the site as a resident does, in this sign-in of a member of staff, for ``lasts``.

    The person is mailed ``reason`` at once. Begun twice at once it is one viewing, with one mail;
    another person ends that of the one before. Raises ``DomainError`` for who may not be looked
    along with.
    """
    may_manage(person_id, actor)
    person = locked_person(session, person_id)
    refuse_erased(person)
    now = clock.now()
    before = _open_viewing(session, sign_in_id, actor)
    if before is not None and before.person_id == person_id and before.until_at > now:
        return
    if not is_viewable(session, person_id):
        raise DomainError("viewing_of_residents_only")
    if is_viewed_often(session, person_id):
        raise DomainError("viewing_too_often")
    if before is not None:
        before.ended_at = now
        session.flush()
    viewing = Viewing(
        sign_in_id=sign_in_id, person_id=person_id, started_at=now, until_at=now + lasts
    )
    session.add(viewing)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.PERSON_VIEWING_STARTED,
        subject=person_subject(person_id),
        reason=reason,
        detail={"until": viewing.until_at.isoformat()},
    )
    security_mails.viewing_started(
        session, person, viewing_id=viewing.id, until=viewing.until_at, reason=reason
    )


def stop_viewing(session: Session, *, sign_in_id: UUID) -> None:
    """End it, by whoever holds the sign-in. What is over already changes nothing."""
    row = session.execute(
        update(Viewing)
        .where(Viewing.sign_in_id == sign_in_id, Viewing.ended_at.is_(None))
        .values(ended_at=clock.now())
        .returning(Viewing.person_id)
    ).one_or_none()
    if row is None:
        return
    staff_id = session.scalars(select(SignIn.person_id).where(SignIn.id == sign_in_id)).one()
    audit.record(
        session,
        actor=Actor("person", staff_id),
        action=Action.PERSON_VIEWING_ENDED,
        subject=person_subject(row.person_id),
    )


def _open_viewing(session: Session, sign_in_id: UUID, actor: Actor) -> Viewing | None:
    """What is open in this sign-in, which is held until the commit.

    Raises ``NotFoundError`` for a sign-in of somebody else.
    """
    owner_id = session.scalar(
        select(SignIn.person_id)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .with_for_update()
    )
    if owner_id is None or owner_id != actor.person_id:
        raise NotFoundError("sign_in_not_found")
    return session.scalar(
        select(Viewing).where(Viewing.sign_in_id == sign_in_id, Viewing.ended_at.is_(None))
    )
