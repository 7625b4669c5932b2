"""What goes with an award: its condition, when the money comes, and what must be done. Pure."""

from collections.abc import Iterator
from typing import assert_never

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.parts import house
from voorjebuurt.decisions.letters.remedies import online
from voorjebuurt.decisions.letters.sizes import (
    activity_points,
    carry_out,
    direct_duties,
    duty_articles,
    ex_officio_points,
    ex_officio_term,
    is_direct,
    way_then,
)
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.rules.accounting import ACCOUNTING_WEEKS, accounting_due
from voorjebuurt.matching.arrangements import Way

_DE_MINIMIS_CENTS = 30_000_000
"""Regulation (EU) 2023/2831, article 3, second paragraph: in any three years."""

CHECK = (
    "Geef uw rekening dus snel op. De stichting controleert of die van u is, meestal binnen "
    "vijf werkdagen nadat u de rekening hebt opgegeven."
)
"""Where a term begins only when the bank account was checked: how long that takes."""


def is_running(snapshot: Snapshot) -> bool:
    """Whether the campaign's success was still open when it was decided."""
    return snapshot.campaign.is_open


def condition(snapshot: Snapshot) -> Iterator[Block]:
    """The condition precedent, while the campaign runs (Awb 4:33)."""
    campaign = snapshot.campaign
    if not is_running(snapshot):
        return
    if campaign.kind == "keep_what_comes":
        text = "U krijgt de subsidie pas als uw actie is afgelopen."
        if campaign.deadline_on:
            text += f" De laatste dag is {day(campaign.deadline_on)}."
        yield Paragraph(text)
        return
    last_day = f" uiterlijk op {day(campaign.deadline_on)}" if campaign.deadline_on else ""
    minimum = f" van {euros(campaign.minimum_cents)}" if campaign.minimum_cents else ""
    yield Heading("Onder welke voorwaarde krijgt u de subsidie?")
    yield Paragraph(
        f"Aan de subsidie hoort één voorwaarde (artikel 4:33 Awb). Uw actie moet{last_day} het "
        f"minimum{minimum} halen. Lukt dat niet? Dan krijgt u geen subsidie."
    )


def has_reservation(snapshot: Snapshot) -> bool:
    """Whether the award hangs on a budget to come: not where the money is there already."""
    return bool(house(snapshot).own.budget_year) and not snapshot.fund.prepaid


def reservation(snapshot: Snapshot) -> Iterator[Block]:
    """The condition that the council makes the money available (Awb 4:34, first and third)."""
    if not has_reservation(snapshot):
        return
    yield Heading("De begroting is nog niet vastgesteld")
    yield Paragraph(
        "Wij betalen deze subsidie uit de begroting van de gemeente voor "
        f"{house(snapshot).own.budget_year}. De gemeenteraad heeft die nog niet vastgesteld. "
        "Daarom hoort bij de subsidie ook deze voorwaarde: de gemeenteraad stelt er genoeg geld "
        "voor beschikbaar (artikel 4:34, eerste lid, Awb)."
    )
    yield Paragraph(
        "Doet de gemeenteraad dat niet? Dan kunnen wij de subsidie intrekken of lager maken. U "
        "krijgt daarover een ander besluit, binnen vier weken nadat de begroting is vastgesteld of "
        "goedgekeurd. Krijgt u dat niet binnen die vier weken? Dan geldt deze voorwaarde niet meer "
        "(artikel 4:34, derde lid, Awb)."
    )


