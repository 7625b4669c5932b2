"""The enclosures: the fund's rule in words, and the figures and days behind a decision. Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.content import Annex, Block, Heading, Paragraph, Points, Table
from voorjebuurt.decisions.letters.dutch import day, in_groups
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.kernel.catalogues import DUTCH, catalogue

_EVENTS = {
    "completion_asked": "Wij vroegen u om uw aanvraag aan te vullen",
    "completed": "Uw aanvulling kwam binnen",
    "completion_expired": "De tijd om aan te vullen was voorbij",
    "extended": "Wij namen meer tijd om te besluiten",
    "reopened": "Wij openden uw zaak opnieuw",
}


def annexes(snapshot: Snapshot) -> tuple[Annex, ...]:
    """Both enclosures."""
    return (
        Annex("Bijlage 1: de regel van het fonds in woorden", tuple(_rule(snapshot))),
        Annex("Bijlage 2: de gegevens die wij gebruikten", tuple(_data(snapshot))),
    )


def _rule(snapshot: Snapshot) -> Iterator[Block]:
    fund = snapshot.fund
    yield Paragraph(
        f"Dit is de regel van het fonds {fund.name}, versie {fund.version}. Wij maakten hem "
        f"bekend op {day(fund.published_at)}. Daarna is deze versie niet meer veranderd."
    )
    yield Points(tuple(snapshot.rule["nl"]))
    yield Paragraph(
        "Met deze code (sha256) kan iedereen nagaan dat het dezelfde regel is: "
        f"{in_groups(fund.ruleset_sha256)}."
    )


def _data(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading("Het verloop van uw aanvraag")
    yield Table(("Dag", "Wat er gebeurde"), tuple(_days(snapshot)))
    if snapshot.areas:
        yield from _areas(snapshot)
    yield Heading("Het rekenwerk")
    yield Paragraph(_facts(snapshot))


def _days(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    application = snapshot.application
    yield (day(application.received_at), "Uw aanvraag kwam binnen")
    for event in snapshot.clock:
        if event["kind"] in _EVENTS:
            yield (day(event["on"]), _EVENTS[event["kind"]])
    if snapshot.basis.kind == "round":
        yield (day(snapshot.basis.at), "Wij verdeelden het geld over de aanvragen")
    yield (day(application.decide_by), "Op deze dag moesten wij uiterlijk hebben besloten")


def _areas(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading("Cijfers over uw buurt")
    indicator = next((area["indicator"] for area in snapshot.areas if area["indicator"]), "")
    if indicator:
        yield Paragraph(f"Het cijfer is {catalogue(DUTCH, 1).name('indicator', indicator)}.")
    yield Table(
        ("Gebied", "Deel van het bereik", "Cijfer", "Het cijfer is van"),
        tuple(
            (
                f"{area['name']} ({area['code']})",
                area["share"],
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
                f"{file['source']}, jaar {file['vintage']}: {file['filename']}, code (sha256) "
                f"{in_groups(file['sha256'])}"
                for file in snapshot.imports
            )
        )


def _facts(snapshot: Snapshot) -> str:
    basis = snapshot.basis
    text = (
        "Wij bewaren de regel en alle gegevens die de regel leest. Daarmee kan de berekening "
        "precies zo over worden gedaan. Van donateurs staat daar geen naam in. De code (sha256) "
        f"van de gegevens is: {in_groups(basis.facts_sha256)}."
    )
    if basis.round_number is not None:
        return f"Uw aanvraag zat in ronde {basis.round_number} van dit fonds. {text}"
    return text
