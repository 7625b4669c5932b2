"""Drawing the lots of cases that become due, by a job: nobody chooses, and nobody draws again."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.inquiries.queries import is_due, undrawn
from voorjebuurt.decisions.inquiry_models import Lot
from voorjebuurt.decisions.plans.queries import later_days
from voorjebuurt.decisions.rules.draws import SEED_BYTES, falls_on, lot_value
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.models import Application


def due_for_draw(session: Session) -> dict[UUID, UUID]:
    """The cases that became due and have no lot yet, by id, with their fund."""
    rows = session.execute(undrawn().order_by(Application.number)).all()
    later = later_days(session, [row.id for row in rows])
    return {
        row.id: row.fund_id
        for row in rows
        if is_due(
            row.status,
            row.arrangement_weeks,
            clock.local(row.committed_at).date(),
            later=later.get(row.id),
        )
    }


def new_seeds(fund_of_case: Mapping[UUID, UUID]) -> dict[UUID, str]:
    """A seed for each of these funds, of the chance of the machine."""
    return {fund_id: secrets.token_hex(SEED_BYTES) for fund_id in set(fund_of_case.values())}


def draw_lot(session: Session, *, application_id: UUID, seed: str) -> bool:
    """Draw for one case; returns whether it was drawn now.

    A case has one lot: what another worker drew meanwhile stays.
    """
    _, application = locked_application(session, application_id)
    row = session.execute(undrawn().where(Application.id == application_id)).one_or_none()
    if row is None:
        return False
    value = lot_value(seed, application.number)
    lot = Lot(
        application_id=application.id,
        fund_id=application.fund_id,
        municipality_id=application.municipality_id,
        percent=row.sample_percent,
        seed=seed,
        value=value,
        hit=falls_on(value, row.sample_percent),
        at=clock.now(),
    )
    session.add(lot)
    session.flush()
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.APPLICATION_LOT_DRAWN,
        subject=application_subject(application),
        detail={"percent": lot.percent, "seed": seed, "value": value, "hit": lot.hit},
    )
    return True


def is_reproducible(lot: Lot, number: str) -> bool:
    """Whether a lot is what its seed and its case's number make of it."""
    return lot.value == lot_value(lot.seed, number) and lot.hit == falls_on(lot.value, lot.percent)
