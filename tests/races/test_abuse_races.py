"""Two people at once: reports keep to their bound, and one decision counts."""

from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.abuse import report
from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.reporting import Reporting, report_abuse
from voorjebuurt.abuse.rules import MOST_UNNAMED, AbuseMeasure, AbuseReason, AbuseThing
from voorjebuurt.abuse.triage import Decision, decide_report, take_report
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError


def scene(session: Session) -> tuple[UUID, UUID, list[Actor]]:
    campaign = CampaignFactory(status="live")
    session.flush()
    row = report(session, campaign.id)
    return campaign.id, row.id, [actor_of(PersonFactory(), "staff") for _ in range(2)]


def test_many_reports_at_once_keep_to_the_bound(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    campaign_id, _, _ = build(scene)
    deeds = [
        alone(
            partial(
                report_abuse,
                thing=AbuseThing.CAMPAIGN,
                thing_id=campaign_id,
                reporting=Reporting(AbuseReason.FRAUD, f"Nummer {number}", "", "nl"),
            )
        )
        for number in range(MOST_UNNAMED + 3)
    ]
    results = at_once(*deeds)
    refusals = [result for result in results if isinstance(result, DomainError)]
    assert [error.code for error in refusals] == ["abuse_unnamed_full"] * 4
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count(AbuseReport.id))) == MOST_UNNAMED


def test_of_two_decisions_at_once_one_counts(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    _, report_id, members = build(scene)
    decisions = (
        Decision(None, "Dit mag."),
        Decision(AbuseMeasure.PAUSE, "U had gelijk.", "Dit mag niet."),
    )
    results = at_once(
        *(
            alone(partial(decide_report, report_id=report_id, decision=decision, actor=actor))
            for decision, actor in zip(decisions, members, strict=True)
        )
    )
    (refusal,) = (result for result in results if isinstance(result, DomainError))
    assert refusal.code == "abuse_decided"
    with fresh_database.reading() as session:
        row = session.get_one(AbuseReport, report_id)
        assert (row.measure is None) == (row.outcome == "dismissal")


def test_of_two_who_take_it_at_once_one_has_it(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    _, report_id, members = build(scene)
    results = at_once(
        *(alone(partial(take_report, report_id=report_id, actor=actor)) for actor in members)
    )
    (refusal,) = (result for result in results if isinstance(result, DomainError))
    assert refusal.code == "abuse_taken"
