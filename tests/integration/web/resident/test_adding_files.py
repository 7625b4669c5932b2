"""Residents add files to an application, a completion and an account, and officers save them."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.applicants import FIELDS
from tests.support.attached_files import JPEG, PDF, bomb, docx
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.towns import officer, town_fund
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.payouts.models import Payee
from voorjebuurt.people.models import Person
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.database import SETTINGS

FORM: dict[str, Any] = {"reach": "De hele straat.", "consent": "y", **FIELDS}


@dataclass
class People:
    """An initiator and an officer in browsers, with a live campaign and an open fund."""

    noor: FlaskClient
    olga: FlaskClient
    campaign: Campaign
    fund: Fund

    @property
    def path(self) -> str:
        """The form of the fund."""
        return f"/mijn/acties/{self.campaign.id}/matchgeld/{self.fund.id}"


@pytest.fixture
def people(committing: Committing, signed_in: SignIn) -> People:
    """See ``People``."""
    with committing() as session:
        campaign = CampaignFactory(status="live")
        fund = town_fund(campaign.municipality_id, live=True, groups=[])
        noor = session.get_one(Person, campaign.initiator_id)
        olga = session.get_one(Person, officer(session, campaign.municipality_id, "Olga").person_id)
    return People(signed_in(noor), signed_in(olga), campaign, fund)


def file(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file in a form."""
    return io.BytesIO(data), name


def rows(committing: Committing) -> list[Attachment]:
    """All files, in order."""
    with committing() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.added_at)))


