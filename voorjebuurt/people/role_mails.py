"""What everybody who holds a role is mailed when it is to be given to another, and when it is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.queries import emails_with_role, names_of
from voorjebuurt.people.role_words import mandate_words, role_words
from voorjebuurt.people.rules import Role

Holder = tuple[UUID, str, str]


def role_proposed(
    session: Session, proposal: RoleProposal, person: Person, *, before: RoleGrant | None
) -> None:
    """Somebody is to get the role: who wants so, from when it can be, and how to dismiss it.

    Who is to be an officer is told what it will be, and invited to sign in.
    """
    _mail_holders(
        session,
        proposal,
        person,
        template="role_proposed",
        confirmable_from=proposal.confirmable_from.isoformat(),
        before=role_words(session, before) if before is not None else None,
        path=links.role_proposal(proposal.id),
    )
    if proposal.role == Role.OFFICER:
        queue_mail(
            session,
            key=f"role_offered:{proposal.id}",
            template="role_offered",
            recipient=person.email,
            locale=person.locale,
            town=role_words(session, proposal)["municipality"],
            mandate_cents=proposal.mandate_limit_cents or 0,
            may_appoint=proposal.may_appoint,
            **mandate_words(proposal),
            confirmable_from=proposal.confirmable_from.isoformat(),
            path=links.sign_in_page(),
        )


def role_confirmed(session: Session, proposal: RoleProposal, person: Person) -> None:
    """Somebody has the role from now on: who proposed it and who confirmed it."""
    names = names_of(session, [proposal.confirmed_by])
    confirmer = names.get(proposal.confirmed_by) if proposal.confirmed_by else None
    _mail_holders(session, proposal, person, template="role_confirmed", confirmer=confirmer or "")


def role_ended(session: Session, grant: RoleGrant, person: Person, *, reason: str) -> None:
    """Somebody is no officer of the municipality any more: to those who are."""
    if grant.role != Role.OFFICER:
        return
    session.flush()
    enders = names_of(session, [grant.revoked_by])
    for holder_id, email, locale in _officers(session, grant):
        queue_mail(
            session,
            key=f"role_ended:{grant.id}:{holder_id}",
            template="role_ended",
            recipient=email,
            locale=locale,
            person=person.name or person.email,
            role=role_words(session, grant),
            proposer=enders.get(grant.revoked_by, "") if grant.revoked_by else "",
            reason=reason,
        )


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
            role=role_words(session, proposal),
            proposer=proposer,
            **context,
        )


def _holders(session: Session, proposal: RoleProposal) -> Sequence[Holder]:
    holders = _officers(session, proposal)
    return holders or list(emails_with_role(session, Role.STAFF))


def _officers(session: Session, row: RoleProposal | RoleGrant) -> Sequence[Holder]:
    """Who holds the same role in the same municipality, but the person themselves."""
    return [
        holder
        for holder in emails_with_role(session, Role(row.role), row.municipality_id)
        if holder[0] != row.person_id
    ]
