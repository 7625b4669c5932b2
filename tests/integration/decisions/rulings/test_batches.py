"""A batch goes on past a case that can't be decided now, and says which and why."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.deposits import fund_paid
from tests.support.factories.rounds import CLOSING, applied, closed, officer_of
from tests.support.members import make_signer
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_award, proposable_kinds
from voorjebuurt.decisions.proof.snapshots import computation_of
from voorjebuurt.decisions.rulings.batches import Batch, left_alone_in_batch, propose_round
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application, Fund, FundPot, FundVersion
from voorjebuurt.matching.pots.position import fund_position
from voorjebuurt.matching.rounds.service import divide_round
from voorjebuurt.people.models import Person
from voorjebuurt.rulebook.documents.stored import stored_ruleset

DECIDING = CLOSING.replace(day=8)


@pytest.fixture(autouse=True)
def after_closing() -> object:
    with clock.at(DECIDING):
        yield


@pytest.fixture
def half_paid(session: Session) -> tuple[Fund, list[Application]]:
    """A prepaid fund of € 1,000 for two applications of € 300; the municipality paid € 400."""
    fund = closed(prepaid=True)
    applications = sorted((applied(fund, 30_000), applied(fund, 30_000)), key=campaign_order)
    fund_paid(session, fund_id=fund.id, cents=40_000, reference="IN-1")
    divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    return fund, applications


def campaign_order(application: Application) -> UUID:
    return application.campaign_id


def codes(batch: Batch) -> list[tuple[str, str]]:
    return [(case.number, case.error.code) for case in batch.left_alone]


def numbers(session: Session) -> list[str]:
    return list(session.scalars(select(Decision.number).order_by(Decision.number)))


def kinds(session: Session, application: Application) -> set[str]:
    version = session.get_one(FundVersion, application.version_id)
    award = computation_of(session, application, stored_ruleset(version.rules)).computed
    return {kind.value for kind in proposable_kinds(session, application, award)}


def obstacle(session: Session, application: Application) -> str | None:
    version = session.get_one(FundVersion, application.version_id)
    award = computation_of(session, application, stored_ruleset(version.rules)).computed
    error = obstacle_to_award(session, application, award)
    return None if error is None else error.code


def test_it_goes_on_past_what_the_municipality_has_not_paid_in(
    session: Session, half_paid: tuple[Fund, list[Application]]
) -> None:
    fund, (first, second) = half_paid
    batch = propose_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert len(batch.proposed) == 1
    assert codes(batch) == [(second.number, "fund_money_short")]
    assert (first.status, second.status) == ("proposed", "admitted")
    assert session.get_one(FundPot, fund.id).taken_cents == 30_000
    fund_paid(session, fund_id=fund.id, cents=20_000, reference="IN-2")
    again = propose_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert (len(again.proposed), codes(again)) == (1, [])
    first_number, second_number = (number.split("-")[-1] for number in numbers(session))
    assert int(second_number) == int(first_number) + 1


def test_what_it_will_leave_alone_is_known_beforehand(
    session: Session, half_paid: tuple[Fund, list[Application]]
) -> None:
    fund, (first, second) = half_paid
    propose_round(session, fund_id=fund.id, actor=officer_of(fund))
    reasons = left_alone_in_batch(
        session,
        fund_id=fund.id,
        application_ids=[second.id],
        actor=officer_of(fund),
    )
    error = reasons[second.id]
    assert (error.code, error.values) == ("fund_money_short", {"left_cents": 10_000})
    # The case itself offers no award either: a part of it and a refusal are possible.
    assert obstacle(session, second) == "fund_money_short"
    assert kinds(session, second) == {"partial_award", "refusal"}
    assert obstacle(session, first) == "decision_open_already"


def test_who_has_a_stake_and_what_failed_do_not_keep_the_rest_waiting(session: Session) -> None:
    fund = closed()
    stays, fails, own = applied(fund, 20_000), applied(fund, 20_000), applied(fund, 20_000)
    divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    session.get_one(Campaign, fails.campaign_id).status = "failed"
    olga: Actor = officer_of(fund)
    assert olga.person_id is not None
    campaign = session.get_one(Campaign, own.campaign_id)
    make_signer(session, campaign, session.get_one(Person, olga.person_id))
    batch = propose_round(session, fund_id=fund.id, actor=olga)
    assert [session.get_one(Decision, key).application_id for key in batch.proposed] == [stays.id]
    assert set(codes(batch)) == {
        (fails.number, "match_released_already"),
        (own.number, "has_stake"),
    }


def test_a_case_that_is_proposed_already_is_no_part_of_it(session: Session) -> None:
    fund = closed()
    first, second = applied(fund, 20_000), applied(fund, 20_000)
    divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    propose(
        session,
        application_id=first.id,
        kind="award",
        amount_cents=20_000,
        grounds=(),
        reason="",
        actor=officer_of(fund),
    )
    batch = propose_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert [session.get_one(Decision, key).application_id for key in batch.proposed] == [second.id]
    assert codes(batch) == []


def test_officers_see_what_was_paid_in_and_what_is_lacking(
    session: Session, half_paid: tuple[Fund, list[Application]]
) -> None:
    fund, _ = half_paid
    propose_round(session, fund_id=fund.id, actor=officer_of(fund))
    position = fund_position(session, fund.id)
    assert position is not None
    assert (position.paid_in_cents, position.free_cents) == (40_000, 10_000)
    assert (position.left_cents, position.lacking_cents) == (70_000, 60_000)
