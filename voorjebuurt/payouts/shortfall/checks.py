"""What must be true of money while a campaign has its second chance."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.ledger.checks import MOST_ROWS, CheckResult, shown
from voorjebuurt.ledger.models import LedgerAccount, LedgerBalance


def near_misses_owe_nothing(session: Session) -> CheckResult:
    """Nothing is payable to the initiator while donors choose: all of it is held."""
    payable_cents = (
        select(func.coalesce(func.sum(LedgerBalance.balance_cents), 0))
        .join(LedgerAccount, LedgerAccount.id == LedgerBalance.account_id)
        .where(LedgerAccount.base == "payable", LedgerAccount.owner_id == Campaign.id)
        .scalar_subquery()
    )
    statement = select(Campaign.slug, payable_cents.label("cents")).where(
        Campaign.status == CampaignStatus.NEAR_MISS
    )
    rows = session.execute(statement.order_by(Campaign.slug)).all()
    return CheckResult(
        name="near_misses_owe_nothing",
        compared=len(rows),
        total_cents=sum(int(row.cents) for row in rows),
        differences=shown(
            [row for row in rows if row.cents][:MOST_ROWS],
            "{slug}: {cents} cents payable in a near miss",
        ),
    )
