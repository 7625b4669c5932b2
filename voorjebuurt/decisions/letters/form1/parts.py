"""What every letter has: who writes to whom, where to object, and how to ask. Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Lines, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.proof.schema import Snapshot

_UNSIGNED = "Deze brief is digitaal gemaakt. Daarom staat er geen handtekening onder."
_NOT_SENT = "nog niet verzonden"


def authority(snapshot: Snapshot) -> str:
    """The body in whose name is decided (Awb 10:10)."""
    return f"het college van burgemeester en wethouders van {snapshot.municipality.name}"


def lines_of(text: str) -> tuple[str, ...]:
    """An address as lines, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def sender(snapshot: Snapshot) -> tuple[str, ...]:
    """The letterhead: the municipality, and the lines that the fund has for it."""
    own, lines = f"Gemeente {snapshot.municipality.name}", lines_of(snapshot.fund.sender)
    return lines if lines and lines[0].casefold() == own.casefold() else (own, *lines)


def addressee(snapshot: Snapshot) -> tuple[str, ...]:
    """The group and who applied for it."""
    application = snapshot.application
    return tuple(line for line in (application.group, application.applicant) if line)


def references(
    snapshot: Snapshot, announcement: Announcement | None
) -> tuple[tuple[str, str], ...]:
    """Day, numbers, fund: what is asked for when somebody calls."""
    application, fund = snapshot.application, snapshot.fund
    annexes = (("Bijlagen", "2"),) if has_annexes(snapshot) else ()
    return (
        ("Verzonden op", day(announcement.sent_on) if announcement else _NOT_SENT),
        ("Ons kenmerk", snapshot.decision.number),
        ("Uw aanvraag", f"{application.number}, ontvangen op {day(application.received_at)}"),
        ("Fonds", fund.name),
        *annexes,
    )


def has_annexes(snapshot: Snapshot) -> bool:
    """Whether the letter goes into the fund's rule, and so encloses it."""
    return snapshot.decision.kind in ("award", "partial_award", "refusal")


def why(snapshot: Snapshot) -> Iterator[Block]:
    """The grounds, each with its article, and the officer's own words (Awb 3:46, 3:47)."""
    decision = snapshot.decision
    if decision.grounds:
        yield Points(
            tuple(
                f"{ground['nl'].rstrip('.')} ({ground['article']})." for ground in decision.grounds
            )
        )
        if any("Awb" in ground["article"] for ground in decision.grounds):
            yield Paragraph("De Awb is de Algemene wet bestuursrecht.")
    if decision.reason:
        yield Paragraph(f"Onze toelichting: {decision.reason}")


def objection(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Where, how and until when to object (Awb 3:45, 6:4–6:9, 6:16, 8:81)."""
    until = f"op {day(announcement.object_until)}" if announcement else "zes weken na verzending"
    number = snapshot.decision.number
    yield Heading("Bent u het niet eens met dit besluit?")
    yield Paragraph(
        f"Dan kunt u bezwaar maken bij {authority(snapshot)}. Dat is gratis. U hebt daarvoor zes "
        "weken de tijd. Die weken beginnen op de dag na de dag waarop wij deze brief verzonden. "
        f"Uw bezwaar moet uiterlijk {until} bij ons zijn. Stuurt u het met de post? Dan is het "
        "ook op tijd als u het uiterlijk op die dag post en wij het binnen een week daarna krijgen."
    )
    yield Paragraph(
        "U kunt bezwaar maken op de website waar u de aanvraag deed, bij uw aanvraag. Of stuur "
        "een brief naar:"
    )
    yield Lines(lines_of(snapshot.fund.objection_address) or sender(snapshot))
    yield Paragraph("Zet in uw bezwaar:")
    yield Points(
        (
            "uw naam en adres, en de datum;",
            f"tegen welk besluit u bezwaar maakt: kenmerk {number};",
            "waarom u het niet eens bent met dit besluit;",
            "uw handtekening, als u een brief stuurt.",
        )
    )
    yield Paragraph(
        "Dit besluit geldt ook zolang wij uw bezwaar behandelen. Kunt u daar niet op wachten? "
        "Vraag dan de voorzieningenrechter van de rechtbank om een voorlopige voorziening. Dat "
        "kan als u ook bezwaar hebt gemaakt en er spoed is. U betaalt daarvoor griffierecht. Op "
        "www.rechtspraak.nl leest u hoe dat gaat."
    )
    yield Paragraph(
        "Deze regels staan in de Algemene wet bestuursrecht (Awb), in de artikelen 6:4 tot en "
        "met 6:9, 6:16 en 8:81."
    )


def contact(snapshot: Snapshot) -> Iterator[Block]:
    """How to ask a question."""
    where = "Onze gegevens staan boven aan deze brief. " if len(sender(snapshot)) > 2 else ""
    yield Heading("Hebt u vragen?")
    yield Paragraph(
        f"Neem dan contact op met de gemeente {snapshot.municipality.name}. {where}Noem het "
        f"kenmerk {snapshot.decision.number}."
    )


def closing(snapshot: Snapshot, announcement: Announcement | None) -> tuple[str, ...]:
    """In whose name, and by whom."""
    greeting = ("Met vriendelijke groet,", f"namens {authority(snapshot)},")
    if announcement is None:
        return greeting
    return (*greeting, announcement.signer, announcement.function, _UNSIGNED)
