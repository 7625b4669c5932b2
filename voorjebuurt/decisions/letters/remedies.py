"""What who disagrees can do: object, or appeal after an objection (Awb 3:45, 6:23). Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Lines, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.parts import house
from voorjebuurt.decisions.proof.schema import Snapshot

SOMEBODY_ELSE = (
    "Iemand anders mag voor u bezwaar maken. Wij kunnen die persoon om een schriftelijke "
    "machtiging vragen."
)
"""Awb 2:1."""


def remedies(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Where, how and until when; a decision that answers an objection goes to the court."""
    yield Heading("Bent u het niet eens met dit besluit?")
    if snapshot.objection is None:
        yield from _objection(snapshot, announcement)
    else:
        yield from _appeal(snapshot, announcement)


def online(snapshot: Snapshot, announcement: Announcement | None) -> str:
    """Where the applicant finds the application on the website."""
    number = snapshot.application.number
    if announcement is None or not announcement.website:
        return f"op de website waar u de aanvraag deed, bij aanvraag {number}"
    return f"op {announcement.website}/mijn/acties, bij aanvraag {number}"


def _last_day(announcement: Announcement | None) -> str:
    return f"op {day(announcement.object_until)}" if announcement else "zes weken na verzending"


def time_left(announcement: Announcement | None, *, objection: bool) -> str:
    """Until when an objection or an appeal is in time, also by post (Awb 6:7 to 6:9)."""
    what, where = (
        ("bezwaar", "bij ons binnen zijn") if objection else ("beroep", "bij de rechtbank zijn")
    )
    reader = "wij" if objection else "de rechtbank"
    verb = "krijgen" if objection else "krijgt"
    receives = f"{reader} het binnen een week daarna {verb}"
    return (
        "U hebt daarvoor zes weken de tijd. De eerste dag is de dag na de verzending van deze "
        f"brief. Uw {what} moet uiterlijk {_last_day(announcement)} {where}. Stuurt u het met de "
        f"post? Dan is het ook op tijd als u het uiterlijk op die dag post en {receives}."
    )


def _objection(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    yield Paragraph(
        f"Dan kunt u bezwaar maken bij {house(snapshot).body}. Dat is gratis. "
        f"{time_left(announcement, objection=True)} {SOMEBODY_ELSE}"
    )
    yield Paragraph(
        f"U kunt bezwaar maken {online(snapshot, announcement)}. U logt in met uw e-mailadres. Of "
        "stuur een brief naar:"
    )
    yield Lines(house(snapshot).objection_address)
    yield Paragraph("Zet in uw bezwaar:")
    yield Points(
        (
            "uw naam en adres, en de datum;",
            f"tegen welk besluit u bezwaar maakt: kenmerk {snapshot.decision.number};",
            "waarom u het niet eens bent met dit besluit;",
            "uw handtekening, als u een brief stuurt.",
        )
    )
    yield Paragraph(
        "Dit besluit geldt ook zolang wij uw bezwaar behandelen. Kunt u niet wachten tot wij op uw "
        "bezwaar beslissen? Vraag dan de rechter om een tijdelijke maatregel. Dat heet een "
        "‘voorlopige voorziening’. U vraagt die aan de voorzieningenrechter van "
        f"{house(snapshot).court}. Dat kan alleen als u ook bezwaar hebt gemaakt en er spoed is. "
        f"{_costs(snapshot)}"
    )
    yield Paragraph(
        "Deze regels staan in de Algemene wet bestuursrecht (Awb), in de artikelen 2:1, 6:4 tot en "
        "met 6:9, 6:16, 8:7 en 8:81."
    )


def _appeal(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    term = time_left(announcement, objection=False)
    yield Paragraph(
        "Dit besluit nemen wij na uw bezwaar. Daarom kunt u niet nog een keer bezwaar maken. U "
        f"kunt wel in beroep gaan bij {house(snapshot).court}. {term} Iemand "
        "anders mag dat voor u doen. De rechtbank kan die persoon om een schriftelijke "
        "machtiging vragen."
    )
    yield Paragraph("Zet in uw beroep:")
    yield Points(
        (
            "uw naam en adres, en de datum;",
            f"tegen welk besluit u in beroep gaat: kenmerk {snapshot.decision.number};",
            "waarom u het niet eens bent met dit besluit;",
            "uw handtekening.",
        )
    )
    yield Paragraph(
        "Stuur een kopie van deze brief mee. Dit besluit geldt ook zolang de rechtbank nog niet "
        "heeft beslist. Kunt u daar niet op wachten? Vraag dan de voorzieningenrechter van de "
        "rechtbank om een tijdelijke maatregel. Dat heet een ‘voorlopige voorziening’. Dat kan "
        f"alleen als u ook in beroep bent gegaan en er spoed is. {_costs(snapshot)}"
    )
    yield Paragraph(
        "Deze regels staan in de Algemene wet bestuursrecht (Awb), in de artikelen 6:4 tot en met "
        "6:9, 6:16, 8:1, 8:7, 8:24, 8:41 en 8:81."
    )


def _costs(snapshot: Snapshot) -> str:
    which = "" if house(snapshot).own.court else " en welke rechtbank het is"
    return (
        "U betaalt daarvoor griffierecht. Dat zijn kosten van de rechtbank. Op www.rechtspraak.nl "
        f"leest u hoe het gaat{which}."
    )
