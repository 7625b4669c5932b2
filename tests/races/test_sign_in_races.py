"""Who signs in with a link gets the drafts of this browser: several campaigns, in one order."""

from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.mailed_links import mailed_path
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import signin

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
