"""Match money from set apart to owed, and what the ledger says of each step."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.deposits import fund_paid, paid_back
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.giving import balances, paid
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError, InvariantError, NotFoundError, TransitionError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import (
    BANK,
    clawback_receivable,
    credit,
    debit,
    fund_free,
    fund_reserved,
    municipal_receivable,
    payable,
)
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.models import Application, Fund, FundPot
from voorjebuurt.matching.pots import corrections
from voorjebuurt.matching.pots import service as pots
from voorjebuurt.pledges.models import CampaignMatch


def case(
    session: Session,
    *,
    prepaid: bool = False,
    status: str = "succeeded",
    paid_in: int = 50_000,
    **fields: Any,
) -> tuple[Fund, Campaign, Application]:
    """A fund of € 1,000 and an application of a campaign in some state."""
    fund = closing_fund(prepaid=prepaid, **fields)
    if prepaid:
        fund_paid(session, fund_id=fund.id, cents=paid_in, reference="IN-1")
    campaign = CampaignFactory(status=status)
    return fund, campaign, ApplicationFactory(fund=fund, campaign=campaign)


def move(session: Session, application: Application, cents: int, key: str = "k1") -> bool:
    return pots.move(
        session,
        application_id=application.id,
        kind="reserve",
        key=key,
        cents=cents,
        actor=SYSTEM,
    )


def award(session: Session, application: Application, cents: int, key: str = "award") -> None:
    pots.award_match(session, application_id=application.id, cents=cents, key=key, actor=SYSTEM)


def match_of(session: Session, application: Application) -> tuple[str, int]:
    session.flush()
    match = session.get_one(CampaignMatch, application.id, populate_existing=True)
    return match.status, match.match_cents


def taken(session: Session, fund: Fund) -> int:
    return session.get_one(FundPot, fund.id, populate_existing=True).taken_cents


def test_a_move_is_made_once_and_bumps_the_page(session: Session) -> None:
    fund, campaign, application = case(session, status="live")
    before = campaign.version
    assert move(session, application, 300) is True
    assert move(session, application, 300) is False
    assert match_of(session, application) == ("open", 300)
    assert taken(session, fund) == 300
    assert campaign.version == before + 1
    deed = session.query(AuditEvent).filter_by(action="match.moved").one()
    assert (deed.subject_id, deed.detail["cents"]) == (application.id, 300)


def test_the_same_key_with_another_amount_is_a_defect(session: Session) -> None:
    _, _, application = case(session)
    move(session, application, 300)
    with pytest.raises(InvariantError):
        move(session, application, 400)


def test_more_than_the_ceiling_is_refused_with_what_is_left(session: Session) -> None:
    _, _, application = case(session)
    move(session, application, 99_000)
    with pytest.raises(DomainError) as error:
        move(session, application, 1_001, key="k2")
    assert (error.value.code, error.value.values) == ("ceiling_reached", {"left_cents": 1_000})


def test_a_prepaid_fund_gives_no_more_than_was_paid_in(session: Session) -> None:
    fund, _, application = case(session, prepaid=True, paid_in=500)
    with pytest.raises(DomainError) as error:
        move(session, application, 501)
    assert (error.value.code, error.value.values) == ("fund_money_short", {"left_cents": 500})
    move(session, application, 500)
    assert balances(session, fund_free(fund.id), fund_reserved(application.id)) == (0, 500)


def test_without_a_match_or_a_pot_there_is_nothing_to_move(session: Session) -> None:
    with pytest.raises(NotFoundError):
        pots.release_match(session, application_id=new_id(), actor=SYSTEM)


@pytest.mark.parametrize("prepaid", [True, False])
def test_an_award_after_success_is_owed_at_once(session: Session, prepaid: bool) -> None:
    fund, campaign, application = case(session, prepaid=prepaid)
    move(session, application, 30_000)
    award(session, application, 25_000)
    assert match_of(session, application) == ("committed", 25_000)
    assert taken(session, fund) == 25_000
    accounts = (
        payable(campaign.id),
        fund_free(fund.id),
        fund_reserved(application.id),
        municipal_receivable(fund.id),
    )
    amounts = (25_000, 25_000, 0, 0) if prepaid else (25_000, 0, 0, 25_000)
    assert balances(session, *accounts) == amounts


def test_an_award_before_success_waits_for_it(session: Session) -> None:
    _, campaign, application = case(session, prepaid=True, status="live")
    award(session, application, 20_000)
    assert match_of(session, application) == ("awarded", 20_000)
    assert balances(session, fund_reserved(application.id), payable(campaign.id)) == (20_000, 0)
    with pytest.raises(TransitionError):
        pots.commit_match(session, application_id=application.id, actor=SYSTEM)
    campaign.status = "succeeded"
    pots.commit_match(session, application_id=application.id, actor=SYSTEM)
    pots.commit_match(session, application_id=application.id, actor=SYSTEM)
    assert match_of(session, application) == ("committed", 20_000)
    assert balances(session, fund_reserved(application.id), payable(campaign.id)) == (0, 20_000)


def test_an_award_asked_twice_is_made_once(session: Session) -> None:
    fund, campaign, application = case(session)
    award(session, application, 20_000)
    award(session, application, 20_000)
    assert balances(session, payable(campaign.id)) == (20_000,)
    assert taken(session, fund) == 20_000


def test_an_award_above_the_ceiling_is_refused(session: Session) -> None:
    _, _, application = case(session)
    with pytest.raises(DomainError, match="ceiling_reached"):
        award(session, application, 100_001)


def test_more_is_granted_after_an_objection(session: Session) -> None:
    fund, campaign, application = case(session)
    award(session, application, 20_000)
    award(session, application, 26_000, key="second")
    assert match_of(session, application) == ("committed", 26_000)
    assert balances(session, payable(campaign.id)) == (26_000,)
    award(session, application, 15_000, key="third")
    assert match_of(session, application) == ("committed", 15_000)
    assert balances(session, payable(campaign.id), municipal_receivable(fund.id)) == (
        15_000,
        15_000,
    )


@pytest.mark.parametrize("status", ["live", "succeeded"])
def test_what_is_released_is_free_again(session: Session, status: str) -> None:
    fund, _, application = case(session, prepaid=True, status=status)
    move(session, application, 30_000)
    pots.release_match(session, application_id=application.id, actor=SYSTEM)
    pots.release_match(session, application_id=application.id, actor=SYSTEM)
    assert match_of(session, application) == ("released", 0)
    assert taken(session, fund) == 0
    assert balances(session, fund_free(fund.id), fund_reserved(application.id)) == (50_000, 0)


def test_what_is_owed_is_not_released(session: Session) -> None:
    _, _, application = case(session)
    award(session, application, 20_000)
    with pytest.raises(TransitionError):
        pots.release_match(session, application_id=application.id, actor=SYSTEM)


def test_a_refused_application_may_come_back_after_an_objection(session: Session) -> None:
    _, _, application = case(session)
    pots.release_match(session, application_id=application.id, actor=SYSTEM)
    with pytest.raises(TransitionError):
        award(session, application, 100)
    assert pots.reopen_match(session, application_id=application.id, actor=SYSTEM)
    award(session, application, 100)
    assert match_of(session, application) == ("committed", 100)
    assert not pots.reopen_match(session, application_id=application.id, actor=SYSTEM)


def test_nothing_comes_back_for_a_campaign_that_failed(session: Session) -> None:
    _, campaign, application = case(session)
    pots.release_match(session, application_id=application.id, actor=SYSTEM)
    campaign.status = "failed"
    assert not pots.reopen_match(session, application_id=application.id, actor=SYSTEM)
    assert match_of(session, application) == ("released", 0)


@pytest.mark.parametrize("prepaid", [True, False])
def test_lowering_before_the_payout(session: Session, prepaid: bool) -> None:
    fund, campaign, application = case(session, prepaid=prepaid)
    award(session, application, 20_000)
    for _ in range(2):
        corrections.lower_match(
            session, application_id=application.id, cents=12_000, key="low", actor=SYSTEM
        )
    assert match_of(session, application) == ("committed", 12_000)
    assert taken(session, fund) == 12_000
    source = fund_free(fund.id) if prepaid else municipal_receivable(fund.id)
    cents = 38_000 if prepaid else 12_000
    assert balances(session, payable(campaign.id), source) == (12_000, cents)


def test_lowered_to_nothing_it_is_released(session: Session) -> None:
    _, _, application = case(session)
    award(session, application, 20_000)
    corrections.lower_match(
        session, application_id=application.id, cents=0, key="low", actor=SYSTEM
    )
    assert match_of(session, application) == ("released", 0)


def pay_out(session: Session, campaign: Campaign, cents: int) -> None:
    lines = [debit(payable(campaign.id), cents), credit(BANK, cents)]
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key=f"out:{campaign.id}",
        entries=lines,
        campaign_id=campaign.id,
    )


def test_what_was_paid_out_is_claimed_back_instead(session: Session) -> None:
    fund, campaign, application = case(session, prepaid=True)
    award(session, application, 20_000)
    pay_out(session, campaign, 20_000)
    with pytest.raises(DomainError, match="match_paid_out"):
        corrections.lower_match(
            session, application_id=application.id, cents=0, key="low", actor=SYSTEM
        )
    for _ in range(2):
        corrections.claw_back(
            session, application_id=application.id, cents=5_000, key="claw", actor=SYSTEM
        )
    assert match_of(session, application) == ("committed", 15_000)
    claim, reserve = clawback_receivable(application.id), fund_reserved(application.id)
    assert balances(session, claim, reserve, fund_free(fund.id)) == (5_000, 5_000, 30_000)
    paid_back(session, application_id=application.id, cents=4_000, reference="TB-1")
    assert balances(session, claim, reserve, fund_free(fund.id)) == (1_000, 1_000, 34_000)
    with pytest.raises(DomainError, match="receipt_too_high"):
        paid_back(session, application_id=application.id, cents=1_001, reference="TB-2")
    with pytest.raises(DomainError, match="clawback_too_high"):
        corrections.claw_back(
            session, application_id=application.id, cents=15_001, key="more", actor=SYSTEM
        )


@pytest.mark.parametrize(
    ("cents", "reference", "code"),
    [
        (0, "T", "receipt_missing"),
        (1, " ", "reference_missing"),
        (5_001, "T", "receipt_too_high"),
        (100, "TB-0 ", "receipt_known"),
    ],
)
def test_wrong_receipts_of_a_clawback_are_refused_at_the_field(
    session: Session, cents: int, reference: str, code: str
) -> None:
    _, campaign, application = case(session)
    award(session, application, 20_000)
    pay_out(session, campaign, 20_000)
    args: dict[str, Any] = {"application_id": application.id, "actor": SYSTEM}
    corrections.claw_back(session, cents=5_050, key="claw", **args)
    paid_back(session, cents=50, reference="TB-0", application_id=application.id)
    with pytest.raises(DomainError) as error:
        paid_back(session, cents=cents, reference=reference, application_id=application.id)
    assert error.value.code == code
    assert error.value.field


def test_in_arrears_a_clawback_is_owed_to_the_municipality(session: Session) -> None:
    fund, campaign, application = case(session)
    award(session, application, 20_000)
    fund_paid(session, fund_id=fund.id, cents=20_000, reference="G-1")
    pay_out(session, campaign, 20_000)
    corrections.claw_back(
        session, application_id=application.id, cents=5_000, key="claw", actor=SYSTEM
    )
    assert balances(session, municipal_receivable(fund.id)) == (-5_000,)


def test_arrears_pay_the_oldest_matches_first_and_whole(session: Session) -> None:
    fund = closing_fund()
    applications = [
        ApplicationFactory(fund=fund, campaign=CampaignFactory(status="succeeded"))
        for _ in range(3)
    ]
    for application in applications:
        award(session, application, 10_000, key=f"award:{application.id}")
    for cents, reference, statuses in [
        (9_000, "G-1", ["committed", "committed", "committed"]),
        (11_500, "G-2", ["received", "received", "committed"]),
        (9_500, "G-3", ["received", "received", "received"]),
    ]:
        fund_paid(session, fund_id=fund.id, cents=cents, reference=reference)
        assert [match_of(session, row)[0] for row in applications] == statuses
    assert balances(session, municipal_receivable(fund.id), BANK) == (0, 30_000)


@pytest.mark.parametrize(
    ("cents", "reference", "code"),
    [
        (0, "G-1", "receipt_missing"),
        (100, " ", "reference_missing"),
        (10_001, "G-1", "receipt_too_high"),
    ],
)
def test_wrong_receipts_are_refused_at_the_field(
    session: Session, cents: int, reference: str, code: str
) -> None:
    fund, _, application = case(session)
    award(session, application, 10_000)
    with pytest.raises(DomainError) as error:
        fund_paid(session, fund_id=fund.id, cents=cents, reference=reference)
    assert error.value.code == code
    assert error.value.field


def test_a_reference_is_booked_once(session: Session) -> None:
    fund, _, _ = case(session, prepaid=True)
    with pytest.raises(DomainError, match="receipt_known"):
        fund_paid(session, fund_id=fund.id, cents=100, reference="IN-1 ")


def test_several_funds_never_pass_the_goal_together(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000, minimum_cents=5_000)
    first, second = closing_fund(stacks=True), open_fund(stacks=True)
    application = ApplicationFactory(fund=first, campaign=campaign)
    other = ApplicationFactory(fund=second, campaign=campaign)
    paid(session, campaign, amount_cents=5_000)
    award(session, application, 4_000)
    with pytest.raises(DomainError) as error:
        move(session, other, 1_001)
    assert (error.value.code, error.value.values) == ("match_above_goal", {"left_cents": 1_000})
    assert move(session, other, 1_000)


def test_a_fund_that_is_alone_may_pass_the_goal(session: Session) -> None:
    campaign = CampaignFactory(status="live", goal_cents=10_000, minimum_cents=5_000)
    application = ApplicationFactory(fund=closing_fund(), campaign=campaign)
    assert move(session, application, 12_000)
