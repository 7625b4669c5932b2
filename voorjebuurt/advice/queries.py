"""How a campaign stands, gathered from everywhere, for what its initiator can best do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from voorjebuurt.advice.rules import Situation
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.rules import OfferState
from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.questions.queries import waiting_for
from voorjebuurt.campaigns.rewards.models import Reward
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.decisions.accounting.queries import accounting_days
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.last_terms.queries import last_terms_of
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.decisions.rules.views import ViewsStatus
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.rules import CURRENT_PAYEE
from voorjebuurt.payouts.validity import STANDS
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import NearMissState
from voorjebuurt.pledges.queries import CrowdTotal
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rewards.rules import ChoiceState
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.thanks.models import Thanks


@dataclass(frozen=True)
class AccountingRow:
    """Match money that is, or was, accounted for. ``by``: the last day, while it must be done.

    ``spent_cents`` is what the last account came to; None without one, or without amounts.
    """

    application_id: UUID
    fund: str
    by: date | None
    sent_at: datetime | None
    spent_cents: int | None


def accountings_of_campaign(session: Session, campaign_id: UUID) -> Sequence[AccountingRow]:
    """The accounts that a campaign must give, and those that it gave; what must be done first."""
    due = {
        key: terms[-1].until if (terms := last_terms_of(session, key)) else day
        for key, day in accounting_days(session, campaign_id=campaign_id).items()
    }
    last = (
        select(Accounting)
        .ext(distinct_on(Accounting.application_id))
        .order_by(Accounting.application_id, Accounting.at.desc())
        .subquery()
    )
    statement = (
        select(Application.id, Fund.name, last.c.at, last.c.spent_cents)
        .join(Fund, Fund.id == Application.fund_id)
        .outerjoin(last, last.c.application_id == Application.id)
        .where(
            Application.campaign_id == campaign_id,
            or_(Application.id.in_(list(due)), last.c.at.is_not(None)),
        )
    )
    rows = [
        AccountingRow(key, fund, due.get(key), sent_at, spent_cents)
        for key, fund, sent_at, spent_cents in session.execute(statement)
    ]
    return sorted(rows, key=lambda row: (row.by is None, row.by or date.min, row.fund))


class OpenIntention(NamedTuple):
    """What a municipality intends to decide against a campaign; ``until``: views come by then."""

    intention_id: UUID
    until: date


def intention_of_campaign(session: Session, campaign_id: UUID) -> OpenIntention | None:
    """The first on which views can still be given; None when no municipality waits for any."""
    statement = (
        select(Intention.id, Intention.until)
        .join(Application, Application.id == Intention.application_id)
        .where(
            Application.campaign_id == campaign_id,
            Intention.status == ViewsStatus.OPEN,
            Intention.until >= clock.today(),
        )
        .order_by(Intention.until, Intention.id)
        .limit(1)
    )
    row = session.execute(statement).first()
    return OpenIntention(*row) if row else None


def situation_of(
    session: Session,
    campaign: PageRow,
    total: CrowdTotal,
    accountings: Sequence[AccountingRow] = (),
    intention: OpenIntention | None = None,
) -> Situation:
    """How a campaign stands today; ``total`` and what follows it are those of the campaign."""
    today = clock.today()
    near_miss = last_near_miss(session, campaign.id)
    return Situation(
        status=CampaignStatus(campaign.status),
        takes_gifts=campaign.takes_gifts,
        days_open=day_of(campaign),
        days_left=(campaign.deadline_on - today).days if campaign.deadline_on else None,
        end_days=_days_since(campaign.decided_at),
        donors=total.donors,
        percent=100 * total.sure_cents // (campaign.minimum_cents or campaign.goal_cents or 1),
        goal_percent=100 * total.crowd_cents // (campaign.goal_cents or 1),
        questions=waiting_for(session, campaign.id),
        offers=_offers(session, campaign.id),
        update_days=_days_since(_last_update(session, campaign.id)),
        gifts=_unthanked(session, campaign.id),
        deliveries=_deliveries(session, campaign.id),
        has_payee=_has_payee(session, campaign.id),
        has_plan=near_miss is None or near_miss.state != NearMissState.PLANNING,
        accounting_by=next((row.by for row in accountings if row.by is not None), None),
        views_by=intention.until if intention else None,
    )


def day_of(campaign: PageRow) -> int:
    """Which day of a campaign today is; 1 on the day on which it went live."""
    days = _days_since(campaign.opened_at)
    return 1 if days is None else days + 1


def _days_since(moment: datetime | None) -> int | None:
    return None if moment is None else (clock.today() - clock.local(moment).date()).days


def _offers(session: Session, campaign_id: UUID) -> int:
    statement = (
        select(func.count(NeedOffer.id))
        .join(Need, Need.id == NeedOffer.need_id)
        .where(Need.campaign_id == campaign_id, NeedOffer.state == OfferState.OFFER.value)
    )
    return session.scalar(statement) or 0


def _last_update(session: Session, campaign_id: UUID) -> datetime | None:
    statement = select(func.max(CampaignUpdate.published_at)).where(
        CampaignUpdate.campaign_id == campaign_id, CampaignUpdate.withdrawn_at.is_(None)
    )
    return session.scalar(statement)


def _unthanked(session: Session, campaign_id: UUID) -> int:
    """Gifts that count, that came after the last thanks to all and got none of their own."""
    last_to_all = (
        select(func.max(Thanks.sent_at))
        .where(Thanks.campaign_id == campaign_id, Thanks.pledge_id.is_(None))
        .scalar_subquery()
    )
    own = select(Thanks.id).where(Thanks.pledge_id == Pledge.id).exists()
    statement = select(func.count(Pledge.id)).where(
        Pledge.campaign_id == campaign_id,
        Pledge.status == PledgeStatus.BOOKED.value,
        or_(last_to_all.is_(None), Pledge.booked_at > last_to_all),
        ~own,
    )
    return session.scalar(statement) or 0


def _deliveries(session: Session, campaign_id: UUID) -> int:
    statement = (
        select(func.count(RewardChoice.pledge_id))
        .join(Reward, Reward.id == RewardChoice.reward_id)
        .where(
            Reward.campaign_id == campaign_id,
            RewardChoice.state == ChoiceState.GRANT.value,
            RewardChoice.delivered_at.is_(None),
        )
    )
    return session.scalar(statement) or 0


def _has_payee(session: Session, campaign_id: UUID) -> bool:
    statement = select(Payee.id).where(
        Payee.campaign_id == campaign_id, Payee.status.in_(CURRENT_PAYEE), STANDS
    )
    return session.scalar(statement) is not None
