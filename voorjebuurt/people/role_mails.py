"""What everybody who holds a role is mailed when it is to be given to another, and when it is."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person, RoleProposal
from voorjebuurt.people.queries import emails_with_role, names_of
from voorjebuurt.people.rules import Role


def role_proposed(session: Session, proposal: RoleProposal, person: Person) -> None:
    """Somebody is to get the role: who wants so, from when it can be, and how to dismiss it."""
    _mail_holders(
        session,
        proposal,
        person,
        template="role_proposed",
        confirmable_from=proposal.confirmable_from.isoformat(),
        path=links.role_proposal(proposal.id),
    )


def role_confirmed(session: Session, proposal: RoleProposal, person: Person) -> None:
    """Somebody has the role from now on: who proposed it and who confirmed it."""
    names = names_of(session, [proposal.confirmed_by])
    confirmer = names.get(proposal.confirmed_by) if proposal.confirmed_by else None
    _mail_holders(session, proposal, person, template="role_confirmed", confirmer=confirmer or "")


def _mail_holders(
    session: Session, proposal: RoleProposal, person: Person, *, template: str, **context: Any
) -> None:
    """Everybody who holds the role but the person concerned; staff, where nobody holds it."""
    session.flush()
    proposer = names_of(session, [proposal.proposed_by])[proposal.proposed_by]
    for holder_id, email, locale in _holders(session, proposal):
        queue_mail(
            session,
            key=f"{template}:{proposal.id}:{holder_id}",
            template=template,
            recipient=email,
            locale=locale,
            person=person.name or person.email,
            role={"role": proposal.role, "mandate_cents": proposal.mandate_limit_cents or 0},
            proposer=proposer,
            **context,
        )


def _holders(session: Session, proposal: RoleProposal) -> list[tuple[UUID, str, str]]:
    holders = [
        holder
        for holder in emails_with_role(session, Role(proposal.role), proposal.municipality_id)
        if holder[0] != proposal.person_id
    ]
    return holders or list(emails_with_role(session, Role.STAFF))
