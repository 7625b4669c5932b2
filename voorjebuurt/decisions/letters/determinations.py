"""What comes after an award: determination, withdrawal, clawback (Awb 4:42–4:57). Pure."""

from collections.abc import Iterator, Mapping

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Lines, Paragraph, Table
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.house import lines_of
from voorjebuurt.decisions.letters.maximums import had_maximum
from voorjebuurt.decisions.letters.parts import (
    about_gifts,
    decided,
    fund_and_campaign,
    why,
)
from voorjebuurt.decisions.letters.sizes import ex_officio_reason, way_then
from voorjebuurt.decisions.letters.statutes import articles_of, statutes
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.rules.payment import PAYMENT_WEEKS, pay_until
from voorjebuurt.matching.arrangements import Way

_UNACCOUNTED = "artikel 4:44, vierde lid, en artikel 4:47, onder b (ambtshalve)"
_HEAD = ("Stap", "Uitleg", "Uitkomst")


def determination(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that determines the grant at the amount that was awarded."""
    yield Paragraph(
        f"Wij stellen uw subsidie vast op {euros(snapshot.decision.amount_cents)}. Dat is het "
        f"bedrag dat wij u hebben toegekend {fund_and_campaign(snapshot)}. {decided(snapshot)}"
    )
    yield Heading("Waarom dit bedrag?")
    if way_then(snapshot) is Way.EX_OFFICIO:
        yield from ex_officio_reason()
    elif snapshot.last_term:
        yield from never_accounted(snapshot.last_term)
        yield Paragraph(
            "U hield zich dus niet aan deze verplichting. Toch stellen wij het bedrag niet lager "
            "vast."
        )
    else:
        told_text = (
            "U vertelde wat u met het geld hebt gedaan."
            if way_then(snapshot) is Way.ACTIVITIES
            else "U liet zien waaraan u het geld hebt uitgegeven."
        )
        yield Paragraph(
            f"{told_text} Wij hebben dat bekeken. U hebt uw plan uitgevoerd en u aan de "
            "verplichtingen gehouden."
        )
    yield from why(snapshot)
    yield from arithmetic(snapshot, "Vastgesteld", "Dit is uw subsidie.")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Het bedrag staat nu vast. Van wat u al kreeg, hoeft u niets terug te betalen. Kreeg u nog "
        f"niet alles? Dan krijgt u de rest {payment_term(announcement)} (artikel 4:87 van de "
        "Algemene wet bestuursrecht)."
    )
    yield from statutes(snapshot, _determined_by(snapshot))


def _determined_by(snapshot: Snapshot) -> tuple[str, ...]:
    """What a determination rests on: asked for by an account, or ex officio (Awb 4:47)."""
    if way_then(snapshot) is Way.EX_OFFICIO:
        return (
            "de artikelen 4:42 en 4:46, eerste lid (vaststelling)",
            "artikel 4:47, onder a (ambtshalve)",
        )
    if snapshot.last_term:
        return ("de artikelen 4:42 en 4:46, eerste lid (vaststelling)", _UNACCOUNTED)
    return ("de artikelen 4:42, 4:44 en 4:46, eerste lid (vaststelling)",)


def lower(snapshot: Snapshot, _announcement: Announcement | None) -> Iterator[Block]:
    """Letter that determines the grant below the award, on a listed ground."""
    decision = snapshot.decision
    less = decision.before_cents - decision.amount_cents
    yield Paragraph(
        f"Wij stellen uw subsidie vast op {euros(decision.amount_cents)}. Dat is {euros(less)} "
        f"minder dan wij u hebben toegekend {fund_and_campaign(snapshot)}. {decided(snapshot)}"
    )
    yield Heading("Waarom is het bedrag lager?")
    if snapshot.last_term:
        yield from never_accounted(snapshot.last_term)
    yield from why(snapshot)
    yield from arithmetic(snapshot, "Vastgesteld", "Dit is uw subsidie.")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Het bedrag staat nu vast. Hebt u meer gekregen dan dit bedrag? Dan kunnen wij het "
        "verschil terugvragen. U krijgt daarover een ander besluit. U hoeft nu nog niets te doen."
    )
    articles = ("artikel 4:42 (vaststelling)", *articles_of(decision))
    own: tuple[str, ...] = ()
    if way_then(snapshot) is Way.EX_OFFICIO:
        own = ("artikel 4:47, onder a (ambtshalve)",)
    elif snapshot.last_term:
        own = (_UNACCOUNTED,)
    yield from statutes(snapshot, (*articles[:-1], f"{articles[-1]} (lagere vaststelling)", *own))


def never_accounted(term: Mapping[str, str]) -> Iterator[Block]:
    """Why it is determined without an account: none came in its term, nor in the last one."""
    yield Paragraph(
        f"U moest laten zien wat u met het geld hebt gedaan, uiterlijk op {day(term['before'])}. "
        f"Op {day(term['set_on'])} schreven wij u dat dit nog kon tot en met {day(term['until'])}. "
        "Wij kregen niets. Daarom stellen wij het bedrag nu zelf vast (ambtshalve)."
    )


def withdrawal(snapshot: Snapshot, _announcement: Announcement | None) -> Iterator[Block]:
    """Letter that withdraws the award."""
    decision, most = snapshot.decision, "hoogstens " if had_maximum(snapshot) else ""
    yield Paragraph(
        f"Wij trekken de subsidie van {most}{euros(decision.before_cents)} in, die wij u hebben "
        f"toegekend {fund_and_campaign(snapshot)}. {decided(snapshot)}"
    )
    yield Heading("Waarom trekken wij de subsidie in?")
    yield from why(snapshot)
    yield from arithmetic(snapshot, "Na dit besluit", "Hier hebt u recht op.")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Het is alsof u de subsidie nooit hebt gekregen. U krijgt het geld niet. Hebt u al geld "
        "gekregen? Dan kunnen wij dat terugvragen. U krijgt daarover een ander besluit. "
        f"{about_gifts(snapshot)}"
    )
    articles = (*articles_of(decision), "artikel 4:48, tweede lid (met terugwerkende kracht)")
    yield from statutes(snapshot, articles)


def clawback(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that claims money back."""
    decision = snapshot.decision
    yield Paragraph(
        f"U moet {euros(decision.amount_cents)} aan ons terugbetalen, "
        f"{payment_term(announcement)}. Het gaat om subsidie {fund_and_campaign(snapshot)}. "
        f"{decided(snapshot)}"
    )
    yield Heading("Waarom moet u terugbetalen?")
    yield from why(snapshot)
    kept_cents = max(0, decision.before_cents - decision.amount_cents)
    yield Table(
        _HEAD,
        (
            *_earlier(snapshot),
            ("Gekregen", "Dit hebt u gekregen.", euros(decision.before_cents)),
            ("Recht op", "Dit mag u houden.", euros(kept_cents)),
            ("Terug", "Dit betaalt u terug.", euros(decision.amount_cents)),
        ),
        amounts=True,
        total=True,
    )
    yield from _paying_back(decision.number, announcement)
    yield from statutes(
        snapshot,
        (
            "artikel 4:57, eerste lid, en artikel 4:95, vierde lid (terugvorderen)",
            "de artikelen 4:86 en 4:87 (betalen)",
        ),
    )


def payment_term(announcement: Announcement | None) -> str:
    """By when is paid what a decision makes due, either way (Awb 4:87)."""
    if announcement is None:
        return f"binnen {PAYMENT_WEEKS} weken na de dag van verzending"
    return f"uiterlijk op {day(pay_until(announcement.sent_on))}"


def how_to_pay(number: str, announcement: Announcement | None) -> Iterator[Block]:
    """To which account, and with which reference."""
    yield Heading("Hoe betaalt u?")
    pay_to = announcement.pay_to if announcement else ""
    if announcement is None:
        # A draft: the account is that of the day of sending.
        yield Paragraph("Maak het bedrag over naar:")
        yield Lines(
            ("[naam en rekening van de dag van verzending]", f"Zet bij uw betaling: {number}")
        )
    elif pay_to:
        yield Paragraph("Maak het bedrag over naar:")
        yield Lines((*lines_of(pay_to), f"Zet bij uw betaling: {number}"))
    else:
        yield Paragraph(
            "U krijgt van ons een betaalverzoek met het rekeningnummer. Zet bij uw betaling het "
            f"kenmerk {number}."
        )


def _paying_back(number: str, announcement: Announcement | None) -> Iterator[Block]:
    yield from how_to_pay(number, announcement)
    yield Paragraph(
        "Kunt u niet alles in één keer betalen? Vraag ons dan vóór die dag om later of in delen te "
        "betalen (artikel 4:94 Awb). Betaalt u te laat? Dan betaalt u ook wettelijke rente, vanaf "
        "de dag na de laatste dag (de artikelen 4:97 en 4:98 Awb). Wij kunnen u dan een aanmaning "
        "sturen (artikel 4:112 Awb). Die kan u geld kosten (artikel 4:113 Awb)."
    )


def arithmetic(
    snapshot: Snapshot, label: str, sentence: str, *, before: str = "Toegekend"
) -> Iterator[Block]:
    """From what held before this decision to what holds after it, as a table."""
    decision, accounting = snapshot.decision, snapshot.accounting
    yield Heading("Zo is uw bedrag berekend")
    rows = [*_earlier(snapshot)]
    rows.append((before, "Dit gold vóór dit besluit.", euros(decision.before_cents)))
    if accounting is not None and accounting["spent_cents"] is not None:
        on = f"Volgens uw verantwoording van {day(accounting['on'])} gaf u dit uit."
        rows.append(("Verantwoord", on, euros(accounting["spent_cents"])))
    less = decision.before_cents - decision.amount_cents
    if less:
        rows.append(("Minder", "Zie de reden hierboven.", f"− {euros(less)}"))
    rows.append((label, sentence, euros(decision.amount_cents)))
    yield Table(_HEAD, tuple(rows), amounts=True, total=True)


def _earlier(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """The earlier decisions that this one follows."""
    names = {
        "award": "Toekenning",
        "partial_award": "Toekenning",
        "determination": "Vaststelling",
        "lower_determination": "Lagere vaststelling",
        "withdrawal": "Intrekking",
        "award_change": "Wijziging",
        "determination_change": "Wijziging",
    }
    for decision in snapshot.earlier:
        if decision["kind"] in names:
            sentence = f"Besluit {decision['number']} van {day(decision['sent_on'])}."
            yield (names[decision["kind"]], sentence, euros(decision["amount_cents"]))
