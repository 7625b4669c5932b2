"""The letter that confirms what came on paper: that it was registered, and from when it counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import Block, Heading, Letter, Paragraph
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.house import UNSIGNED, house_of

_TITLES = {
    "application": "Wij hebben uw aanvraag ontvangen",
    "completion": "Wij hebben uw aanvulling ontvangen",
    "withdrawal": "U hebt uw aanvraag ingetrokken",
    "accounting": "Wij hebben uw verantwoording ontvangen",
}


@dataclass(frozen=True)
class Confirmation:
    """All that the letter says. Days are ISO 8601; ``time`` is empty when it is not known.

    ``runs_again``: the term to decide was standing still. ``award_until``: the last day on which a
    live fund can award. Of an account ``decide_by`` is the last day to determine the amount, and
    ``spent`` what it comes to, if amounts were asked. ``words`` are the municipality's own words in
    force.
    """

    kind: str
    number: str
    addressee: tuple[str, ...]
    name: str
    municipality: str
    sender: str
    fund: str
    title: str
    received_on: str
    time: str
    decide_by: str
    runs_again: bool = False
    award_until: str = ""
    spent: str = ""
    words: Mapping[str, Any] | None = None


def confirmation_letter(facts: Confirmation, announcement: Announcement) -> Letter:
    """The letter, with the day of printing."""
    own = house_of(facts.municipality, facts.words, sender=facts.sender)
    return known(
        Letter(
            title=_TITLES[facts.kind],
            municipality=own.name,
            sender=own.head,
            addressee=facts.addressee,
            references=(
                ("Verzonden op", day(announcement.sent_on)),
                ("Ons kenmerk", facts.number),
                ("Fonds", facts.fund),
            ),
            salutation=f"Geachte {facts.name},",
            blocks=tuple(_blocks(facts)),
            closing=(*own.greeting, announcement.signer, announcement.function, UNSIGNED),
            annexes=(),
            number=facts.number,
            date=announcement.sent_on.isoformat(),
            mark="",
            logo=own.own.logo,
            return_address=own.own.return_address,
        )
    )


def _blocks(facts: Confirmation) -> Iterator[Block]:
    if facts.kind == "application":
        yield from _application(facts)
    elif facts.kind == "completion":
        yield from _completion(facts)
    elif facts.kind == "accounting":
        yield from _accounting(facts)
    else:
        yield from _withdrawal(facts)
    yield Heading("Klopt er iets niet?")
    yield Paragraph(
        "Klopt deze brief niet, of kwam het papier niet van u? Laat het ons dan meteen weten. "
        f"Noem het kenmerk {facts.number}."
    )


def _application(facts: Confirmation) -> Iterator[Block]:
    yield Paragraph(
        f"Op {_moment(facts)} ontvingen wij op papier uw aanvraag om geld uit het fonds "
        f"{facts.fund} voor uw actie ‘{facts.title}’. Wij hebben uw aanvraag voor u vastgelegd. "
        f"Het nummer is {facts.number}."
    )
    if facts.time:
        yield Paragraph("Uw aanvraag telt vanaf dat tijdstip.")
    else:
        yield Paragraph(
            "Wij weten niet hoe laat uw aanvraag die dag kwam. Daarom telt uw aanvraag vanaf het "
            "einde van die dag."
        )
    yield Paragraph(
        f"U krijgt uiterlijk op {day(facts.decide_by)} een besluit. Wij hebben nog niets besloten. "
        "Mist er iets? Dan schrijven wij u. De termijn staat dan stil totdat u het hebt aangevuld, "
        "of totdat de tijd daarvoor voorbij is (artikel 4:15 van de Algemene wet bestuursrecht, "
        "Awb)."
    )
    if facts.award_until:
        yield Paragraph(
            "Dit fonds kan alleen geld toekennen zolang uw actie loopt: tot en met "
            f"{day(facts.award_until)}. Is er dan niets toegekend? Dan krijgt u geen geld uit dit "
            "fonds."
        )


def _completion(facts: Confirmation) -> Iterator[Block]:
    yield Paragraph(
        f"Op {_moment(facts)} ontvingen wij op papier een aanvulling op uw aanvraag "
        f"{facts.number}. Wij hebben de aanvulling voor u vastgelegd."
    )
    if facts.runs_again:
        yield Paragraph(
            "De termijn om te beslissen stond stil. Die loopt weer vanaf die dag (artikel 4:15 van "
            "de Algemene wet bestuursrecht, Awb)."
        )
    yield Paragraph(f"U krijgt uiterlijk op {day(facts.decide_by)} een besluit.")


def _withdrawal(facts: Confirmation) -> Iterator[Block]:
    yield Paragraph(
        f"Op {_moment(facts)} ontvingen wij op papier dat u uw aanvraag {facts.number} intrekt. "
        f"Dat was uw aanvraag om geld uit het fonds {facts.fund} voor uw actie ‘{facts.title}’."
    )
    yield Paragraph(
        "Wij beslissen niet meer op uw aanvraag. Het fonds houdt er geen geld voor vast."
    )


def _accounting(facts: Confirmation) -> Iterator[Block]:
    yield Paragraph(
        f"Op {_moment(facts)} ontvingen wij op papier hoe u het geld uit het fonds {facts.fund} "
        f"voor uw actie ‘{facts.title}’ hebt gebruikt. Wij hebben uw verantwoording voor u "
        "vastgelegd."
    )
    if facts.spent:
        yield Paragraph(f"Volgens uw verantwoording gaf u samen {facts.spent} uit.")
    yield Paragraph(
        f"Wij stellen uiterlijk op {day(facts.decide_by)} vast hoeveel van het geld u mag "
        "houden. Wij hebben nog niets besloten."
    )


def _moment(facts: Confirmation) -> str:
    return f"{day(facts.received_on)} om {facts.time} uur" if facts.time else day(facts.received_on)
