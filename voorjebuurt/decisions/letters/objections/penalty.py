"""The decision that states the penalty for deciding too late (Awb 4:18). Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import (
    Block,
    Heading,
    Letter,
    Lines,
    Paragraph,
    Points,
    Table,
)
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.house import UNSIGNED, House, house_of
from voorjebuurt.decisions.letters.remedies import SOMEBODY_ELSE, time_left
from voorjebuurt.rulebook.values import jsontext

_NONE = {
    "late_notice": "u schreef ons onredelijk laat (artikel 4:17, zesde lid, onder a)",
    "no_interest": "u bent geen belanghebbende (artikel 4:17, zesde lid, onder b)",
    "manifest": "uw aanvraag of bezwaar was kennelijk niet-ontvankelijk of kennelijk ongegrond "
    "(artikel 4:17, zesde lid, onder c)",
}


@dataclass(frozen=True)
class PenaltySnapshot:
    """All that the letter says. ``bands`` are eurocents per day; days are ISO 8601.

    ``payee`` is whose the penalty is when somebody else reads the letter, who acts for them.
    """

    number: str
    subject: str
    addressee: tuple[str, ...]
    name: str
    municipality: str
    sender: str
    objection_address: str
    due_on: str
    received_on: str
    first_day: str
    decided_on: str
    days: int
    cents: int
    bands: tuple[int, ...]
    ground: str
    reason: str
    proposed_at: str
    form: int = 1
    words: dict[str, Any] | None = None
    payee: str = ""

    @property
    def text(self) -> str:
        """The snapshot as it is stored: canonical JSON."""
        fields = asdict(self)
        if not self.payee:
            del fields["payee"]
        return jsontext.canonical({"schema": "dwangsom/1", **fields})


def read_penalty(text: str) -> PenaltySnapshot:
    """The snapshot of a stored text."""
    raw = jsontext.parse(text)
    del raw["schema"]
    return PenaltySnapshot(
        **{**raw, "addressee": tuple(raw["addressee"]), "bands": tuple(raw["bands"])}
    )


def house(snapshot: PenaltySnapshot) -> House:
    """The municipality as it was when the penalty was proposed."""
    return house_of(
        snapshot.municipality,
        snapshot.words,
        sender=snapshot.sender,
        objections_to=snapshot.objection_address,
    )


def penalty_letter(snapshot: PenaltySnapshot, announcement: Announcement | None = None) -> Letter:
    """The letter; without an announcement it is a draft."""
    own = house(snapshot)
    sending_day = day(announcement.sent_on) if announcement else "nog niet verzonden"
    closing: tuple[str, ...] = own.greeting
    if announcement is not None:
        closing = (*closing, announcement.signer, announcement.function, UNSIGNED)
    amount, payee = euros(snapshot.cents), snapshot.payee or "u"
    return known(
        Letter(
            title=f"Besluit: {payee} krijgt een dwangsom van {amount}"
            if snapshot.cents
            else f"Besluit: {payee} krijgt geen dwangsom",
            municipality=own.name,
            sender=own.head,
            addressee=snapshot.addressee,
            references=(
                ("Verzonden op", sending_day),
                ("Ons kenmerk", snapshot.number),
                ("Gaat over", snapshot.subject),
            ),
            salutation=f"Geachte {snapshot.name},",
            blocks=(
                *own.opening("penalty"),
                *_blocks(snapshot, announcement, own),
                *own.contact(snapshot.number, objection=True),
                *own.ending("penalty"),
            ),
            closing=closing,
            annexes=(),
            number=snapshot.number,
            date=announcement.sent_on.isoformat() if announcement else snapshot.proposed_at[:10],
            mark="" if announcement else "CONCEPT – NIET VERZONDEN",
            logo=own.own.logo,
            return_address=own.own.return_address,
        )
    )


def _blocks(
    snapshot: PenaltySnapshot, announcement: Announcement | None, own: House
) -> Iterator[Block]:
    yield Paragraph(
        f"Wij moesten uiterlijk op {day(snapshot.due_on)} beslissen over {snapshot.subject}. "
        f"Dat is niet gelukt. Op {day(snapshot.received_on)} ontvingen wij uw brief daarover (uw "
        "ingebrekestelling)."
    )
    if snapshot.cents:
        yield Paragraph(
            f"Daarom krijgt {snapshot.payee or 'u'} een dwangsom van {euros(snapshot.cents)}. De "
            f"gemeente betaalt dat bedrag zelf aan {snapshot.payee or 'u'}, binnen zes weken na de "
            "verzending van deze brief."
        )
    yield Heading("Waarom is het dit bedrag?")
    if snapshot.ground:
        yield Paragraph(
            f"{snapshot.payee or 'U'} krijgt geen dwangsom, want {_NONE[snapshot.ground]}."
        )
    elif snapshot.decided_on == snapshot.first_day:
        yield Paragraph(
            f"Een dwangsom loopt vanaf {day(snapshot.first_day)}: twee weken na uw brief. Op die "
            "dag is er beslist. Dan is er geen dwangsom (artikel 4:17, derde lid)."
        )
    elif not snapshot.days:
        yield Paragraph(
            f"Wij besloten voor {day(snapshot.first_day)}: binnen twee weken na uw brief. Dan is "
            "er geen dwangsom (artikel 4:17, derde lid)."
        )
    else:
        yield Paragraph(
            f"De dwangsom loopt vanaf {day(snapshot.first_day)}: twee weken na uw brief. "
            f"{_end(snapshot)} Dat zijn {snapshot.days} dagen, van hoogstens 42."
        )
        yield Table(
            ("Dagen", "Per dag", "Samen"),
            (*_bands(snapshot), ("Samen", "", euros(snapshot.cents))),
            amounts=True,
            total=True,
        )
    if snapshot.reason:
        yield Paragraph(snapshot.reason)
    yield Heading("Op welke regels rust dit besluit?")
    yield Paragraph(
        "De Algemene wet bestuursrecht (Awb), de artikelen 4:17 en 4:18, en artikel 4:87 (de "
        "termijn om te betalen)."
    )
    yield from own.explanation("penalty")
    yield from _remedies(snapshot, announcement, own)


def _remedies(
    snapshot: PenaltySnapshot, announcement: Announcement | None, own: House
) -> Iterator[Block]:
    """An objection on paper: a notice of default has no page of its own."""
    yield Heading("Bent u het niet eens met dit besluit?")
    yield Paragraph(
        f"Dan kunt u bezwaar maken bij {own.body}. Dat is gratis. "
        f"{time_left(announcement, objection=True)} {SOMEBODY_ELSE}"
    )
    yield Paragraph("Stuur een brief naar:")
    yield Lines(own.objection_address)
    yield Paragraph("Zet in uw bezwaar:")
    yield Points(
        (
            "uw naam en adres, de datum en uw handtekening;",
            f"tegen welk besluit u bezwaar maakt: kenmerk {snapshot.number};",
            "waarom u het niet eens bent met dit besluit.",
        )
    )
    yield Paragraph(
        "Deze regels staan in de Algemene wet bestuursrecht (Awb), in de artikelen 2:1, 6:4 tot en "
        "met 6:9 en 6:16."
    )


def _end(snapshot: PenaltySnapshot) -> str:
    if not snapshot.decided_on:
        return "Er is nog niet beslist."
    return f"Op {day(snapshot.decided_on)} is er beslist."


def _bands(snapshot: PenaltySnapshot) -> Iterator[tuple[str, str, str]]:
    for place, cents in enumerate(snapshot.bands):
        days = max(0, min(14, snapshot.days - 14 * place))
        if days:
            yield (str(days), euros(cents), euros(days * cents))
