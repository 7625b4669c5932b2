"""The words with a gift, which its donor may change for as long as it counts."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import HiddenWordsFactory
from tests.support.giving import give_back, paid, pledge
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.pledges.corrections.words import GiftWords, change_words
from voorjebuurt.pledges.match_claims import current_match_claim
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import public_contributions

NEW = GiftWords(name="N. Visser", name_public=False, message="Veel succes!")


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> Pledge:
    return paid(session, campaign)[0]


def change(session: Session, gift: Pledge, words: GiftWords = NEW) -> None:
    change_words(session, token=gift.token, words=words, actor=GUEST)
    session.flush()


def changes(session: Session) -> list[object]:
    events = select(AuditEvent.detail).where(AuditEvent.action == "pledge.changed")
    return [detail["parts"] for detail in session.scalars(events)]


def test_name_and_message_change_on_the_page_and_nothing_else_does(
    session: Session, campaign: Campaign, gift: Pledge
) -> None:
    claim = current_match_claim(session, gift.id)
    change(session, gift)
    (row,) = public_contributions(session, campaign.id, limit=5)
    assert (row.name, row.message, row.amount_cents) == (None, "Veel succes!", 5000)
    assert current_match_claim(session, gift.id) is claim
    assert changes(session) == [["message", "name", "name_public"]], "never what it said"


def test_asking_for_what_holds_changes_nothing(session: Session, gift: Pledge) -> None:
    change(session, gift)
    change(session, gift)
    assert len(changes(session)) == 1


def test_what_staff_hid_stays_hidden(session: Session, campaign: Campaign, gift: Pledge) -> None:
    HiddenWordsFactory(pledge=gift, part="message")
    change(session, gift)
    (row,) = public_contributions(session, campaign.id, limit=5)
    assert row.message == ""


def test_only_while_it_counts_and_its_donor_is_known(
    session: Session, campaign: Campaign, gift: Pledge
) -> None:
    with pytest.raises(NotFoundError):
        change_words(session, token="nobody's", words=NEW, actor=GUEST)
    with pytest.raises(DomainError, match="gift_not_there"):
        change(session, pledge(session, campaign))
    other, _ = paid(session, campaign, email="els@voorbeeld.example")
    other.email, other.name, other.name_public = None, "", False
    with pytest.raises(DomainError, match="gift_not_there"):
        change(session, other)
    give_back(session, gift)
    with pytest.raises(DomainError, match="gift_not_there"):
        change(session, gift)