def errors(html: str) -> str:
    """What stands at the field of files."""
    match = re.search(r'id="attachments-error">(.*?)</div>', html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", match[1])) if match else ""


def test_files_stay_when_the_form_comes_back_and_go_with_the_application(
    people: People, committing: Committing
) -> None:
    html = page(
        people.noor,
        people.path,
        **{**FORM, "reach": "", "town": "Waterstad"},
        attachments=[file(PDF, "offerte.pdf"), file(docx(), "plan.docx")],
    )
    assert 'id="reach-error"' in html
    assert "Waterstad" in html
    assert "offerte.pdf" in html
    assert "niet gecontroleerd op virussen" in html
    assert "offerte.pdf" in page(people.noor, people.path)  # also for who comes back later
    [offer, _plan] = rows(committing)
    without_offer = page(
        people.noor,
        people.path,
        **FORM,
        drop_attachment=str(offer.id),
        attachments=[file(PDF, "begroting.pdf")],
    )
    assert "offerte.pdf" not in without_offer
    assert "begroting.pdf" in without_offer, "chosen, though the button was another one"
    assert FORM["reach"] in without_offer
    assert 'class="utrecht-form-field-error-message' not in without_offer
    check = page(people.noor, people.path, **FORM, attachments=[file(JPEG, "foto.jpeg")])
    assert "Controleer uw aanvraag" in check
    assert "plan.docx" in check
    assert "foto.jpg" in check
    page(people.noor, people.path, **FORM, send="1")
    with committing() as session:
        application = session.scalars(select(Application)).one()
    names = [row.name for row in rows(committing) if row.application_id == application.id]
    assert names == ["plan.docx", "begroting.pdf", "foto.jpg"]
    mine = page(people.noor, f"/mijn/matchgeld/{application.id}")
    assert "plan.docx" in mine
    assert "Stichting De Molen" in mine
    assert "plan.docx" in page(people.olga, f"/gemeente/aanvragen/{application.id}")


def test_a_file_that_is_not_taken_is_named_and_the_others_are_kept(
    people: People, committing: Committing, app: Flask
) -> None:
    settings: Settings = app.extensions[SETTINGS]
    bounds = replace(settings.attachments, max_bytes=100_000, max_unpacked_bytes=1_000_000)
    app.extensions[SETTINGS] = replace(settings, attachments=bounds)
    html = page(
        people.noor,
        people.path,
        **FORM,
        attachments=[
            file(b"<html><script>alert(1)</script>", "echt.pdf"),
            file(b'<svg onload="alert(1)"/>', "<b>plaatje</b>.svg"),
            file(PDF + b" " * 100_001, "groot.pdf"),
            file(bomb(1_000_001), "bom.docx"),
            file(b"", "leeg.pdf"),
            file(PDF, "../../goed.pdf.exe"),
        ],
    )
    texts = errors(html)
    for name in ("echt.pdf", "plaatje", "groot.pdf", "bom.docx", "leeg.pdf"):
        assert name in texts
    assert "goed" not in texts
    assert "<b>plaatje</b>" not in html
    assert [row.name for row in rows(committing)] == ["goed.pdf"]
    assert 'name="send"' not in html


def sent(people: People, committing: Committing, **changes: Any) -> tuple[Application, Attachment]:
    """An application that was sent with one file."""
    page(
        people.noor,
        people.path,
        **{**FORM, **changes},
        send="1",
        attachments=[file(PDF, "offerte.pdf")],
    )
    with committing() as session:
        return session.scalars(select(Application)).one(), session.scalars(select(Attachment)).one()


def is_saved_only(answer: TestResponse) -> bool:
    """Whether a browser can do nothing with it but save it."""
    headers = answer.headers
    return (
        headers["Content-Disposition"].startswith("attachment;")
        and headers["X-Content-Type-Options"] == "nosniff"
        and headers["Cache-Control"] == "no-store"
        and headers["Content-Security-Policy"].startswith("sandbox;")
        and headers["Content-Type"] == "application/octet-stream"
    )


def test_a_file_is_saved_and_never_shown_by_who_may(
    people: People, committing: Committing, signed_in: SignIn, client: FlaskClient
) -> None:
    application, row = sent(people, committing)
    own = f"/mijn/acties/{people.campaign.id}/bijlagen/{row.id}"
    desk = f"/gemeente/aanvragen/{application.id}/bijlagen/{row.id}"
    for browser, path in ((people.noor, own), (people.olga, desk)):
        answer = browser.get(path)
        assert (answer.status_code, answer.data) == (200, PDF)
        assert is_saved_only(answer)
    with committing():
        stranger, elsewhere = PersonFactory(), CampaignFactory(status="live")
        other_officer = PersonFactory()
        RoleGrantFactory(
            person_id=other_officer.id,
            role="officer",
            municipality_id=elsewhere.municipality_id,
        )
    assert signed_in(stranger).get(own).status_code == 404
    assert signed_in(other_officer).get(desk).status_code == 404
    assert client.get(own).status_code == 302
    wrong = f"/mijn/acties/{elsewhere.id}/bijlagen/{row.id}"
    assert people.noor.get(wrong).status_code == 404


@pytest.mark.parametrize(
    ("scan", "for_olga", "for_noor"), [("waiting", 404, 200), ("refused", 404, 404)]
)
def test_before_it_is_clean_only_who_added_it_has_it(
    people: People, committing: Committing, scan: str, for_olga: int, for_noor: int
) -> None:
    application, row = sent(people, committing)
    with committing() as session:
        session.get_one(Attachment, row.id).scan = scan
    desk = f"/gemeente/aanvragen/{application.id}"
    assert people.olga.get(f"{desk}/bijlagen/{row.id}").status_code == for_olga
    assert f"{desk}/bijlagen/" not in page(people.olga, desk)
    own = f"/mijn/acties/{people.campaign.id}/bijlagen/{row.id}"
    assert people.noor.get(own).status_code == for_noor


def test_a_changed_application_gets_more_files(people: People, committing: Committing) -> None:
    application, _row = sent(people, committing)
    path = f"/mijn/matchgeld/{application.id}"
    page(
        people.noor,
        f"{path}/aanvullen",
        reach="Iedereen.",
        **{**FIELDS, "town": "Waterstad"},
        attachments=[file(JPEG, "foto.jpg")],
    )
    assert [row.application_id for row in rows(committing)] == [application.id] * 2
    html = page(people.noor, path)
    assert "WATERSTAD" in html
    assert "foto.jpg" in html


def test_files_are_in_the_case_for_the_archive_with_their_checksum(
    people: People, committing: Committing
) -> None:
    application, row = sent(people, committing)
    answer = people.olga.get(f"/gemeente/aanvragen/{application.id}/dossier.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.read("bijlagen/01.pdf") == PDF
        applicant = json.loads(archive.read("aanvrager.json"))[0]
        manifest = json.loads(archive.read("manifest.json"))
    [entry] = [part for part in manifest["bestanden"] if part["naam"] == "bijlagen/01.pdf"]
    assert entry["checksum"]["checksumWaarde"] == row.sha256
    assert entry["omschrijving"] == "offerte.pdf"
    assert (applicant["kvk"], applicant["rsin"]) == ("12345678", "111222333")
    with committing() as session:
        session.get_one(Attachment, row.id).scan = "refused"
    answer = people.olga.get(f"/gemeente/aanvragen/{application.id}/dossier.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "bijlagen/01.pdf" not in archive.namelist()
        assert json.loads(archive.read("manifest.json"))["ontbrekend"] == ["offerte.pdf"]


def test_what_somebody_added_is_in_their_own_data(people: People, committing: Committing) -> None:
    _application, row = sent(people, committing)
    html = page(people.noor, "/mijn/gegevens")
    assert "offerte.pdf" in html
    assert "Stichting De Molen" in html
    data = json.loads(people.noor.get("/mijn/gegevens.json").data)
    assert [entry["sha256"] for entry in data["attachments"]] == [row.sha256]
    assert data["applicants"][0]["street"] == "Molenstraat"


def test_the_next_application_begins_with_the_last_applicant(
    people: People, committing: Committing
) -> None:
    sent(people, committing)
    with committing() as session:
        again = CampaignFactory(
            status="live",
            initiator=session.get_one(Person, people.campaign.initiator_id),
        )
        fund = town_fund(again.municipality_id, live=True, groups=[])
    html = page(people.noor, f"/mijn/acties/{again.id}/matchgeld/{fund.id}")
    assert 'value="Molenstraat"' in html
    assert 'value="12345678"' in html


def test_proof_goes_with_an_account_and_staff_save_it(
    people: People, committing: Committing, signed_in: SignIn
) -> None:
    path = f"/mijn/acties/{people.campaign.id}/rekening"
    account = {"holder": "Stichting De Molen", "iban": "NL44 RABO 0123 4567 89"}
    html = page(
        people.noor, path, holder="", iban=account["iban"], attachments=[file(PDF, "afschrift.pdf")]
    )
    assert "afschrift.pdf" in html
    page(people.noor, path, **account)
    with committing() as session:
        payee = session.scalars(select(Payee)).one()
        anna = PersonFactory()
        RoleGrantFactory(person_id=anna.id, role="staff")
    [row] = rows(committing)
    assert row.payee_id == payee.id
    staff = signed_in(anna)
    proof = f"/beheer/rekeningen/{payee.id}/bewijs/{row.id}"
    assert proof in page(staff, f"/beheer/rekeningen/{payee.id}")
    assert is_saved_only(staff.get(proof))
    assert people.olga.get(proof).status_code == 403
    assert staff.get(proof.replace(str(payee.id), str(people.campaign.id))).status_code == 404
    page(people.noor, path, **account, attachments=[file(JPEG, "pas.jpg")])
    with committing() as session:
        assert len(session.scalars(select(Payee)).all()) == 1
    assert [entry.payee_id for entry in rows(committing)] == [payee.id] * 2


def test_the_bytes_are_outside_what_the_site_shows(
    people: People, committing: Committing, app: Flask
) -> None:
    _application, row = sent(people, committing)
    settings: Settings = app.extensions[SETTINGS]
    assert FolderStorage(settings.attached).get(row.key) == PDF
    assert FolderStorage(settings.uploads).get(row.key) is None


def test_what_can_not_be_right_is_told_before_the_check(
    people: People, committing: Committing
) -> None:
    html = page(
        people.noor, people.path, **{**FORM, "postcode": "99 AB"}, attachments=[file(PDF, "a.pdf")]
    )
    assert 'id="postcode-error"' in html
    assert "Controleer uw aanvraag</h1>" not in html
    assert 'value="99 AB"' in html
    assert [row.name for row in rows(committing)] == ["a.pdf"]
