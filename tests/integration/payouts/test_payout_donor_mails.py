"""Donors hear, once, that the group has the money, and by when it accounts for match money."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, tell_all, words_of
from tests.support.factories import payouts as make
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import town_divided
from tests.support.sending import send_now
from voorjebuurt.kernel import clock
from voorjebuurt.payouts import mails
from voorjebuurt.payouts.bank_files import return_payout
from voorjebuurt.payouts.models import Payout
from voorjebuurt.settings import Settings

NOW = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def case(session: Session) -> make.Payable:
    case = make.payable_campaign(session, title="Groen plein")
    PledgeFactory(campaign=case.campaign, email="noor@voorbeeld.example", amount_cents=2_500)
    return case


def test_donors_hear_once_that_the_group_has_the_money(
    session: Session, case: make.Payable
) -> None:
    with clock.at(NOW):
        payout = make.payout_in(session, case, "executed")
        mails.paid_out_to_donors(session, campaign=case.campaign, payout=payout)
    tell_all(session)
    (message,) = mails_of(session, "paid_out_donor")
    words = words_of(message)
    assert message.recipient == "noor@voorbeeld.example"
    for part in ("Groen plein", "5 november 2026", "€ 25", "Het geld is bij de groep"):
        assert part in words
    assert "gemeente" not in words


def test_money_that_came_back_from_the_bank_is_not_said_to_be_there(
    session: Session, settings: Settings, case: make.Payable
) -> None:
    payout = make.payout_in(session, case, "executed")
    tell_all(session)
    return_payout(session, payout_id=payout.id, reason="Onbekend", actor=case.anna)
    (message,) = mails_of(session, "paid_out_donor")
    send_now(session, settings, message)
    assert (message.sent_at, message.dropped_at is None) == (None, False)


def test_nothing_is_said_before_the_bank_has_paid(session: Session, case: make.Payable) -> None:
    make.payout_in(session, case, "exported")
    tell_all(session)
    assert mails_of(session, "paid_out_donor") == []


def test_donors_hear_by_when_the_group_accounts_for_match_money(session: Session) -> None:
    with clock.at(NOW):
        town = town_divided(session, claim=50_000)
        town.send(session, "award", 50_000)
        PledgeFactory(campaign=town.campaign)
        payout = Payout(campaign_id=town.campaign.id, executed_on=NOW.date())
        mails.paid_out_to_donors(session, campaign=town.campaign, payout=payout)
    tell_all(session)
    words = [words_of(message) for message in mails_of(session, "paid_out_donor")]
    assert words
    assert all("De groep laat uiterlijk op 7 mei 2027 zien waaraan" in each for each in words)
