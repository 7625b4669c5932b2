"""People with a role, committed, for the screens."""

from sqlalchemy.orm import Session

from tests.support.factories.payouts import person
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person, RoleGrant


def with_role(session: Session, role: str, name: str, **fields: object) -> Person:
    """A new person who has this role."""
    somebody = person(session, name)
    session.add(RoleGrant(person_id=somebody.id, role=role, granted_at=clock.now(), **fields))
    session.flush()
    return somebody
