"""Files are drafts of a form until it is sent, then part of the case; the scanner looks at them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.attached_files import EICAR, JPEG, PDF
from tests.support.certain import constraint_of
from tests.support.factories.attachments import AttachmentFactory
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.people import PersonFactory
from tests.support.fake_clamd import FakeClamd, fake_clamd
from tests.support.fixtures_site import Committing
from tests.support.jobs import run_and_report, run_jobs
from voorjebuurt.attachments import queries
from voorjebuurt.attachments.clamd import Finding
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.rules import Limits
from voorjebuurt.attachments.scanning import note_finding
from voorjebuurt.attachments.service import (
    Owner,
    Place,
    forget_drafts,
    keep_draft,
    remove_draft,
    submit_drafts,
)
from voorjebuurt.attachments.tasks import scan_waiting
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.models import Application
from voorjebuurt.settings import Settings

LIMITS = Limits(max_bytes=1_000_000, max_unpacked_bytes=5_000_000, max_files=2)


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    """An empty folder."""
    return FolderStorage(tmp_path / "attachments")


@pytest.fixture
def application(session: Session) -> Application:
    """An application, whose applicant adds files."""
    return ApplicationFactory()


def keep(
    session: Session, application: Application, storage: FolderStorage, **changes: Any
) -> UUID:
    """Add a file to the form of completing an application, as its applicant."""
    values = {
        "place": Place(f"completion:{application.id}", application.campaign_id),
        "data": PDF,
        "filename": "offerte.pdf",
        "storage": storage,
        "limits": LIMITS,
        "has_scanner": False,
        "actor": Actor("person", application.applicant_id),
        **changes,
    }
    return keep_draft(session, **values)


def submit(session: Session, application: Application) -> int:
    """Send that form."""
    return submit_drafts(
        session,
        form=f"completion:{application.id}",
        owner=Owner(application_id=application.id),
        subject=application_subject(application),
        actor=Actor("person", application.applicant_id),
    )


def test_a_file_is_kept_under_a_name_that_tells_nothing(
    session: Session, application: Application, storage: FolderStorage
) -> None:
    key_of = {}
    for name in ("a.pdf", "../b.pdf"):
        draft_id = keep(session, application, storage, data=PDF + name.encode() * 1, filename=name)
        key_of[name] = session.get_one(Attachment, draft_id).key
    assert len(set(key_of.values())) == 2
    for name, key in key_of.items():
        assert storage.get(key) == PDF + name.encode()
        assert name.strip("./") not in key
    drafts = queries.drafts(
        session, form=f"completion:{application.id}", person_id=application.applicant_id
    )
    assert [(row.name, row.scan) for row in drafts] == [
        ("a.pdf", "unscanned"),
        ("b.pdf", "unscanned"),
    ]


def test_the_same_file_again_is_the_same_draft_and_one_too_many_is_refused(
    session: Session, application: Application, storage: FolderStorage
) -> None:
    first = keep(session, application, storage)
    assert keep(session, application, storage, filename="kopie.pdf") == first
    keep(session, application, storage, data=JPEG)
    with pytest.raises(DomainError, match="attachments_too_many"):
        keep(session, application, storage, data=PDF + b" ")
    with pytest.raises(ForbiddenError):
        keep(session, application, storage, actor=GUEST)


def test_what_was_submitted_is_part_of_the_case_for_good(
    session: Session, application: Application, storage: FolderStorage
) -> None:
    draft_id = keep(session, application, storage)
    assert submit(session, application) == 1
    assert submit(session, application) == 0
    place = Place(f"completion:{application.id}", application.campaign_id)
    actor = Actor("person", application.applicant_id)
    assert not remove_draft(session, attachment_id=draft_id, place=place, actor=actor)
    for statement in (
        "UPDATE attachments SET name = 'x'",
        "UPDATE attachments SET application_id = NULL, submitted_at = NULL",
        "DELETE FROM attachments",
    ):
        with pytest.raises(IntegrityError) as refusal, session.begin_nested():
            session.execute(text(statement))
        assert constraint_of(refusal.value) == "attachment_final"
    [row] = queries.of_application(session, application.id)
    assert row.id == draft_id
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "attachment.submitted")
    ).one()
    assert (event.subject_id, event.detail["attachments"][0]["sha256"]) == (
        application.id,
        row.sha256,
    )


def test_drafts_are_removed_by_who_added_them_only(
    session: Session, application: Application, storage: FolderStorage
) -> None:
    draft_id = keep(session, application, storage)
    place = Place(f"completion:{application.id}", application.campaign_id)
    stranger = Actor("person", PersonFactory().id)
    assert not remove_draft(session, attachment_id=draft_id, place=place, actor=stranger)
    elsewhere = replace(place, form="completion:other")
    owner = Actor("person", application.applicant_id)
    assert not remove_draft(session, attachment_id=draft_id, place=elsewhere, actor=owner)
    assert remove_draft(session, attachment_id=draft_id, place=place, actor=owner)
    assert submit(session, application) == 0


def test_what_nobody_sent_is_erased_with_its_bytes(
    session: Session, application: Application, storage: FolderStorage
) -> None:
    now = clock.now()
    sent_id = keep(session, application, storage)
    submit(session, application)
    fresh_id = keep(session, application, storage, data=JPEG)
    key = session.get_one(Attachment, fresh_id).key
    storage.put("f" * 40 + ".bin", b"of a transaction that was undone")
    assert forget_drafts(session, storage=storage, days=14) == 0
    assert storage.has("f" * 40 + ".bin")
    with clock.at(now + timedelta(days=15)):
        assert forget_drafts(session, storage=storage, days=14) == 1
    assert not storage.has(key)
    assert not storage.has("f" * 40 + ".bin")
    assert storage.has(session.get_one(Attachment, sent_id).key)


@pytest.fixture
def clamd() -> Any:
    """A scanner that listens."""
    with fake_clamd() as scanner:
        yield scanner


@pytest.fixture
def scanner_settings(settings: Settings, clamd: FakeClamd) -> Settings:
    """The settings of a site with that scanner."""
    bounds = replace(settings.attachments, clamd=clamd.address, scan_seconds=1)
    return replace(settings, attachments=bounds)


def added(committing: Committing, settings: Settings, data: bytes) -> tuple[UUID, Application]:
    """A draft that waits for the scanner, with its job."""
    with committing() as session:
        application = ApplicationFactory()
        storage = FolderStorage(settings.attached)
        draft_id = keep(session, application, storage, data=data, has_scanner=True)
    return draft_id, application


def scan_of(committing: Committing, attachment_id: UUID) -> tuple[str, str]:
    """What the scanner said, as it is kept."""
    with committing() as session:
        row = session.get_one(Attachment, attachment_id)
        return row.scan, row.finding


def test_a_job_scans_what_was_added(
    committing: Committing, scanner_settings: Settings, fresh_database: Database, clamd: FakeClamd
) -> None:
    clean_id, _application = added(committing, scanner_settings, PDF)
    assert scan_of(committing, clean_id) == ("waiting", "")
    assert "attachments.scan" in run_jobs(fresh_database, scanner_settings)
    assert scan_of(committing, clean_id) == ("clean", "")
    assert clamd.scans == [PDF]


def test_a_refused_file_is_not_sent_and_one_that_was_is_somebodys_task(
    committing: Committing, scanner_settings: Settings, fresh_database: Database
) -> None:
    virus = PDF.replace(b"%%EOF", EICAR + b"%%EOF")
    draft_id, application = added(committing, scanner_settings, virus)
    sent_id, other = added(committing, scanner_settings, virus)
    with committing() as session:
        assert submit(session, other) == 1
    run_jobs(fresh_database, scanner_settings)
    assert scan_of(committing, draft_id) == ("refused", "Eicar-Test-Signature")
    assert scan_of(committing, sent_id) == ("refused", "Eicar-Test-Signature")
    with committing() as session:
        with pytest.raises(DomainError, match="attachment_unsafe"):
            submit(session, application)
        [alert] = session.scalars(select(Alert)).all()
        assert alert.kind == AlertKind.ATTACHMENT_REFUSED
        assert alert.detail["finding"] == "Eicar-Test-Signature"


def test_a_silent_scanner_is_tried_again_and_raises_one_alert(
    committing: Committing, scanner_settings: Settings, fresh_database: Database, clamd: FakeClamd
) -> None:
    clamd.silent = True
    draft_id, _application = added(committing, scanner_settings, PDF)
    run_and_report(fresh_database, scanner_settings)
    assert scan_of(committing, draft_id) == ("waiting", "")
    with committing() as session:
        assert session.scalars(select(Alert)).all() == []
    runtime = Runtime(fresh_database, scanner_settings)
    with clock.at(clock.now() + timedelta(minutes=11)):
        for _attempt in range(2):
            scan_waiting(runtime)
    with committing() as session:
        [alert] = session.scalars(select(Alert)).all()
        assert alert.kind == AlertKind.SCANNER_SILENT
    clamd.silent = False
    scan_waiting(runtime)
    assert scan_of(committing, draft_id) == ("clean", "")


def test_a_finding_is_kept_once(session: Session) -> None:
    attachment = AttachmentFactory(scan="waiting")
    note_finding(session, attachment_id=attachment.id, finding=Finding(""))
    note_finding(session, attachment_id=attachment.id, finding=Finding("Late"))
    session.refresh(attachment)
    assert (attachment.scan, attachment.finding) == ("clean", "")


def test_only_who_added_a_file_has_it_before_it_is_clean(session: Session) -> None:
    campaign = CampaignFactory()
    assert campaign.initiator_id
    states = {}
    for scan in ("waiting", "clean", "refused", "unscanned"):
        attachment = AttachmentFactory(scan=scan)
        row = queries.attachment_by_id(session, attachment.id)
        assert row is not None
        states[scan] = (row.readable_by(row.uploader_id), row.readable_by(campaign.initiator_id))
    assert states == {
        "waiting": (True, False),
        "clean": (True, True),
        "refused": (False, False),
        "unscanned": (True, True),
    }
