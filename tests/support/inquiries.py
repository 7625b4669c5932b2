"""Cases of which nothing is accounted for, their lots, and proof that is asked for."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.factories.towns import Town, town_divided
from voorjebuurt.decisions.inquiries.draws import draw_lot, due_for_draw
from voorjebuurt.decisions.inquiries.questions import ProofQuestion, ask_for_proof
from voorjebuurt.decisions.inquiry_models import Inquiry, Lot
from voorjebuurt.kernel import clock

CLAIM = 50_000
"""What such cases were awarded, in eurocents."""
AWARD_AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
DUE_AT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
"""A day after the 26 weeks to carry out the plan."""
EX_OFFICIO: list[dict[str, Any]] = [{"from_cents": 0, "way": "ex_officio"}]
TWO_WEEKS = timedelta(days=14)


def ex_officio(session: Session, *, percent: int = 0) -> Town:
    """An award that is determined ex officio, in a fund with a sample of so many percent."""
    case = town_divided(
        session,
        claim=CLAIM,
        draft_arrangements=EX_OFFICIO,
        draft_sample_percent=percent,
    )
    case.send(session, "award", CLAIM)
    return case


def drawn(session: Session, *, seed: str = "0" * 64) -> int:
    """Draw for what is due, with this seed; how many."""
    return sum(draw_lot(session, application_id=key, seed=seed) for key in due_for_draw(session))


def lot(session: Session, case: Town) -> Lot:
    """The lot of a case."""
    return session.get_one(Lot, case.application.id)


def question(ground: str = "cause", **changes: Any) -> ProofQuestion:
    """Photos, within two weeks; for a cause, unless the lot says so."""
    values = {
        "ground": ground,
        "cause": "Een buurman belde ons." if ground == "cause" else "",
        "asked": "Foto’s van de bomen.",
        "until": clock.today() + TWO_WEEKS,
        **changes,
    }
    return ProofQuestion(**values)


def asked(session: Session, case: Town, ground: str = "cause", **changes: Any) -> Inquiry:
    """Olga asks for proof."""
    inquiry_id: UUID = ask_for_proof(
        session,
        application_id=case.application.id,
        question=question(ground, **changes),
        actor=case.olga,
    )
    return session.get_one(Inquiry, inquiry_id)
