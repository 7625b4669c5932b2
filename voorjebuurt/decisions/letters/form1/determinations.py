"""What comes after an award: determination, withdrawal, clawback (Awb 4:42–4:57). Pure."""

from collections.abc import Iterator
from datetime import timedelta

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Lines, Paragraph, Points, Table
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.form1.parts import authority, lines_of, why
from voorjebuurt.decisions.proof.schema import Snapshot

_HEAD = ("Stap", "Uitleg", "Uitkomst")
_WEEKS_TO_PAY = 6
"""Awb 4:87: within six weeks after the announcement."""
_AWARDS = ("award", "partial_award")


def determination(snapshot: Snapshot) -> Iterator[Block]:
    """Letter that determines the grant at the amount that was awarded."""
    decision = snapshot.decision
    yield Paragraph(
        f"Wij stellen uw subsidie vast op {euros(decision.amount_cents)}. Dat is het bedrag dat "
        f"wij u hebben toegekend uit het fonds {snapshot.fund.name} voor uw actie "
        f"“{snapshot.campaign.title}”. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom dit bedrag?")
    yield Paragraph(
        "U hebt verteld waaraan u het geld hebt uitgegeven. Wij hebben dat bekeken. U hebt uw "
        "plan uitgevoerd en u aan de afspraken gehouden."
    )
    yield from why(snapshot)
    yield from _arithmetic(snapshot, "Vastgesteld", "Dit is uw subsidie.")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Het bedrag staat nu vast. Van wat u al kreeg, hoeft u niets terug te betalen. Kreeg u "
        "nog niet alles? Dan krijgt u de rest binnen zes weken na deze brief (artikel 4:87 Awb)."
    )
    yield from _legal(snapshot, "de artikelen 4:42 en 4:46, eerste lid (vaststelling)")


def lower(snapshot: Snapshot) -> Iterator[Block]:
    """Letter that determines the grant below the award, on a listed ground."""
    decision = snapshot.decision
    less = decision.before_cents - decision.amount_cents
    yield Paragraph(
        f"Wij stellen uw subsidie vast op {euros(decision.amount_cents)}. Dat is {euros(less)} "
        f"minder dan wij u hebben toegekend uit het fonds {snapshot.fund.name} voor uw actie "
        f"“{snapshot.campaign.title}”. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom is het bedrag lager?")
    yield from why(snapshot)
    yield from _arithmetic(snapshot, "Vastgesteld", "Dit is uw subsidie.")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Het bedrag staat nu vast. Hebt u meer gekregen dan dit bedrag? Dan kunnen wij het "
        "verschil terugvragen. U krijgt daarover een apart besluit. U hoeft nu nog niets te doen."
    )
    yield from _legal(snapshot, "de artikelen 4:42 en 4:46, tweede lid (lagere vaststelling)")


def withdrawal(snapshot: Snapshot) -> Iterator[Block]:
    """Letter that withdraws the award."""
    decision = snapshot.decision
    yield Paragraph(
        f"Wij trekken de subsidie van {euros(decision.before_cents)} in die u kreeg uit het fonds "
        f"{snapshot.fund.name} voor uw actie “{snapshot.campaign.title}”. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom trekken wij de subsidie in?")
    yield from why(snapshot)
    yield from _arithmetic(snapshot, "Na dit besluit", "Hier hebt u recht op.")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Het is alsof u de subsidie nooit hebt gekregen. U krijgt het geld niet. Hebt u al geld "
        "gekregen? Dan kunnen wij dat terugvragen. U krijgt daarover een apart besluit. Dit "
        "besluit verandert niets aan de giften van uw donateurs."
    )
    yield from _legal(snapshot, "artikel 4:48 (intrekken van de subsidieverlening)")


def clawback(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that claims money back."""
    decision = snapshot.decision
    until = "binnen zes weken na de dag van verzending"
    if announcement is not None:
        until = f"uiterlijk op {day(announcement.sent_on + timedelta(weeks=_WEEKS_TO_PAY))}"
    yield Paragraph(
        f"U moet {euros(decision.amount_cents)} aan ons terugbetalen, {until}. Het gaat om "
        f"subsidie uit het fonds {snapshot.fund.name} voor uw actie “{snapshot.campaign.title}”. "
        f"{_who_decided(snapshot)}"
    )
    yield Heading("Waarom moet u terugbetalen?")
    yield from why(snapshot)
    yield Table(
        _HEAD,
        (
            *_earlier(snapshot),
            ("Ontvangen", "Dit hebt u gekregen.", euros(decision.before_cents)),
            (
                "Recht op",
                "Dit mag u houden.",
                euros(max(0, decision.before_cents - decision.amount_cents)),
            ),
            ("Terug", "Dit betaalt u terug.", euros(decision.amount_cents)),
        ),
        amounts=True,
        total=True,
    )
    yield from _paying_back(decision.number, announcement.pay_to if announcement else "")
    yield from _legal(
        snapshot, "artikel 4:57 (terugvorderen) en de artikelen 4:86 en 4:87 (betalen)"
    )


def _paying_back(number: str, pay_to: str) -> Iterator[Block]:
    yield Heading("Hoe betaalt u?")
    if pay_to:
        yield Paragraph("Maak het bedrag over naar:")
        yield Lines((*lines_of(pay_to), f"Onder vermelding van: {number}"))
    else:
        yield Paragraph(
            "U krijgt van ons een betaalverzoek met het rekeningnummer. Noem bij uw betaling het "
            f"kenmerk {number}."
        )
    yield Paragraph(
        "Kunt u niet alles in één keer betalen? Vraag ons dan vóór die dag om later of in delen "
        "te betalen (artikel 4:94 Awb). Betaalt u te laat, dan kan er wettelijke rente bij komen "
        "(de artikelen 4:97 en 4:98 Awb). Wij sturen dan eerst een aanmaning (artikel 4:112 Awb)."
    )


def _who_decided(snapshot: Snapshot) -> str:
    return f"Dat besluit nam {authority(snapshot)}."


def _arithmetic(snapshot: Snapshot, label: str, sentence: str) -> Iterator[Block]:
    decision, accounting = snapshot.decision, snapshot.accounting
    yield Heading("Zo is uw bedrag berekend")
    rows = [*_earlier(snapshot)]
    rows.append(("Toegekend", "Dit gold vóór dit besluit.", euros(decision.before_cents)))
    if accounting is not None:
        on = f"Dit hebt u uitgegeven, schreef u op {day(accounting['on'])}."
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
    }
    for decision in snapshot.earlier:
        if decision["kind"] in names:
            sentence = f"Besluit {decision['number']} van {day(decision['sent_on'])}."
            yield (names[decision["kind"]], sentence, euros(decision["amount_cents"]))


def _legal(snapshot: Snapshot, articles: str) -> Iterator[Block]:
    basis = snapshot.fund.legal_basis
    yield Heading("Op welke regels rust dit besluit?")
    first = (f"{basis}.".replace("..", "."),) if basis else ()
    yield Points((*first, f"De Algemene wet bestuursrecht (Awb): {articles}."))
