"""The gifts of a campaign that count, as the rule engine reads them."""

from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.pledges.models import MatchClaim
from voorjebuurt.rulebook.facts import Gift

_SIGN = case((MatchClaim.kind == "gift", 1), else_=-1)


def counted_gifts(
    session: Session, campaign_id: UUID, *, up_to: int | None = None
) -> dict[UUID, tuple[int, Gift]]:
    """By pledge: place and gift of the claim that stands; ``up_to`` is the last that was seen."""
    cents = func.sum(_SIGN * MatchClaim.amount_cents)
    statement = (
        select(
            MatchClaim.pledge_id,
            func.max(MatchClaim.seq),
            MatchClaim.donor_key,
            cents,
            MatchClaim.area_code,
            MatchClaim.matchable,
        )
        .where(MatchClaim.campaign_id == campaign_id)
        .group_by(
            MatchClaim.pledge_id, MatchClaim.donor_key, MatchClaim.area_code, MatchClaim.matchable
        )
        .having(cents > 0)
    )
    if up_to is not None:
        statement = statement.where(MatchClaim.seq <= up_to)
    return {
        pledge_id: (seq, Gift(donor, int(total), area, matchable))
        for pledge_id, seq, donor, total, area, matchable in session.execute(statement)
    }
