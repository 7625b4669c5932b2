"""Letters on the way, for paper and file: receipt, questions, hearing, more time, its end. Pure."""

from collections.abc import Iterator
from typing import Any

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Letter, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.objections.course import missing_in_words
from voorjebuurt.decisions.letters.objections.frame import framed, house
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot

_TITLES = {
    "receipt": "Wij hebben uw bezwaar ontvangen",
    "question": "Er ontbreekt iets in uw bezwaar",
    "invitation": "U bent welkom op de hoorzitting",
    "extension": "Wij hebben meer tijd nodig voor uw bezwaar",
    "consent": "Wij spraken af dat wij later beslissen",
    "withdrawal": "Uw bezwaar is ingetrokken",
}
NOTICES = frozenset(_TITLES)
"""The kinds of step of which there is a letter; ``receipt`` and ``withdrawal`` are of itself."""


def notice_letter(
    snapshot: RulingSnapshot,
    kind: str,
    step: dict[str, Any],
    decide_by: str,
    announcement: Announcement,
) -> Letter:
    """The letter about one step of an objection, or about its receipt."""
    return framed(
        snapshot,
        announcement,
        kind="notice",
        title=_TITLES[kind],
        blocks=tuple(_blocks(snapshot, kind, step, decide_by)),
    )


def _blocks(
    snapshot: RulingSnapshot, kind: str, step: dict[str, Any], decide_by: str
) -> Iterator[Block]:
    old = snapshot.contested
    if kind == "receipt":
        yield Paragraph(
            f"Op {day(snapshot.objection['received_on'])} ontvingen wij uw bezwaar tegen besluit "
            f"{old['number']} van {day(old['sent_on'])}. Het nummer van uw bezwaar is "
            f"{snapshot.objection['number']} (artikel 6:14 van de Algemene wet bestuursrecht, Awb)."
        )
        if not snapshot.objection["in_time"]:
            yield Paragraph(
                "Uw bezwaar kwam na de laatste dag om bezwaar te maken. Had u daar een goede reden "
                "voor? Laat ons die weten."
            )
        yield Paragraph("Iemand die niet aan het besluit meewerkte, beoordeelt uw bezwaar.")
    elif kind == "question":
        yield Paragraph(
            f"In uw bezwaar ontbreekt: {missing_in_words(step['detail'])}. Stuur dat uiterlijk op "
            f"{day(step['until'])}. Doet u dat niet? Dan kunnen wij uw bezwaar "
            "niet-ontvankelijk verklaren. Wij beoordelen dan niet of u gelijk hebt (artikel 6:6 "
            "van de Awb)."
        )
    elif kind == "invitation":
        yield from _invitation(step)
    elif kind == "withdrawal":
        yield from _withdrawal(snapshot, step)
    else:
        yield Paragraph("De reden:")
        yield Paragraph(step["body"])
    if kind not in ("invitation", "withdrawal"):
        yield Paragraph(f"U hoort van ons uiterlijk op {day(decide_by)}.")
    yield from house(snapshot).explanation("notice")


def _withdrawal(snapshot: RulingSnapshot, step: dict[str, Any]) -> Iterator[Block]:
    yield Paragraph(
        f"Op {day(step['on'])} is uw bezwaar {snapshot.objection['number']} tegen besluit "
        f"{snapshot.contested['number']} ingetrokken (artikel 6:21 van de Algemene wet "
        "bestuursrecht, Awb). Wij beslissen er dus niet op. Aan het besluit verandert hierdoor "
        "niets."
    )
    if step["until"]:
        yield Paragraph(f"De hoorzitting over uw bezwaar, op {day(step['until'])}, gaat niet door.")
    yield Paragraph("Wilde u uw bezwaar niet intrekken? Laat ons dat meteen weten.")


def _invitation(step: dict[str, Any]) -> Iterator[Block]:
    yield Paragraph(
        f"U kunt uw bezwaar uitleggen op {day(step['until'])}, {step['place']}. Dat heet een "
        "hoorzitting (artikel 7:2 van de Awb)."
    )
    if step["body"]:
        yield Paragraph(step["body"])
    yield Points(
        (
            "U mag iemand meenemen, of iemand voor u laten komen.",
            "U mag tot tien dagen voor de zitting stukken sturen.",
            "In de week voor de zitting kunt u alle stukken inzien.",
            "Wilt u niet gehoord worden, of kunt u niet komen? Laat het ons weten.",
        )
    )
