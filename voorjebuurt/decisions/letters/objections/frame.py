"""What every letter about an objection has around its text: sender, reader, numbers. Pure."""

from collections.abc import Sequence

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import Block, Heading, Letter, Paragraph
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.parts import lines_of
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot

_UNSIGNED = "Deze brief is digitaal gemaakt. Daarom staat er geen handtekening onder."


def college(snapshot: RulingSnapshot) -> str:
    """The body in whose name is decided (Awb 10:10)."""
    return f"het college van burgemeester en wethouders van {snapshot.municipality}"


def framed(
    snapshot: RulingSnapshot,
    announcement: Announcement | None,
    *,
    title: str,
    blocks: Sequence[Block],
    mark: str = "CONCEPT – NIET VERZONDEN",
) -> Letter:
    """A letter of the municipality to who objected, or to who acts for them."""
    own = f"Gemeente {snapshot.municipality}"
    lines = lines_of(snapshot.sender)
    sender = lines[1:] if lines and lines[0].casefold() == own.casefold() else lines
    closing: tuple[str, ...] = ("Met vriendelijke groet,", f"namens {college(snapshot)},")
    if announcement is not None:
        closing = (*closing, announcement.signer, announcement.function, _UNSIGNED)
    return known(
        Letter(
            title=title,
            municipality=own,
            sender=sender,
            addressee=snapshot.addressee,
            references=(
                (
                    "Verzonden op",
                    day(announcement.sent_on) if announcement else "nog niet verzonden",
                ),
                ("Ons kenmerk", snapshot.number),
                ("Uw bezwaar", snapshot.objection["number"]),
                ("Besluit", snapshot.contested["number"]),
                ("Aanvraag", snapshot.application),
                ("Fonds", snapshot.fund),
            ),
            salutation=f"Geachte {snapshot.name},",
            blocks=(*blocks, *_contact(snapshot)),
            closing=closing,
            annexes=(),
            number=snapshot.number,
            date=announcement.sent_on.isoformat() if announcement else snapshot.proposed_at[:10],
            mark="" if announcement else mark,
        )
    )


def _contact(snapshot: RulingSnapshot) -> tuple[Block, ...]:
    return (
        Heading("Hebt u vragen?"),
        Paragraph(
            f"Neem gerust contact op met de gemeente {snapshot.municipality}. Noem het kenmerk "
            f"{snapshot.number}."
        ),
    )
