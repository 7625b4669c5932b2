"""The letter that lays down interest which the municipality owes (Awb 4:97–4:99). Pure."""

from collections.abc import Iterator
from datetime import timedelta

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points, Table
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.parts import decided, fund_and_campaign
from voorjebuurt.decisions.letters.statutes import statutes
from voorjebuurt.decisions.proof.owed_interest import OwedInterestFacts, owed_interest_facts
from voorjebuurt.decisions.proof.schema import Snapshot, SnapshotError
from voorjebuurt.decisions.rules.interest import InterestLine
from voorjebuurt.decisions.rules.limits import years_after
from voorjebuurt.decisions.rules.owed_interest import AwardDue
from voorjebuurt.decisions.rules.payment import pay_until

_RETURN_STATUTES = ("artikel 4:102, eerste lid (rente over wat u te veel betaalde)",)


def owed_interest(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter of it. Raises ``SnapshotError`` without what it follows from."""
    if snapshot.interest is None:
        raise SnapshotError("no interest to tell of")
    facts, decision = owed_interest_facts(snapshot.interest), snapshot.decision
    yield Paragraph(
        f"Wij betalen u {euros(decision.amount_cents)} wettelijke rente. {_cause(facts)} U kreeg "
        f"die subsidie {fund_and_campaign(snapshot)}. {decided(snapshot)}"
    )
    if facts.award_lines or not facts.returns:
        yield from _why(facts)
    if facts.returns:
        yield from _why_returned(facts)
    yield from _arithmetic(facts, decision.amount_cents)
    yield from _payment(snapshot, announcement)
    yield from statutes(
        snapshot,
        (
            "artikel 4:87 (de termijn om te betalen)",
            "de artikelen 4:97 en 4:98 (verzuim en wettelijke rente)",
            "artikel 4:99 (vaststellen van de rente)",
            *(_late_statutes(facts.award) if facts.award_lines or not facts.returns else ()),
            *(_RETURN_STATUTES if facts.returns else ()),
        ),
    )


def _cause(facts: OwedInterestFacts) -> str:
    if not facts.returns:
        return "Wij betaalden uw subsidie te laat."
    if not facts.award_lines:
        return "U betaalde te veel van uw subsidie aan ons terug."
    return "Wij betaalden uw subsidie te laat, en u betaalde er te veel van aan ons terug."


def _why_returned(facts: OwedInterestFacts) -> Iterator[Block]:
    yield Heading("Waarom krijgt u rente over wat u terugbetaalde?")
    yield Paragraph(
        "Wij vroegen geld van u terug, en u betaalde dat. Dat besluit geldt na bezwaar of beroep "
        "niet meer, of voor een lager bedrag. Wat u te veel betaalde, hebt u terug:"
    )
    yield Points(
        tuple(
            f"{euros(each.cents)}: door u betaald op {day(each.paid_on)}, door ons terugbetaald op "
            f"{day(each.repaid_on)}{';' if place < len(facts.returns) else '.'}"
            for place, each in enumerate(facts.returns, 1)
        )
    )
    yield Paragraph(
        "Wij betalen rente over de tijd daartussen (artikel 4:102, eerste lid, Awb): vanaf de dag "
        "waarop u betaalde, tot de dag waarop wij terugbetaalden."
    )


def _sent(award: AwardDue) -> str:
    if not award.is_late or award.decide_by is None:
        return f"de dag waarop dat besluit is verzonden: {day(award.sent_on)};"
    return (
        f"de dag waarop wij dat besluit uiterlijk hadden moeten verzenden: {day(award.decide_by)} "
        f"(verzonden op {day(award.sent_on)});"
    )


def _late_statutes(award: AwardDue) -> tuple[str, ...]:
    if not award.is_late:
        return ()
    if award.after_objection:
        return ("artikel 4:102, tweede lid (rente na bezwaar of beroep)",)
    return ("artikel 4:100 (rente na een besluit dat te laat kwam)",)


def _why(facts: OwedInterestFacts) -> Iterator[Block]:
    award = facts.award
    yield Heading("Waarom krijgt u rente?")
    yield Paragraph(
        f"In besluit {award.number} staat wanneer u het geld krijgt: binnen zes weken. Die zes "
        "weken beginnen op de laatste van deze dagen:"
    )
    yield Points(
        (
            _sent(award),
            f"de dag waarop uw actie met succes is afgelopen: {day(award.ended_on)};",
            f"de dag waarop uw rekening is gecontroleerd: {day(award.checked_on)}.",
        )
    )
    payment = f"Het geld is betaald op {day(award.paid_on)}." if award.paid_on else ""
    yield Paragraph(
        f"Wij moesten dus betalen uiterlijk op {day(award.pay_by)}. {payment} Wie te laat betaalt, "
        "is in verzuim (artikel 4:97 van de Algemene wet bestuursrecht, de Awb). Dan loopt er "
        "wettelijke rente (artikel 4:98 Awb). Hoeveel dat is, stellen wij vast met dit besluit "
        "(artikel 4:99 Awb)."
    )
    if award.is_late and award.after_objection:
        yield Paragraph(
            "Wij namen eerst een ander besluit. Dat is na bezwaar of beroep vervangen. Daarom "
            "rekenen wij alsof wij dit geld toekenden op de laatste dag om over uw aanvraag te "
            "beslissen (artikel 4:102, tweede lid, Awb)."
        )
    elif award.is_late:
        yield Paragraph(
            "Wij beslisten te laat over uw aanvraag. Daarom rekenen wij alsof wij dat deden op de "
            "laatste dag van de termijn (artikel 4:100 Awb)."
        )
    for first, last in award.pauses:
        yield Paragraph(
            f"Van {day(first)} tot en met {day(last)} was uw nieuwe rekening nog niet "
            "gecontroleerd. Over die dagen loopt geen rente."
        )


def _arithmetic(facts: OwedInterestFacts, cents: int) -> Iterator[Block]:
    yield Heading("Zo is de rente berekend")
    yield Paragraph(
        "Wij rekenen per dag: bedrag × percentage ÷ 365. De dag van de betaling telt niet mee. Wij "
        "ronden elke regel naar beneden af, op hele centen. De percentages staan in het Besluit "
        "vaststelling wettelijke rente (artikel 120 van boek 6 van het Burgerlijk Wetboek)."
    )
    first = facts.award.pay_by + timedelta(days=1)
    is_over_a_year = any(line.first >= years_after(first, 1) for line in facts.award_lines)
    if is_over_a_year or any(each.is_over_a_year for each in facts.returns):
        yield Paragraph(
            "Is rente na een jaar niet betaald? Dan telt die voortaan mee in het bedrag (artikel "
            "119, tweede lid, van boek 6 van het Burgerlijk Wetboek)."
        )
    rows = [_row(line) for line in facts.lines]
    if facts.before_cents:
        together = sum(line.cents for line in facts.lines)
        rows.append(("Samen", "Alle rente", euros(together)))
        rows.append(
            ("Minder", "Al vastgesteld in een eerder besluit", f"− {euros(facts.before_cents)}")
        )
    rows.append(("U krijgt", "Dit stellen wij vast.", euros(cents)))
    yield Table(("Dagen", "Berekening", "Rente"), tuple(rows), amounts=True, total=True)


def _row(line: InterestLine) -> tuple[str, str, str]:
    percent = f"{line.percent.normalize():f}".replace(".", ",")
    days = "1 dag" if line.days == 1 else f"{line.days} dagen"
    return (
        f"{day(line.first)} tot en met {day(line.last)}",
        f"{euros(line.base_cents)} × {percent}% × {days} ÷ 365",
        euros(line.cents),
    )


def _payment(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    yield Heading("Wanneer krijgt u de rente?")
    by = (
        f"uiterlijk op {day(pay_until(announcement.sent_on))}"
        if announcement
        else "binnen zes weken na de verzending van deze brief"
    )
    source = (
        "Het geld staat al bij de stichting die ook de giften bewaart."
        if snapshot.fund.prepaid
        else "Wij maken het geld over aan de stichting die ook de giften bewaart."
    )
    yield Paragraph(
        f"{source} U krijgt de rente op de rekening die u voor uw actie opgaf, {by} (artikel "
        "4:87 Awb). U hoeft daarvoor niets te doen. De rente is geen subsidie: u hoeft niet te "
        "laten zien waaraan u die uitgeeft."
    )
