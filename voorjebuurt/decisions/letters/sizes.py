"""What an award asks of the applicant by its size: the other ways than by costs. Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.remedies import online
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.rules.accounting import accounting_due, ex_officio_by
from voorjebuurt.matching.arrangements import Arrangement, Way, arrangement_of

_CHANGES = "Wordt het anders of later, of gaat het niet door? Laat het ons dan meteen weten."


def way_then(snapshot: Snapshot) -> Way:
    """How the award is accounted for; by costs where it is older than that there were ways."""
    arrangement = arrangement_of(snapshot.arrangement)
    return Way.COSTS if arrangement is None else arrangement.way


def is_direct(snapshot: Snapshot) -> bool:
    """Whether an award is at once the determination."""
    kind = snapshot.decision.kind
    return kind in ("award", "partial_award") and way_then(snapshot) is Way.DIRECT


def duty_articles(snapshot: Snapshot) -> str:
    """The articles of the Awb on which the obligations of an award rest."""
    return {
        Way.DIRECT: "artikel 4:49 (intrekken of wijzigen)",
        Way.EX_OFFICIO: "artikel 4:37 (verplichtingen)",
        Way.ACTIVITIES: "de artikelen 4:37, 4:44 en 4:45, eerste lid (verplichtingen)",
        Way.COSTS: "de artikelen 4:37, 4:44 en 4:45 (verplichtingen)",
    }[way_then(snapshot)]


def carry_out(snapshot: Snapshot) -> str:
    """The first obligation: the plan as it was decided on (Awb 4:30)."""
    plan = "in bijlage 3" if snapshot.campaign.budget else "bij uw actie"
    return f"Voer uw plan uit zoals het {plan} staat"


def direct_duties(snapshot: Snapshot) -> Iterator[Block]:
    """Nothing to account for; and when the determination can still be changed (Awb 4:49)."""
    yield Heading("Moet u laten zien wat u met het geld doet?")
    yield Paragraph(
        "Nee. Met dit besluit staat uw subsidie meteen vast (artikel 4:42 Awb). U hoeft ons later "
        "niets te sturen: geen verslag en geen bonnen. De subsidie is wel alleen voor uw plan. "
        "Daarom hebt u twee verplichtingen:"
    )
    yield Points((f"{carry_out(snapshot)}.", _CHANGES))
    yield Paragraph(
        "Wij kunnen dit besluit nog intrekken of het bedrag verlagen (artikel 4:49 Awb). Dat mag "
        "alleen in deze gevallen:"
    )
    yield Points(
        (
            "wij horen iets dat wij nu niet konden weten, en waardoor wij het bedrag lager hadden "
            "vastgesteld;",
            "dit besluit is onjuist, en u wist dat of had dat moeten weten;",
            "u hebt zich daarna niet aan de verplichtingen gehouden.",
        )
    )


def activity_points(
    snapshot: Snapshot, announcement: Announcement | None, after: str
) -> tuple[str, ...]:
    """The obligations of who tells what was done. ``after``: when the term starts, in words."""
    return (
        f"{carry_out(snapshot)}.",
        _CHANGES,
        "Bewaar tot wij het bedrag hebben vastgesteld iets waaruit blijkt dat u uw plan hebt "
        "uitgevoerd, bijvoorbeeld foto’s.",
        f"Vertel ons wat u hebt gedaan, {_term(snapshot, announcement, after)}. U mag er foto’s "
        "bij doen. Bonnen en rekeningen hoeft u niet te sturen. Dat doet u "
        f"{online(snapshot, announcement)}.",
    )


def ex_officio_points(
    snapshot: Snapshot, announcement: Announcement | None, after: str
) -> tuple[str, ...]:
    """The obligations of who has to tell nothing."""
    weeks = _arrangement(snapshot).weeks
    term = f", {_term(snapshot, announcement, after)}" if weeks else ""
    return (
        f"{carry_out(snapshot)}{term}.",
        _CHANGES,
        "Bewaar tot wij het bedrag hebben vastgesteld iets waaruit blijkt dat u uw plan uitvoert, "
        "bijvoorbeeld foto’s. Wij kunnen daarnaar vragen.",
    )


def ex_officio_term(
    snapshot: Snapshot, announcement: Announcement | None, after: str
) -> Iterator[Block]:
    """By when the municipality determines the subsidy by itself (Awb 4:44, 4:47)."""
    arrangement = _arrangement(snapshot)
    if announcement is None or snapshot.campaign.is_open:
        start = after if snapshot.campaign.is_open else "na de verzending van deze brief"
        term = f"binnen {arrangement.weeks + arrangement.decide_weeks} weken {start}"
    else:
        last = ex_officio_by(
            announcement.sent_on, weeks=arrangement.weeks, decide_weeks=arrangement.decide_weeks
        )
        term = f"uiterlijk op {day(last)}"
    yield Paragraph(
        "U hoeft ons niets te sturen. Wij stellen het bedrag zelf vast, zonder dat u daarom vraagt "
        f"(ambtshalve). Dat doen wij {term} (artikel 4:44, eerste lid, onder a, en artikel 4:47, "
        "onder a, Awb)."
    )


def ex_officio_reason() -> Iterator[Block]:
    """Why a subsidy that nobody had to account for is determined as it was awarded."""
    yield Paragraph(
        "Bij de toekenning schreven wij dat wij uw subsidie zelf vaststellen (ambtshalve). U "
        "hoefde daarvoor niets te sturen. Wij hebben geen reden om het bedrag lager vast te "
        "stellen dan wij hebben toegekend."
    )


def _arrangement(snapshot: Snapshot) -> Arrangement:
    arrangement = arrangement_of(snapshot.arrangement)
    return arrangement or Arrangement(Way.COSTS, 0, 0)


def _term(snapshot: Snapshot, announcement: Announcement | None, after: str) -> str:
    weeks = _arrangement(snapshot).weeks
    if snapshot.campaign.is_open:
        return f"binnen {weeks} weken {after}"
    if announcement is None:
        return f"binnen {weeks} weken na de verzending van deze brief"
    return f"uiterlijk op {day(accounting_due(announcement.sent_on))}"
