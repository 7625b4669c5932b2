"""Who got their role lately from the proposer is no second pair of eyes on what they propose."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories import payouts as make
from tests.support.factories.people import RoleGrantFactory, appointer
from tests.support.factories.towns import town_divided
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_approval
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import obstacle_to_release, propose_payout, release_payout
from voorjebuurt.people import roles
from voorjebuurt.people.models import Person, RoleProposal
from voorjebuurt.people.rules import Role

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def gets(
    session: Session,
    name: str,
    role: Role,
    *,
    by: tuple[Actor, Actor],
    municipality_id: UUID | None = None,
) -> Actor:
    """A new person in this role, which the first of these proposed and the second confirmed."""
    person = make.person(session, name)
    roles.give_role(
        session,
        person_id=person.id,
        role=role,
        municipality_id=municipality_id,
        mandate_limit_cents=None if municipality_id is None else 5_000_000,
        may_appoint=municipality_id is not None,
        wait=HOUR,
        actor=by[0],
    )
    by_person = select(RoleProposal.id).where(RoleProposal.person_id == person.id)
    proposal_id = session.scalars(by_person).one()
    with clock.at(clock.now() + HOUR):
        roles.confirm_role(session, proposal_id=proposal_id, actor=by[1])
    return make.actor(person, role)


def staff(session: Session, *actors: Actor) -> None:
    for actor in actors:
        RoleGrantFactory(person_id=certain(actor.person_id), role="staff")
    session.flush()


@pytest.mark.parametrize("is_proposer", [True, False])
def test_a_payout_is_not_released_by_who_got_their_role_from_its_proposer_lately(
    session: Session, is_proposer: bool
) -> None:
    with clock.at(NOW):
        case = make.payable_campaign(session)
        make.verified(session, case)
        staff(session, case.anna, case.bram)
        by = (case.anna, case.bram) if is_proposer else (case.bram, case.anna)
        cas = gets(session, "Cas", Role.STAFF, by=by)
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    with clock.at(NOW + HOUR + timedelta(days=30, seconds=-1)):
        with pytest.raises(ForbiddenError) as error:
            release_payout(session, payout_id=payout_id, actor=cas)
        assert (error.value.code, error.value.values) == ("role_from_proposer", {"days": 30})
        assert certain(obstacle_to_release(session, payout_id, cas)).code == "role_from_proposer"
        assert obstacle_to_release(session, payout_id, case.bram) is None
    with clock.at(NOW + HOUR + timedelta(days=30)):
        release_payout(session, payout_id=payout_id, actor=cas)
    assert session.get_one(Payout, payout_id).released_by == cas.person_id


def test_a_payout_that_another_proposed_is_released_by_somebody_new(session: Session) -> None:
    with clock.at(NOW):
        case = make.payable_campaign(session)
        make.verified(session, case)
        dora = make.actor(make.person(session, "Dora"), "staff")
        staff(session, case.anna, case.bram, dora)
        cas = gets(session, "Cas", Role.STAFF, by=(case.anna, case.bram))
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=dora)
        release_payout(session, payout_id=payout_id, actor=cas)
    assert session.get_one(Payout, payout_id).released_by == cas.person_id


def test_a_decision_is_not_approved_by_who_got_their_role_from_its_proposer_lately(
    session: Session,
) -> None:
    with clock.at(NOW):
        case = town_divided(session, claim=50_000)
        place = case.fund.municipality_id
        appointer(session, place, session.get_one(Person, case.olga.person_id))
        bram = appointer(session, place)
        both = gets(session, "Nel", Role.OFFICER, by=(case.olga, bram), municipality_id=place)
        decision_id = case.propose(session, "award", 50_000)
        with pytest.raises(ForbiddenError) as error:
            approve(session, decision_id=decision_id, recall_minutes=0, actor=both)
        assert error.value.code == "role_from_decision_proposer"
        obstacle = obstacle_to_approval(session, decision_id=decision_id, actor=both)
        assert certain(obstacle).code == "role_from_decision_proposer"
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert session.get_one(Decision, decision_id).approved_by == case.piet.person_id
