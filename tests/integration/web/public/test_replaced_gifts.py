"""A gift that was paid beside its correction: its page says that the money goes back by itself."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.fixtures_site import Committing
from tests.support.giving import BOUNDS, attempt, pledge, tell
from tests.support.pages import words
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.payments.models import Refund
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.details import PledgeDetails
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.service import change_pledge

NL = {"Accept-Language": "nl"}


def corrected(session: Session, gift: Pledge, *, cents: int) -> Pledge:
    """The same gift with another amount: a new one, for the old payment may still arrive."""
    details = PledgeDetails(
        amount_cents=cents,
        tip_cents=gift.tip_cents,
        email=certain(gift.email),
        name=gift.name,
        name_public=gift.name_public,
        message=gift.message,
        postcode=gift.postcode,
        donor_key="d",
    )
    return change_pledge(session, token=gift.token, details=details, bounds=BOUNDS, actor=GUEST)


@pytest.fixture
def tokens(committing: Committing) -> tuple[str, str]:
    """The gift of € 7 that was paid after all, and its correction of € 9 that counts."""
    with committing() as session:
        campaign = CampaignFactory(status="live", slug="bankje")
        gift = pledge(session, campaign, amount_cents=700, tip_cents=0)
        late_attempt = tell(session, attempt(session, gift), "canceled")
        new_gift = corrected(session, gift, cents=900)
        book_payment(session, payment_id=tell(session, attempt(session, new_gift), "paid").id)
        book_payment(session, payment_id=tell(session, late_attempt, "paid").id)
        return gift.token, new_gift.token


def test_what_was_paid_beside_a_correction_goes_back(
    client: FlaskClient, committing: Committing, tokens: tuple[str, str]
) -> None:
    old, new = tokens
    text = words(client.get(f"/giften/{old}", headers=NL))
    assert "U krijgt deze betaling terug" in text
    assert "Een van uw betalingen komt naar u terug: € 7." in text
    assert "We zoeken uit" not in text
    assert new in client.get(f"/giften/{old}", headers=NL).text
    with committing() as session:
        session.scalars(select(Refund)).one().status = "refunded"
    text = words(client.get(f"/giften/{old}", headers=NL))
    assert "Deze betaling is terugbetaald" in text
    assert "gaat vanzelf naar u terug" not in text


def test_a_refund_that_failed_is_told(
    client: FlaskClient, committing: Committing, tokens: tuple[str, str]
) -> None:
    with committing() as session:
        session.scalars(select(Refund)).one().status = "failed"
    assert "Terugsturen is nog niet gelukt" in words(client.get(f"/giften/{tokens[0]}", headers=NL))
