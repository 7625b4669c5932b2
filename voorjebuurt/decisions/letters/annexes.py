"""The enclosures: the fund's rule, the figures and days, and the plan that money is for. Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.content import Annex, Block, Heading, Paragraph, Points, Table
from voorjebuurt.decisions.letters.dutch import day, euros, in_groups, percent
from voorjebuurt.decisions.proof.schema import LETTER_FORM, Snapshot
from voorjebuurt.kernel.catalogues import DUTCH, catalogue

_EVENTS = {
    "completion_asked": "Wij vroegen u om uw aanvraag aan te vullen",
    "completed": "Uw aanvulling kwam binnen",
    "completion_expired": "De tijd om aan te vullen was voorbij",
    "extended": "Wij namen meer tijd om te besluiten",
    "reopened": "Wij openden uw zaak opnieuw",
}
_GRANTS = ("award", "partial_award")
_WITH_ANNEXES = (*_GRANTS, "refusal")


def annexes(snapshot: Snapshot) -> tuple[Annex, ...]:
    """The enclosures of a first decision: of an award the plan and the budget too (Awb 4:30)."""
    if snapshot.decision.kind not in _WITH_ANNEXES:
        return ()
    enclosures = (
        Annex("Bijlage 1: de regel van het fonds in woorden", tuple(_rule(snapshot))),
        Annex("Bijlage 2: de gegevens die wij gebruikten", tuple(_data(snapshot))),
    )
    if not _encloses_plan(snapshot):
        return enclosures
    return (*enclosures, Annex("Bijlage 3: uw plan en uw begroting", tuple(_plan(snapshot))))


def annexes_in_words(snapshot: Snapshot) -> str:
    """What stands in which enclosure."""
    text = (
        "In bijlage 1 staat de hele regel in woorden. In bijlage 2 staan de gegevens die wij "
        "gebruikten."
    )
    if not _encloses_plan(snapshot):
        return text
    return f"{text} In bijlage 3 staan uw plan en uw begroting, zoals ze waren bij dit besluit."


def _encloses_plan(snapshot: Snapshot) -> bool:
    return snapshot.decision.kind in _GRANTS and bool(snapshot.campaign.budget)


def _rule(snapshot: Snapshot) -> Iterator[Block]:
    fund = snapshot.fund
    yield Paragraph(
        f"Dit is de regel van het fonds {fund.name}, versie {fund.version}. Wij maakten die "
        f"bekend op {day(fund.published_at)}. Daarna is deze versie niet meer veranderd."
    )
    yield Points(tuple(snapshot.rule["nl"]))


def _data(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading("Het verloop van uw aanvraag")
    yield Table(("Dag", "Wat er gebeurde"), tuple(_days(snapshot)))
    if snapshot.areas:
        yield from _areas(snapshot)
    yield from _checking(snapshot)


def _days(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    application = snapshot.application
    yield (day(application.received_at), "Uw aanvraag kwam binnen")
    for event in snapshot.clock:
        if event["kind"] in _EVENTS:
            yield (day(event["on"]), _EVENTS[event["kind"]])
    if snapshot.basis.kind == "round":
        division = f"verdeling {snapshot.basis.round_number}"
        yield (day(snapshot.basis.at), f"Wij verdeelden het geld van het fonds ({division})")
    yield (day(application.decide_by), "Op deze dag moesten wij uiterlijk hebben besloten")


def _areas(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading("Cijfers over uw buurt")
    indicator = next((area["indicator"] for area in snapshot.areas if area["indicator"]), "")
    if indicator:
        name = catalogue(DUTCH, LETTER_FORM).name("indicator", indicator)
        yield Paragraph(f"Het cijfer is {name}.")
    yield Table(
        ("Gebied", "Welk deel van uw actie is hier?", "Cijfer", "Het cijfer is van"),
        tuple(
            (
                f"{area['name']} ({area['code']})",
                percent(area["share"]),
                area["figure"] or "onbekend",
                f"{area['source_name']} ({area['source']})" if area["source"] else "geen gebied",
            )
            for area in snapshot.areas
        ),
    )
    if snapshot.imports:
        yield Paragraph("De cijfers komen uit deze bestanden van het CBS:")
        yield Points(
            tuple(
                f"{file['source']}, jaar {file['vintage']}: {file['filename']}."
                for file in snapshot.imports
            )
        )


def _checking(snapshot: Snapshot) -> Iterator[Block]:
    """All codes in one place, with what they are for."""
    yield Heading("Voor wie het wil narekenen")
    yield Paragraph(
        "Wij bewaren de regel en alle gegevens die de regel leest. Daarmee kan de berekening "
        "precies zo over worden gedaan. Van donateurs staat daar geen naam in. Bij elk bestand "
        "hoort een controlecode (sha256). Reken die van een bestand uit en vergelijk die met de "
        "code hier. Zijn ze gelijk? Dan is het hetzelfde bestand."
    )
    yield Points(
        (
            f"De regel van het fonds: {in_groups(snapshot.fund.ruleset_sha256)}",
            f"De gegevens: {in_groups(snapshot.basis.facts_sha256)}",
            *(f"{file['filename']}: {in_groups(file['sha256'])}" for file in snapshot.imports),
        )
    )


def _plan(snapshot: Snapshot) -> Iterator[Block]:
    campaign = snapshot.campaign
    yield Paragraph(
        "Zo stonden uw plan en uw begroting bij uw actie toen wij dit besluit maakten. Het zijn uw "
        "eigen woorden."
    )
    yield Heading("Uw plan")
    for text in (campaign.summary, campaign.for_whom, campaign.story):
        for paragraph in text.replace("\r\n", "\n").split("\n\n"):
            if paragraph.strip():
                yield Paragraph(paragraph.strip("\n"))
    yield Heading("Uw begroting")
    rows = [
        (str(place), line["label"], euros(line["amount_cents"]))
        for place, line in enumerate(campaign.budget, start=1)
    ]
    total_cents = sum(line["amount_cents"] for line in campaign.budget)
    yield Table(
        ("Nummer", "Waarvoor", "Bedrag"),
        (*rows, ("Samen", "", euros(total_cents))),
        amounts=True,
        total=True,
    )
