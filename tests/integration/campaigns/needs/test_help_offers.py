"""Offering help: confirmed by mail, accepted up to what is asked for, and taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.needs import NeedFactory, NeedOfferFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import jobs_of, mails
from tests.support.mailed_links import mailed_token
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs import offers
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.queries import needs_of, offer_of_link, offers_of
from voorjebuurt.campaigns.needs.rules import OfferTerms
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person

HELPER = "bram@voorbeeld.example"
TERMS = OfferTerms(number=2, name="Bram Bos", email=HELPER, message="Met een schep.")


@pytest.fixture
def need(session: Session) -> Need:
    need: Need = NeedFactory(number=3)
    session.flush()
    return need


@pytest.fixture
def initiator(session: Session, need: Need) -> Actor:
    campaign = session.get_one(Campaign, need.campaign_id)
    return actor_of(session.get_one(Person, campaign.initiator_id))


def link_of(session: Session, template: str) -> str:
    """The secret in the last mail of a kind."""
    statement = select(MailMessage).where(MailMessage.template == template)
    message = session.scalars(statement.order_by(MailMessage.created_at.desc())).first()
    return mailed_token(session, certain(message))


def offered(session: Session, need: Need, terms: OfferTerms = TERMS) -> str:
    """An offer that was made; its link."""
    offers.make_offer(session, need_id=need.id, terms=terms, locale="nl")
    return link_of(session, "need_offer_confirm")


def confirmed(session: Session, need: Need) -> NeedOffer:
    token = offered(session, need)
    offers.confirm_offer(session, token=token)
    return session.scalars(select(NeedOffer).where(NeedOffer.email == HELPER)).one()


def answer(
    session: Session, need: Need, offer: NeedOffer, actor: Actor, *, accepts: bool = True
) -> None:
    offers.answer_offer(
        session,
        campaign_id=need.campaign_id,
        offer_id=offer.id,
        accepts=accepts,
        text="Tot zaterdag.",
        actor=actor,
    )


def test_nobody_reads_an_offer_before_its_address_is_confirmed(
    session: Session, need: Need
) -> None:
    token = offered(session, need)
    assert mails(session) == ["need_offer_confirm"]
    assert offers_of(session, need.campaign_id) == []
    assert not is_confirmed(session, HELPER)
    for _ in range(2):
        offers.confirm_offer(session, token=token)
    assert mails(session) == ["need_offer_confirm", "need_offer_waits"]
    (row,) = offers_of(session, need.campaign_id)
    assert (row.name, row.email, row.state) == ("Bram Bos", None, "offer")
    assert is_confirmed(session, HELPER)


@pytest.mark.parametrize("number", [0, 4, 10**12])
def test_no_more_is_offered_than_is_asked_for(session: Session, need: Need, number: int) -> None:
    terms = OfferTerms(number=number, name="Bram", email=HELPER, message="")
    with pytest.raises(DomainError, match="offer_number_out_of_bounds") as refusal:
        offers.make_offer(session, need_id=need.id, terms=terms, locale="nl")
    assert refusal.value.field == "number"


def test_what_is_stopped_or_over_takes_no_offers(session: Session, need: Need) -> None:
    no_longer = NeedFactory(stopped_at=clock.now())
    over = NeedFactory(campaign=CampaignFactory(status="failed"))
    for each in (no_longer, over):
        with pytest.raises(NotFoundError):
            offers.make_offer(session, need_id=each.id, terms=TERMS, locale="nl")


def test_addresses_are_exchanged_when_an_offer_is_accepted_and_not_before(
    session: Session, need: Need, initiator: Actor
) -> None:
    offer = confirmed(session, need)
    for _ in range(2):
        answer(session, need, offer, initiator)
    session.refresh(need)
    assert (need.taken, offer.state) == (2, "acceptance")
    (row,) = offers_of(session, need.campaign_id)
    assert row.email == HELPER
    own = certain(offer_of_link(session, link_of(session, "need_offer_accepted")))
    email = session.get_one(Person, certain(initiator.person_id)).email
    assert own.initiator_email == email
    mail = session.scalars(
        select(MailMessage).where(MailMessage.template == "need_offer_accepted")
    ).one()
    assert (mail.context["initiator_email"], mail.context["body"]) == (email, "Tot zaterdag.")


def test_thanks_give_no_address_away_and_keep_none(
    session: Session, need: Need, initiator: Actor
) -> None:
    offer = confirmed(session, need)
    answer(session, need, offer, initiator, accepts=False)
    session.refresh(need)
    assert (need.taken, offer.state, offer.email, offer.name) == (0, "thanks", None, "")
    assert "need_offer_thanked" in mails(session)
    with pytest.raises(TransitionError):
        answer(session, need, offer, initiator)


def test_no_more_is_accepted_than_is_asked_for(
    session: Session, need: Need, initiator: Actor
) -> None:
    first, second = (NeedOfferFactory(need=need, number=2) for _ in range(2))
    session.flush()
    answer(session, need, first, initiator)
    with pytest.raises(DomainError, match="need_full"):
        answer(session, need, second, initiator)
    statement = update(NeedOffer).where(NeedOffer.id == second.id).values(state="acceptance")
    with pytest.raises(IntegrityError, match="ck_needs_number"), session.begin_nested():
        session.execute(statement)


def test_only_the_initiator_answers(session: Session, need: Need) -> None:
    offer = confirmed(session, need)
    with pytest.raises(ForbiddenError):
        answer(session, need, offer, actor_of(PersonFactory()))
    other = NeedFactory()
    stranger = actor_of(
        session.get_one(Person, session.get_one(Campaign, other.campaign_id).initiator_id)
    )
    with pytest.raises(NotFoundError):
        answer(session, other, offer, stranger)


def test_what_was_accepted_and_is_taken_back_is_asked_for_again(
    session: Session, need: Need, initiator: Actor
) -> None:
    offer = confirmed(session, need)
    answer(session, need, offer, initiator)
    token = link_of(session, "need_offer_accepted")
    for _ in range(2):
        offers.withdraw_offer(session, token=token)
    session.refresh(need)
    assert (need.taken, offer.state, offer.email) == (0, "withdrawal", None)
    assert mails(session).count("need_offer_withdrawn") == 1
    assert offers_of(session, need.campaign_id) == []


def test_an_offer_that_nobody_read_is_thrown_away(session: Session, need: Need) -> None:
    token = offered(session, need)
    offers.withdraw_offer(session, token=token)
    assert session.scalars(select(NeedOffer)).all() == []
    assert mails(session) == ["need_offer_confirm"]
    with pytest.raises(DomainError, match="offer_over"):
        offers.confirm_offer(session, token=token)


def test_hours_are_confirmed_corrected_and_shown_together(
    session: Session, need: Need, initiator: Actor
) -> None:
    offer = confirmed(session, need)
    about = {"campaign_id": need.campaign_id, "offer_id": offer.id, "actor": initiator}
    with pytest.raises(NotFoundError):
        offers.confirm_hours(session, hours=3, **about)  # type: ignore[arg-type]
    answer(session, need, offer, initiator)
    for hours in (3, 4, 4):
        offers.confirm_hours(session, hours=hours, **about)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="hours_out_of_bounds"):
        offers.confirm_hours(session, hours=501, **about)  # type: ignore[arg-type]
    assert [row.hours for row in needs_of(session, need.campaign_id)] == [4]
    with pytest.raises(DomainError, match="offer_done"):
        offers.withdraw_offer(session, token=link_of(session, "need_offer_accepted"))


def test_what_nobody_confirms_goes_after_a_week(session: Session, need: Need) -> None:
    offered(session, need)
    with clock.at(clock.now() + timedelta(days=6)):
        offers.forget_old_offers(session)
    assert len(session.scalars(select(NeedOffer)).all()) == 1
    with clock.at(clock.now() + timedelta(days=8)):
        offers.forget_old_offers(session)
    assert session.scalars(select(NeedOffer)).all() == []


def test_who_helped_is_kept_for_half_a_year(session: Session, need: Need, initiator: Actor) -> None:
    offer = confirmed(session, need)
    answer(session, need, offer, initiator)
    with clock.at(clock.now() + timedelta(days=181)):
        offers.forget_old_offers(session)
    session.refresh(offer)
    session.refresh(need)
    assert (offer.email, offer.name, need.taken) == (None, "", 2)


def test_who_is_erased_is_not_waited_for(session: Session, need: Need, initiator: Actor) -> None:
    agreement = confirmed(session, need)
    answer(session, need, agreement, initiator)
    waiting = NeedOfferFactory(need=need, email=HELPER)
    NeedOfferFactory(need=need, email=HELPER, state="attempt")
    helper = NeedOfferFactory(need=need, email=HELPER, state="acceptance", number=1, hours=2)
    session.flush()
    assert offers.offers_from(session, HELPER) == 4
    offers.forget_offers(session, HELPER)
    assert offers.offers_from(session, HELPER) == 0
    assert (waiting.state, helper.state, agreement.state) == (
        "withdrawal",
        "acceptance",
        "acceptance",
    )
    assert jobs_of(session, "campaigns.withdraw_erased_offer") == 1
    offers.withdraw_erased_offer(session, offer_id=agreement.id)
    session.refresh(need)
    assert (agreement.state, need.taken) == ("withdrawal", 1)
