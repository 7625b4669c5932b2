"""What is in a case, as files: rows as JSON, snapshots and letters as they are stored."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import KEY_STEM, of_application, unclean_receipts
from voorjebuurt.attachments.rules import READABLE, ScanState
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.decisions.archive.explanation import round_facts
from voorjebuurt.decisions.case_letters.models import CaseLetter
from voorjebuurt.decisions.inquiry_models import Inquiry, Lot
from voorjebuurt.decisions.intention_models import DecisionViews, Intention
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.models import (
    Accounting,
    CaseNote,
    ChecklistMark,
    Decision,
    Objection,
    Stake,
    TermEvent,
)
from voorjebuurt.decisions.objection_models import (
    Appeal,
    DefaultNotice,
    JoinedLetter,
    ObjectionRuling,
    ObjectionStep,
)
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.decisions.plan_models import PlanRequest, PlanRuling
from voorjebuurt.decisions.posting.models import PostedLetter
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.storage import Storage
from voorjebuurt.matching.applicants.models import Applicant
from voorjebuurt.matching.models import Application, ClawbackReturn, FundVersion, PotMove
from voorjebuurt.people.models import Person

_NOT_TOLD = {
    "decisions": {"snapshot", "letter"},
    "default_notices": {"snapshot", "letter"},
    "intentions": {"snapshot", "letter"},
    "objection_rulings": {"snapshot", "letter", "replacement"},
    "campaigns": {"picture_key", "picture_alt", "version", "search"},
}
"""Columns that are files of their own, or no part of the case."""


@dataclass(frozen=True)
class CaseFile:
    """One file of a case. ``internal``: not for the applicant or the public."""

    name: str
    content: bytes
    about: str
    media_type: str = "application/json"
    internal: bool = False


class Contents(NamedTuple):
    """Every file of a case by name, and the names of receipts that the store no longer has."""

    files: list[CaseFile]
    missing: list[str]


class Stores(NamedTuple):
    """Where the files of a case are kept: receipts, and what was added to it."""

    receipts: Storage
    attachments: Storage


def case_files(session: Session, application: Application, stores: Stores) -> Contents:
    """Every file of an application's case, by name, and what is missing."""
    case = _Case(session, application)
    files = [
        *case.rows(),
        *case.decisions(),
        *case.rulings(),
        *case.intentions(),
        *case.receipts(stores.receipts),
        *case.attachments(stores.attachments),
        case.trail(),
    ]
    return Contents(sorted(files, key=lambda file: file.name), case.missing)


