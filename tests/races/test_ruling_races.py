"""Officers and objectors at one objection at the same moment, with real commits."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.case_steps import draft, heard
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories.towns import (
    officer,
    town_divided,
)
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.intake.service import object_to_decision
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database


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
