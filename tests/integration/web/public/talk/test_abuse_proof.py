"""Files that go with a report of abuse: who adds, opens and erases them."""

import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from tests.support.attached_files import JPEG, PDF, PNG
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
FORM = {"reason": "fraud", "text": "Deze foto is van een ander plein.", "email": ""}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live", title="Bomen", initiator=PersonFactory())


@pytest.fixture
def address(client: FlaskClient, campaign: Campaign) -> str:
    """Where who just reported adds files."""
    return str(client.post(f"/misbruik/actie/{campaign.id}", data=FORM).location)


@pytest.fixture
def staff(committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        person = with_role(session, "staff", "Chantal")
    return signed_in(person)


def add(client: FlaskClient, address: str, *files: tuple[bytes, str]) -> TestResponse:
    uploads = [(io.BytesIO(data), name) for data, name in files]
    return client.post(address, data={"attachments": uploads}, headers=NL)


def kept(database: Database) -> list[Attachment]:
    with database.reading() as session:
        rows = session.scalars(select(Attachment).order_by(Attachment.added_at)).all()
        session.expunge_all()
    return [*rows]


def test_who_reported_adds_files_without_being_known(
    client: FlaskClient, address: str, fresh_database: Database
) -> None:
    page = client.get(address, headers=NL)
    assert "Stuur bewijs mee" in words(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert add(client, address, (PDF, "brief.pdf"), (JPEG, "plein.jpg")).status_code == 302
    add(client, address, (PDF, "nog eens.pdf"))
    rows = kept(fresh_database)
    assert [(row.name, row.uploader_id) for row in rows] == [
        ("brief.pdf", None),
        ("plein.jpg", None),
    ]
    assert "brief.pdf" not in client.get(address).text
    assert "nog 1 bestand meesturen" in words(client.get(address, headers=NL))
    assert client.get(address[:-3] + "xxx").status_code == 404


def test_all_files_of_a_report_are_bounded_together(
    client: FlaskClient, address: str, fresh_database: Database
) -> None:
    """Who sends them need not be known: ten megabytes, however they are divided."""
    half = PDF + b"%" * 5_500_000 + b"\n%%EOF\n"
    assert add(client, address, (half, "een.pdf")).status_code == 302
    answer = add(client, address, (half + b"\n", "twee.pdf"))
    assert "samen hoogstens 10 MB" in words(answer)
    assert add(client, address, (PDF, "klein.pdf")).status_code == 302
    assert [row.name for row in kept(fresh_database)] == ["een.pdf", "klein.pdf"]


def test_a_request_of_more_is_not_read_at_all(
    client: FlaskClient, address: str, fresh_database: Database
) -> None:
    answer = add(client, address, (PDF + b"%" * 13_000_000, "te groot.pdf"))
    assert answer.status_code == 413
    assert "Op deze pagina kunt u hoogstens 12 MB in één keer sturen." in answer.text
    assert kept(fresh_database) == []


def test_what_is_sent_is_counted_per_report_within_the_hour(
    client: FlaskClient, address: str, fresh_database: Database
) -> None:
    answers = [add(client, address, (PDF, "brief.pdf")).status_code for _ in range(7)]
    assert answers == [302] * 6 + [429]
    assert len(kept(fresh_database)) == 1


def test_what_is_not_taken_is_told_at_the_field(
    client: FlaskClient, address: str, fresh_database: Database
) -> None:
    assert 'id="attachments-error"' in add(client, address, (b"MZ\x90", "virus.pdf")).text
    assert 'id="attachments-error"' in client.post(address, data={}, headers=NL).text
    files = [(PDF + bytes([number]) + b"\n%%EOF\n", f"{number}.pdf") for number in range(4)]
    full = add(client, address, *files)
    assert "hoogstens 3" in words(full) or "geen bestanden meer" in words(full)
    assert len(kept(fresh_database)) == 3
    with fresh_database.writing() as session:
        long_ago = clock.now() - timedelta(hours=25)
        session.execute(text("ALTER TABLE abuse_reports DISABLE TRIGGER USER"))
        session.execute(update(AbuseReport).values(reported_at=long_ago))
        session.execute(text("ALTER TABLE abuse_reports ENABLE TRIGGER USER"))
    assert "geen bestanden meer" in words(add(client, address, (PNG, "x.png")))


def test_only_who_looks_at_the_report_opens_them_and_that_is_written_down(
    committing: Committing,
    client: FlaskClient,
    address: str,
    campaign: Campaign,
    staff: FlaskClient,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    add(client, address, (PDF, "brief.pdf"))
    [row] = kept(fresh_database)
    page = f"/beheer/misbruik/{row.abuse_report_id}"
    path = f"{page}/bestanden/{row.id}"
    assert "1 bestand." in words(staff.get(page, headers=NL))
    assert staff.get(path).status_code == 403 or staff.get(path).status_code == 409
    staff.post(f"{page}/nemen")
    assert "brief.pdf" in words(staff.get(page, headers=NL))
    file = staff.get(path)
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Content-Type"] == "application/octet-stream"
    with fresh_database.reading() as session:
        actions = [*session.scalars(select(AuditEvent.action))]
    assert actions.count("abuse_report.proof_opened") == 1
    with committing() as session:
        person = session.get_one(Person, campaign.initiator_id)
        other = with_role(session, "staff", "Bas")
    initiator, colleague = signed_in(person), signed_in(other)
    assert initiator.get(f"/mijn/acties/{campaign.id}/bijlagen/{row.id}").status_code == 404
    assert initiator.get(path).status_code == 403
    assert colleague.get(path).status_code in (403, 409)


def test_a_file_that_was_not_scanned_yet_opens_for_nobody(
    client: FlaskClient, address: str, staff: FlaskClient, fresh_database: Database
) -> None:
    add(client, address, (PDF, "brief.pdf"))
    [row] = kept(fresh_database)
    with fresh_database.writing() as session:
        session.execute(update(Attachment).values(scan="waiting"))
    page = f"/beheer/misbruik/{row.abuse_report_id}"
    staff.post(f"{page}/nemen")
    assert staff.get(f"{page}/bestanden/{row.id}").status_code == 404
    assert f"/bestanden/{row.id}" not in staff.get(page).text


def test_they_stay_with_the_report_and_go_with_it(
    client: FlaskClient, address: str, fresh_database: Database
) -> None:
    add(client, address, (PDF, "brief.pdf"))
    changes = [
        "UPDATE attachments SET name = 'x.pdf'",
        "DELETE FROM attachments",
        "INSERT INTO attachments (id, campaign_id, abuse_report_id, form, name, media_type, size,"
        " sha256, key, scan, added_at, submitted_at) SELECT gen_random_uuid(), campaign_id,"
        " abuse_report_id, form, name, media_type, size, sha256, n || key, scan, added_at,"
        " submitted_at FROM attachments, generate_series(1, 3) n",
    ]
    for change in changes:
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(text(change))
    with fresh_database.writing() as session:
        session.execute(delete(AbuseReport))
    assert kept(fresh_database) == []
