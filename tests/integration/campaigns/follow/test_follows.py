"""Following with an address: confirmed by its reader, seen and ended by a link, and bounded."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.mailed_links import mailed_token
from tests.support.updates import follow_thing
from voorjebuurt.campaigns.follow import service
from voorjebuurt.campaigns.follow.models import Follow, FollowLink
from voorjebuurt.campaigns.follow.queries import address_of_link, follows, follows_of
from voorjebuurt.campaigns.follow.things import LINK_DAYS, MOST_FOLLOWS, UNCONFIRMED_DAYS, Thing
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.mail.models import MailMessage

NOOR = "noor@voorbeeld.example"
GREEN = Thing(theme="green")


def ask(session: Session, thing: Thing = GREEN, email: str = NOOR) -> list[MailMessage]:
    service.ask_to_follow(session, thing=thing, email=email, locale="nl")
    session.flush()
    return list(session.scalars(select(MailMessage).order_by(MailMessage.id)))


def test_nothing_is_followed_before_its_reader_confirms_it(session: Session) -> None:
    (mail,) = ask(session, email="Noor@Voorbeeld.example")
    assert (mail.template, mail.recipient) == ("follow_confirm", NOOR)
    assert not follows(session, NOOR, GREEN)
    token = mailed_token(session, mail)
    assert address_of_link(session, token) == NOOR
    (row,) = follows_of(session, NOOR)
    for _ in range(2):
        service.confirm_follow(session, email=NOOR, follow_id=row.id)
    assert follows(session, NOOR, GREEN)
    assert is_confirmed(session, NOOR)


def test_asking_again_mails_once_a_day(session: Session) -> None:
    assert len(ask(session)) == 1
    assert len(ask(session)) == 1
    assert len(session.scalars(select(FollowLink)).all()) == 1
    with clock.at(clock.now() + timedelta(days=1)):
        assert len(ask(session)) == 2


def test_who_follows_already_is_mailed_their_link(session: Session) -> None:
    follow_thing(session, NOOR, GREEN)
    (mail,) = ask(session)
    assert mail.template == "follow_link"
    assert address_of_link(session, mailed_token(session, mail)) == NOOR


def test_a_link_is_mailed_only_where_something_is_followed(session: Session) -> None:
    service.ask_for_link(session, email="vreemd@voorbeeld.example", locale="nl")
    assert session.scalars(select(MailMessage)).all() == []
    follow_thing(session, NOOR, GREEN)
    for _ in range(2):
        service.ask_for_link(session, email=NOOR, locale="nl")
    (mail,) = session.scalars(select(MailMessage)).all()
    assert "noor" not in mail.key


def test_every_link_that_was_mailed_goes_on_to_work(session: Session) -> None:
    (first,) = ask(session)
    token = mailed_token(session, first)
    _, second = ask(session, Thing(theme="sport"))
    assert address_of_link(session, mailed_token(session, second)) == NOOR
    assert address_of_link(session, token) == NOOR
    with clock.at(clock.now() + timedelta(days=LINK_DAYS + 1)):
        assert address_of_link(session, token) is None


def test_nobody_confirms_or_ends_what_another_address_follows(session: Session) -> None:
    follow_thing(session, NOOR, GREEN)
    (row,) = follows_of(session, NOOR)
    service.end_follow(session, email="ander@voorbeeld.example", follow_id=row.id)
    assert follows(session, NOOR, GREEN)
    with pytest.raises(DomainError):
        service.confirm_follow(session, email="ander@voorbeeld.example", follow_id=row.id)
    for _ in range(2):
        service.end_follow(session, email=NOOR, follow_id=row.id)
    assert not follows(session, NOOR, GREEN)


def test_an_address_follows_only_so_much(session: Session) -> None:
    for number in range(MOST_FOLLOWS):
        follow_thing(session, NOOR, Thing(area_code=f"BU{number:08d}"))
    follow_thing(session, NOOR, Thing(area_code="BU00000001"))
    with pytest.raises(DomainError) as error:
        ask(session)
    assert error.value.code == "follows_full"


def test_what_nobody_confirms_is_forgotten(session: Session) -> None:
    (mail,) = ask(session)
    follow_thing(session, "ali@voorbeeld.example", Thing(campaign_id=CampaignFactory().id))
    with clock.at(clock.now() + timedelta(days=UNCONFIRMED_DAYS + 1)):
        service.forget_unconfirmed(session)
    assert [row.email for row in session.scalars(select(Follow))] == ["ali@voorbeeld.example"]
    assert session.scalars(select(FollowLink)).all() == []
    assert session.get(MailMessage, mail.id, populate_existing=True) is None


def test_an_address_that_is_erased_is_forgotten(session: Session) -> None:
    ask(session)
    service.forget_follows(session, NOOR)
    assert session.scalars(select(Follow)).all() == []
    assert session.scalars(select(FollowLink)).all() == []
