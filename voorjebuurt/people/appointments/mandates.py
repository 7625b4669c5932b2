"""Officers of a municipality: proposed by address, and given another mandate."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.people.appointments.authority import (
    Authority,
    authority_over,
    keep_enough_appointers,
)
from voorjebuurt.people.appointments.grants import (
    active_grant,
    drop_proposals,
    person_of_grant,
    remit_of,
    replace_grant,
)
from voorjebuurt.people.appointments.proposals import propose
from voorjebuurt.people.appointments.remits import Remit
from voorjebuurt.people.models import RoleGrant
from voorjebuurt.people.queries import person_by_email
from voorjebuurt.people.rules import MandateKind, Role
from voorjebuurt.people.service import add_person, locked_person


def propose_officer(
    session: Session,
    *,
    municipality_id: UUID,
    email: str,
    mandate_limit_cents: int | None,
    may_appoint: bool,
    kinds: frozenset[MandateKind] | None = None,
    until: date | None = None,
    wait: timedelta,
    actor: Actor,
) -> UUID:
    """Propose somebody as an officer, by an officer with the right; returns the proposal's id.

    ``kinds``: for which decisions, None for all of them; ``until``: the last day of the mandate.
    Who is not known yet is added, and invited by mail. Raises ``ForbiddenError`` or ``DomainError``
    at ``email``, ``kinds`` or ``until``.
    """
    person = person_by_email(session, email)
    if person is not None and person.id == actor.person_id:
        raise DomainError("not_on_yourself", field="email")
    _refuse_past(until)
    remit = Remit(Role.OFFICER, municipality_id, mandate_limit_cents, may_appoint, kinds, until)
    remit.refuse_misfit()
    # Before anybody is added: who may not appoint leaves no person behind, and learns of none.
    authority = _officer_with_right(session, municipality_id, actor)
    person_id = add_person(session, email=email, name="", actor=actor).id
    person = locked_person(session, person_id)
    if person.blocked_at is not None:
        raise DomainError("person_kept_out", field="email")
    if active_grant(session, person.id, remit) is not None:
        raise DomainError("officer_already", field="email")
    return propose(
        session,
        person=person,
        remit=remit,
        current=None,
        authority=authority,
        wait=wait,
        actor=actor,
    )


def change_mandate(
    session: Session,
    *,
    grant_id: UUID,
    mandate_limit_cents: int | None,
    may_appoint: bool,
    kinds: frozenset[MandateKind] | None = None,
    until: date | None = None,
    wait: timedelta,
    actor: Actor,
) -> bool:
    """Give an officer another mandate; whether it holds at once.

    What takes power away does. What gives more in any respect is a proposal that another officer
    with the right confirms, ``wait`` from now or later. Raises ``ForbiddenError``,
    ``NotFoundError`` or ``DomainError``.
    """
    person, grant = person_of_grant(session, grant_id)
    authority = authority_over(
        session,
        person_id=person.id,
        role=Role(grant.role),
        municipality_id=grant.municipality_id,
        actor=actor,
    )
    current = remit_of(grant)
    remit = Remit(
        current.role, current.municipality_id, mandate_limit_cents, may_appoint, kinds, until
    )
    if until != current.until:
        _refuse_past(until)
    remit.refuse_misfit()
    if remit.gives_as_much_as(current):
        raise DomainError("mandate_unchanged", field="mandate_limit_cents")
    if remit.gives_more_than(current):
        propose(
            session,
            person=person,
            remit=remit,
            current=grant,
            authority=authority,
            wait=wait,
            actor=actor,
        )
        return False
    if authority.capacity is not Role.OFFICER:
        raise ForbiddenError("only_appointers")
    if not remit.may_appoint:
        keep_enough_appointers(session, grant)
    drop_proposals(session, grant)
    replace_grant(session, person, _locked(session, grant), remit, actor)
    return True


def _refuse_past(until: date | None) -> None:
    """A mandate that is over at once is taken away instead."""
    if until is not None and until < clock.today():
        raise DomainError("mandate_until_past", field="until")


def _officer_with_right(session: Session, municipality_id: UUID, actor: Actor) -> Authority:
    """The actor as an officer with the right. Staff propose on a person's own page."""
    nobody = UUID(int=0)
    authority = authority_over(
        session,
        person_id=nobody,
        role=Role.OFFICER,
        municipality_id=municipality_id,
        actor=actor,
    )
    if authority.capacity is not Role.OFFICER:
        raise ForbiddenError("only_appointers")
    return authority


def _locked(session: Session, grant: RoleGrant) -> RoleGrant:
    return session.get_one(RoleGrant, grant.id, with_for_update=True, populate_existing=True)
