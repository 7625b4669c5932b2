"""Cases that are determined ex officio: one that was drawn, and proof in every state."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_WORD, Values
from tests.support.factories import towns
from tests.support.factories.campaigns import CampaignFactory
from tests.support.inquiries import CLAIM, EX_OFFICIO
from voorjebuurt.decisions.inquiries.answers import answer_inquiry
from voorjebuurt.decisions.inquiries.draws import draw_lot
from voorjebuurt.decisions.inquiries.questions import ProofQuestion, ask_for_proof, close_inquiry
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood

LONG_AGO = timedelta(weeks=30)


def proof_values(
    session: Session, buurt: Neighbourhood, officer: Actor, applicant: Person
) -> dict[str, list[Values]]:
    """One case drawn and not asked, and one with a question that is open, answered and closed."""
    with clock.at(clock.now() - LONG_AGO):
        fund, cases = _awarded(session, buurt, officer, applicant)
    first, *others = cases
    for number, application in enumerate(cases):
        draw_lot(session, application_id=application.id, seed=f"{number:064x}")
    ids = [_asked(session, application, officer) for application in others]
    for inquiry_id in ids[1:]:
        answer_inquiry(
            session,
            inquiry_id=inquiry_id,
            answer=f"Zie de foto’s van {LONG_WORD}.\n\nEn van het feest.",
            actor=Actor("person", applicant.id),
        )
    close_inquiry(
        session, inquiry_id=ids[2], finding="gap", text=f"{LONG_WORD} ontbreekt.", actor=officer
    )
    every = [{"inquiry_id": key} for key in ids]
    return {
        "officer.ask_for_proof": [{"application_id": first.id}],
        "officer.show_inquiry": every,
        "officer.register_inquiry_answer": every[:1],
        "officer.extend_inquiry": every[:1],
        "officer.close_inquiry": every[:2],
        "officer.show_lots": [{"fund_id": fund.id}],
        "officer.note_adoption": [{"municipality_id": fund.municipality_id}],
        "officer.show_application": [{"application_id": each.id} for each in cases],
        "resident.show_inquiry": every,
        "resident.answer_inquiry": every[:1],
        "resident.show_application": [{"application_id": each.id} for each in others],
    }


def _asked(session: Session, application: Application, officer: Actor) -> UUID:
    question = ProofQuestion(
        "sample", "", f"Foto’s van {LONG_WORD}.\nTwee is genoeg.", clock.today() + timedelta(21)
    )
    return ask_for_proof(session, application_id=application.id, question=question, actor=officer)


def _awarded(
    session: Session, buurt: Neighbourhood, officer: Actor, applicant: Person
) -> tuple[Fund, list[Application]]:
    fund = towns.town_fund(
        buurt.municipality_id,
        name="Kleine bedragen met een steekproef",
        draft_arrangements=EX_OFFICIO,
        draft_sample_percent=100,
    )
    colleague = towns.officer(session, buurt.municipality_id, "Loes Loting", 900_000_000)
    campaigns = [
        CampaignFactory(
            neighbourhood=buurt, initiator=applicant, status="succeeded", goal_cents=10_000_000
        )
        for _ in range(4)
    ]
    cases = [towns.applied(session, fund, campaign) for campaign in campaigns]
    for application in cases:
        towns.admitted(session, application, officer)
    towns.divided(session, fund, {application.id: CLAIM for application in cases})
    for application in cases:
        values: dict[str, Any] = {"kind": "award", "amount_cents": CLAIM, "grounds": []}
        decision_id = propose(
            session, application_id=application.id, reason="", actor=officer, **values
        )
        approve(session, decision_id=decision_id, recall_minutes=0, actor=colleague)
        assert send_decision(session, decision_id=decision_id)
    return fund, cases
