"""Teams that have cases: taking one from a team, and ending a team whose cases go to no team."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.applications.states import ENDED, ApplicationStatus
from voorjebuurt.matching.funds.lifecycle import fund_subject, locked_fund
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Team
from voorjebuurt.people.teams.queries import team_parts
from voorjebuurt.people.teams.service import close_team, locked_team, require_team

OVER = frozenset({*ENDED, ApplicationStatus.DETERMINED})
"""What a case is called that nobody works on any more; it keeps who had it."""


def open_cases_by_team(session: Session, municipality_id: UUID) -> dict[UUID, int]:
    """How many open cases each team of a municipality has."""
    statement = (
        select(Application.team_id, func.count().label("number"))
        .where(Application.municipality_id == municipality_id, Application.team_id.is_not(None))
        .where(Application.status.not_in([state.value for state in OVER]))
        .group_by(Application.team_id)
    )
    return {row.team_id: row.number for row in session.execute(statement)}


def ending_parts(session: Session, team_id: UUID) -> Parts:
    """What the page shows that asks whether a team may end: with how many cases and funds."""
    return {
        **team_parts(session, team_id),
        "open_cases": len(_open_cases(session, team_id)),
        "funds": sorted(fund.name for fund in _funds(session, team_id)),
    }


def lock_with_cases(session: Session, team_id: UUID) -> tuple[Team, Sequence[Application]]:
    """A team, after its open cases and its funds, as everybody takes them (adr 28).

    Raises ``NotFoundError`` for one that has ended.
    """
    cases = [
        locked_application(session, application_id)[1]
        for application_id in _open_cases(session, team_id)
    ]
    for fund in _funds(session, team_id):
        locked_fund(session, fund.id)
    return locked_team(session, team_id), cases


def end_team(session: Session, *, team_id: UUID, lets_cases_go: bool, actor: Actor) -> int:
    """End a team; its open cases go to no team, if ``lets_cases_go``. Returns how many went.

    Each case and fund has it in its own trail. Raises ``DomainError`` ``team_has_cases`` at
    ``lets_cases_go``, ``team_got_cases`` when one came to it at this moment, and
    ``ForbiddenError`` ``only_appointers``.
    """
    team, cases = lock_with_cases(session, team_id)
    funds = _funds(session, team_id)
    if cases and not lets_cases_go:
        raise DomainError("team_has_cases", field="lets_cases_go", count=len(cases))
    if len(_open_cases(session, team_id)) > len(cases):
        # It is not held, and whoever holds it may wait for the team.
        raise DomainError("team_got_cases")
    for application in cases:
        put_with_team(session, application, None, actor=actor)
    for fund in funds:
        fund.team_id = None
        audit.record(
            session,
            actor=actor,
            action=Action.FUND_TEAM_CHANGED,
            subject=fund_subject(fund),
            detail={"team_before": team.name},
        )
    session.flush()
    close_team(session, team, actor=actor, cases=len(cases), funds=len(funds))
    return len(cases)


def put_with_team(
    session: Session,
    application: Application,
    team_id: UUID | None,
    *,
    reason: str = "",
    actor: Actor,
) -> None:
    """Let a team have a held case, or none; written down. It has it already: nothing is done.

    Raises ``DomainError`` at ``team`` for one of another municipality, or that has ended.
    """
    if application.team_id == team_id:
        return
    before = session.get(Team, application.team_id) if application.team_id else None
    team = require_team(session, team_id, application.municipality_id) if team_id else None
    application.team_id = team_id
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_TEAM_CHANGED,
        subject=application_subject(application),
        reason=reason.strip() or None,
        detail={
            "team_before": before.name if before else None,
            "team": team.name if team else None,
        },
    )


def _open_cases(session: Session, team_id: UUID) -> Sequence[UUID]:
    """In the order in which campaigns are locked."""
    statement = select(Application.id).where(
        Application.team_id == team_id,
        Application.status.not_in([state.value for state in OVER]),
    )
    return session.scalars(statement.order_by(Application.campaign_id, Application.id)).all()


def _funds(session: Session, team_id: UUID) -> Sequence[Fund]:
    return session.scalars(select(Fund).where(Fund.team_id == team_id).order_by(Fund.id)).all()