class _Case:
    """The rows of one application, with the names of the persons in them."""

    def __init__(self, session: Session, application: Application) -> None:
        self._session, self._application = session, application
        self._decisions = self._all(Decision, Decision.application_id == application.id)
        self._objections = self._all(Objection, Objection.application_id == application.id)
        self._rulings = self._all(ObjectionRuling, ObjectionRuling.application_id == application.id)
        self._accountings = self._all(Accounting, Accounting.application_id == application.id)
        self._names: dict[UUID, str] = {}
        self.missing: list[str] = []

    def _all(self, model: type[Any], condition: ColumnElement[bool]) -> Sequence[Any]:
        return self._session.scalars(select(model).where(condition).order_by(model.id)).all()

    def rows(self) -> Iterator[CaseFile]:
        """What was asked, and what officers noted and set apart."""
        application, key = self._application, self._application.id
        version = self._session.get_one(FundVersion, application.version_id)
        campaign = self._session.get_one(Campaign, application.campaign_id)
        tables: dict[str, tuple[Sequence[Any], str, bool]] = {
            "aanvraag": ([application], "De aanvraag", False),
            "aanvrager": (
                self._all_of(Applicant, key, Applicant.application_id),
                "Wie aanvraagt, met adres en nummers",
                False,
            ),
            "post": (
                self._of(PostedLetter, key),
                "Brieven die per post zijn gestuurd",
                False,
            ),
            "brieven": (
                self._of(CaseLetter, key),
                "Brieven over het verloop, met alles waarop zij rusten",
                False,
            ),
            "bewijsvragen": (
                self._of(Inquiry, key),
                "Bewijs waar om is gevraagd, de antwoorden en wat is bevonden",
                False,
            ),
            "laatste_termijnen": (
                self._all_of(LastTerm, key, LastTerm.until),
                "De laatste termijnen om te verantwoorden, met de reden",
                False,
            ),
            "wijzigingsverzoeken": (
                self._all_of(PlanRequest, key, PlanRequest.asked_at),
                "Wat de aanvrager vroeg om te wijzigen, en waarom",
                False,
            ),
            "wijzigingen_op_verzoek": (
                self._all_of(PlanRuling, key, PlanRuling.decision_id),
                "Wat de besluiten op die verzoeken zeggen, ook van wat niet is verzonden",
                True,
            ),
            "loting": (
                self._all_of(Lot, key, Lot.application_id),
                "Of de steekproef op deze zaak viel, met het zaad van de loting",
                False,
            ),
            "papier": (
                self._of(PaperFiling, key),
                "Wat op papier kwam, en wie het vastlegde",
                False,
            ),
            "actie": ([campaign], "De actie waarvoor is aangevraagd", False),
            "begroting": (
                self._all(BudgetLine, BudgetLine.campaign_id == campaign.id),
                "De begroting van de actie",
                False,
            ),
            "regels": ([version], "De regel van het fonds, zoals bekendgemaakt", False),
            "termijn": (self._of(TermEvent, key), "Het verloop van de beslistermijn", False),
            "toets": (self._of(ChecklistMark, key), "De toets aan de vereisten", True),
            "belangen": (
                self._all(Stake, Stake.campaign_id == campaign.id),
                "Wie een eigen belang had en niet meebesliste",
                True,
            ),
            "notities": (self._of(CaseNote, key), "Notities van ambtenaren", True),
            "geld": (self._of(PotMove, key), "Geld dat apart is gezet en losgelaten", False),
            "teruggegeven": (
                self._of(ClawbackReturn, key),
                "Wat op een vervallen terugvordering was betaald, en wanneer het terugging",
                False,
            ),
            "bezwaren": (self._objections, "Bezwaren en hun uitkomst", False),
            "bezwaren-verloop": (
                self._of(ObjectionStep, key),
                "Wat er met de bezwaren gebeurde tot de beslissing",
                False,
            ),
            "beslissingen-op-bezwaar": (self._rulings, "De beslissingen op bezwaar", True),
            "beroepen": (self._of(Appeal, key), "Beroepen bij de rechtbank", False),
            "ingebrekestellingen": (
                self._of(DefaultNotice, key),
                "Ingebrekestellingen en dwangsommen",
                False,
            ),
            "voornemens": (self._of(Intention, key), "Voornemens en zienswijzen", False),
            "zienswijzen-bij-besluiten": (
                self._all_of(DecisionViews, key, DecisionViews.decision_id),
                "Hoe zienswijzen in besluiten zijn meegewogen",
                False,
            ),
            "verantwoording": (self._accountings, "De verantwoording van het geld", False),
            "besluiten": (self._decisions, "De besluiten", False),
        }
        for name, (rows, about, internal) in tables.items():
            if rows:
                content = as_json([self.row(row) for row in rows])
                yield CaseFile(f"{name}.json", content, about, internal=internal)

    def _of(self, model: type[Any], key: UUID) -> Sequence[Any]:
        return self._all(model, model.application_id == key)

    def _all_of(self, model: type[Any], key: UUID, order: Any) -> Sequence[Any]:
        statement = select(model).where(model.application_id == key)
        return self._session.scalars(statement.order_by(order)).all()

    def decisions(self) -> Iterator[CaseFile]:
        """Per decision its snapshot and its letter, and a round's facts that are kept beside it."""
        for decision in self._decisions:
            folder = f"besluiten/{decision.number}"
            text = decision.snapshot
            about = f"Alles waarop besluit {decision.number} rust (besluit/1)"
            yield CaseFile(f"{folder}/snapshot.json", text.encode(), about)
            if decision.letter is not None:
                about = f"De brief van besluit {decision.number}"
                yield CaseFile(f"{folder}/brief.pdf", decision.letter, about, "application/pdf")
            if read(text).basis.facts is None and (facts := round_facts(self._session, text)):
                about = f"De gegevens van de verdeling achter besluit {decision.number}"
                yield CaseFile(f"{folder}/ronde-gegevens.json", facts.encode(), about)

    def rulings(self) -> Iterator[CaseFile]:
        """Per decision on an objection its snapshot, what replaces the old decision, its letter."""
        for ruling in self._rulings:
            folder = f"beslissingen-op-bezwaar/{ruling.number}"
            about = f"Alles waarop beslissing {ruling.number} rust (bezwaar/1)"
            yield CaseFile(f"{folder}/snapshot.json", ruling.snapshot.encode(), about)
            if ruling.letter is not None:
                about = f"De brief van beslissing {ruling.number}"
                yield CaseFile(f"{folder}/brief.pdf", ruling.letter, about, "application/pdf")
        for row in self._of(JoinedLetter, self._application.id):
            yield from self._joined(row)
        for notice in self._of(DefaultNotice, self._application.id):
            if notice.letter is not None:
                about = f"De brief over dwangsom {notice.number}"
                name = f"ingebrekestellingen/{notice.number}.pdf"
                yield CaseFile(name, notice.letter, about, "application/pdf")

    def _joined(self, row: JoinedLetter) -> Iterator[CaseFile]:
        """What was written to who objected together with others, under the number of theirs."""
        ruling = next(each for each in self._rulings if each.id == row.ruling_id)
        objection = next(each for each in self._objections if each.id == row.objection_id)
        folder = f"beslissingen-op-bezwaar/{ruling.number}/{objection.number}"
        about = f"Alles waarop beslissing {ruling.number} op {objection.number} rust (bezwaar/1)"
        yield CaseFile(f"{folder}/snapshot.json", row.snapshot.encode(), about)
        if row.letter is not None:
            about = f"De brief van beslissing {ruling.number} over {objection.number}"
            yield CaseFile(f"{folder}/brief.pdf", row.letter, about, "application/pdf")

    def intentions(self) -> Iterator[CaseFile]:
        """Per intention its snapshot and its letter."""
        for intention in self._of(Intention, self._application.id):
            folder = f"voornemens/{intention.number}"
            about = f"Alles waarop voornemen {intention.number} rust (besluit/1)"
            yield CaseFile(f"{folder}/snapshot.json", intention.snapshot.encode(), about)
            about = f"De brief van voornemen {intention.number}"
            yield CaseFile(f"{folder}/brief.pdf", intention.letter, about, "application/pdf")

    def receipts(self, storage: Storage) -> Iterator[CaseFile]:
        """The receipts, under their place in the account that was given; as with attachments,
        what no scanner found clean stays out, and is missing."""
        unclean_stems = unclean_receipts(self._session, self._application.id)
        for order, accounting in enumerate(self._accountings, start=1):
            for place, receipt in enumerate(accounting.receipts, start=1):
                is_clean = receipt["key"][:KEY_STEM] not in unclean_stems
                content = storage.get(receipt["key"]) if is_clean else None
                if content is None:
                    self.missing.append(receipt["name"])
                    continue
                suffix = receipt["key"].rpartition(".")[2]
                name = f"bonnen/{order}-{place:02}.{suffix}"
                yield CaseFile(name, content, receipt["name"], "application/octet-stream")

    def attachments(self, storage: Storage) -> Iterator[CaseFile]:
        """What was added to the case; what no scanner found clean stays out, and is missing."""
        rows = of_application(self._session, self._application.id)
        for place, row in enumerate(rows, start=1):
            content = storage.get(row.key) if ScanState(row.scan) in READABLE else None
            if content is None:
                self.missing.append(row.name)
                continue
            suffix = row.name.rpartition(".")[2]
            yield CaseFile(f"bijlagen/{place:02}.{suffix}", content, row.name, row.media_type)

    def trail(self) -> CaseFile:
        """Who did what, when and why: of the application, its decisions and objections."""
        subjects = {self._application.id, *(record.id for record in self._decisions)}
        subjects |= {record.id for record in self._objections}
        events = self._session.scalars(
            select(AuditEvent)
            .where(AuditEvent.subject_id.in_(subjects))
            .order_by(AuditEvent.at, AuditEvent.id)
        )
        content = as_json([self.row(record) for record in events])
        return CaseFile("spoor.json", content, "Wie wat deed, wanneer en waarom", internal=True)

    def row(self, row: Base) -> dict[str, Any]:
        """A row with the names of the persons that it points to."""
        table = Base.metadata.tables[row.__tablename__]
        omitted_columns = _NOT_TOLD.get(table.name, set())
        values = {
            column.name: getattr(row, column.key)
            for column in table.columns
            if column.name not in omitted_columns
        }
        points = {
            column.name
            for column in table.columns
            if any(key.column.table.name == "persons" for key in column.foreign_keys)
        } | ({"actor_id"} & values.keys())
        names = {f"{name}_name": self._name(values[name]) for name in points if values[name]}
        return values | names

    def _name(self, person_id: UUID) -> str:
        if person_id not in self._names:
            person = self._session.get(Person, person_id)
            self._names[person_id] = person.name if person is not None else ""
        return self._names[person_id]


def as_json(value: Any) -> bytes:
    """JSON that a person can read, the same for the same rows."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not JSON: {type(value).__name__}")
