"""Nothing is paid on an award that a court took away, until there is a new decision."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import COURT, heard, objected, ruled
from tests.support.objections import AWARD, CLAIM, NOW, divided_town, judges
from voorjebuurt.decisions.objections.court.appeals import register_appeal, register_judgment
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.payouts.proposals import refuse_while_match_waits


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def why_not(session: Session, campaign_id: UUID) -> str:
    with pytest.raises(DomainError) as error:
        refuse_while_match_waits(session, campaign_id)
    return error.value.code


def test_a_judgment_holds_the_payout_until_there_is_a_new_decision(session: Session) -> None:
    """Awb 8:72: the award that came in the place of a refusal was annulled."""
    case = divided_town(session, prepaid=True, paid_in=CLAIM)
    two, key = judges(session, case), case.campaign.id
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    heard(session, objection, two[0])
    ruled(session, objection, "upheld", AWARD, by=two)
    refuse_while_match_waits(session, key)
    register_appeal(
        session,
        objection_id=objection.id,
        court=COURT,
        case_number="HAA 26/1234",
        lodged_on=clock.today(),
        actor=two[0],
    )
    refuse_while_match_waits(session, key)
    with clock.at(NOW + timedelta(days=1)):
        register_judgment(
            session,
            objection_id=objection.id,
            outcome="annulment",
            judged_on=clock.today(),
            judgment="De motivering schiet tekort.",
            decide_by=clock.today() + timedelta(weeks=6),
            actor=two[0],
        )
        assert why_not(session, key) == "award_annulled"
        ruled(session, objection, "upheld", AWARD, by=two)
        refuse_while_match_waits(session, key)
