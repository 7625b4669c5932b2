"""A lowered ceiling has no consequences for who applied before it was published (Awb 4:27)."""

from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import INDICATORS
from tests.support.factories.matching import (
    CLOSING_RULES,
    LIVE_RULES,
    ApplicationFactory,
    closing_fund,
    open_fund,
)
from tests.support.factories.rounds import CLOSING, applied, officer_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.funds.ceilings import ceiling_for
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.funds.publication import publish_version
from voorjebuurt.matching.models import Application, Fund, FundPot, FundRound
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.matching.pots.queries import most_for
from voorjebuurt.matching.rounds.service import divide_round


def ceiling_becomes(session: Session, fund: Fund, cents: int) -> None:
    """One officer writes the same rules with another ceiling, and another publishes them."""
    rules = {**(LIVE_RULES if fund.live else CLOSING_RULES), "ceiling_cents": cents}
    save_ruleset(
        session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=officer_of(fund)
    )
    publish_version(
        session,
        fund_id=fund.id,
        change="De gemeenteraad stelde minder geld beschikbaar.",
        unrehearsed_reason="Alleen het plafond verandert.",
        indicators=INDICATORS,
        actor=officer_of(fund),
    )


def asks(fund: Fund) -> Application:
    """An application of a running campaign under the version of this moment."""
    application: Application = ApplicationFactory(
        fund=fund, campaign=CampaignFactory(status="live")
    )
    return application


def moved(session: Session, application: Application, cents: int) -> None:
    pots.move(
        session,
        application_id=application.id,
        kind="test",
        key=f"test:{new_id()}",
        cents=cents,
        actor=officer_of(session.get_one(Fund, application.fund_id)),
    )


def awarded(row: FundRound, application: Application) -> int:
    return int(row.outcome["awards"][str(application.id)])


def test_a_closed_fund_divides_the_old_ceiling_over_who_applied_before(session: Session) -> None:
    with clock.at(CLOSING.replace(month=5)):
        fund = closing_fund(closes_at=CLOSING)
        before = applied(fund, 80_000)
        ceiling_becomes(session, fund, 50_000)
        after = applied(fund, 80_000)
    with clock.at(CLOSING.replace(day=8)):
        session.execute(update(Fund).where(Fund.id == fund.id).values(status="closed"))
        session.expire_all()
        first, second = divide_round(session, fund_id=fund.id, actor=officer_of(fund))
    assert (awarded(first, before), awarded(second, after)) == (80_000, 0)
    assert (first.ceiling_cents, second.ceiling_cents) == (100_000, 0)


def test_a_live_fund_gives_each_up_to_its_own_ceiling(session: Session) -> None:
    fund = open_fund()
    before = asks(fund)
    ceiling_becomes(session, fund, 40_000)
    after = asks(fund)
    assert (ceiling_for(session, before.id), ceiling_for(session, after.id)) == (100_000, 40_000)
    moved(session, before, 45_000)
    assert most_for(session, before.id) == 100_000
    assert most_for(session, after.id) == 0
    with pytest.raises(DomainError) as error:
        moved(session, after, 1)
    assert (error.value.code, error.value.values) == ("ceiling_reached", {"left_cents": 0})
    moved(session, before, 55_000)
    pot = session.get_one(FundPot, fund.id)
    assert (pot.ceiling_cents, pot.filed_ceiling_cents, pot.taken_cents) == (
        40_000,
        100_000,
        100_000,
    )


def test_a_ceiling_that_is_raised_again_is_there_for_everybody(session: Session) -> None:
    fund = open_fund()
    before = asks(fund)
    ceiling_becomes(session, fund, 40_000)
    after = asks(fund)
    ceiling_becomes(session, fund, 120_000)
    assert {ceiling_for(session, each.id) for each in (before, after)} == {120_000}


def test_without_an_application_a_lower_ceiling_is_simply_lower(session: Session) -> None:
    fund = open_fund()
    ceiling_becomes(session, fund, 40_000)
    pot = session.get_one(FundPot, fund.id)
    assert (pot.ceiling_cents, pot.filed_ceiling_cents) == (40_000, 0)


@pytest.mark.parametrize(("cents", "constraint"), [(5_001, "match_ceiling_of_application")])
def test_the_database_gives_who_came_later_nothing_of_the_old_ceiling(
    session: Session, cents: int, constraint: str
) -> None:
    fund = open_fund()
    before = asks(fund)
    moved(session, before, 35_000)
    ceiling_becomes(session, fund, 40_000)
    after = asks(fund)
    statement = text(
        "INSERT INTO pot_moves (id, key, fund_id, application_id, municipality_id, kind, cents, at)"
        " VALUES (:id, 'attack', :fund, :application, :municipality, 'attack', :cents, :now)"
    )
    values: dict[str, Any] = {
        "id": new_id(),
        "fund": fund.id,
        "application": after.id,
        "municipality": fund.municipality_id,
        "cents": cents,
        "now": clock.now(),
    }
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        session.execute(statement, values)
    assert constraint_of(error.value) == constraint
    session.execute(statement, {**values, "cents": cents - 1})
