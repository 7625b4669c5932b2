"""Which team gets a fund's new applications. Nobody outside sees it, so it may always change."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.funds.lifecycle import fund_subject, officers_fund
from voorjebuurt.matching.models import Fund
from voorjebuurt.people.teams.queries import team_names
from voorjebuurt.people.teams.service import require_team


def choose_team(session: Session, *, fund_id: UUID, team_id: UUID | None, actor: Actor) -> None:
    """Let new applications to a fund go to this team, or to none; the one it has stays quietly.

    Applications that are in keep their own. Raises ``DomainError`` at ``team`` for one of another
    municipality, or that has ended.
    """
    fund = officers_fund(session, fund_id, actor)
    if fund.team_id == team_id:
        return
    team = require_team(session, team_id, fund.municipality_id) if team_id else None
    before = team_names(session, [fund.team_id])
    detail = {
        "team_before": before.get(fund.team_id) if fund.team_id else None,
        "team": team.name if team else None,
    }
    fund.team_id = team_id
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_TEAM_CHANGED,
        subject=fund_subject(fund),
        detail=detail,
    )


def team_of_fund_parts(session: Session, fund_id: UUID) -> Parts:
    """Which team that is, to be held against later. Raises ``NotFoundError``."""
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    names = team_names(session, [fund.team_id])
    return {"fund_team": names.get(fund.team_id) if fund.team_id else ""}
