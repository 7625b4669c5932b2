"""Making a pledge, correcting it, and beginning to pay."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import BOUNDS, attempt, paid, pledge, tell
from voorjebuurt import settings as application_settings
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.pledges import service
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import crowd_totals


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


def refused(
    deed: Callable[..., object], *arguments: object, **values: Any
) -> tuple[str, str | None]:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **values)
    return error.value.code, error.value.field


def change(session: Session, gift: Pledge, **values: Any) -> Pledge:
    details = PledgeDetails(
        amount_cents=gift.amount_cents,
        tip_cents=gift.tip_cents,
        email=certain(gift.email),
        name=gift.name,
        name_public=gift.name_public,
        message=gift.message,
        postcode=gift.postcode,
        donor_key="d",
    )
    return service.change_pledge(
        session,
        token=gift.token,
        details=replace(details, **values),
        bounds=BOUNDS,
        actor=GUEST,
    )


def test_the_bounds_of_these_tests_are_those_of_the_settings(tmp_path: Path) -> None:
    settings = application_settings.load({"VJB_ENV": "test", "VJB_HOME": str(tmp_path)})
    assert (settings.pledges.min_cents, settings.pledges.max_cents) == (100, 500_000)
    assert settings.pledges.tip_max_cents == BOUNDS.tip_max_cents


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"amount_cents": 99}, "pledge_too_low", "amount"),
        ({"amount_cents": 0}, "pledge_too_low", "amount"),
        ({"amount_cents": -5000}, "pledge_too_low", "amount"),
        ({"amount_cents": 500_001}, "pledge_too_high", "amount"),
        ({"tip_cents": 50_001}, "tip_too_high", "tip"),
        ({"tip_cents": -1}, "tip_too_high", "tip"),
    ],
)
def test_amounts_out_of_bounds(
    session: Session, campaign: Campaign, values: dict[str, int], code: str, field: str
) -> None:
    assert refused(pledge, session, campaign, **values) == (code, field)
    gift = pledge(session, campaign)
    assert refused(change, session, gift, **values) == (code, field)


@pytest.mark.parametrize("cents", [100, 500_000])
def test_amounts_at_the_bounds(session: Session, campaign: Campaign, cents: int) -> None:
    assert pledge(session, campaign, amount_cents=cents).status == "open"


def test_tokens_are_secrets(session: Session, campaign: Campaign) -> None:
    tokens = {pledge(session, campaign).token for _ in range(5)}
    assert len(tokens) == 5
    assert min(len(token) for token in tokens) >= 43


@pytest.mark.parametrize("status", sorted(set(CampaignStatus) - {CampaignStatus.LIVE}))
def test_only_a_live_campaign_takes_pledges(
    session: Session, campaign: Campaign, status: CampaignStatus
) -> None:
    gift = pledge(session, campaign)
    campaign.status = status.value
    for deed in (lambda: pledge(session, campaign), lambda: change(session, gift)):
        assert refused(deed) == ("campaign_takes_no_pledges", None)
    assert refused(attempt, session, gift) == ("campaign_takes_no_pledges", None)


def test_the_deadline(session: Session, campaign: Campaign) -> None:
    gift = pledge(session, campaign)
    with clock.at(certain(campaign.closes_at) - timedelta(seconds=1)):
        pledge(session, campaign)
        change(session, gift)
        attempt(session, gift)
    with clock.at(certain(campaign.closes_at)):
        assert refused(pledge, session, campaign)[0] == "campaign_deadline_passed"
        assert refused(attempt, session, gift)[0] == "campaign_deadline_passed"


def test_pledges_can_be_stopped(session: Session, campaign: Campaign) -> None:
    gift = pledge(session, campaign)
    campaign.pledges_stopped_at = clock.now()
    assert refused(pledge, session, campaign)[0] == "campaign_pledges_stopped"
    assert refused(attempt, session, gift)[0] == "campaign_pledges_stopped"


def test_a_campaign_and_a_gift_that_do_not_exist(session: Session) -> None:
    with pytest.raises(NotFoundError):
        pledge(session, Campaign(id=new_id()))
    with pytest.raises(NotFoundError):
        service.start_attempt(session, token="x", base_url="", actor=GUEST)


def test_a_gift_changes_until_a_payment_was_begun(session: Session, campaign: Campaign) -> None:
    gift = pledge(session, campaign)
    change(session, gift, amount_cents=700, tip_cents=0, email="anders@voorbeeld.example")
    assert (gift.amount_cents, gift.tip_cents) == (700, 0)
    payment = attempt(session, gift)
    assert payment.amount_cents == 700
    assert refused(change, session, gift)[0] == "pledge_payment_begun"
    tell(session, payment, "open")
    assert refused(change, session, gift)[0] == "pledge_payment_begun"


def test_after_a_payment_that_failed_a_gift_is_corrected_and_news_of_that_payment_still_fits(
    session: Session, campaign: Campaign
) -> None:
    gift = pledge(session, campaign, amount_cents=700, tip_cents=0)
    payment = tell(session, attempt(session, gift), "failed")
    change(session, gift, amount_cents=600, tip_cents=100, message="Toch maar")
    assert (gift.amount_cents, gift.tip_cents, gift.message) == (600, 100, "Toch maar")
    change(session, gift, amount_cents=900, tip_cents=0)
    assert gift.amount_cents + gift.tip_cents == payment.amount_cents
    assert sorted(session.scalars(select(Pledge.amount_cents))) == [600, 900]


@pytest.mark.parametrize("old_first", [True, False])
def test_of_a_gift_and_its_correction_one_counts_and_the_other_goes_back(
    session: Session, campaign: Campaign, old_first: bool
) -> None:
    """The first attempt was paid after all, before or after the corrected gift was."""
    gift = pledge(session, campaign, amount_cents=700, tip_cents=0)
    old_attempt = tell(session, attempt(session, gift), "canceled")
    new_gift = change(session, gift, amount_cents=900, tip_cents=0)
    assert refused(attempt, session, gift)[0] == "pledge_replaced"
    new_attempt = attempt(session, new_gift)
    for payment in (old_attempt, new_attempt) if old_first else (new_attempt, old_attempt):
        book_payment(session, payment_id=tell(session, payment, "paid").id)
    first, second = (gift, new_gift) if old_first else (new_gift, gift)
    assert [session.get_one(Pledge, each.id).status for each in (first, second)] == [
        "booked",
        "open",
    ]
    (refund,) = session.scalars(select(Refund)).all()
    assert (refund.reason, refund.amount_cents) == ("paid_twice", 700 if second is gift else 900)
    total = crowd_totals(session, [campaign.id])[campaign.id]
    assert total.crowd_cents == first.amount_cents


@pytest.mark.parametrize("status", ["creating", "open"])
def test_an_attempt_that_is_open_is_gone_on_with(
    session: Session, campaign: Campaign, status: str
) -> None:
    gift = pledge(session, campaign)
    first = attempt(session, gift)
    if status == "open":
        tell(session, first, "open")
    assert attempt(session, gift).id == first.id


@pytest.mark.parametrize("status", ["failed", "canceled", "expired", "abandoned"])
def test_after_an_attempt_that_ended_there_is_a_new_one(
    session: Session, campaign: Campaign, status: str
) -> None:
    gift = pledge(session, campaign)
    first = attempt(session, gift)
    first.status = status
    session.flush()
    second = attempt(session, gift)
    assert second.id != first.id
    secrets = ("webhook_token", "idempotency_key")
    assert all(getattr(first, name) != getattr(second, name) for name in secrets)
    assert session.scalar(select(func.count()).select_from(Payment)) == 2


@pytest.mark.parametrize("status", ["pending", "authorized", "paid"])
def test_nobody_pays_while_a_payment_is_under_way(
    session: Session, campaign: Campaign, status: str
) -> None:
    gift = pledge(session, campaign)
    tell(session, attempt(session, gift), status)
    assert refused(attempt, session, gift)[0] == "payment_under_way"


def test_nobody_pays_for_a_gift_that_is_paid(session: Session, campaign: Campaign) -> None:
    gift, _ = paid(session, campaign)
    assert refused(attempt, session, gift)[0] == "pledge_already_paid"


def test_an_attempt_knows_where_to_go_and_who_to_tell(session: Session, campaign: Campaign) -> None:
    gift = pledge(session, campaign, locale="en")
    payment = attempt(session, gift)
    assert payment.redirect_url == f"https://site.example/giften/{gift.token}/terug"
    assert payment.webhook_url == f"https://site.example/hooks/mollie/{payment.webhook_token}"
    assert payment.webhook_token != gift.token
    assert (payment.amount_cents, payment.locale) == (5200, "en")
    assert campaign.title in payment.description
