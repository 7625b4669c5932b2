"""What the applicant asked to change of an award: more time, other activities, or neither. Pure."""

from collections.abc import Iterator
from datetime import date

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.parts import decided, fund_and_campaign
from voorjebuurt.decisions.letters.remedies import online
from voorjebuurt.decisions.letters.statutes import statutes
from voorjebuurt.decisions.proof.schema import Snapshot

_IF_IT_SUCCEEDS = "Dit geldt als uw actie lukt. Lukt die niet? Dan vervalt de toekenning."
_PAGE = (
    "Uw actie loopt nog. Donateurs geven voor wat op de pagina van uw actie staat. Pas die pagina "
    "dus aan aan wat u gaat doen."
)
_ACTIVITIES = "U wilt iets anders doen dan in uw plan staat:"


def plan_title(snapshot: Snapshot) -> str:
    """The title of the letter: what was decided, in one sentence."""
    plan = snapshot.plan or {}
    if plan.get("outcome") == "refusal":
        return "Besluit: wij veranderen uw toekenning niet"
    if plan.get("outcome") == "part":
        return "Besluit: wij wijzigen uw toekenning, voor een deel zoals u vroeg"
    return "Besluit: wij wijzigen uw toekenning zoals u vroeg"


def plan_change(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that gives what was asked, or a part of it."""
    plan = snapshot.plan or {}
    is_part = plan["outcome"] == "part"
    yield from _asked(snapshot)
    yield Heading("Wat besluiten wij?")
    yield Paragraph(
        f"{'Een deel daarvan mag.' if is_part else 'Dat mag.'} Wij wijzigen de toekenning van uw "
        f"subsidie {fund_and_campaign(snapshot)}. {decided(snapshot)}"
    )
    yield Points(tuple(_granted(plan)))
    if plan["activities"]:
        yield Paragraph("Dit mag u doen in plaats van wat daarover in uw plan staat:")
        yield Paragraph(plan["activities"])
    yield from _why(snapshot, "Waarom geven wij niet alles?" if is_part else "Toelichting")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        f"Het bedrag blijft hetzelfde: {_amount(snapshot)}. De andere verplichtingen bij uw "
        "subsidie blijven ook gelden."
    )
    if _is_running(plan):
        yield Paragraph(_IF_IT_SUCCEEDS)
        if plan["activities"]:
            yield Paragraph(_PAGE)
    if plan["until"]:
        yield Paragraph(_after(snapshot, announcement))
    yield from statutes(snapshot, _articles(plan))


def plan_refusal(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that gives nothing of what was asked."""
    plan = snapshot.plan or {}
    yield from _asked(snapshot)
    yield Heading("Wat besluiten wij?")
    yield Paragraph(
        f"Dat mag niet. Wij wijzigen de toekenning van uw subsidie {fund_and_campaign(snapshot)} "
        f"niet. {decided(snapshot)}"
    )
    yield from _why(snapshot, "Waarom mag het niet?")
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        f"Het bedrag blijft hetzelfde: {_amount(snapshot)}. "
        f"{_still(plan, _today(snapshot, announcement))}"
    )
    if _is_account(plan):
        yield Paragraph(
            f"Laten zien wat u met het geld deed, doet u {online(snapshot, announcement)}."
        )
    yield from statutes(snapshot, _articles(plan))


def _asked(snapshot: Snapshot) -> Iterator[Block]:
    plan = snapshot.plan or {}
    yield Paragraph(
        f"Op {day(plan['received_on'])} vroeg u ons om de toekenning van uw subsidie te wijzigen."
    )
    yield Heading("Wat vroeg u?")
    if plan["wish_on"]:
        now = "Lukt uw actie op de laatste dag? Dan is" if _is_running(plan) else "Nu is"
        yield Paragraph(
            f"U wilt meer tijd {_for_what(plan)}: tot en met {day(plan['wish_on'])}. {now} dat tot "
            f"en met {day(plan['before'])}."
        )
    if plan["wish_activities"]:
        yield Paragraph(_ACTIVITIES)
        yield Paragraph(plan["wish_activities"])
    yield Paragraph("U schreef ons waarom:")
    yield Paragraph(plan["why"])


