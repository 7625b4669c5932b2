"""A donor who is erased at the moment that their payment arrives, or that their gift is judged."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once, without_errors
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import attempt, paid, pledge, tell
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail.models import ConfirmedAddress, MailMessage
from voorjebuurt.owndata import erasing
from voorjebuurt.owndata.models import DataLink
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.unmatched import judge_again, name_board_member

ROUNDS = 4
NOOR = "noor@voorbeeld.example"


def in_own_transaction(
    database: Database, deed: Callable[[Session], object]
) -> Callable[[], object]:
    def run() -> object:
        with database.writing() as session:
            return deed(session)

    return run


def new_link(session: Session) -> str:
    token, now = new_token(), clock.now()
    link = DataLink(
        token_hash=token_hash(token),
        email=NOOR,
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )
    session.add(link)
    return token


def by_link(token: str, *, tell_me: bool) -> Callable[[Session], None]:
    return partial(
        erasing.erase_by_link,
        token=token,
        typed_email=NOOR,
        tell=tell_me,
        locale="nl",
        actor=GUEST,
    )


@pytest.mark.parametrize("tell_me", [True, False])
def test_a_payment_that_arrives_meanwhile_is_booked_once_and_leaves_nobody(
    fresh_database: Database, tell_me: bool
) -> None:
    for _ in range(ROUNDS):
        with fresh_database.writing() as session, building_in(session):
            campaign = CampaignFactory(status="live")
            gift = pledge(session, campaign, email=NOOR, message="Succes!")
            payment = tell(session, attempt(session, gift))
            token = new_link(session)
        results = at_once(
            in_own_transaction(fresh_database, partial(book_payment, payment_id=payment.id)),
            in_own_transaction(fresh_database, by_link(token, tell_me=tell_me)),
        )
        without_errors(results)
        with fresh_database.writing() as session:
            row = session.get_one(Pledge, gift.id)
            assert (row.status, row.name, row.message) == ("booked", "", "")
            assert (row.email is None) == (row.address_kept_for is None)
            if not tell_me:
                erasing.finish(session, limit=10)
                session.expire_all()
                assert row.email is None
                assert session.get(ConfirmedAddress, NOOR) is None
                receipts = select(MailMessage).where(MailMessage.template == "receipt")
                assert NOOR not in {mail.recipient for mail in session.scalars(receipts)}
    with fresh_database.snapshot() as session:
        assert all(check.passed for check in check_books(session, in_flight_max_days=400))


def test_two_links_at_once_erase_once(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        paid(session, CampaignFactory(status="live"), email=NOOR)
        token = new_link(session)
    deed = in_own_transaction(fresh_database, by_link(token, tell_me=False))
    results = at_once(deed, deed)
    assert not [each for each in results if "deadlock" in str(each)]
    with fresh_database.reading() as session:
        mails = select(MailMessage).where(MailMessage.template == "own_data_erased")
        assert len(session.scalars(mails).all()) == 1
        assert session.scalars(select(Pledge.email)).all() == [None]


def test_an_account_is_erased_while_its_gifts_are_judged(fresh_database: Database) -> None:
    for number in range(ROUNDS):
        email = f"noor{number}@voorbeeld.example"
        with fresh_database.writing() as session, building_in(session):
            campaign = CampaignFactory(status="live")
            noor = PersonFactory(email=email)
            for _ in range(2):
                paid(session, campaign, email=email)
            name_board_member(session, campaign_id=campaign.id, email=email, actor=actor_of(noor))
        erase = partial(
            erasing.erase_signed_in,
            person_id=noor.id,
            typed_email=email,
            tell=False,
            actor=actor_of(noor),
        )
        results = at_once(
            in_own_transaction(fresh_database, erase),
            in_own_transaction(fresh_database, partial(judge_again, campaign_id=campaign.id)),
        )
        without_errors(results)
        with fresh_database.reading() as session:
            assert session.get_one(Person, noor.id).erased_at is not None
            gifts = session.scalars(select(Pledge).where(Pledge.campaign_id == campaign.id)).all()
            assert [gift.email for gift in gifts] == [None, None]
            assert len({gift.matchable for gift in gifts}) == 1
