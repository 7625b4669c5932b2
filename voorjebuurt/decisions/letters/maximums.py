"""The award of a live fund: by which rule its amount follows, and its maximum (Awb 4:31). Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.proof.schema import Snapshot


def is_maximum(snapshot: Snapshot) -> bool:
    """Whether it was decided before the campaign came to an amount."""
    return snapshot.is_maximum


def had_maximum(snapshot: Snapshot) -> bool:
    """Whether what is withdrawn was an amount at most: a live fund's, as long as gifts can come."""
    return snapshot.fund.live and snapshot.campaign.is_open


def how_much(snapshot: Snapshot) -> Iterator[Block]:
    """How the amount follows from the gifts, what bounds it, and what happens at the end."""
    campaign = snapshot.campaign
    yield Heading("Hoeveel wordt het?")
    yield Paragraph(
        "Hoeveel u krijgt, staat nu nog niet vast. Het bedrag volgt uit de giften aan uw actie en "
        "uit de regel van het fonds, die in bijlage 1 staat (artikel 4:31 van de Algemene wet "
        "bestuursrecht, de Awb)."
    )
    yield Paragraph(
        "Wij passen de regel toe op elke gift die meetelt, in volgorde van betaling. De giften van "
        "voor dit besluit tellen ook mee. Gaat een gift terug naar de donateur? Dan rekenen wij "
        "het bedrag opnieuw uit, en kan het lager worden."
    )
    yield Points(
        (
            f"U krijgt nooit meer dan {euros(snapshot.decision.amount_cents)}.",
            "Het fonds helpt meer acties. Is het geld in het fonds op? Dan komt er niets meer bij "
            "(artikel 4:25 Awb).",
        )
    )
    if campaign.deadline_on:
        yield Paragraph(
            f"Na {day(campaign.deadline_on)} is uw actie afgelopen. Dan staat het bedrag vast en "
            "mailen wij u de berekening. Daarover nemen wij geen nieuw besluit."
        )
