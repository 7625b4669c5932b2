"""A campaign's states in PostgreSQL: every step the table refuses, and only one way through."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import voorjebuurt
from tests.support.factories.campaigns import CampaignFactory
from voorjebuurt.audit import queries as audit
from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, PUBLIC, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id

LEGAL = [
    (state, action)
    for state in CampaignStatus
    for action in CAMPAIGN_TRANSITIONS.table
    if CAMPAIGN_TRANSITIONS.allowed(state, action)
]


@pytest.mark.parametrize(("state", "action"), CAMPAIGN_TRANSITIONS.refused(CampaignStatus), ids=str)
def test_a_refused_transition_changes_nothing(
    session: Session, state: CampaignStatus, action: str
) -> None:
    campaign = locked_campaign(session, CampaignFactory(status=state.value).id)

    with pytest.raises(TransitionError) as refusal:
        move_campaign(session, campaign=campaign, action=action, actor=SYSTEM)

    assert refusal.value.values == {"state": state.value, "action": action}
    session.flush()
    row = session.execute(
        select(Campaign.status, Campaign.version).where(Campaign.id == campaign.id)
    ).one()
    assert tuple(row) == (state.value, 1)
    assert audit.trail(session, "campaign", campaign.id) == []


@pytest.mark.parametrize(("state", "action"), LEGAL, ids=str)
def test_an_allowed_transition_is_stored_and_written_down(
    session: Session, state: CampaignStatus, action: str
) -> None:
    campaign = locked_campaign(session, CampaignFactory(status=state.value).id)
    after = CAMPAIGN_TRANSITIONS.after(state, action)
    if after in PUBLIC:
        campaign.opened_at = campaign.closes_at = clock.now()

    move_campaign(session, campaign=campaign, action=action, actor=SYSTEM, reason="Daarom")

    session.flush()
    row = session.execute(
        select(Campaign.status, Campaign.version).where(Campaign.id == campaign.id)
    ).one()
    assert tuple(row) == (after.value, 2)
    (event,) = audit.trail(session, "campaign", campaign.id)
    assert (event.action, event.reason) == (f"campaign.{action}", "Daarom")
    assert event.detail == {"from": state.value, "to": after.value}


def test_there_is_a_test_for_every_pair_of_state_and_action() -> None:
    illegal = CAMPAIGN_TRANSITIONS.refused(CampaignStatus)

    assert len(illegal) + len(LEGAL) == len(CampaignStatus) * len(CAMPAIGN_TRANSITIONS.table)


def test_an_unknown_campaign_can_not_be_locked(session: Session) -> None:
    with pytest.raises(NotFoundError):
        locked_campaign(session, new_id())


def test_only_the_lifecycle_writes_a_campaigns_status() -> None:
    package = Path(voorjebuurt.__file__).parent
    writers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if _assigns_campaign_status(ast.parse(path.read_text()))
    }

    assert writers == {"campaigns/lifecycle.py"}


def _assigns_campaign_status(tree: ast.Module) -> bool:
    """Whether code says ``campaign.status = …`` or hands a status to a campaign's statement."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        flat = [part for target in targets for part in ast.walk(target)]
        if any(_is_status_of_campaign(part) for part in flat):
            return True
        if isinstance(node, ast.Call) and _names_campaign(node.func):
            sets_status = any(keyword.arg == "status" for keyword in node.keywords)
            if sets_status:
                return True
    return False


def _is_status_of_campaign(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "status"
        and isinstance(node.value, ast.Name)
        and "campaign" in node.value.id
    )


def _names_campaign(function: ast.expr) -> bool:
    """``Campaign(…)``, and ``update(Campaign)….values(…)``."""
    if isinstance(function, ast.Name):
        return function.id == "Campaign"
    if not (isinstance(function, ast.Attribute) and function.attr == "values"):
        return False
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return {"update", "Campaign"} <= names or {"insert", "Campaign"} <= names
