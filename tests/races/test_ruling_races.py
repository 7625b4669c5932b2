"""Officers and objectors at one objection at the same moment, with real commits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.case_steps import draft, heard
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories.towns import (
    Town,
    officer,
    town_divided,
)
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import DefaultNotice, ObjectionRuling
from voorjebuurt.decisions.objections.court.penalties import register_default
from voorjebuurt.decisions.objections.intake.service import (
    Objector,
    object_to_decision,
    register_objection,
)
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError


def test_an_objection_is_decided_while_it_is_taken_back(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    case = build(town_divided)
    place = case.fund.municipality_id
    rosa, bram = build(lambda s: (officer(s, place, "Rosa"), officer(s, place, "Bram")))
    decision_id = build(lambda s: case.send(s, "refusal", 0, "requirement").id)
    objection_id = build(
        lambda s: object_to_decision(
            s, decision_id=decision_id, grounds="Nee", actor=case.initiator
        )
    )
    new = Replacement("refusal", 0, ("rule",), "Om een andere reden.")

    def propose_one(session: Session) -> UUID:
        heard(session, session.get_one(Objection, objection_id), rosa)
        return propose_ruling(
            session, objection_id=objection_id, draft=draft("upheld", new), actor=rosa
        )

    ruling_id = build(propose_one)
    build(lambda s: approve_ruling(s, ruling_id=ruling_id, recall_minutes=0, actor=bram))
    results = at_once(
        alone(lambda s: send_ruling(s, ruling_id=ruling_id)),
        alone(lambda s: withdraw_objection(s, objection_id=objection_id, actor=case.initiator)),
    )
    no_deadlock(results)
    with fresh_database.reading() as session:
        objection = session.get_one(Objection, objection_id)
        ruling = session.get_one(ObjectionRuling, ruling_id)
        assert (objection.status, ruling.status) in {
            ("upheld", "sent"),
            ("withdrawn", "recalled"),
        }
        decisions = session.scalars(select(Decision.status)).all()
        assert len(decisions) == (2 if ruling.status == "sent" else 1)


def test_two_officers_propose_a_decision_on_one_objection(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    case = build(town_divided)
    place = case.fund.municipality_id
    rosa, bram = build(lambda s: (officer(s, place, "Rosa"), officer(s, place, "Bram")))
    decision_id = build(lambda s: case.send(s, "refusal", 0, "requirement").id)
    objection_id = build(
        lambda s: object_to_decision(
            s, decision_id=decision_id, grounds="Nee", actor=case.initiator
        )
    )
    build(lambda s: heard(s, s.get_one(Objection, objection_id), rosa))

    def propose_by(actor: Actor) -> Callable[[Session], UUID]:
        return lambda s: propose_ruling(
            s, objection_id=objection_id, draft=draft("rejected"), actor=actor
        )

    results = at_once(alone(propose_by(rosa)), alone(propose_by(bram)))
    no_deadlock(results)
    with fresh_database.reading() as session:
        assert session.scalars(select(ObjectionRuling.status)).all() == ["proposed"]


@dataclass
class Two:
    """Two objections to a refusal that are ready to be decided on, and who may do so."""

    case: Town
    decision_id: UUID
    own_id: UUID
    theirs_id: UUID
    rosa: Actor
    bram: Actor


@pytest.fixture
def both(build: Build) -> Two:
    """See ``Two``."""
    case = build(town_divided)
    place = case.fund.municipality_id
    rosa, bram = build(lambda s: (officer(s, place, "Rosa"), officer(s, place, "Bram")))
    decision_id = build(lambda s: case.send(s, "refusal", 0, "requirement").id)
    own_id = build(
        lambda s: object_to_decision(
            s, decision_id=decision_id, grounds="Nee", actor=case.initiator
        )
    )
    theirs_id = build(lambda s: by_neighbour(s, decision_id, rosa, "Mevrouw Van Dam"))
    for key in (own_id, theirs_id):
        build(partial(hear, objection_id=key, actor=rosa))
    return Two(case, decision_id, own_id, theirs_id, rosa, bram)


def hear(session: Session, *, objection_id: UUID, actor: Actor) -> None:
    heard(session, session.get_one(Objection, objection_id), actor)


def by_neighbour(session: Session, decision_id: UUID, actor: Actor, name: str) -> UUID:
    return register_objection(
        session,
        decision_id=decision_id,
        grounds="Ook nee",
        channel="letter",
        received_on=clock.today(),
        posted_on=None,
        objector=Objector(name, "Duinlaan 4"),
        actor=actor,
    )


def approved_together(build: Build, both: Two) -> UUID:
    new = Replacement("refusal", 0, ("rule",), "Om een andere reden.")
    joint = draft("upheld", new, joined=[both.theirs_id])
    ruling_id = build(
        lambda s: propose_ruling(s, objection_id=both.own_id, draft=joint, actor=both.rosa)
    )
    build(lambda s: approve_ruling(s, ruling_id=ruling_id, recall_minutes=0, actor=both.bram))
    return ruling_id


def test_one_of_two_is_taken_back_while_both_are_decided_on(
    fresh_database: Database, build: Build, alone: Alone, both: Two
) -> None:
    ruling_id = approved_together(build, both)
    results = at_once(
        alone(lambda s: send_ruling(s, ruling_id=ruling_id)),
        alone(
            lambda s: withdraw_objection(
                s, objection_id=both.theirs_id, reason="Per brief.", actor=both.rosa
            )
        ),
    )
    no_deadlock(results)
    with fresh_database.reading() as session:
        statuses = [session.get_one(Objection, key).status for key in (both.own_id, both.theirs_id)]
        ruling = session.get_one(ObjectionRuling, ruling_id)
        assert (ruling.status, statuses) in [
            ("sent", ["upheld", "upheld"]),
            ("recalled", ["received", "withdrawn"]),
        ]


def test_another_objection_comes_in_while_the_decision_is_revoked(
    fresh_database: Database, build: Build, alone: Alone, both: Two
) -> None:
    """It is never left behind, about a decision that does not hold any more."""
    ruling_id = approved_together(build, both)
    results = at_once(
        alone(lambda s: send_ruling(s, ruling_id=ruling_id)),
        alone(lambda s: by_neighbour(s, both.decision_id, both.rosa, "Meneer Bos")),
    )
    no_deadlock(results)
    with fresh_database.reading() as session:
        is_sent = session.get_one(ObjectionRuling, ruling_id).status == "sent"
        late = session.scalars(select(Objection).where(Objection.party_name == "Meneer Bos")).all()
        assert is_sent != bool(late)
        code = "decision_revoked" if is_sent else "objections_left_out"
        assert code in [each.code for each in results if isinstance(each, DomainError)]


def test_notices_of_two_people_at_once_are_two_and_of_one_person_one(
    fresh_database: Database, build: Build, alone: Alone, both: Two
) -> None:
    """Everybody who objected has a notice of their own (Awb 4:17)."""
    with fresh_database.reading() as session:
        late_on = max(
            session.get_one(Objection, key).decide_by for key in (both.own_id, both.theirs_id)
        ) + timedelta(days=1)

    def writes(objection_id: UUID) -> Callable[[Session], UUID]:
        def deed(session: Session) -> UUID:
            with clock.at(clock.noon(late_on)):
                return register_default(
                    session,
                    application_id=both.case.application.id,
                    objection_id=objection_id,
                    received_on=late_on,
                    actor=both.rosa,
                )

        return deed

    results = at_once(
        *(alone(writes(key)) for key in (both.own_id, both.theirs_id, both.own_id, both.theirs_id))
    )
    no_deadlock(results)
    refusals = [each for each in results if isinstance(each, Exception)]
    assert [isinstance(each, DomainError) and each.code for each in refusals] == [
        "default_open_already"
    ] * 2
    with fresh_database.reading() as session:
        notices = session.scalars(select(DefaultNotice)).all()
        assert {notice.objection_id for notice in notices} == {both.own_id, both.theirs_id}
        assert len({notice.number for notice in notices}) == len(notices) == 2
