"""A case as one file for the archive: everything in it, and a manifest that tells what it is.

The manifest speaks of what MDTO (metadata for lasting access to government information) asks:
identity, name, maker, coverage in time, retention, restrictions, and every file with its
checksum. The same case gives the same bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.archive.case_files import CaseFile, Contents, Stores, as_json, case_files
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.places.models import Municipality

SCHEMA = "zaakdossier/1"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The only moment in the file: when it was made must not change its bytes."""
_OVER = {
    ApplicationStatus.DETERMINED,
    ApplicationStatus.EXPIRED,
    ApplicationStatus.REFUSED,
    ApplicationStatus.REVOKED,
    ApplicationStatus.WITHDRAWN,
}


@dataclass(frozen=True)
class Terms:
    """Where a case is from, and how many years it is kept once it is over."""

    source: str
    retention_years: int


def export_case(session: Session, application_id: UUID, *, stores: Stores, terms: Terms) -> bytes:
    """The case as a ZIP; its files come from ``stores``. Raises ``NoResultFound``."""
    application = session.get_one(Application, application_id)
    contents = case_files(session, application, stores)
    manifest = as_json(_manifest(session, application, contents, terms))
    return _zipped([CaseFile("manifest.json", manifest, ""), *contents.files])


def _zipped(files: Sequence[CaseFile]) -> bytes:
    buffer = io.BytesIO()
    # Stored and not compressed: another version of the compressor would give other bytes.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, _BEGINNING)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.content)
    return buffer.getvalue()


def _manifest(
    session: Session, application: Application, contents: Contents, terms: Terms
) -> dict[str, Any]:
    fund = session.get_one(Fund, application.fund_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    municipality = session.get_one(Municipality, application.municipality_id)
    last = _last_day(session, application)
    over = application.status in _OVER
    return {
        "schema": SCHEMA,
        "identificatie": {
            "identificatieKenmerk": application.number,
            "identificatieBron": terms.source,
        },
        "naam": f"Aanvraag {application.number}: {campaign.title}",
        "aggregatieniveau": "Dossier",
        "omschrijving": f"Aanvraag om subsidie uit het fonds {fund.name}",
        "archiefvormer": {
            "verwijzingNaam": f"Gemeente {municipality.name}",
            "verwijzingIdentificatie": municipality.code,
        },
        "dekkingInTijd": {
            "dekkingInTijdBegindatum": _day(clock.local(application.received_at).date()),
            "dekkingInTijdEinddatum": _day(last) if over else None,
        },
        "status": application.status,
        "bewaartermijn": _retention(last, terms.retention_years) if over else None,
        "beperkingGebruik": {
            "beperkingGebruikType": "Persoonsgegevens (AVG)",
            "beperkingGebruikNadereBeschrijving": (
                "Bestanden met 'intern: true' zijn niet voor de aanvrager of het publiek. "
                "Gegevens van donateurs staan er niet in, behalve een sleutel zonder betekenis."
            ),
        },
        "bestanden": [_file(file) for file in contents.files],
        "ontbrekend": contents.missing,
    }


def _file(file: CaseFile) -> dict[str, Any]:
    return {
        "naam": file.name,
        "omschrijving": file.about,
        "bestandsformaat": file.media_type,
        "omvang": len(file.content),
        "checksum": {
            "checksumAlgoritme": "SHA-256",
            "checksumWaarde": hashlib.sha256(file.content).hexdigest(),
        },
        "intern": file.internal,
    }


def _retention(start: date, years: int) -> dict[str, Any]:
    """Kept until the same day so many years later; 29 February ends on the 28th."""
    try:
        end = start.replace(year=start.year + years)
    except ValueError:
        end = start.replace(year=start.year + years, day=28)
    return {
        "termijnTriggerStartLooptijd": "De zaak is afgedaan",
        "termijnStartdatumLooptijd": _day(start),
        "termijnLooptijd": f"P{years}Y",
        "termijnEinddatum": _day(end),
    }


def _last_day(session: Session, application: Application) -> date:
    """The day of the last deed in the case, in Amsterdam."""
    decisions = select(Decision.id).where(Decision.application_id == application.id)
    objections = select(Objection.id).where(Objection.application_id == application.id)
    subjects = decisions.union_all(objections)
    last = session.scalar(
        select(func.max(AuditEvent.at)).where(
            (AuditEvent.subject_id == application.id) | AuditEvent.subject_id.in_(subjects)
        )
    )
    return clock.local(last or application.received_at).date()


def _day(day: date) -> str:
    return day.isoformat()
