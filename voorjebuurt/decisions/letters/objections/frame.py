"""What every letter about an objection has around its text: sender, reader, numbers. Pure."""

from collections.abc import Sequence

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import Block, Letter
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.house import UNSIGNED, House, house_of
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot


def house(snapshot: RulingSnapshot) -> House:
    """The municipality as it was when it was decided."""
    return house_of(snapshot.municipality, snapshot.words, sender=snapshot.sender)


def framed(
    snapshot: RulingSnapshot,
    announcement: Announcement | None,
    *,
    kind: str,
    title: str,
    blocks: Sequence[Block],
    mark: str = "CONCEPT – NIET VERZONDEN",
) -> Letter:
    """A letter of the municipality to who objected, or to who acts for them."""
    own = house(snapshot)
    closing: tuple[str, ...] = own.greeting
    if announcement is not None:
        closing = (*closing, announcement.signer, announcement.function, UNSIGNED)
    return known(
        Letter(
            title=title,
            municipality=own.name,
            sender=own.head,
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
            blocks=(
                *own.opening(kind),
                *blocks,
                *own.contact(snapshot.number),
                *own.ending(kind),
            ),
            closing=closing,
            annexes=(),
            number=snapshot.number,
            date=announcement.sent_on.isoformat() if announcement else snapshot.proposed_at[:10],
            mark="" if announcement else mark,
            logo=own.own.logo,
            return_address=own.own.return_address,
        )
    )
