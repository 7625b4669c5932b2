"""A small case of which an officer intends something else is not decided with the others."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from tests.support.factories.towns import town_divided
from voorjebuurt.decisions.overviews.small_cases import small_cases
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.rulings.small_cases import check_and_propose
from voorjebuurt.kernel import clock

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


def test_it_waits_for_the_views_that_were_asked(session: Session) -> None:
    with clock.at(NOW):
        case = town_divided(session, draft_arrangements=[{"from_cents": 0, "way": "direct"}])
        state_intention(
            session,
            application_id=case.application.id,
            kind="refusal",
            amount_cents=0,
            grounds=["insolvent"],
            reason="De stichting is failliet.",
            until=clock.today() + timedelta(days=14),
            actor=case.olga,
        )
        outcome = check_and_propose(
            session,
            fund_id=case.fund.id,
            application_ids=[case.application.id],
            actor=case.piet,
        )
        assert [error.code for _number, error in outcome.left] == ["views_waited_for"]
        assert case.application.status == "admitted"
        (row,) = small_cases(session, case.fund.id, case.piet).to_check
        assert row.obstacle is not None
        assert row.obstacle.code == "views_waited_for"
