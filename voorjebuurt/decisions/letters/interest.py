"""The letter that lays statutory interest down, line by line (Awb 4:97–4:99). Pure."""

from collections.abc import Iterator
from datetime import timedelta

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Table
from voorjebuurt.decisions.letters.determinations import how_to_pay, payment_term
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.parts import decided, fund_and_campaign
from voorjebuurt.decisions.letters.statutes import statutes
from voorjebuurt.decisions.proof.interest import InterestFacts, interest_facts
from voorjebuurt.decisions.proof.schema import Snapshot, SnapshotError
from voorjebuurt.decisions.rules.interest import Clawback, InterestLine
from voorjebuurt.decisions.rules.limits import years_after


def interest(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that lays interest down. Raises ``SnapshotError`` without what it follows from."""
    if snapshot.interest is None:
        raise SnapshotError("no interest to tell of")
    facts, decision = interest_facts(snapshot.interest), snapshot.decision
    yield Paragraph(
        f"U moet {euros(decision.amount_cents)} wettelijke rente aan ons betalen, "
        f"{payment_term(announcement)}. Die rente gaat over subsidie die u niet op tijd "
        "terugbetaalde. U kreeg de subsidie "
        f"{fund_and_campaign(snapshot)}. {decided(snapshot)}"
    )
    yield from _why(facts)
    yield from _arithmetic(facts, decision.amount_cents)
    yield from _payments(facts)
    yield from how_to_pay(decision.number, announcement)
    yield Paragraph(
        "Kunt u niet alles in één keer betalen? Vraag ons dan vóór die dag om later of in delen te "
        "betalen (artikel 4:94 Awb). Betaalt u te laat? Dan kunnen wij u een aanmaning sturen "
        "(artikel 4:112 Awb). Die kan u geld kosten (artikel 4:113 Awb)."
    )
    yield from statutes(
        snapshot,
        (
            "de artikelen 4:86 en 4:87 (betalen)",
            "de artikelen 4:97 en 4:98, eerste lid (verzuim en wettelijke rente)",
            "artikel 4:99 (vaststellen van de rente)",
        ),
    )


def _why(facts: InterestFacts) -> Iterator[Block]:
    yield Heading("Waarom moet u rente betalen?")
    late = {line.clawback for line in facts.lines}
    for clawback in facts.clawbacks:
        if clawback.number in late:
            yield Paragraph(_default(clawback))
    yield Paragraph(
        "Wie te laat betaalt, is in verzuim (artikel 4:97 van de Algemene wet bestuursrecht, de "
        "Awb). Dan loopt er wettelijke rente (artikel 4:98 Awb). Hoeveel dat is, stellen wij vast "
        "met dit besluit (artikel 4:99 Awb)."
    )


def _default(clawback: Clawback) -> str:
    sent_on = clawback.sent_at.date().isoformat()
    return (
        f"Wij vroegen {euros(clawback.cents)} van u terug, met besluit {clawback.number} van "
        f"{day(sent_on)}. Dat moest u betalen uiterlijk op {day(clawback.pay_by)}. Op die dag "
        "hadden wij nog niet alles."
    )


def _arithmetic(facts: InterestFacts, cents: int) -> Iterator[Block]:
    yield Heading("Zo is de rente berekend")
    yield Paragraph(
        "Wij rekenen per dag: bedrag × percentage ÷ 365. De dag waarop u betaalt, telt niet mee. "
        "Wij ronden elke regel naar beneden af, op hele centen. Dit besluit gaat over de rente tot "
        f"en met {day(facts.until)}. De percentages staan in het Besluit vaststelling wettelijke "
        "rente (artikel 120 van boek 6 van het Burgerlijk Wetboek)."
    )
    if _is_of_years(facts):
        yield Paragraph(
            "Is rente na een jaar niet betaald? Dan telt die voortaan mee in het bedrag (artikel "
            "119, tweede lid, van boek 6 van het Burgerlijk Wetboek)."
        )
    rows = [_row(line) for line in facts.lines]
    if facts.before_cents:
        together = sum(line.cents for line in facts.lines)
        rows.append(("Samen", "Alle rente tot en met die dag", euros(together)))
        rows.append(
            ("Minder", "Al vastgesteld in een eerder besluit", f"− {euros(facts.before_cents)}")
        )
    rows.append(("Te betalen", "Dit stellen wij vast.", euros(cents)))
    yield Table(("Dagen", "Berekening", "Rente"), tuple(rows), amounts=True, total=True)


def _is_of_years(facts: InterestFacts) -> bool:
    """Whether days are in it of more than a year after the first."""
    firsts = {clawback.number: clawback.pay_by + timedelta(days=1) for clawback in facts.clawbacks}
    return any(line.first >= years_after(firsts[line.clawback], 1) for line in facts.lines)


def _row(line: InterestLine) -> tuple[str, str, str]:
    percent = f"{line.percent.normalize():f}".replace(".", ",")
    days = "1 dag" if line.days == 1 else f"{line.days} dagen"
    return (
        f"{day(line.first)} tot en met {day(line.last)}",
        f"{euros(line.base_cents)} × {percent}% × {days} ÷ 365",
        euros(line.cents),
    )


def _payments(facts: InterestFacts) -> Iterator[Block]:
    """What came in, and that more interest may follow where not everything did."""
    incoming = [each for each in facts.repayments if each.on <= facts.until]
    if incoming:
        yield Heading("Wat hebt u al betaald?")
        yield Table(
            ("Dag", "Waarvoor", "Bedrag"),
            tuple(
                (
                    day(each.on),
                    f"Rente: {euros(each.interest_cents)}. Terugbetaling: {euros(each.sum_cents)}.",
                    euros(each.interest_cents + each.sum_cents),
                )
                for each in incoming
            ),
            amounts=True,
        )
        yield Paragraph(
            "Een betaling gaat eerst naar rente die wij al hebben vastgesteld, en dan naar wat u "
            "terugbetaalt (artikel 4:92, eerste lid, Awb)."
        )
    if facts.lines and facts.lines[-1].last == facts.until:
        yield Paragraph(
            "Zolang u niet alles hebt terugbetaald, loopt de rente door. Daarover kunnen wij later "
            "een ander besluit nemen."
        )
