"""Receipts go past the virus scanner: until one is clean no officer has it, nor the archive."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.support.account_forms import account, pdf
from tests.support.factories.towns import Town, town_divided
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.database import SETTINGS


def awarded(committing: Committing, signed_in: SignIn) -> tuple[Town, Any, Any]:
    """An award whose money is the initiator's, with the initiator and an officer in browsers."""
    with committing() as session:
        case = town_divided(session, claim=50_000)
        case.send(session, "award", 50_000)
        noor = session.get_one(Person, case.campaign.initiator_id)
        olga = session.get_one(Person, case.olga.person_id)
    return case, signed_in(noor), signed_in(olga)


def scanned_site(app: Flask) -> None:
    settings: Settings = app.extensions[SETTINGS]
    attachments = replace(settings.attachments, clamd="127.0.0.1:9")
    app.extensions[SETTINGS] = replace(settings, attachments=attachments)


def scan(committing: Committing, state: str) -> None:
    with committing() as session:
        for row in session.scalars(select(Attachment)):
            row.scan = state


def test_a_receipt_waits_for_the_scanner_as_attachments_do(
    committing: Committing, signed_in: SignIn, app: Flask
) -> None:
    scanned_site(app)
    case, noor, olga = awarded(committing, signed_in)
    form = f"/mijn/matchgeld/{case.application.id}/verantwoorden"
    assert "Hoogstens 30 bestanden" in page(noor, form)
    page(noor, form, **account(), receipts=pdf())
    with committing() as session:
        [row] = session.scalars(select(Attachment))
        [receipt] = session.scalars(select(Accounting)).one().receipts
    assert (row.scan, row.application_id) == ("waiting", case.application.id)
    address = f"/gemeente/aanvragen/{case.application.id}/bonnen/{receipt['key']}"
    assert olga.get(address).status_code == 404
    case_page = page(olga, f"/gemeente/aanvragen/{case.application.id}")
    assert "nog niet schoon bevonden" in case_page
    archive = f"/gemeente/aanvragen/{case.application.id}/dossier.zip"
    assert not [name for name in names(olga.get(archive).data) if name.endswith("1-01.pdf")]
    scan(committing, "refused")
    assert olga.get(address).status_code == 404
    scan(committing, "clean")
    assert olga.get(address).status_code == 200
    assert [name for name in names(olga.get(archive).data) if name.endswith("1-01.pdf")]


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def test_a_refused_receipt_is_not_sent(
    committing: Committing, signed_in: SignIn, app: Flask
) -> None:
    scanned_site(app)
    case, noor, _olga = awarded(committing, signed_in)
    form = f"/mijn/matchgeld/{case.application.id}/verantwoorden"
    first_page = page(noor, form, **account(story=""), receipts=pdf())
    assert "bon.pdf" in first_page
    scan(committing, "refused")
    with committing() as session:
        [row] = session.scalars(select(Attachment))
    key = f"{row.sha256[:40]}.pdf"
    second_page = page(noor, form, **account(), kept=f'[{{"name":"bon.pdf","key":"{key}"}}]')
    assert 'id="receipts-error"' in second_page
    page(noor, form, **account(), kept="[]")
    with committing() as session:
        assert len(session.scalars(select(Accounting)).all()) == 1
