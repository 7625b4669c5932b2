"""What an applicant must know of an objection of somebody else, on paper (Awb 7:2, 7:12). Pure.

It tells no name and no ground: those can be about a person, and who reads can ask for them.
"""

from collections.abc import Callable, Iterator, Mapping

from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.course_facts import AWB, CaseFacts
from voorjebuurt.decisions.letters.dutch import day


def _objection(facts: CaseFacts) -> str:
    return (
        f"Iemand anders maakte bezwaar tegen ons besluit {facts.about} over geld uit het fonds "
        f"{facts.fund} voor uw actie ‘{facts.title}’. Het nummer van dat bezwaar is {facts.number}."
    )


def _receipt(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(f"{_objection(facts)} Wij ontvingen het op {day(facts.since)}.")
    yield Paragraph(
        "U hoeft nu niets te doen. Ons besluit blijft gelden zolang wij naar het bezwaar kijken "
        f"(artikel 6:16 {AWB}). Is er een hoorzitting? Dan nodigen wij u uit."
    )
    yield Paragraph(f"Wij beslissen uiterlijk op {day(facts.until)}. Ook dat schrijven wij u.")


def _hearing(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(_objection(facts))
    yield Paragraph(
        f"Op {day(facts.until)}, {facts.cause}, is daarover een hoorzitting. U kunt daar vertellen "
        f"wat u ervan vindt (artikel 7:2 {AWB})."
    )
    if facts.reason:
        yield Paragraph(facts.reason)
    yield Points(
        (
            "U mag iemand meenemen, of iemand voor u laten komen.",
            "U mag tot tien dagen voor de zitting stukken sturen.",
            "In de week voor de zitting kunt u alle stukken inzien.",
            "Wilt of kunt u niet komen? Laat het ons weten.",
        )
    )


def _extension(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(_objection(facts))
    yield Paragraph(
        f"Wij hebben meer tijd nodig. Wij beslissen uiterlijk op {day(facts.until)} (artikel 7:10, "
        f"derde lid, {AWB}). U hoeft niets te doen."
    )
    yield Heading("Waarom?")
    yield Paragraph(facts.reason)


_STANDS = "Ons besluit blijft zoals het was."
_FELL = "Ons besluit geldt niet meer."
_OUTCOMES = {
    "upheld": f"Wij vinden dat het bezwaar terecht is. {_FELL}",
    "partly_upheld": f"Wij vinden dat het bezwaar voor een deel terecht is. {_FELL}",
    "inadmissible": "Wij mogen niet beoordelen wat in het bezwaar staat. Dat heet "
    f"niet-ontvankelijk. {_STANDS}",
    "rejected": f"Wij vinden dat het bezwaar niet terecht is. {_STANDS}",
}


def _ruling(facts: CaseFacts) -> Iterator[Block]:
    outcome = _OUTCOMES[facts.reason]
    yield Paragraph(_objection(facts))
    yield Paragraph(f"Wij hebben daarop beslist. {outcome}")
    if facts.cause:
        yield Paragraph(
            f"In de plaats daarvan komt besluit {facts.cause}. Dat sturen wij u apart. Daarin "
            "staat waarom, en hoe u in beroep kunt gaan als u het er niet mee eens bent."
        )
    elif outcome.endswith(_FELL):
        yield Paragraph("Er komt geen ander besluit in de plaats.")
    else:
        yield Paragraph(
            "Voor u verandert er nu niets. Wie bezwaar maakte, kan nog tot en met "
            f"{day(facts.until)} in beroep gaan bij de rechtbank."
        )
    yield Paragraph("Wilt u de hele beslissing lezen? Vraag ons dan om een kopie.")


def _withdrawal(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(_objection(facts))
    yield Paragraph(
        f"Dat bezwaar is op {day(facts.since)} ingetrokken (artikel 6:21 {AWB}). Wij beslissen er "
        "dus niet op. Aan ons besluit verandert hierdoor niets. U hoeft niets te doen."
    )
    if facts.until:
        yield Paragraph(f"De hoorzitting over dat bezwaar, op {day(facts.until)}, gaat niet door.")


OF_OTHERS: Mapping[str, tuple[str, Callable[[CaseFacts], Iterator[Block]]]] = {
    "other_objection": ("Iemand anders maakte bezwaar tegen een besluit over uw actie", _receipt),
    "other_hearing": (
        "U bent welkom op de hoorzitting over een bezwaar van iemand anders",
        _hearing,
    ),
    "other_extension": (
        "Wij hebben meer tijd nodig voor een bezwaar van iemand anders",
        _extension,
    ),
    "other_ruling": ("Wij beslisten op een bezwaar van iemand anders", _ruling),
    "other_withdrawal": ("Een bezwaar van iemand anders is ingetrokken", _withdrawal),
}
"""Title and text, by kind of letter."""
