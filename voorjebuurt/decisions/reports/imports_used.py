"""Decisions that rest on an import of figures, to look at when it is rolled back."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.matching.models import Application, Fund


class DecisionUsing(NamedTuple):
    """A decision that used an import. ``sent_at`` is None for one that was not sent (yet)."""

    decision_id: UUID
    number: str
    kind: str
    status: str
    amount_cents: int
    proposed_at: datetime
    sent_at: datetime | None
    application_id: UUID
    application: str
    campaign: str
    fund_id: UUID
    fund: str
    municipality_id: UUID


def decisions_using(session: Session, import_id: UUID) -> list[DecisionUsing]:
    """Every decision that rests on figures of this import; latest first.

    In a shared pot the figures of others count too: so all decisions of a round that used the
    import are listed, also those on an application whose own area was not in it.
    """
    statement = (
        select(
            Decision.id,
            Decision.number,
            Decision.kind,
            Decision.status,
            Decision.amount_cents,
            Decision.proposed_at,
            Decision.sent_at,
            Application.id,
            Application.number,
            Campaign.title,
            Fund.id,
            Fund.name,
            Decision.municipality_id,
        )
        .join(Application, Application.id == Decision.application_id)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Fund, Fund.id == Decision.fund_id)
        .where(Decision.import_ids.has_key(str(import_id)))
        .order_by(Decision.proposed_at.desc(), Decision.id.desc())
    )
    return [DecisionUsing._make(row) for row in session.execute(statement)]
