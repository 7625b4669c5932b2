"""Campaigns that nearly made it, brought as far as a test needs, inside one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.giving import NEAR_MISS, paid
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.live.changed_plans import approve_plan, send_plan
from voorjebuurt.payments.models import Payment
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.choices.outcome import decide_near_miss, move_on
from voorjebuurt.pledges.closing import decide_campaign, return_contribution, start_closing
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rows import open_near_miss
from voorjebuurt.pledges.near_miss.rules import Plan
from voorjebuurt.pledges.rules import RefundReason

SMALLER = Plan([60_000, 0], "Zonder nieuwe aarde.", asks_rest=False)
"""Of a budget of € 900 and € 300: it needs € 600."""
REST = Plan([90_000, 30_000], "", asks_rest=True)
"""Nothing changes; it still needs its minimum of € 1,000."""
HOUR = timedelta(hours=1)


@dataclass
class Case:
    """A campaign with a minimum of € 1,000 and two gifts of € 500 and € 400, and its people."""

    campaign: Campaign
    initiator: Actor
    coach: Actor
    first: Pledge
    second: Pledge

    @property
    def ended_at(self) -> datetime:
        """An hour after the last day: when it was decided that it nearly made it."""
        return certain(self.campaign.closes_at) + HOUR


def coach(name: str = "Karim") -> Person:
    """Somebody who may review plans."""
    person: Person = PersonFactory(name=name)
    RoleGrantFactory(person_id=person.id, role="coach")
    return person


def running(session: Session, **fields: Any) -> Case:
    """The same before its last day."""
    campaign = CampaignFactory(status="live", **fields)
    initiator = session.get_one(Person, campaign.initiator_id)
    first, _ = paid(session, campaign, amount_cents=50_000, email="een@voorbeeld.example")
    second, _ = paid(session, campaign, amount_cents=40_000, email="twee@voorbeeld.example")
    return Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), first, second)


def nearly(session: Session, **fields: Any) -> Case:
    """Its last day is over, and its initiator can make a plan."""
    case = running(session, **fields)
    miss(session, case)
    return case


def miss(session: Session, case: Case) -> None:
    """Let its last day pass, with almost enough."""
    with clock.at(case.ended_at):
        start_closing(session, campaign_id=case.campaign.id)
        assert decide_campaign(session, campaign_id=case.campaign.id, terms=NEAR_MISS)
    session.flush()
    assert case.campaign.status == "near_miss"


def payment_of(session: Session, gift: Pledge) -> Payment:
    """The payment of a gift."""
    return session.scalars(select(Payment).where(Payment.pledge_id == gift.id)).one()


def near_miss_of(session: Session, case: Case) -> NearMiss:
    """Its near miss, which is not over."""
    return certain(open_near_miss(session, case.campaign.id))


def ask(session: Session, case: Case, plan: Plan = SMALLER) -> NearMiss:
    """A day later the plan is sent and approved: from then on donors choose."""
    with clock.at(clock.now() if clock.travelling() else case.ended_at + timedelta(days=1)):
        send_plan(session, campaign_id=case.campaign.id, plan=plan, actor=case.initiator)
        approve_plan(session, campaign_id=case.campaign.id, note="", actor=case.coach)
    session.flush()
    return near_miss_of(session, case)


def asking(session: Session, plan: Plan = SMALLER, **fields: Any) -> Case:
    """Donors choose now."""
    case = nearly(session, **fields)
    ask(session, case, plan)
    return case


def in_time(case: Case, days: int = 2) -> datetime:
    """A moment at which donors can choose."""
    return case.ended_at + timedelta(days=days)


def finish(session: Session, case: Case, *, at: datetime | None = None) -> bool:
    """Do what the timer does at its end; whether there is an outcome."""
    end = at or near_miss_of(session, case).ends_at
    with clock.at(end):
        for pledge_id in move_on(session, campaign_id=case.campaign.id):
            return_contribution(
                session, pledge_id=pledge_id, reason=RefundReason.NO_ANSWER, actor=SYSTEM
            )
        if case.campaign.status != "near_miss":
            return True
        is_decided = decide_near_miss(session, campaign_id=case.campaign.id)
    session.flush()
    return is_decided
