"""Claims for match money follow what counts of a gift, whatever happens to it."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.giving import (
    SECRET,
    attempt,
    close,
    give_back,
    jobs_of,
    paid,
    pledge,
    refund_facts,
    taken,
    tell,
    tell_chargeback,
    tell_refund,
)
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.payments.rules import payer_key
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.donor_keys import address_key
from voorjebuurt.pledges.models import MatchClaim, Pledge
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.pledges.rules import RefundReason


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


def claims(session: Session, gift: Pledge) -> list[tuple[str, int]]:
    """Kinds and cents of the claims of a gift, in order."""
    rows = session.scalars(
        select(MatchClaim).where(MatchClaim.pledge_id == gift.id).order_by(MatchClaim.seq)
    )
    return [(row.kind, row.amount_cents) for row in rows]


def test_a_booked_gift_is_claimed_without_its_tip(session: Session, campaign: Campaign) -> None:
    gift, _ = paid(session, campaign)
    claim = session.scalars(select(MatchClaim)).one()
    assert (claim.kind, claim.amount_cents, claim.pledge_id) == ("gift", 5000, gift.id)
    assert (claim.campaign_id, claim.matchable) == (campaign.id, True)


def test_what_is_not_booked_is_not_claimed(session: Session, campaign: Campaign) -> None:
    attempt(session, pledge(session, campaign))
    assert session.scalar(select(func.count()).select_from(MatchClaim)) == 0


def test_booking_again_claims_nothing_more(session: Session, campaign: Campaign) -> None:
    gift, payment = paid(session, campaign)
    book_payment(session, payment_id=payment.id)
    assert claims(session, gift) == [("gift", 5000)]


def test_a_second_payment_of_a_gift_is_not_claimed(session: Session, campaign: Campaign) -> None:
    gift = pledge(session, campaign)
    first = attempt(session, gift)
    tell(session, first, "canceled")
    for payment in (first, attempt(session, gift)):
        payment.status = "paid"
        payment.paid_at, payment.received_cents = gift.created_at, 5200
        payment.provider_id = f"tr_{payment.id.hex[:12]}"
        book_payment(session, payment_id=payment.id)
    assert claims(session, gift) == [("gift", 5000)]


def test_a_refund_that_we_order_takes_the_claim_back(session: Session, campaign: Campaign) -> None:
    gift, _ = paid(session, campaign)
    assert give_back(session, gift)
    assert claims(session, gift) == [("gift", 5000), ("refund", 5000)]


def test_a_refund_in_the_dashboard_of_all_takes_it_back(
    session: Session, campaign: Campaign
) -> None:
    gift, payment = paid(session, campaign)
    tell_refund(session, payment, refund_facts("refunded"))
    assert claims(session, gift) == [("gift", 5000), ("refund", 5000)]


@pytest.mark.parametrize("deed", ["refund", "chargeback"])
def test_of_a_part_that_is_taken_the_rest_counts(
    session: Session, campaign: Campaign, deed: str
) -> None:
    gift, payment = paid(session, campaign)
    if deed == "refund":
        tell_refund(session, payment, refund_facts("refunded", 2000))
    else:
        tell_chargeback(session, payment, taken(2000))
    assert claims(session, gift) == [("gift", 5000), ("refund", 5000), ("gift", 3000)]


def test_a_chargeback_takes_it_back_and_its_reversal_claims_it_again(
    session: Session, campaign: Campaign
) -> None:
    gift, payment = paid(session, campaign)
    tell_chargeback(session, payment, taken())
    assert claims(session, gift) == [("gift", 5000), ("refund", 5000)]
    tell_chargeback(session, payment, taken(given_back=True))
    assert claims(session, gift) == [("gift", 5000), ("refund", 5000), ("gift", 5000)]


def test_a_campaign_that_pays_everybody_back_writes_no_claims(session: Session) -> None:
    campaign = CampaignFactory(status="live", minimum_cents=100_000)
    gift, _ = paid(session, campaign)
    close(session, campaign, wins=False)
    assert give_back(session, gift, RefundReason.CAMPAIGN_FAILED)
    assert claims(session, gift) == [("gift", 5000)]


def test_each_claim_wakes_the_live_funds_that_follow_the_campaign(
    session: Session, campaign: Campaign
) -> None:
    fund, other = open_fund(), open_fund()
    ApplicationFactory(fund=fund, campaign=campaign)
    ApplicationFactory(fund=other, campaign=campaign, status="received", exclusive=False)
    before = jobs_of(session, "matching.allocate")
    paid(session, campaign)
    assert jobs_of(session, "matching.allocate") == before + 1


def test_one_payer_is_one_donor_whatever_the_address(session: Session, campaign: Campaign) -> None:
    account = payer_key(SECRET, "NL55INGB0000000000")
    gifts = []
    for number in range(2):
        gift = pledge(session, campaign, email=f"gever{number}@voorbeeld.example")
        payment = tell(session, attempt(session, gift), payer=account)
        book_payment(session, payment_id=payment.id)
        gifts.append(gift)
    assert {gift.donor_key for gift in gifts} == {account}
    assert "INGB" not in account


def test_without_an_account_the_address_tells(session: Session, campaign: Campaign) -> None:
    first, _ = paid(session, campaign, email="noor@voorbeeld.example")
    second, _ = paid(session, campaign, email="Noor@voorbeeld.example ")
    assert first.donor_key == second.donor_key == address_key(SECRET, "noor@voorbeeld.example")
    assert first.email == second.email
    assert crowd_totals(session, [campaign.id])[campaign.id].donors == 1


@pytest.mark.parametrize("same", ["Info@Café.nl", "info@cafe\u0301.nl", "info@xn--caf-dma.nl"])
def test_a_domain_is_the_same_in_its_letters_and_as_servers_take_it(same: str) -> None:
    assert address_key(SECRET, same) == address_key(SECRET, "info@café.nl")


def test_no_gift_has_an_address_in_capitals(session: Session, campaign: Campaign) -> None:
    gift = pledge(session, campaign)
    with pytest.raises(IntegrityError, match="ck_pledges_email"), session.begin_nested():
        session.execute(update(Pledge).where(Pledge.id == gift.id).values(email="Noor@a.example"))


def test_an_account_is_written_in_many_ways_and_keys_differ_by_secret_and_purpose() -> None:
    assert payer_key(SECRET, "nl55 ingb 0000 0000 00") == payer_key(SECRET, "NL55INGB0000000000")
    assert payer_key(SECRET, "a") != payer_key("t" * 32, "a")
    assert payer_key(SECRET, "a") != address_key(SECRET, "a")
