"""Less than was decided before: changes of awards and determinations (Awb 4:48–4:50). Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph
from voorjebuurt.decisions.letters.determinations import arithmetic, payment_term
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.maximums import is_maximum
from voorjebuurt.decisions.letters.parts import about_gifts, decided, fund_and_campaign, why
from voorjebuurt.decisions.letters.statutes import articles_of, statutes
from voorjebuurt.decisions.proof.schema import Snapshot

_CLAIM = (
    "Hebt u al meer gekregen dan dit bedrag? Dan kunnen wij het verschil terugvragen. U krijgt "
    "daarover een ander besluit. U hoeft nu nog niets te doen."
)


def change(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter that lowers an award before it is determined."""
    decision, most = snapshot.decision, "hoogstens " if is_maximum(snapshot) else ""
    less = euros(decision.before_cents - decision.amount_cents)
    yield Paragraph(
        f"Wij verlagen de subsidie die wij u hebben toegekend {fund_and_campaign(snapshot)}. De "
        f"subsidie was {most}{euros(decision.before_cents)} en wordt "
        f"{most}{euros(decision.amount_cents)}. Dat is {less} minder. {decided(snapshot)}"
    )
    yield Heading("Waarom verlagen wij de subsidie?")
    yield from why(snapshot)
    if most:
        yield Paragraph(
            "Wat u krijgt, volgt nog steeds uit de giften en de regel van het fonds. Alleen het "
            "hoogste bedrag verandert."
        )
    sentence = "Meer kan uw subsidie niet worden." if most else "Dit is nu uw subsidie."
    yield from arithmetic(snapshot, "Na dit besluit", sentence)
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(f"{_since(snapshot)} De verplichtingen bij de subsidie blijven gelden.")
    if decision.effect_on:
        yield Paragraph(_damage(snapshot, announcement))
    yield Paragraph(f"{_CLAIM} {about_gifts(snapshot)}")
    yield from statutes(snapshot, (*articles_of(decision), *_articles(snapshot)))


def _since(snapshot: Snapshot) -> str:
    effect_on = snapshot.decision.effect_on
    if effect_on:
        return (
            f"U hebt tot {day(effect_on)} de tijd om uw plan aan te passen. Dat is een redelijke "
            "termijn (artikel 4:50, eerste lid, Awb). In het nieuwe bedrag telt mee wat u tot die "
            "dag nog volgens uw plan doet. Meer dan dat bedrag houden wij nu niet meer voor u vast."
        )
    return (
        "De verlaging geldt vanaf de dag waarop wij de subsidie toekenden (artikel 4:48, tweede "
        "lid, Awb)."
    )


def _damage(snapshot: Snapshot, announcement: Announcement | None) -> str:
    """What is paid to who relied on the award, or how to ask for it (Awb 4:50)."""
    cents = snapshot.decision.compensation_cents
    if cents:
        return (
            "U vertrouwde op de subsidie en hebt daardoor schade. Die vergoeden wij: "
            f"{euros(cents)} (artikel 4:50, tweede lid, Awb). U krijgt dat bedrag "
            f"{payment_term(announcement)}."
        )
    return (
        "Hebt u schade doordat u op de subsidie vertrouwde? Schrijf ons dan welke, en stuur bewijs "
        "mee. Die schade vergoeden wij (artikel 4:50, tweede lid, Awb)."
    )


def _articles(snapshot: Snapshot) -> tuple[str, ...]:
    decision = snapshot.decision
    if not decision.effect_on:
        return ("artikel 4:48, tweede lid (met terugwerkende kracht)",)
    paying = ("artikel 4:87 (betalen)",) if decision.compensation_cents else ()
    return ("artikel 4:50, tweede lid (schade)", *paying)


def determination_change(snapshot: Snapshot, _announcement: Announcement | None) -> Iterator[Block]:
    """Letter that lowers what was determined."""
    decision = snapshot.decision
    less = euros(decision.before_cents - decision.amount_cents)
    yield Paragraph(
        f"Wij stelden uw subsidie eerder vast op {euros(decision.before_cents)} "
        f"{fund_and_campaign(snapshot)}. Dat besluit wijzigen wij. Uw subsidie wordt "
        f"{euros(decision.amount_cents)}. Dat is {less} minder. {decided(snapshot)}"
    )
    yield Heading("Waarom wijzigen wij de vaststelling?")
    yield from why(snapshot)
    if decision.breach_on:
        yield Paragraph(f"Het gaat om wat er gebeurde op {day(decision.breach_on)}.")
    yield from arithmetic(
        snapshot, "Na dit besluit", "Dit is nu uw subsidie.", before="Vastgesteld"
    )
    yield Heading("Wat betekent dit voor u?")
    since = "dat u de verplichting niet nakwam" if decision.breach_on else "van de vaststelling"
    yield Paragraph(
        "De wijziging geldt vanaf de dag waarop wij uw subsidie vaststelden (artikel 4:49, tweede "
        f"lid, Awb). Wij mogen dit doen tot vijf jaar na de dag {since} (artikel 4:49, derde lid, "
        "Awb)."
    )
    yield Paragraph(_CLAIM)
    back = "artikel 4:49, tweede en derde lid (terugwerkende kracht en termijn)"
    yield from statutes(snapshot, (*articles_of(decision), back))
