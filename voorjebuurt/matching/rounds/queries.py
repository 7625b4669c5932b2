"""Reading rounds: what each divided, and what every application got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.models import Application, FundVersion
from voorjebuurt.matching.rounds.service import rounds_of
from voorjebuurt.rulebook.values import jsontext


class RoundLine(NamedTuple):
    """One application in a round (eurocents); ``factor`` is exact text."""

    application_id: UUID
    number: str
    title: str
    claim_cents: int
    award_cents: int
    factor: str


@dataclass(frozen=True)
class RoundView:
    """A round as people read it (eurocents)."""

    number: int
    version: int
    ran_at: datetime
    ceiling_cents: int
    left_cents: int
    facts_sha256: str
    lottery_seed: str | None
    lines: Sequence[RoundLine]


def draws_lots(session: Session, fund_id: UUID) -> bool:
    """Whether a version of the rules draws lots: then a round needs its number."""
    texts = session.scalars(select(FundVersion.rules).where(FundVersion.fund_id == fund_id))
    return any(jsontext.parse(text)["divide"]["kind"] == "lottery" for text in texts)


def round_views(session: Session, fund_id: UUID) -> Sequence[RoundView]:
    """Every round of a fund with its applications, the highest award first."""
    return [
        RoundView(
            number=row.number,
            version=session.get_one(FundVersion, row.version_id).number,
            ran_at=row.ran_at,
            ceiling_cents=row.ceiling_cents,
            left_cents=row.outcome["left_cents"],
            facts_sha256=row.facts_sha256,
            lottery_seed=jsontext.parse(row.facts).get("lottery_seed"),
            lines=_lines(session, row.id, row.outcome),
        )
        for row in rounds_of(session, fund_id)
    ]


def _lines(session: Session, round_id: UUID, outcome: dict[str, dict[str, str]]) -> list[RoundLine]:
    statement = (
        select(Application.id, Application.number, Campaign.title)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(Application.round_id == round_id)
    )
    lines = [
        RoundLine(
            application_id=row.id,
            number=row.number,
            title=row.title,
            claim_cents=int(outcome["claims"][str(row.id)]),
            award_cents=int(outcome["awards"][str(row.id)]),
            factor=outcome["factors"][str(row.id)],
        )
        for row in session.execute(statement)
    ]
    return sorted(lines, key=lambda line: (-line.award_cents, line.number))
