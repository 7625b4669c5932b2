"""Gifts of the initiator, the board and the funder count for the crowd, not for the match."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import SECRET, attempt, jobs_of, paid, pledge, tell
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.payments.rules import payer_key
from voorjebuurt.people.models import Person
from voorjebuurt.pledges import unmatched
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.closing import raised
from voorjebuurt.pledges.models import MatchClaim, Pledge

BOARD = "voorzitter@voorbeeld.example"


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5000)


def gift_from(session: Session, campaign: Campaign, account: str, **values: Any) -> Pledge:
    """A gift that was paid from some account."""
    gift = pledge(session, campaign, **values)
    payment = tell(session, attempt(session, gift), payer=payer_key(SECRET, account))
    book_payment(session, payment_id=payment.id)
    session.flush()
    return gift


def test_the_initiators_own_gift(session: Session, campaign: Campaign) -> None:
    own = Actor("person", campaign.initiator_id)
    signed_in, _ = paid(session, campaign, actor=own)
    initiator = session.get_one(Person, campaign.initiator_id)
    by_mail, _ = paid(session, campaign, email=initiator.email.upper())
    other, _ = paid(session, campaign, email="buur@voorbeeld.example")
    assert [gift.matchable for gift in (signed_in, by_mail, other)] == [False, False, True]
    assert raised(session, campaign.id) == 15_000


def test_the_board_before_and_after_it_was_named(session: Session, campaign: Campaign) -> None:
    before, _ = paid(session, campaign, email=BOARD)
    assert before.matchable
    unmatched.name_board_member(
        session, campaign_id=campaign.id, email=f" {BOARD.upper()} ", actor=SYSTEM
    )
    assert jobs_of(session, "pledges.judge_again") == 1
    unmatched.judge_again(session, campaign_id=campaign.id)
    after, _ = paid(session, campaign, email=BOARD)
    assert (before.matchable, after.matchable) == (False, False)
    claims = session.scalars(
        select(MatchClaim).where(MatchClaim.pledge_id == before.id).order_by(MatchClaim.seq)
    ).all()
    assert [(claim.kind, claim.matchable) for claim in claims] == [
        ("gift", True),
        ("refund", True),
        ("gift", False),
    ]


def test_the_board_of_one_campaign_may_give_to_another(
    session: Session, campaign: Campaign
) -> None:
    unmatched.name_board_member(session, campaign_id=campaign.id, email=BOARD, actor=SYSTEM)
    gift, _ = paid(session, CampaignFactory(status="live"), email=BOARD)
    assert gift.matchable


def test_the_same_account_under_another_address(session: Session, campaign: Campaign) -> None:
    earlier = gift_from(session, campaign, "NL1", email="ander@voorbeeld.example")
    initiator = session.get_one(Person, campaign.initiator_id)
    own = gift_from(session, campaign, "NL1", email=initiator.email)
    later = gift_from(session, campaign, "NL1", email="derde@voorbeeld.example")
    assert [gift.matchable for gift in (earlier, own, later)] == [True, False, False]
    assert jobs_of(session, "pledges.judge_again") == 2
    unmatched.judge_again(session, campaign_id=campaign.id)
    assert not earlier.matchable


def test_the_funder_by_address_and_by_domain(session: Session, campaign: Campaign) -> None:
    for email in ("@gemeente.example", "fonds@stichting.example"):
        unmatched.name_funder_address(
            session, municipality_id=campaign.municipality_id, email=email, actor=SYSTEM
        )
    emails = ["wethouder@gemeente.example", "fonds@stichting.example", "x@stichting.example"]
    gifts = [paid(session, campaign, email=email)[0] for email in emails]
    assert [gift.matchable for gift in gifts] == [False, False, True]
    elsewhere, _ = paid(session, CampaignFactory(status="live"), email=emails[0])
    assert elsewhere.matchable


@pytest.mark.parametrize("email", ["", "geen adres", "@gemeente.example", "a@b", "a b@c.nl"])
def test_a_board_has_addresses_only(session: Session, campaign: Campaign, email: str) -> None:
    with pytest.raises(DomainError) as error:
        unmatched.name_board_member(session, campaign_id=campaign.id, email=email, actor=SYSTEM)
    assert (error.value.code, error.value.field) == ("unmatched_address", "email")


def test_an_address_is_named_once_and_can_be_taken_off(
    session: Session, campaign: Campaign
) -> None:
    def name() -> None:
        unmatched.name_board_member(session, campaign_id=campaign.id, email=BOARD, actor=SYSTEM)

    name()
    with pytest.raises(DomainError, match="unmatched_known"):
        name()
    (member,) = unmatched.board_of(session, campaign.id)
    other = CampaignFactory(status="live")
    for wrong in [(other.id, member.id), (campaign.id, new_id())]:
        with pytest.raises(NotFoundError):
            unmatched.remove_board_member(
                session, campaign_id=wrong[0], giver_id=wrong[1], actor=SYSTEM
            )
    with pytest.raises(NotFoundError):
        unmatched.remove_funder_address(
            session,
            municipality_id=campaign.municipality_id,
            giver_id=member.id,
            actor=SYSTEM,
        )
    unmatched.remove_board_member(
        session, campaign_id=campaign.id, giver_id=member.id, actor=SYSTEM
    )
    session.flush()
    assert unmatched.board_of(session, campaign.id) == []
    deeds = select(AuditEvent.action).where(AuditEvent.action.like("unmatched_giver.%"))
    assert sorted(session.scalars(deeds)) == ["unmatched_giver.named", "unmatched_giver.removed"]
