"""Who may do something about an application: an officer of its municipality, without a stake."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.matching.models import Application
from voorjebuurt.people.appointments.powers import require_kind
from voorjebuurt.people.queries import mandate_limit
from voorjebuurt.people.rules import MandateKind


def officer_of(session: Session, *, municipality_id: UUID, actor: Actor) -> UUID:
    """The officer who acts for this municipality. Raises ``ForbiddenError`` ``only_officers``."""
    if actor.person_id is None or mandate_limit(session, actor.person_id, municipality_id) is None:
        raise ForbiddenError("only_officers")
    return actor.person_id


def impartial_officer(session: Session, *, application: Application, actor: Actor) -> UUID:
    """The same for an application, if the officer has no stake in its campaign (Awb 2:4).

    Raises ``ForbiddenError`` ``only_officers``, or ``has_stake`` with the kind of it.
    """
    person_id = officer_of(session, municipality_id=application.municipality_id, actor=actor)
    stake = stake_reason(session, person_id=person_id, campaign_id=application.campaign_id)
    if stake is not None:
        raise ForbiddenError("has_stake")
    return person_id


def require_mandate(
    session: Session, *, municipality_id: UUID, kind: MandateKind, cents: int, actor: Actor
) -> None:
    """Raises ``ForbiddenError`` ``mandate_not_for_kind`` for who has no mandate for such decisions.

    And ``mandate_too_low`` below the amount at stake (Awb 10:1–10:5). Only the officer's own
    mandate counts: who stands in for a colleague has their cases, not this.
    """
    require_kind(session, municipality_id=municipality_id, kind=kind, actor=actor)
    limit = None
    if actor.person_id is not None:
        limit = mandate_limit(session, actor.person_id, municipality_id)
    if limit is None or limit < cents:
        raise ForbiddenError("mandate_too_low", mandate_cents=limit or 0, stake_cents=cents)


def refuse_approver_who_left(
    session: Session, *, municipality_id: UUID, approved_by: UUID | None
) -> None:
    """Raises ``DomainError`` ``approver_left`` when who approved is no officer here any more.

    Between the approval and the sending a decision has no effect (Awb 3:40), so holding it costs
    little; and a role can have been taken because of what was approved. A colleague recalls it.
    """
    if approved_by is None or mandate_limit(session, approved_by, municipality_id) is None:
        raise DomainError("approver_left")
