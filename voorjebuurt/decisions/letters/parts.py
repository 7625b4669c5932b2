"""What every letter has: who writes to whom, why, in whose name, and how to ask. Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.house import UNSIGNED, House, house_of
from voorjebuurt.decisions.proof.schema import Snapshot

_NOT_SENT = "nog niet verzonden"


def house(snapshot: Snapshot) -> House:
    """The municipality as it was when it was decided."""
    fund = snapshot.fund
    return house_of(
        snapshot.municipality.name,
        snapshot.words,
        sender=fund.sender,
        objections_to=fund.objection_address,
    )


def addressee(snapshot: Snapshot) -> tuple[str, ...]:
    """The group and who applied for it."""
    application = snapshot.application
    return tuple(line for line in (application.group, application.applicant) if line)


def references(
    snapshot: Snapshot, announcement: Announcement | None, annexes: int
) -> tuple[tuple[str, str], ...]:
    """Day, numbers, fund: what is asked for when somebody calls."""
    application, fund = snapshot.application, snapshot.fund
    return (
        ("Verzonden op", day(announcement.sent_on) if announcement else _NOT_SENT),
        ("Ons kenmerk", snapshot.decision.number),
        ("Uw aanvraag", f"{application.number}, ontvangen op {day(application.received_at)}"),
        ("Fonds", fund.name),
        *((("Bijlagen", str(annexes)),) if annexes else ()),
    )


def fund_and_campaign(snapshot: Snapshot) -> str:
    """From which fund and for what: ``uit het fonds … voor uw actie …``."""
    return f"uit het fonds {snapshot.fund.name} voor uw actie ‘{snapshot.campaign.title}’"


def decided(snapshot: Snapshot) -> str:
    """In whose name it was decided (Awb 10:10), and after which objection."""
    text = house(snapshot).in_whose_name
    if snapshot.objection is None:
        return text
    number, ruling = snapshot.objection["number"], snapshot.objection.get("ruling")
    if ruling:
        return (
            f"{text} Dit besluit hoort bij onze beslissing {ruling} op bezwaar {number}. Het komt "
            f"in de plaats van besluit {snapshot.objection['decision']}."
        )
    on = day(snapshot.objection["decided_on"])
    return (
        f"{text} Wij verklaarden uw bezwaar {number} op {on} gegrond. Dit besluit komt in de "
        f"plaats van besluit {snapshot.objection['decision']}."
    )


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


def about_gifts(snapshot: Snapshot) -> str:
    """What a decision against municipal money leaves as it is, and what it may change."""
    text = (
        "Dit besluit gaat alleen over het geld van de gemeente, niet over de giften van uw "
        "donateurs."
    )
    if snapshot.campaign.kind != "all_or_nothing":
        return text
    return (
        f"{text} Telde dit geld mee voor het minimum van uw actie? Kijk dan op de pagina van uw "
        "actie hoe die ervoor staat."
    )


def contact(snapshot: Snapshot) -> Iterator[Block]:
    """How to ask a question."""
    yield from house(snapshot).contact(
        snapshot.decision.number,
        about=", ook als u twijfelt over dit besluit",
        objection=snapshot.objection is None,
    )


def closing(snapshot: Snapshot, announcement: Announcement | None) -> tuple[str, ...]:
    """In whose name, and by whom."""
    greeting = house(snapshot).greeting
    if announcement is None:
        return greeting
    return (*greeting, announcement.signer, announcement.function, UNSIGNED)
