"""Another address of a gift: confirmed at the new one, told to the old one, with a new link."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import jobs_of, paid, pledge
from tests.support.mailed_links import mailed_token
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.corrections.addresses import (
    LINK_HOURS,
    address_asked,
    ask_address,
    forget_addresses,
    use_address,
)
from voorjebuurt.pledges.corrections.models import GiftAddressChange
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.match_claims import current_match_claim
from voorjebuurt.pledges.models import Pledge

OLD, NEW = "noor@voorbeeld.example", "noor@elders.example"


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> Pledge:
    return paid(session, campaign)[0]


def asked(session: Session, gift: Pledge, email: str = NEW) -> str:
    """Ask for it; the secret of the mailed link."""
    ask_address(session, token=gift.token, email=email, locale="nl", actor=GUEST)
    session.flush()
    statement = select(MailMessage).where(MailMessage.template == "gift_address_confirm")
    message = session.scalars(statement.order_by(MailMessage.created_at.desc())).first()
    assert message is not None
    assert message.recipient == email
    secret = mailed_token(session, message)
    session.expire_all()
    return secret


def to(session: Session, template: str) -> list[str]:
    messages = select(MailMessage.recipient).where(MailMessage.template == template)
    return list(session.scalars(messages))


def test_nothing_changes_before_the_new_address_says_so(session: Session, gift: Pledge) -> None:
    token = gift.token
    secret = asked(session, gift)
    assert (gift.email, gift.token) == (OLD, token)
    assert address_asked(session, secret) == NEW
    assert to(session, "gift_address_left") == []


def test_the_gift_gets_the_address_and_another_link_and_the_old_one_is_told(
    session: Session, gift: Pledge
) -> None:
    old_token, claim = gift.token, current_match_claim(session, gift.id)
    new_token = use_address(session, token=asked(session, gift), actor=GUEST)
    session.flush()
    assert (gift.email, gift.token) == (NEW, new_token)
    assert gift_by_token(session, old_token) is None
    assert gift_by_token(session, new_token) is not None
    assert to(session, "gift_address_left") == [OLD]
    assert to(session, "gift_address_new") == [NEW]
    assert is_confirmed(session, NEW)
    assert current_match_claim(session, gift.id) is claim, "what it counts stays"
    assert jobs_of(session, "pledges.judge_again") == 1
    assert session.scalars(select(GiftAddressChange)).all() == []


def test_a_link_works_once_and_a_day(session: Session, gift: Pledge) -> None:
    secret = asked(session, gift)
    with clock.at(clock.now() + timedelta(hours=LINK_HOURS)):
        assert address_asked(session, secret) is None
        with pytest.raises(DomainError, match="address_link_over"):
            use_address(session, token=secret, actor=GUEST)
        forget_addresses(session)
        assert session.scalars(select(GiftAddressChange)).all() == []
    secret = asked(session, gift)
    use_address(session, token=secret, actor=GUEST)
    session.flush()
    with pytest.raises(DomainError, match="address_link_over"):
        use_address(session, token=secret, actor=GUEST)


def test_the_address_that_was_asked_last_counts(session: Session, gift: Pledge) -> None:
    first = asked(session, gift)
    asked(session, gift, "derde@elders.example")
    assert address_asked(session, first) is None


def test_only_for_a_gift_that_was_paid_by_somebody_known(
    session: Session, campaign: Campaign, gift: Pledge
) -> None:
    with pytest.raises(DomainError, match="gift_address_same") as refusal:
        asked(session, gift, "Noor@Voorbeeld.example ")
    assert refusal.value.field == "email"
    with pytest.raises(DomainError, match="gift_not_there"):
        asked(session, pledge(session, campaign))
    with pytest.raises(NotFoundError):
        ask_address(session, token="nobody's", email=NEW, locale="nl", actor=GUEST)
    secret = asked(session, gift)
    gift.email, gift.name, gift.name_public = None, "", False
    session.flush()
    with pytest.raises(DomainError, match="address_link_over"):
        use_address(session, token=secret, actor=GUEST)
