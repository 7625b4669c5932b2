"""Decisions as CSV for a spreadsheet, without anything about donors (docs/decisions.md).

Semicolons, decimal commas, a byte order mark and CRLF: so that a Dutch Excel opens it as a table
at a double click. A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.proof.revocations import Revocation, revocations
from voorjebuurt.decisions.reports.application_money import ApplicationMoney, money_of
from voorjebuurt.decisions.reports.queries import SentDecision, sent_decisions
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import DUTCH, catalogue

COLUMNS = (
    *("besluit", "soort", "verzonden_op", "bezwaar_tot", "bezwaar"),
    *("aanvraag", "ontvangen_op", "dagen", "fonds", "versie"),
    *("actie", "groep", "thema", "gebieden", "doel_euro"),
    *("berekend_euro", "besluit_euro", "voor_besluit_euro", "factor", "gronden"),
    *("hoogste_bedrag", "verantwoording"),
    *("geldt_nu_euro", "zekerheid", "terug_te_betalen_euro"),
    *("vervallen_door", "vervallen_op"),
)
KINDS = {
    "award": "toekenning",
    "partial_award": "toekenning van een deel",
    "refusal": "afwijzing",
    "withdrawal": "intrekking",
    "determination": "vaststelling",
    "lower_determination": "lagere vaststelling",
    "clawback": "terugvordering",
    "interest": "wettelijke rente",
    "interest_owed": "wettelijke rente van de gemeente",
    "award_change": "wijziging van de toekenning",
    "plan_change": "wijziging op verzoek",
    "plan_refusal": "weigering van een wijziging op verzoek",
    "determination_change": "wijziging van de vaststelling",
}
OBJECTIONS = {
    "received": "in behandeling",
    "upheld": "gegrond",
    "partly_upheld": "deels gegrond",
    "rejected": "ongegrond",
    "inadmissible": "niet-ontvankelijk",
    "withdrawn": "ingetrokken",
}
GROUND_WORDS = {
    "ceiling": "plafond bereikt",
    "requirement": "voorwaarde niet gehaald",
    "rule": "regel van het fonds",
    "outside_area": "buiten het gebied",
    "campaign_over": "actie was afgelopen voor de toekenning",
    "incomplete": "niet compleet",
    "will_not_happen": "gaat niet door",
    "will_not_comply": "houdt zich niet aan de plichten",
    "will_not_account": "geen goede verantwoording te verwachten",
    "insolvent": "failliet of in de schuldsanering",
    "incorrect_award": "toekenning was onjuist",
    "new_circumstances": "omstandigheden of inzichten anders",
    "unknown_facts": "feiten die bij de vaststelling niet bekend waren",
    "wrong_determination": "vaststelling was onjuist en dat was bekend",
    "duty_after": "verplichting na de vaststelling niet nagekomen",
    "false_application": "aanvraag klopt niet",
    "de_minimis": "de-minimissteun",
    "not_done": "niet uitgevoerd",
    "not_complied": "plichten niet nagekomen",
    "false_data": "gegevens klopten niet",
    "wrong_award": "besluit was onjuist",
    "overpaid": "te veel betaald",
}
"""The grounds in a few words each, to sort and to filter a table by."""
_WAYS = {
    "direct": "directe vaststelling",
    "ex_officio": "ambtshalve vaststelling",
    "activities": "activiteiten",
    "costs": "kosten",
}
"""How a subsidy is accounted for, in a word or two."""
_RUNGS = {"reserved": "gereserveerd", "awarded": "toegekend", "determined": "vastgesteld"}
_FACTOR_STEP = Decimal("0.0001")
_FORMULA = frozenset("=+-@＝＋－＠")


def decisions_csv(
    session: Session,
    *,
    municipality_id: UUID | None = None,
    fund_id: UUID | None = None,
    year: int | None = None,
) -> bytes:
    """The decisions that were sent, a row each, in the order in which they were sent.

    The last columns say what the money of the application is now, whatever this decision said.
    """
    decisions = sent_decisions(session, municipality_id=municipality_id, fund_id=fund_id, year=year)
    objections = _objections(session, [decision.decision_id for decision in decisions])
    applications = {decision.application_id for decision in decisions}
    money, losses = money_of(session, applications), revocations(session, applications)
    return spreadsheet(
        COLUMNS,
        (
            [
                *_row(decision, objections.get(decision.decision_id, "")),
                *_now(money[decision.application_id]),
                *_gone(losses.get(decision.decision_id)),
            ]
            for decision in decisions
        ),
    )


def spreadsheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a Dutch spreadsheet reads, and that runs nothing."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(text) for text in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """The text, with an apostrophe where a spreadsheet would compute it; no control characters."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return (
        f"'{printable}" if printable.lstrip()[:1] in _FORMULA and printable.strip() else printable
    )


def euros(cents: int | None) -> str:
    """``1234,50``: a number to a Dutch spreadsheet."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"


def decimal(number: str) -> str:
    """``1,5`` for ``3/2``, which a spreadsheet would take for a day; to four decimals."""
    value = (Decimal(Fraction(number).numerator) / Fraction(number).denominator).quantize(
        _FACTOR_STEP
    )
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")


def _row(decision: SentDecision, objection: str) -> list[str]:
    received_on = clock.local(decision.received_at).date()
    areas = ", ".join(f"{area['name']} ({area['code']})" for area in decision.areas)
    return [
        *(
            decision.number,
            KINDS[decision.kind],
            decision.sent_on.isoformat(),
            decision.object_until.isoformat(),
        ),
        *(
            objection,
            decision.application,
            received_on.isoformat(),
            str(decision.days),
        ),
        *(
            decision.fund,
            str(decision.version),
            decision.campaign,
            decision.group,
            catalogue(DUTCH).name("theme", decision.theme) if decision.theme else "",
            areas,
        ),
        *(euros(decision.goal_cents), euros(decision.claim_cents), euros(decision.amount_cents)),
        *(euros(decision.before_cents), decimal(decision.factor)),
        ", ".join(GROUND_WORDS[ground] for ground in decision.grounds),
        "ja" if decision.is_maximum and decision.amount_cents else "nee",
        _WAYS[decision.way] if decision.way else "",
    ]


def _now(money: ApplicationMoney) -> tuple[str, str, str]:
    rung = _RUNGS[money.rung] if money.net_cents or money.settled_cents is not None else ""
    if money.conditional and rung:
        rung = f"{rung}, als de actie lukt"
    return euros(money.net_cents), rung, euros(money.overpaid_cents + money.due_cents)


def _gone(revocation: Revocation | None) -> tuple[str, str]:
    """The decision on an objection or the judgment that took a decision away, and its day."""
    return (revocation.number, revocation.on.isoformat()) if revocation else ("", "")


def _objections(session: Session, decision_ids: Sequence[UUID]) -> dict[UUID, str]:
    """How the last objection to each decision stands."""
    statement = (
        select(Objection.decision_id, Objection.status)
        .where(Objection.decision_id.in_(decision_ids))
        .order_by(Objection.received_at, Objection.id)
    )
    return {key: OBJECTIONS[status] for key, status in session.execute(statement)}
