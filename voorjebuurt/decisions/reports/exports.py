"""Decisions as CSV for a spreadsheet, without anything about donors (docs/decisions.md).

Semicolons, decimal commas, a byte order mark and CRLF: so that a Dutch Excel opens it as a table
at a double click. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.reports.queries import Sent, sent_decisions
from voorjebuurt.kernel import clock

COLUMNS = (
    *("besluit", "soort", "verzonden_op", "bezwaar_tot", "bezwaar"),
    *("aanvraag", "ontvangen_op", "dagen", "fonds", "versie"),
    *("actie", "groep", "thema", "gebieden", "doel_euro"),
    *("berekend_euro", "besluit_euro", "voor_besluit_euro", "factor", "gronden"),
)
KINDS = {
    "award": "toekenning",
    "partial_award": "toekenning van een deel",
    "refusal": "weigering",
    "withdrawal": "intrekking",
    "determination": "vaststelling",
    "lower_determination": "lagere vaststelling",
    "clawback": "terugvordering",
}
_OBJECTIONS = {
    "received": "in behandeling",
    "upheld": "gegrond",
    "rejected": "ongegrond",
    "inadmissible": "niet-ontvankelijk",
    "withdrawn": "ingetrokken",
}
_FORMULA = frozenset("=+-@＝＋－＠")


def decisions_csv(
    session: Session,
    *,
    municipality_id: UUID | None = None,
    fund_id: UUID | None = None,
    year: int | None = None,
) -> bytes:
    """The decisions that were sent, a row each, in the order in which they were sent."""
    sent = sent_decisions(session, municipality_id=municipality_id, fund_id=fund_id, year=year)
    objections = _objections(session, [one.decision_id for one in sent])
    return spreadsheet(COLUMNS, (_row(one, objections.get(one.decision_id, "")) for one in sent))


def spreadsheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a Dutch spreadsheet reads, and that runs nothing."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(text) for text in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """The text, with an apostrophe where a spreadsheet would compute it; no control characters."""
    shown = "".join(one if one.isprintable() else " " for one in text)
    return f"'{shown}" if shown.lstrip()[:1] in _FORMULA and shown.strip() else shown


def euros(cents: int | None) -> str:
    """``1234,50``: a number to a Dutch spreadsheet."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"


def _row(one: Sent, objection: str) -> list[str]:
    received = clock.local(one.received_at).date()
    areas = ", ".join(f"{area['name']} ({area['code']})" for area in one.areas)
    return [
        *(one.number, KINDS[one.kind], one.sent_on.isoformat(), one.object_until.isoformat()),
        *(
            objection,
            one.application,
            received.isoformat(),
            str(one.days),
        ),
        *(one.fund, str(one.version), one.campaign, one.group, one.theme or "", areas),
        *(euros(one.goal_cents), euros(one.claim_cents), euros(one.amount_cents)),
        *(euros(one.before_cents), one.factor, ", ".join(one.grounds)),
    ]


def _objections(session: Session, decision_ids: Sequence[UUID]) -> dict[UUID, str]:
    """How the last objection to each decision stands."""
    statement = (
        select(Objection.decision_id, Objection.status)
        .where(Objection.decision_id.in_(decision_ids))
        .order_by(Objection.received_at, Objection.id)
    )
    return {key: _OBJECTIONS[status] for key, status in session.execute(statement)}
