"""Signing in at the same moment: what works once works once, and locks come in one order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.at_once import at_once
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.mailed_links import mailed_path
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import signin
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.people.service import locked_person

IDS = [UUID(int=(number * 7919) % 8192 << 64 | number) for number in (5, 2, 7, 1, 4)]
"""Five ids whose order in a set is not that of their numbers."""


def test_drafts_are_taken_over_in_the_order_of_their_ids(
    app: Flask, fresh_database: Database
) -> None:
    assert list(frozenset(IDS)) != sorted(IDS)
    with fresh_database.writing() as session, building_in(session):
        person = PersonFactory(email="anna@voorbeeld.example")
        for campaign_id in IDS:
            CampaignFactory(id=campaign_id, status="draft", initiator=person, guest_name="Gijs")
    with fresh_database.writing() as session:
        signin.request_link(session, email=person.email, next_path=None, locale="nl", actor=GUEST)
    with fresh_database.writing() as session:
        path = mailed_path(session, session.scalars(select(MailMessage)).one())
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["drafts"] = [str(campaign_id) for campaign_id in IDS]
    assert browser.post(path).status_code == 302
    with fresh_database.reading() as session:
        names = session.scalars(select(Campaign.guest_name)).all()
    assert names == [None] * len(IDS), "all are theirs now; the order is looked at by conftest"


def test_campaigns_come_before_the_person_who_signs_in(
    app: Flask, fresh_database: Database
) -> None:
    with fresh_database.writing() as session, building_in(session):
        person = PersonFactory(email="anna@voorbeeld.example", verified_at=None)
        campaign = CampaignFactory(status="draft", initiator=person, guest_name="Gijs")
    with fresh_database.writing() as session:
        signin.request_link(session, email=person.email, next_path=None, locale="nl", actor=GUEST)
    with fresh_database.writing() as session:
        path = mailed_path(session, session.scalars(select(MailMessage)).one())
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["drafts"] = [str(campaign.id)]
    with ThreadPoolExecutor(1) as pool:
        with fresh_database.writing() as session:
            locked_campaign(session, campaign.id)
            answer = pool.submit(browser.post, path)
            with pytest.raises(TimeoutError):
                answer.result(timeout=1.5)
            locked_person(session, person.id)
        assert answer.result(timeout=20).status_code == 302


def test_the_person_comes_before_their_links(fresh_database: Database) -> None:
    with fresh_database.writing() as session, building_in(session):
        person = PersonFactory(email="anna@voorbeeld.example", verified_at=None)
    with fresh_database.writing() as session:
        signin.request_link(session, email=person.email, next_path=None, locale="nl", actor=GUEST)
    with fresh_database.writing() as session:
        path = mailed_path(session, session.scalars(select(MailMessage)).one())

    def press() -> str:
        try:
            with fresh_database.writing() as session:
                signin.use_link(session, token=path.rpartition("/")[2], locale="nl", actor=GUEST)
        except DomainError as error:
            return error.code
        return "signed in"

    with ThreadPoolExecutor(1) as pool:
        with fresh_database.writing() as session:
            locked_person(session, person.id)
            answer = pool.submit(press)
            with pytest.raises(TimeoutError):
                answer.result(timeout=1.5)
            signin.end_sessions(session, person_id=person.id, actor=actor_of(person))
        assert answer.result(timeout=20) == "sign_in_link_used"


SEALER = Sealer(("a key of at least thirty-two characters",))


@pytest.mark.parametrize("_again", range(3))
def test_a_link_pressed_twice_at_once_signs_in_once(fresh_database: Database, _again: int) -> None:
    with fresh_database.writing() as session:
        signin.request_link(
            session, email="anna@voorbeeld.example", next_path=None, locale="nl", actor=GUEST
        )
    with fresh_database.writing() as session:
        path = mailed_path(session, session.scalars(select(MailMessage)).one())

    def press() -> bool:
        with fresh_database.writing() as session:
            signin.use_link(session, token=path.rpartition("/")[2], locale="nl", actor=GUEST)
        return True

    results = at_once(press, press, press)
    assert results.count(True) == 1
    assert sum(isinstance(result, DomainError) for result in results) == 2


@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_a_code_given_twice_at_once_opens_one_session(fresh_database: Database, kind: str) -> None:
    with fresh_database.writing() as session, building_in(session):
        person = PersonFactory()
        secret = factors.new_secret()
        recovery_codes = factors.add_totp(
            session,
            person_id=person.id,
            secret=secret,
            code=code_at(secret, clock.now()),
            sealer=SEALER,
            actor=actor_of(person),
        )
    later = clock.now() + timedelta(minutes=5)
    code = recovery_codes[0] if kind == "recovery" else code_at(secret, later)

    def give() -> bool:
        with clock.at(later), fresh_database.writing() as session:
            return factors.use_code(session, person_id=person.id, code=code, sealer=SEALER)

    assert sorted(map(str, at_once(give, give, give))) == ["False", "False", "True"]
