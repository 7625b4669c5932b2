"""The first members of staff, whom nobody on the site can appoint."""

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.people.models import Person, RoleGrant
from voorjebuurt.people.roles import grant_role, revoke_role
from voorjebuurt.people.rules import Role
from voorjebuurt.people.service import add_person

TEMPLATE = "staff_invitation"
ENOUGH = 2
"""So many can appoint others: one proposes, the other confirms."""
_ONE_AT_A_TIME = text("LOCK TABLE role_grants IN SHARE ROW EXCLUSIVE MODE")


def invite_first_staff(session: Session, *, emails: Sequence[str], actor: Actor) -> None:
    """Make these people staff and mail them so; the same again mails nothing twice.

    Who was invited before and never signed in was perhaps misspelled: they lose the role. Raises
    ``DomainError`` (``staff_appointed``) once two have signed in as staff: they appoint others,
    which one alone could not.
    """
    session.execute(_ONE_AT_A_TIME)
    by_role = (
        select(RoleGrant, Person)
        .join(Person)
        .where(RoleGrant.role == Role.STAFF, RoleGrant.revoked_at.is_(None))
    )
    earlier = [(grant, person) for grant, person in session.execute(by_role)]
    ready = {person.id for _, person in earlier if person.verified_at is not None}
    if len(ready) >= ENOUGH:
        raise DomainError("staff_appointed")
    people = {person.id: person for person in _added(session, emails, actor)}
    for grant, person in earlier:
        if person.id not in people and person.id not in ready:
            revoke_role(session, grant_id=grant.id, actor=actor)
    holders = {person.id for _, person in earlier}
    for person_id in people.keys() - holders:
        grant = grant_role(session, person_id=person_id, role=Role.STAFF, actor=actor)
        mail.queue_mail(
            session,
            key=f"{TEMPLATE}:{grant.id}",
            template=TEMPLATE,
            recipient=people[person_id].email,
            locale=people[person_id].locale,
            path=links.sign_in_page(),
        )


def _added(session: Session, emails: Sequence[str], actor: Actor) -> list[Person]:
    return [add_person(session, email=email, name="", actor=actor) for email in emails]