def _granted(plan: dict[str, str]) -> Iterator[str]:
    if plan["until"]:
        yield f"U krijgt meer tijd {_for_what(plan)}: tot en met {day(plan['until'])}."
    elif plan["wish_on"]:
        yield (
            "U krijgt niet meer tijd dan in uw toekenning staat."
            if _is_running(plan)
            else f"U krijgt niet meer tijd. De laatste dag blijft {day(plan['before'])}."
        )
    if plan["activities"]:
        yield "U mag iets anders doen dan in uw plan staat. Hieronder leest u wat."
    elif plan["wish_activities"]:
        yield "U mag niets anders doen dan in uw plan staat."


def _why(snapshot: Snapshot, heading: str) -> Iterator[Block]:
    if snapshot.decision.reason:
        yield Heading(heading)
        yield Paragraph(snapshot.decision.reason)


def _after(snapshot: Snapshot, announcement: Announcement | None) -> str:
    plan = snapshot.plan or {}
    last = day(plan["until"])
    if _is_account(plan):
        return (
            f"Laat ons uiterlijk op {last} zien wat u met het geld hebt gedaan. Dat doet u "
            f"{online(snapshot, announcement)}. Deze dag komt in de plaats van de dag in onze "
            "eerdere brieven."
        )
    return (
        f"Voer uw plan uit tot en met {last}. Deze dag komt in de plaats van de dag in onze "
        "eerdere brieven. U hoeft ons niets te sturen. Wij stellen het bedrag daarna zelf vast "
        "(ambtshalve)."
    )


def _today(snapshot: Snapshot, announcement: Announcement | None) -> date:
    """The day of the letter; of a draft that of its proposal."""
    if announcement is not None:
        return announcement.sent_on
    return date.fromisoformat(snapshot.decision.proposed_at[:10])


def _still(plan: dict[str, str], today: date) -> str:
    last = date.fromisoformat(plan["before"])
    if _is_running(plan):
        return "Voor uw subsidie blijft gelden wat in de toekenning staat."
    if last < today and _is_account(plan):
        return (
            f"De laatste dag om te laten zien wat u met het geld hebt gedaan was {day(last)}. Doe "
            "het nu zo snel mogelijk."
        )
    if last < today:
        return f"De laatste dag om uw plan uit te voeren blijft {day(last)}."
    if _is_account(plan):
        return f"U laat ons uiterlijk op {day(last)} zien wat u met het geld hebt gedaan."
    return f"U voert uw plan uit tot en met {day(last)}."


def _amount(snapshot: Snapshot) -> str:
    """What was granted; as long as the campaign runs that is the most it can become."""
    most = "hoogstens " if _is_running(snapshot.plan or {}) and snapshot.is_maximum else ""
    return f"{most}{euros(snapshot.decision.amount_cents)}"


def _is_running(plan: dict[str, str]) -> bool:
    return "running" in plan


def _for_what(plan: dict[str, str]) -> str:
    if _is_account(plan):
        return "om te laten zien wat u met het geld hebt gedaan"
    return "om uw plan uit te voeren"


def _is_account(plan: dict[str, str]) -> bool:
    return plan["term"] == "account"


def _articles(plan: dict[str, str]) -> tuple[str, ...]:
    """An application (1:3), decided on in time (4:13), about what the award obliges to (4:37)."""
    term = (
        ("artikel 4:44, eerste lid (verantwoorden)",)
        if _is_account(plan)
        else ("artikel 4:47, onder a (ambtshalve vaststellen)",)
    )
    return (
        "artikel 1:3, derde lid (aanvraag)",
        "artikel 4:13 (termijn om te beslissen)",
        "artikel 4:37 (verplichtingen)",
        *term,
    )
