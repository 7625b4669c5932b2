"""A present: told on its day, never of a gift that went back, and its reader forgotten in time."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import give_back, paid
from tests.support.mailed_links import mailed_token
from voorjebuurt.campaigns.follow.models import Follow
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.mail.conditions import holds
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.dedications.choosing import change_dedication, dedicate
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.presents import (
    OVER_TEMPLATE,
    TEMPLATE,
    answer_present,
    forget_recipient,
    forget_recipients,
    tell_next_presents,
)
from voorjebuurt.pledges.dedications.queries import present_of_link
from voorjebuurt.pledges.dedications.rules import (
    KEPT_DAYS,
    DedicationKind,
    DedicationWish,
    PresentAnswer,
)
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import RefundReason

READER = "bo@elders.example"


@pytest.fixture
def campaign(session: Session) -> Campaign:
    deadline = clock.today() + timedelta(days=9)
    return CampaignFactory(
        status="live", deadline_on=deadline, closes_at=clock.end_of_day(deadline)
    )


def wish(days: int = 3, email: str = READER) -> DedicationWish:
    day = clock.today() + timedelta(days=days)
    return DedicationWish(
        DedicationKind.PRESENT, "Bo", words="Fijne verjaardag!", email=email, tell_on=day
    )


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> Pledge:
    pledge = paid(session, campaign)[0]
    dedicate(session, pledge=pledge, wish=wish())
    return pledge


def at_noon(days: int) -> datetime:
    return clock.end_of_day(clock.today() + timedelta(days=days)) - timedelta(hours=12)


def tell(session: Session, days: int = 3) -> int:
    with clock.at(at_noon(days)):
        return tell_next_presents(session, limit=9)


def mails(session: Session) -> list[MailMessage]:
    return list(session.scalars(select(MailMessage).where(MailMessage.template == TEMPLATE)))


def opened(session: Session) -> str:
    """The secret of the mailed link."""
    (message,) = mails(session)
    secret = mailed_token(session, message)
    session.expire_all()
    return secret


def test_it_is_told_on_its_day_once_without_words_or_an_amount(
    session: Session, gift: Pledge
) -> None:
    assert tell(session, days=2) == 0
    with clock.at(at_noon(3) - timedelta(hours=6)):
        assert tell_next_presents(session, limit=9) == 0
    assert [tell(session) for _ in range(2)] == [1, 0]
    (message,) = mails(session)
    assert message.recipient == READER
    assert set(message.context) == {"link_id", "campaign_path", "expires_on"}
    present = present_of_link(session, opened(session))
    assert present is not None
    assert (present.name, present.words, present.donor) == (
        "Bo",
        "Fijne verjaardag!",
        "Noor Visser",
    )
    assert not any("cents" in name for name in vars(present))


def test_nobody_is_told_of_a_gift_that_went_back_before_its_day(
    session: Session, gift: Pledge
) -> None:
    assert give_back(session, gift)
    assert tell(session) == 0
    assert mails(session) == []


def test_a_mail_that_waits_is_dropped_when_the_gift_goes_back(
    session: Session, gift: Pledge
) -> None:
    tell(session)
    (message,) = mails(session)
    assert holds(session, TEMPLATE, message.context)
    secret = opened(session)
    assert give_back(session, gift)
    assert not holds(session, TEMPLATE, message.context)
    assert present_of_link(session, secret) is None
    with pytest.raises(DomainError):
        answer_present(session, token=secret, answer=PresentAnswer.FOLLOW)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "failed"},
        {"status": "cancelled"},
        {"status": "near_miss"},
        {"pledges_stopped_at": clock.now()},
    ],
)
def test_nobody_is_told_while_the_campaign_does_not_run(
    session: Session, campaign: Campaign, gift: Pledge, values: dict[str, object]
) -> None:
    session.execute(update(Campaign).where(Campaign.id == campaign.id).values(values))
    assert tell(session) == 0


@pytest.mark.parametrize("days", [-1, 10])
def test_its_day_is_within_the_campaigns_life(
    session: Session, campaign: Campaign, days: int
) -> None:
    gift = paid(session, campaign)[0]
    with pytest.raises(DomainError) as refusal:
        dedicate(session, pledge=gift, wish=wish(days))
    assert (refusal.value.code, refusal.value.field) == ("present_day_outside", "present_day")


def test_its_reader_follows_with_one_press_and_no_account(session: Session, gift: Pledge) -> None:
    tell(session)
    secret = opened(session)
    for _ in range(2):
        answer_present(session, token=secret, answer=PresentAnswer.FOLLOW)
    follow = session.scalars(select(Follow)).one()
    assert (follow.email, follow.campaign_id) == (READER, gift.campaign_id)
    assert follow.confirmed_at is not None
    assert is_confirmed(session, READER)
    row = session.get_one(Dedication, gift.id)
    assert (row.email, row.answer) == (None, "follow")


def test_who_says_that_it_is_for_somebody_else_is_forgotten(session: Session, gift: Pledge) -> None:
    tell(session)
    secret = opened(session)
    for answer in (PresentAnswer.REFUSAL, PresentAnswer.FOLLOW):
        answer_present(session, token=secret, answer=answer)
    assert session.scalars(select(Follow)).all() == []
    row = session.get_one(Dedication, gift.id)
    assert (row.email, row.answer) == (None, "refusal")


def test_an_address_that_nobody_uses_is_forgotten_with_its_mail(
    session: Session, gift: Pledge
) -> None:
    tell(session)
    secret = opened(session)
    forget_recipients(session)
    session.expire_all()
    assert session.get_one(Dedication, gift.id).email == READER
    with clock.at(at_noon(4 + KEPT_DAYS)):
        forget_recipients(session)
    session.expire_all()
    row = session.get_one(Dedication, gift.id)
    assert (row.email, row.token_hash, row.name) == (None, None, "Bo")
    assert present_of_link(session, secret) is None


def test_an_address_of_a_gift_that_went_back_is_forgotten(session: Session, gift: Pledge) -> None:
    give_back(session, gift)
    forget_recipients(session)
    session.expire_all()
    assert session.get_one(Dedication, gift.id).email is None


def test_who_wants_to_be_forgotten_is_told_nothing(session: Session, gift: Pledge) -> None:
    forget_recipient(session, READER)
    session.expire_all()
    assert tell(session) == 0


def test_what_was_told_stays(session: Session, gift: Pledge) -> None:
    tell(session)
    for change in (wish(days=4), wish(email="an@elders.example"), None):
        with pytest.raises(DomainError) as refusal:
            change_dedication(session, token=gift.token, wish=change, actor=GUEST)
        assert refusal.value.code == "present_told"
    change_dedication(session, token=gift.token, wish=wish(), actor=GUEST)  # as it is
    for values in ({"words": "anders"}, {"email": "an@elders.example"}, {"kind": "memory"}):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(update(Dedication).values(values))


def test_the_database_itself_tells_nobody_of_a_gift_that_does_not_count(
    session: Session, gift: Pledge
) -> None:
    give_back(session, gift)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(Dedication).values(told_at=clock.now()))


def mails_of(session: Session, template: str) -> list[MailMessage]:
    return list(session.scalars(select(MailMessage).where(MailMessage.template == template)))


def sent(session: Session) -> None:
    """The mail of the present was handed over."""
    session.execute(
        update(MailMessage).where(MailMessage.template == TEMPLATE).values(sent_at=clock.now())
    )
    session.expire_all()


@pytest.mark.parametrize("reason", [RefundReason.CAMPAIGN_FAILED, RefundReason.CAMPAIGN_CANCELLED])
def test_who_was_told_hears_once_that_the_plan_does_not_go_ahead(
    session: Session, gift: Pledge, reason: RefundReason
) -> None:
    tell(session)
    sent(session)
    assert give_back(session, gift, reason)
    (message,) = mails_of(session, OVER_TEMPLATE)
    assert message.recipient == READER
    assert set(message.context) == {"told_key", "told_at", "campaign_path"}
    assert holds(session, OVER_TEMPLATE, message.context)
    (to_donor,) = mails_of(session, "refund_asked")
    assert to_donor.context["present_name"] == "Bo"
    assert to_donor.context["told_at"] is not None
    assert to_donor.context["is_reached"] is True


def test_who_never_got_the_first_mail_gets_no_second_one(session: Session, gift: Pledge) -> None:
    tell(session)
    assert give_back(session, gift, RefundReason.CAMPAIGN_FAILED)
    (message,) = mails_of(session, OVER_TEMPLATE)
    assert not holds(session, OVER_TEMPLATE, message.context)


def test_of_a_present_that_was_not_told_only_its_donor_hears(
    session: Session, gift: Pledge
) -> None:
    assert give_back(session, gift, RefundReason.CAMPAIGN_FAILED)
    assert mails_of(session, OVER_TEMPLATE) == []
    (to_donor,) = mails_of(session, "refund_asked")
    assert (to_donor.context["present_name"], to_donor.context["told_at"]) == ("Bo", None)


def test_who_answered_is_mailed_no_more_and_the_donor_knows(session: Session, gift: Pledge) -> None:
    tell(session)
    answer_present(session, token=opened(session), answer=PresentAnswer.REFUSAL)
    sent(session)
    assert give_back(session, gift, RefundReason.CAMPAIGN_FAILED)
    assert mails_of(session, OVER_TEMPLATE) == []
    (to_donor,) = mails_of(session, "refund_asked")
    assert to_donor.context["is_reached"] is False


def test_who_takes_a_told_present_back_tells_it_themselves(session: Session, gift: Pledge) -> None:
    tell(session)
    sent(session)
    assert give_back(session, gift, RefundReason.DONOR_CHOICE)
    assert mails_of(session, OVER_TEMPLATE) == []