def payment(snapshot: Snapshot) -> Iterator[Block]:
    """When the money comes, and whether it is state aid."""
    yield Heading("Wanneer krijgt u het geld?")
    source = (
        "Het geld van het fonds staat op de rekening van de stichting die ook de giften bewaart."
        if snapshot.fund.prepaid
        else "De gemeente maakt het geld over aan de stichting die ook de giften bewaart."
    )
    if is_direct(snapshot):
        yield Paragraph(
            f"{source} U krijgt het samen met de giften. Dat gebeurt binnen zes weken nadat dit "
            "besluit is verzonden en uw rekening is gecontroleerd (de artikelen 4:52 en 4:87 Awb)."
        )
    else:
        yield Paragraph(
            f"{source} U krijgt het samen met de giften, als voorschot (artikel 4:95 Awb). Dat "
            f"gebeurt binnen zes weken nadat {_end_of_campaign(snapshot)} en uw rekening is "
            "gecontroleerd (artikel 4:87 Awb)."
        )
    yield Paragraph(CHECK)
    if snapshot.application.undertaking:
        yield Paragraph(
            "U vraagt de subsidie aan als onderneming. Deze subsidie is de-minimissteun "
            "(Verordening (EU) 2023/2831). U mag in drie jaar samen hoogstens "
            f"{euros(_DE_MINIMIS_CENTS)} aan zulke steun krijgen. Deze subsidie van "
            f"{_at_most(snapshot)}{euros(snapshot.decision.amount_cents)} telt daarbij mee."
        )


def _at_most(snapshot: Snapshot) -> str:
    return "hoogstens " if snapshot.basis.kind == "maximum" else ""


def duties(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """The obligations, with their day (Awb 4:37, 4:44): 4:46 and 4:48 rest on them.

    What is asked follows from the size of the award (``matching.arrangements``).
    """
    way = way_then(snapshot)
    if way is Way.DIRECT:
        yield from direct_duties(snapshot)
        return
    articles = duty_articles(snapshot).partition(" (")[0]
    articles += "," if articles.endswith("lid") else ""
    yield Heading("Welke verplichtingen hebt u?")
    yield Paragraph(f"Bij de subsidie horen deze verplichtingen ({articles} Awb):")
    after = f"nadat {_end_of_campaign(snapshot)}"
    if way is Way.EX_OFFICIO:
        yield Points(ex_officio_points(snapshot, announcement, after))
        yield from ex_officio_term(snapshot, announcement, after)
        lower = "Het bedrag kan dan lager worden"
    elif way is Way.ACTIVITIES:
        yield Points(activity_points(snapshot, announcement, after))
        lower = "Daarna stellen wij het bedrag vast. Het kan dan lager worden"
    elif way is Way.COSTS:
        yield Points(_cost_points(snapshot, announcement))
        lower = "Daarna stellen wij het bedrag vast. Het kan dan lager worden"
    else:
        assert_never(way)
    yield Paragraph(f"{lower} (artikel 4:46 Awb). Dat mag alleen in deze gevallen:")
    yield Points(
        (
            "u hebt uw plan niet of niet helemaal uitgevoerd;",
            "u hebt zich niet aan de verplichtingen gehouden;",
            "u gaf gegevens die niet klopten, en met de goede gegevens hadden wij anders besloten;",
            "dit besluit is onjuist, en u wist dat of had dat moeten weten.",
        )
    )


def _cost_points(snapshot: Snapshot, announcement: Announcement | None) -> tuple[str, ...]:
    return (
        f"{carry_out(snapshot)}.",
        "Wordt het anders of later, of gaat het niet door? Laat het ons dan meteen weten.",
        "Bewaar uw bonnen en rekeningen tot wij het bedrag hebben vastgesteld.",
        "Laat ons zien waaraan u het geld hebt uitgegeven, "
        f"{_accounting_term(snapshot, announcement)}. Vertel wat u deed en wat dat kostte, en "
        f"stuur uw bonnen en rekeningen mee. Dat doet u {online(snapshot, announcement)}.",
    )


def _end_of_campaign(snapshot: Snapshot) -> str:
    if snapshot.campaign.kind == "keep_what_comes":
        return "uw actie is afgelopen"
    return "uw actie met genoeg geld is afgelopen"


def _accounting_term(snapshot: Snapshot, announcement: Announcement | None) -> str:
    """The same weeks that the account is asked for by, from when the money is the applicant's."""
    if is_running(snapshot):
        return f"binnen {ACCOUNTING_WEEKS} weken nadat {_end_of_campaign(snapshot)}"
    if announcement is None:
        return f"binnen {ACCOUNTING_WEEKS} weken na de verzending van deze brief"
    return f"uiterlijk op {day(accounting_due(announcement.sent_on))}"
