"""Appeal at the district court against a decision on an objection (Awb 6:23, 8:1, 8:7). Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot


def appeal(snapshot: RulingSnapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Where, how and until when."""
    until = f"op {day(announcement.object_until)}" if announcement else "zes weken na verzending"
    yield Heading("Bent u het niet eens met deze beslissing?")
    yield Paragraph(
        f"Dan kunt u in beroep gaan bij {snapshot.court}. U hebt daarvoor zes weken de tijd. De "
        "eerste dag is de dag na de verzending van deze brief. Uw beroep moet uiterlijk "
        f"{until} bij de rechtbank zijn. Stuurt u het met de post? Dan is het ook op tijd als u "
        "het uiterlijk op die dag post en de rechtbank het binnen een week daarna krijgt. Iemand "
        "anders mag dat voor u doen. De rechtbank kan die persoon om een schriftelijke machtiging "
        "vragen."
    )
    yield Paragraph("Zet in uw beroep:")
    yield Points(
        (
            "uw naam en adres, en de datum;",
            f"tegen welke beslissing u in beroep gaat: kenmerk {snapshot.number};",
            "waarom u het niet eens bent met deze beslissing;",
            "uw handtekening.",
        )
    )
    yield Paragraph(
        "Stuur een kopie van deze brief mee. Deze beslissing geldt ook zolang de rechtbank nog "
        "niet heeft beslist. Kunt u daar niet op wachten? Vraag dan de voorzieningenrechter van de "
        "rechtbank om een tijdelijke maatregel. Dat heet een ‘voorlopige voorziening’. Dat kan "
        "alleen als u ook in beroep bent gegaan en er spoed is. U betaalt daarvoor griffierecht. "
        "Dat zijn kosten van de rechtbank. Op www.rechtspraak.nl leest u hoe het gaat."
    )
    yield Paragraph(
        "Deze regels staan in de Algemene wet bestuursrecht (Awb), in de artikelen 6:4 tot en met "
        "6:9, 6:16, 6:23, 8:1, 8:7, 8:24, 8:41 en 8:81."
    )
