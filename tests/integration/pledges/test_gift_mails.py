"""The mails about money: to whom, when, once, and what they say."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import applied, awarded_first, officer, town_fund
from tests.support.giving import (
    attempt,
    close,
    give_back,
    mails,
    own_refund,
    paid,
    pledge,
    refund_facts,
    taken,
    tell,
    tell_chargeback,
    tell_refund,
)
from tests.support.live_funds import follow
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import render
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.payments.service import twin_payment
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.mails import campaign_won_donor
from voorjebuurt.pledges.rules import RefundReason


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000, title="Bomen op het plein")


def said(session: Session, template: str) -> tuple[MailMessage, str]:
    """Subject and text of the one mail made from a template."""
    session.flush()
    statement = select(MailMessage).where(MailMessage.template == template)
    message = session.scalars(statement).one()
    subject, text, _ = render(
        template,
        locale=message.locale,
        platform_name="Voor je Buurt",
        base_url="https://site.example",
        context=message.context,
    )
    return message, f"{subject}\n{text}".replace("\xa0", " ")


@pytest.mark.parametrize(("locale", "amount"), [("nl", "€ 52"), ("en", "€52")])
def test_the_receipt(session: Session, campaign: Campaign, locale: str, amount: str) -> None:
    gift, _ = paid(session, campaign, locale=locale)
    message, text = said(session, "receipt")
    assert message.recipient == gift.email
    assert amount in text
    assert "Bomen op het plein" in text
    assert f"https://site.example/giften/{gift.token}" in text


def test_names_and_titles_are_words_not_markup(session: Session) -> None:
    campaign = CampaignFactory(status="live", title="[Klik](https://kwaad.example) **hier**")
    paid(session, campaign, name="<b>Noor</b> _Visser_\n# Kop")
    message, _ = said(session, "receipt")
    html = render(
        "receipt",
        locale="nl",
        platform_name="Voor je Buurt",
        base_url="https://site.example",
        context=message.context,
    )[2]
    assert 'kwaad.example"' not in html
    assert "<b>Noor" not in html
    assert "<h1>Kop" not in html


def test_the_receipt_of_a_gift_known_after_the_decision(
    session: Session, campaign: Campaign
) -> None:
    gift = pledge(session, campaign)
    payment = tell(session, attempt(session, gift), paid_at=campaign.opened_at)
    campaign.status = "succeeded"
    book_payment(session, payment_id=payment.id)
    _, text = said(session, "receipt")
    assert "De actie is afgelopen en uw gift blijft bij de actie." in text
    assert "loopt tot en met" not in text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (RefundReason.CAMPAIGN_FAILED, "didn’t raise enough money"),
        (RefundReason.CAMPAIGN_CANCELLED, "has been stopped"),
        (RefundReason.LATE, "after the campaign had ended"),
        (RefundReason.DONOR, "is being paid back"),
    ],
)
def test_why_money_goes_back(
    session: Session, campaign: Campaign, reason: RefundReason, words: str
) -> None:
    gift, _ = paid(session, campaign, locale="en")
    give_back(session, gift, reason)
    _, text = said(session, "refund_asked")
    assert words in text
    assert "€52" in text


@pytest.mark.parametrize("stands", [True, False])
def test_paid_twice_says_what_stands(session: Session, campaign: Campaign, stands: bool) -> None:
    gift, payment = paid(session, campaign, locale="en")
    if not stands:
        give_back(session, gift, RefundReason.LATE)
    twin = twin_payment(session, payment=payment, provider_id="tr_twin000001")
    ours = {"payment_id": str(payment.id), "pledge_id": str(payment.pledge_id)}
    tell(session, twin, metadata=ours)
    book_payment(session, payment_id=twin.id)
    refund = own_refund(session, twin)
    key = f"refund_asked:{refund.id}"
    message = session.scalars(select(MailMessage).where(MailMessage.key == key)).one()
    _, text, _ = render(
        "refund_asked",
        locale="en",
        platform_name="Voor je Buurt",
        base_url="https://site.example",
        context=message.context,
    )
    assert "You have paid twice" in text
    assert ("Your other payment still counts." in text) is stands


def test_every_letter_of_a_refund_comes_once(session: Session, campaign: Campaign) -> None:
    gift, payment = paid(session, campaign)
    give_back(session, gift)
    refund = own_refund(session, payment)
    for status in ("pending", "refunded", "refunded", "failed", "failed"):
        tell_refund(session, payment, refund_facts(status, refund=refund))
    assert mails(session) == [
        "campaign_mark",
        "first_gift",
        "receipt",
        "refund_asked",
        "refund_failed",
        "refunded",
    ]


def test_a_donor_whose_data_were_erased_gets_none(session: Session, campaign: Campaign) -> None:
    gift, payment = paid(session, campaign)
    gift.email, gift.name, gift.message, gift.name_public = None, "", "", False
    gift.postcode = gift.donor_id = None
    give_back(session, gift)
    tell_refund(session, payment, refund_facts("refunded", refund=own_refund(session, payment)))
    assert mails(session) == ["campaign_mark", "first_gift", "receipt"]


@pytest.mark.parametrize(("cents", "template"), [(5000, "campaign_won"), (4999, "campaign_failed")])
def test_the_initiator_hears_the_end(
    session: Session, campaign: Campaign, cents: int, template: str
) -> None:
    paid(session, campaign, amount_cents=cents)
    close(session, campaign, wins=cents == 5000)
    message, text = said(session, template)
    assert message.recipient == session.get_one(Person, campaign.initiator_id).email
    assert "Bomen op het plein" in text


def test_who_runs_a_success_hears_of_what_a_bank_took_back_and_gave_again(
    session: Session, campaign: Campaign
) -> None:
    """Also without match: the amount that is paid out is another one. A tip is not theirs."""
    _, payment = paid(session, campaign)
    close(session, campaign)
    tell_chargeback(session, payment, taken())
    message, text = said(session, "crowd_changed")
    initiator = session.get_one(Person, campaign.initiator_id)
    assert message.recipient == initiator.email
    assert "een bank haalde € 50 terug" in text
    assert "gaat af van wat wij u uitbetalen" in text
    again = taken(given_back=True)
    tell_chargeback(session, payment, again)
    tell_chargeback(session, payment, again)
    assert mails(session).count("crowd_changed") == 2
    assert mails(session).count("gift_counts_again") == 1


def test_who_runs_a_campaign_that_still_runs_hears_nothing_of_banks(
    session: Session, campaign: Campaign
) -> None:
    """Its page counts by itself, and nothing is theirs yet."""
    _, payment = paid(session, campaign)
    tell_chargeback(session, payment, taken())
    assert "crowd_changed" not in mails(session)


def test_thanks_name_what_the_municipality_awarded(session: Session, campaign: Campaign) -> None:
    officers = (
        officer(session, campaign.municipality_id),
        officer(session, campaign.municipality_id),
    )
    fund = town_fund(campaign.municipality_id, live=True)
    application = applied(session, fund, campaign)
    gift, _ = paid(session, campaign, tip_cents=0)
    awarded_first(session, application, *officers)
    follow(session, fund)
    close(session, campaign)
    settle_campaign(session, campaign_id=campaign.id)
    campaign_won_donor(session, pledge=gift, campaign=campaign)
    _, text = said(session, "campaign_won_donor")
    assert "De gemeente kende € 50 toe." in text
    assert "is nog niet zeker" not in text
