"""A case exported whole: every file, a manifest with checksums, and the same bytes each time."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.cases import (
    AccountingFactory,
    CaseNoteFactory,
    ClockEventFactory,
    decided,
    divided,
)
from tests.support.factories.decisions import ObjectionFactory
from tests.support.factories.matching import ApplicationFactory, closing_fund
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.cli.matching import command
from voorjebuurt.decisions.archive.case_files import Stores
from voorjebuurt.decisions.archive.service import Terms, export_case
from voorjebuurt.decisions.proof import sources as bases
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.models import Application

TERMS = Terms("Voor je Buurt", 10)
LEAP_DAY = datetime(2028, 2, 29, 11, 0, tzinfo=UTC)
ALWAYS = {"aanvraag.json", "actie.json", "begroting.json", "manifest.json", "regels.json"}


def whole_case(session: Session, storage: FolderStorage, **fields: Any) -> Application:
    """An application with everything that a case can have."""
    fund = closing_fund()
    campaign = CampaignFactory(status="succeeded", title="Bomen op het plein")
    PledgeFactory(campaign=campaign, email="gever@voorbeeld.example", name="Een Gever")
    application = ApplicationFactory(fund=fund, campaign=campaign, **fields)
    divided(fund, {application: [60_000]})
    ClockEventFactory(application=application, reason="De begroting ontbreekt.")
    decision = decided(application)
    ObjectionFactory(decision=decision, grounds="Te weinig.")
    CaseNoteFactory(application=application, body="Gebeld.")
    storage.put("a1.pdf", b"%PDF-receipt")
    receipts = [{"name": "Bomen.pdf", "key": "a1.pdf"}, {"name": "weg", "key": "b2.pdf"}]
    AccountingFactory(application=application, receipts=receipts)
    officer = PersonFactory(name="Sanne de Wit")
    audit.record(
        session,
        actor=Actor("person", officer.id),
        action=Action.DECISION_SENT,
        subject=Subject(SubjectKind.APPLICATION, application.id),
    )
    session.flush()
    return application


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_of_the_case_is_in_it(session: Session, tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    application = whole_case(session, storage)
    files = opened(
        export_case(session, application.id, stores=Stores(storage, storage), terms=TERMS)
    )
    number = f"BS-{application.number}-award"
    assert files.keys() == ALWAYS | {
        *("besluiten.json", f"besluiten/{number}/brief.pdf", f"besluiten/{number}/snapshot.json"),
        *("bezwaren.json", "bonnen/1-01.pdf", "notities.json", "spoor.json", "termijn.json"),
        "verantwoording.json",
    }
    assert files["bonnen/1-01.pdf"] == b"%PDF-receipt"
    assert files[f"besluiten/{number}/brief.pdf"].startswith(b"%PDF-1.7")
    assert json.loads(files[f"besluiten/{number}/snapshot.json"])["schema"] == "besluit/1"
    deeds = {deed["action"]: deed for deed in json.loads(files["spoor.json"])}
    assert deeds["decision.sent"]["actor_id_name"] == "Sanne de Wit"
    (row,) = json.loads(files["besluiten.json"])
    assert row["amount_cents"] == 60_000
    assert "snapshot" not in row


def test_the_manifest_tells_what_it_is_and_every_checksum(session: Session, tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    with clock.at(LEAP_DAY):
        application = whole_case(session, storage, status="determined")
    files = opened(
        export_case(session, application.id, stores=Stores(storage, storage), terms=TERMS)
    )
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["naam"] == f"Aanvraag {application.number}: Bomen op het plein"
    assert manifest["archiefvormer"]["verwijzingNaam"].startswith("Gemeente ")
    assert manifest["bewaartermijn"]["termijnStartdatumLooptijd"] == "2028-02-29"
    assert manifest["bewaartermijn"]["termijnEinddatum"] == "2038-02-28"
    checksums = {
        entry["naam"]: entry["checksum"]["checksumWaarde"] for entry in manifest["bestanden"]
    }
    assert checksums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    internal = {entry["naam"] for entry in manifest["bestanden"] if entry["intern"]}
    assert internal == {"notities.json", "spoor.json"}
    assert manifest["ontbrekend"] == ["weg"]


def test_the_same_case_gives_the_same_bytes(session: Session, tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    application = whole_case(session, storage)
    first = export_case(session, application.id, stores=Stores(storage, storage), terms=TERMS)
    with clock.at(LEAP_DAY):
        session.expire_all()
        assert (
            export_case(session, application.id, stores=Stores(storage, storage), terms=TERMS)
            == first
        )


def test_no_donor_is_in_it(session: Session, tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    application = whole_case(session, storage)
    data = export_case(session, application.id, stores=Stores(storage, storage), terms=TERMS)
    for word in (b"gever@voorbeeld.example", b"Een Gever"):
        assert word not in data


def test_an_open_case_has_no_end_yet(session: Session, tmp_path: Path) -> None:
    application = ApplicationFactory(fund=closing_fund())
    files = opened(
        export_case(
            session,
            application.id,
            stores=Stores(FolderStorage(tmp_path), FolderStorage(tmp_path)),
            terms=TERMS,
        )
    )
    manifest = json.loads(files["manifest.json"])
    assert files.keys() == ALWAYS | {"spoor.json"}
    assert manifest["bewaartermijn"] is None
    assert manifest["dekkingInTijd"]["dekkingInTijdEinddatum"] is None


def test_facts_that_are_kept_with_a_round_come_along(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bases, "MAX_FACTS", 10)
    storage = FolderStorage(tmp_path)
    application = whole_case(session, storage)
    files = opened(
        export_case(session, application.id, stores=Stores(storage, storage), terms=TERMS)
    )
    facts = f"besluiten/BS-{application.number}-award/ronde-gegevens.json"
    assert json.loads(files[facts])["applications"][0]["id"] == str(application.id)


def test_by_command(fresh_database: Database, fresh_database_url: str, tmp_path: Path) -> None:
    with fresh_database.writing() as session, building_in(session):
        number = whole_case(session, FolderStorage(tmp_path / "receipts")).number
    site = {"VJB_ENV": "test", "VJB_HOME": str(tmp_path), "DATABASE_URL": fresh_database_url}
    target = tmp_path / "case.zip"
    result = CliRunner().invoke(command, ["export", number, str(target)], env=site)
    assert result.exit_code == 0, result.output
    assert "bonnen/1-01.pdf" in opened(target.read_bytes())
    refusal = CliRunner().invoke(command, ["export", "AV-0", str(target)], env=site)
    assert refusal.exit_code == 2
