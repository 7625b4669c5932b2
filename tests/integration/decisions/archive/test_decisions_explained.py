"""Decisions as officers really take them, each computed and written again from what was stored."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.case_steps import account, pay_out
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.factories.places import (
    AreaFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.factories.towns import Town, town, town_divided
from tests.support.giving import give_back
from tests.support.live_funds import follow, give, match_cents
from tests.support.profiles import slow
from tests.support.snapshots import snapshot_of
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.archive.explanation import Explanation, explanation_of
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.snapshots import Proposal, read, replay
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.storage import FolderStorage

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def explained(session: Session, decision: Decision) -> Explanation:
    """Explain a decision, as it stands in the database, half a year later."""
    session.flush()
    session.expire_all()
    with clock.at(clock.now() + timedelta(days=180)):
        explanation = explanation_of(session, decision.number)
    assert explanation.same, (explanation.replayed.differences, explanation.checks)
    return explanation


def test_an_award_its_determination_and_every_letter(session: Session, tmp_path: Any) -> None:
    case = town_divided(session, claim=CLAIM)
    award = explained(session, case.send(session, "award", CLAIM))
    assert {check.code for check in award.checks} == {
        *("snapshot", "amounts", "award", "letter_kept", "letter"),
    }
    account(session, case, FolderStorage(tmp_path))
    explanation = explained(session, case.send(session, "determination", CLAIM))
    assert [row["kind"] for row in explanation.snapshot.earlier] == ["award"]
    assert explanation.snapshot.accounting is not None


def test_less_and_less(session: Session, tmp_path: Any) -> None:
    case = town_divided(session, claim=CLAIM)
    partial = explained(session, case.send(session, "partial_award", 40_000, "rule"))
    assert partial.snapshot.decision.amount_cents == 40_000
    pay_out(session, case, 40_000)
    account(session, case, FolderStorage(tmp_path))
    lower = explained(session, case.send(session, "lower_determination", 30_000, "not_done"))
    assert lower.snapshot.decision.before_cents == 40_000
    claim_id = case.propose(session, "clawback", 10_000, "overpaid")
    approve(session, decision_id=claim_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=claim_id, pay_to="Stichting X\nNL02 ABNA 0123")
    back = explained(session, session.get_one(Decision, claim_id))
    assert back.decision is not None
    announcement = letters.read_announcement(back.decision.announcement)
    assert "NL02 ABNA 0123" in letters.write(back.decision.snapshot, announcement).text
    assert (back.snapshot.decision.amount_cents, back.snapshot.decision.before_cents) == (
        10_000,
        40_000,
    )


def test_a_refusal_and_a_withdrawal(session: Session) -> None:
    refusal_case: Town = town(session)
    explained(session, refusal_case.send(session, "refusal", 0, "outside_area"))
    withdrawal_case = town_divided(session, claim=CLAIM)
    withdrawal_case.send(session, "award", CLAIM)
    explained(session, withdrawal_case.send(session, "withdrawal", 0, "not_done"))


def live_snapshot(session: Session, application: Any) -> str:
    return snapshot_of(
        session, application_id=application.id, proposal=Proposal("BS-2026-0001", "award", 0)
    )


def test_figures_that_come_later_change_no_live_case(session: Session) -> None:
    """What was kept when gifts began to count is what stands in the decision."""
    municipality = MunicipalityFactory()
    buurt = NeighbourhoodFactory(municipality=municipality, vintage=2024)
    AreaFigureFactory(place_import=PlaceImportFactory(), area_code=buurt.code, value=25)
    equity = {"indicator": "p_hh_120", "bands": [{"at_least": 20, "factor": "3/2"}]}
    fund = open_fund({"equity": equity}, municipality=municipality)
    campaign = CampaignFactory(status="live", neighbourhood=buurt)
    application = ApplicationFactory(fund=fund, campaign=campaign, areas={buurt.code: "1"})
    give(session, campaign, 10_000, "a")
    follow(session, fund)
    AreaFigureFactory(place_import=PlaceImportFactory(), area_code=buurt.code, value=5)
    text = live_snapshot(session, application)
    assert read(text).computed.factor == "3/2"
    assert read(text).computed.award_cents == 15_000
    assert read(text).areas[0]["figure"] == "25"
    assert len(read(text).import_ids) == 1
    assert replay(text).same


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("gift"), st.integers(0, 1), st.sampled_from([500, 1_999, 4_000])),
        st.tuples(st.just("refund"), st.integers(0, 9)),
        st.tuples(st.just("look")),
    ),
    min_size=2,
    max_size=10,
)


@slow(12, HealthCheck.function_scoped_fixture)
@given(deeds=DEEDS, ceiling=st.sampled_from([5_001, 9_000, 100_000]))
def test_any_live_case_replays_without_the_others(
    session: Session, deeds: list[tuple[Any, ...]], ceiling: int
) -> None:
    """Two campaigns of one small pot: each snapshot has its own steps only, and is enough."""
    fund = open_fund({"ceiling_cents": ceiling})
    campaigns = [CampaignFactory(status="live") for _ in range(2)]
    applications = [ApplicationFactory(fund=fund, campaign=campaign) for campaign in campaigns]
    gifts: list[Any] = []
    for deed in deeds:
        if deed[0] == "gift":
            gifts.append(give(session, campaigns[deed[1]], deed[2], f"donor{len(gifts) % 3}"))
        elif deed[0] == "refund" and gifts:
            give_back(session, gifts.pop(deed[1] % len(gifts)))
        else:
            follow(session, fund)
    follow(session, fund)
    for application in applications:
        text = live_snapshot(session, application)
        result = replay(text)
        assert result.same, result.differences
        assert read(text).computed.award_cents == match_cents(session, application)
