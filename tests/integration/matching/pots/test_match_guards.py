"""The database's own guards on match money, attacked with SQL: no Python stands between."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import certain, constraint_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.giving import pledge
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.pots import service as pots

APPEND_ONLY = ("fund_versions", "match_claims", "match_steps", "pot_moves")


@pytest.fixture
def scene(session: Session) -> dict[str, object]:
    """A fund of € 1,000 that has set € 300 apart, with one claim and its step."""
    fund = open_fund()
    application = ApplicationFactory(fund=fund, campaign=CampaignFactory(status="live"))
    pots.move(
        session, application_id=application.id, kind="test", key="k", cents=30_000, actor=SYSTEM
    )
    gift = pledge(session, session.get_one(CampaignFactory._meta.model, application.campaign_id))
    values = {
        "claim": new_id(),
        "step": new_id(),
        "fund": fund.id,
        "application": application.id,
        "campaign": application.campaign_id,
        "municipality": application.municipality_id,
        "pledge": gift.id,
        "now": clock.now(),
    }
    session.execute(
        text(
            "INSERT INTO match_claims (id, campaign_id, municipality_id, pledge_id, kind,"
            " amount_cents, donor_key, matchable, written_at) VALUES (:claim, :campaign,"
            " :municipality, :pledge, 'gift', 5000, 'd', true, :now)"
        ),
        values,
    )
    session.execute(
        text(
            "INSERT INTO match_steps (id, fund_id, application_id, municipality_id, claim_id,"
            " position, match_cents, reserved_cents, left_cents, decided, accepted_at) VALUES"
            " (:step, :fund, :application, :municipality, :claim, 1, 5000, 0, 70000, false, :now)"
        ),
        values,
    )
    return values


def refused(session: Session, statement: str, parameters: dict[str, Any]) -> str | None:
    """The constraint by which the database refuses a statement."""
    with pytest.raises(DBAPIError) as error, session.begin_nested():
        session.execute(text(statement), parameters)
        session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return constraint_of(error.value)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fund_pots SET taken_cents = 0 WHERE fund_id = :fund",
        "DELETE FROM fund_pots WHERE fund_id = :fund",
        "UPDATE campaign_matches SET match_cents = 1 WHERE application_id = :application",
        "DELETE FROM campaign_matches WHERE application_id = :application",
    ],
)
def test_what_a_pot_gave_is_written_by_its_moves_only(
    session: Session, scene: dict[str, object], statement: str
) -> None:
    assert refused(session, statement, scene) == "match_taken"


MOVE = (
    "INSERT INTO pot_moves (id, key, fund_id, application_id, municipality_id, kind, cents, at)"
    " VALUES (:step, 'attack', :fund, :application, :municipality, 'attack', :cents, :now)"
)


@pytest.mark.parametrize("cents", [70_001, -30_001])
def test_no_move_passes_the_ceiling_or_goes_below_nothing(
    session: Session, scene: dict[str, object], cents: int
) -> None:
    assert refused(session, MOVE, {**scene, "cents": cents}) == "ck_fund_pots_ceiling"


def test_the_last_cent_may_go(session: Session, scene: dict[str, object]) -> None:
    session.execute(text(MOVE), {**scene, "cents": 70_000})
    statement = text("SELECT taken_cents FROM fund_pots WHERE fund_id = :fund")
    assert session.scalar(statement, scene) == 100_000


def test_a_ceiling_is_not_lowered_below_what_was_taken(
    session: Session, scene: dict[str, object]
) -> None:
    statement = "UPDATE fund_pots SET ceiling_cents = 29999 WHERE fund_id = :fund"
    assert refused(session, statement, scene) == "ck_fund_pots_ceiling"


def test_a_move_needs_the_pot_of_its_own_application(
    session: Session, scene: dict[str, object]
) -> None:
    other = open_fund()
    session.flush()
    attack = {**scene, "fund": other.id, "cents": 1}
    assert refused(session, MOVE, attack) == "match_pot"


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("deed", ["UPDATE {} SET municipality_id = :fund", "DELETE FROM {}"])
def test_what_was_written_stays(
    session: Session, scene: dict[str, object], table: str, deed: str
) -> None:
    assert refused(session, deed.format(table), scene) == f"append_only_{table}"


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_is_emptied(session: Session, scene: dict[str, object], table: str) -> None:
    assert certain(refused(session, f"TRUNCATE {table} CASCADE", scene)).startswith("append_only")
