"""Officers and residents at one case at the same moment, with real commits."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.towns import (
    STATEMENT,
    Town,
    admitted,
    applied,
    divided,
    initiator_of,
    officer,
    town,
    town_divided,
    town_fund,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rulings.approvals import approve, recall
from voorjebuurt.decisions.rulings.batches import Batch, propose_round
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.rulings.withdrawals import withdraw_application
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.applications.service import submit_application
from voorjebuurt.matching.models import Application, Fund, FundPot

ROUNDS = 3


CLAIM = 50_000


def state(database: Database, case: Town) -> tuple[str, int, int]:
    with database.reading() as session:
        pot = session.get_one(FundPot, case.fund.id)
        return (
            session.get_one(Application, case.application.id).status,
            pot.taken_cents,
            balance(session, payable(case.campaign.id)),
        )


def approved(
    session: Session, case: Town, decision_id: UUID, actor: Actor, minutes: int = 0
) -> None:
    approve(session, decision_id=decision_id, recall_minutes=minutes, actor=actor)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_officers_approve_at_once(
    fresh_database: Database, build: Build, alone: Alone, number: int
) -> None:
    case = build(town_divided)
    rosa = build(lambda s: officer(s, case.fund.municipality_id, "Rosa"))
    decision_id = build(lambda s: case.propose(s, "award", CLAIM))
    results = at_once(
        alone(lambda s: approved(s, case, decision_id, case.piet)),
        alone(lambda s: approved(s, case, decision_id, rosa)),
    )
    assert results.count(None) == 1
    assert sum(isinstance(result, TransitionError) for result in results) == 1
    with fresh_database.reading() as session:
        jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'decisions.send'")
        assert session.scalar(jobs) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_recall_meets_the_sending(
    fresh_database: Database, build: Build, alone: Alone, number: int
) -> None:
    case = build(town_divided)
    decision_id = build(lambda s: case.propose(s, "award", CLAIM))
    build(lambda s: approved(s, case, decision_id, case.piet))
    results = at_once(
        alone(lambda s: send_decision(s, decision_id=decision_id)),
        alone(lambda s: send_decision(s, decision_id=decision_id)),
        alone(lambda s: recall(s, decision_id=decision_id, reason="Fout", actor=case.olga)),
    )
    no_deadlock(results)
    after = state(fresh_database, case)
    if True in results:
        assert results.count(True) == 1
        assert isinstance(results[2], TransitionError)
        assert after == ("awarded", CLAIM, CLAIM)
    else:
        assert results == [False, False, None]
        assert after == ("admitted", 0, 0)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_approval_and_the_sending_meet_a_withdrawal(
    fresh_database: Database, build: Build, alone: Alone, number: int
) -> None:
    case = build(town_divided)
    decision_id = build(lambda s: case.propose(s, "award", CLAIM))

    def approve_and_send() -> object:
        alone(lambda s: approved(s, case, decision_id, case.piet))()
        return alone(lambda s: send_decision(s, decision_id=decision_id))()

    results = at_once(
        approve_and_send,
        alone(
            lambda s: withdraw_application(
                s, application_id=case.application.id, reason="", actor=case.initiator
            )
        ),
    )
    no_deadlock(results)
    after = state(fresh_database, case)
    if results[1] is None:
        assert results[0] is not True
        assert after == ("withdrawn", 0, 0)
    else:
        assert results[0] is True
        assert after == ("awarded", CLAIM, CLAIM)


def test_two_officers_propose_at_once(fresh_database: Database, build: Build, alone: Alone) -> None:
    case = build(town_divided)

    def deed(actor: Actor) -> Callable[[], object]:
        return alone(
            lambda s: propose(
                s,
                application_id=case.application.id,
                kind="award",
                amount_cents=CLAIM,
                grounds=(),
                reason="",
                actor=actor,
            )
        )

    results = at_once(deed(case.olga), deed(case.piet))
    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert state(fresh_database, case) == ("proposed", CLAIM, 0)
    with fresh_database.reading() as session:
        assert session.scalars(select(Decision.number)).all() == ["BS-2026-0001"]


def test_proposals_at_once_keep_the_ceiling(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    """Two applications that were told in two rounds: together they would pass the ceiling."""
    first = build(lambda s: town_divided(s, claim=700_000))

    def second(session: Session) -> Application:
        campaign = CampaignFactory(
            status="succeeded",
            municipality_id=first.fund.municipality_id,
            neighbourhood_id=first.campaign.neighbourhood_id,
        )
        application = applied(session, first.fund, campaign)
        admitted(session, application, first.olga)
        divided(session, first.fund, {application.id: 700_000}, number=2)
        return application

    other = build(second)

    def deed(application: Application) -> Callable[[], object]:
        return alone(
            lambda s: propose(
                s,
                application_id=application.id,
                kind="award",
                amount_cents=700_000,
                grounds=(),
                reason="",
                actor=first.olga,
            )
        )

    results = at_once(deed(first.application), deed(other))
    no_deadlock(results)
    codes = [result.code for result in results if isinstance(result, DomainError)]
    assert codes == ["ceiling_reached"]
    assert state(fresh_database, first)[1] == 700_000


def test_one_campaign_applies_twice_at_once(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    case = build(town)
    other = build(lambda s: town_fund(case.fund.municipality_id))
    third = build(lambda s: town_fund(case.fund.municipality_id))
    campaign = build(
        lambda s: CampaignFactory(
            status="live",
            municipality_id=case.fund.municipality_id,
            neighbourhood_id=case.campaign.neighbourhood_id,
        )
    )

    def deed(fund: Fund) -> Callable[[], object]:
        return alone(
            lambda s: submit_application(
                s,
                fund_id=fund.id,
                campaign_id=campaign.id,
                actor=initiator_of(campaign),
                **STATEMENT,
            )
        )

    results = at_once(deed(other), deed(other), deed(third))
    codes = sorted(result.code for result in results if isinstance(result, DomainError))
    assert len(codes) == 2
    assert set(codes) <= {"already_applied", "other_fund_applied"}


def test_the_order_of_receipts_is_the_order_of_numbers(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    """Ten at once, one of which breaks off after it had its number: no gap and no tie."""
    case = build(town)

    def make(session: Session) -> list[Campaign]:
        return [
            CampaignFactory(
                status="live",
                municipality_id=case.fund.municipality_id,
                neighbourhood_id=case.campaign.neighbourhood_id,
                initiator=PersonFactory(),
            )
            for _ in range(8)
        ]

    campaigns = build(make)

    def deed(campaign: Campaign, *, breaks: bool = False) -> Callable[[], object]:
        def run(session: Session) -> None:
            submit_application(
                session,
                fund_id=case.fund.id,
                campaign_id=campaign.id,
                actor=initiator_of(campaign),
                **STATEMENT,
            )
            if breaks:
                raise RuntimeError("the line went dead")

        return alone(run)

    results = at_once(*[deed(campaign, breaks=not at) for at, campaign in enumerate(campaigns)])
    assert results.count(None) == 7
    with fresh_database.reading() as session:
        rows = session.execute(
            select(Application.number, Application.received_at).order_by(Application.number)
        ).all()
    year = clock.today().year
    assert [row.number for row in rows] == [f"AV-{year}-{at:04}" for at in range(1, 9)]
    moments = [row.received_at for row in rows]
    assert all(later - earlier >= timedelta(milliseconds=1) for earlier, later in pairwise(moments))


def test_two_batches_and_a_proposal_meet_without_a_deadlock(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    case = build(town)

    def more(session: Session) -> list[Application]:
        applications = [case.application]
        for _ in range(3):
            campaign = CampaignFactory(
                status="succeeded",
                municipality_id=case.fund.municipality_id,
                neighbourhood_id=case.campaign.neighbourhood_id,
            )
            applications.append(applied(session, case.fund, campaign))
        for application in applications:
            admitted(session, application, case.olga)
        divided(session, case.fund, {application.id: 10_000 for application in applications})
        return applications

    applications = build(more)
    results = at_once(
        alone(lambda s: propose_round(s, fund_id=case.fund.id, actor=case.olga)),
        alone(lambda s: propose_round(s, fund_id=case.fund.id, actor=case.piet)),
        alone(
            lambda s: propose(
                s,
                application_id=applications[-1].id,
                kind="award",
                amount_cents=10_000,
                grounds=(),
                reason="",
                actor=case.olga,
            )
        ),
    )
    no_deadlock(results)
    batches = [result for result in results if isinstance(result, Batch)]
    assert len(batches) == 2
    assert sum(len(batch.proposed) for batch in batches) in (3, 4)
    with fresh_database.reading() as session:
        statuses = session.scalars(select(Application.status)).all()
        assert statuses == ["proposed"] * 4
        assert session.get_one(FundPot, case.fund.id).taken_cents == 40_000
