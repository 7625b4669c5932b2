"""A decision that waits to be sent, and whose approver is no officer any more."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.towns import Town, officer, town_divided
from tests.support.giving import alerts
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.rulings.approvals import approve, recall
from voorjebuurt.decisions.rulings.sending import alert_not_sent, send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people.models import RoleGrant


@pytest.fixture
def case(session: Session) -> Town:
    return town_divided(session)


def grant_of(session: Session, actor: Actor) -> RoleGrant:
    return session.scalars(select(RoleGrant).where(RoleGrant.person_id == actor.person_id)).one()


def approved_and_gone(session: Session, case: Town) -> Decision:
    decision_id = case.propose(session, "award", 50_000)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    grant = grant_of(session, case.piet)
    grant.revoked_at, grant.revoked_by = clock.now(), case.olga.person_id
    session.flush()
    return session.get_one(Decision, decision_id)


def test_a_decision_of_who_left_is_held_and_a_colleague_recalls_it(
    session: Session, case: Town
) -> None:
    decision = approved_and_gone(session, case)
    with pytest.raises(DomainError, match="approver_left"):
        send_decision(session, decision_id=decision.id)
    assert (decision.status, decision.sent_at) == ("approved", None)
    assert case.match(session).status == "open", "nothing moved"
    alert_not_sent(session, decision_id=decision.id, code="approver_left")
    assert alerts(session) == ["decision_not_sent"]
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    assert rosa.person_id is not None
    desk = desk_of(session, officer_id=rosa.person_id, municipality_id=case.fund.municipality_id)
    assert {work.kind.value for work in work_list(session, desk)} == {"recall", "alert"}
    recall(session, decision_id=decision.id, reason="Opnieuw.", actor=rosa)
    decision_id = case.propose(session, "award", 50_000)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=rosa)
    assert send_decision(session, decision_id=decision_id)


def test_with_the_role_back_it_goes_out(session: Session, case: Town) -> None:
    decision = approved_and_gone(session, case)
    with pytest.raises(DomainError, match="approver_left"):
        send_decision(session, decision_id=decision.id)
    session.add(
        RoleGrant(
            person_id=case.piet.person_id,
            role="officer",
            municipality_id=case.fund.municipality_id,
            mandate_limit_cents=1,
            granted_at=clock.now(),
        )
    )
    session.flush()
    assert send_decision(session, decision_id=decision.id)


def test_who_proposed_it_may_have_left(session: Session, case: Town) -> None:
    """The signature is that of who approved."""
    decision_id = case.propose(session, "award", 50_000)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    grant = grant_of(session, case.olga)
    grant.revoked_at, grant.revoked_by = clock.now(), case.piet.person_id
    session.flush()
    assert send_decision(session, decision_id=decision_id)
