"""The first decision: money is awarded, in part, or refused (Awb 4:29 and on). Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points, Table
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.form1.parts import authority, why
from voorjebuurt.decisions.proof.schema import Ruling, Snapshot

_RUNNING = ("live", "closing", "near_miss")
_DE_MINIMIS = (
    "U vraagt de subsidie aan als onderneming. Deze subsidie is de-minimissteun (Verordening (EU) "
    "2023/2831). Het bedrag telt mee voor het hoogste bedrag aan zulke steun dat u in drie jaar "
    "mag krijgen."
)
_HEAD = ("Stap", "Uitleg", "Uitkomst")


def award(snapshot: Snapshot) -> Iterator[Block]:
    """Letter of an award of the whole computed amount."""
    decision = snapshot.decision
    yield Paragraph(
        f"U krijgt een subsidie van {euros(decision.amount_cents)} uit {_from(snapshot)} voor uw "
        f"actie “{snapshot.campaign.title}”. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom krijgt u dit bedrag?")
    yield Paragraph(
        "Uw aanvraag past bij het fonds. Het bedrag volgt uit de regel van het fonds. Die regel "
        f"was bekend voordat u de aanvraag deed. {_annexes()}"
    )
    yield from why(snapshot)
    yield from _arithmetic(snapshot)
    yield from _money_comes(snapshot)
    yield from _legal(snapshot, "de artikelen 4:29 tot en met 4:31 (subsidieverlening)")


def partial(snapshot: Snapshot) -> Iterator[Block]:
    """Letter of an award below the computed amount."""
    decision = snapshot.decision
    yield Paragraph(
        f"U krijgt een subsidie van {euros(decision.amount_cents)} uit {_from(snapshot)} voor uw "
        f"actie “{snapshot.campaign.title}”. Dat is minder dan het berekende bedrag van "
        f"{euros(decision.claim_cents)}. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom krijgt u niet het hele bedrag?")
    yield from why(snapshot)
    yield Paragraph(_annexes())
    yield from _arithmetic(snapshot)
    yield from _money_comes(snapshot)
    yield from _legal(
        snapshot,
        "de artikelen 4:29 tot en met 4:31 (subsidieverlening) en artikel 4:25 (subsidieplafond)",
    )


def refusal(snapshot: Snapshot) -> Iterator[Block]:
    """Letter of a refusal, or of an application that is not taken up (Awb 4:5)."""
    if not_taken_up(snapshot.decision):
        yield from _not_taken_up(snapshot)
        return
    yield Paragraph(
        f"U krijgt geen subsidie uit {_from(snapshot)} voor uw actie "
        f"“{snapshot.campaign.title}”. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom krijgt u geen subsidie?")
    yield from why(snapshot)
    yield Paragraph(_annexes())
    yield from _arithmetic(snapshot)
    yield from _afterwards()
    yield from _legal(snapshot, "de artikelen 4:25 en 4:35 (weigeren)")


def not_taken_up(decision: Ruling) -> bool:
    """Whether the only ground is that the application was not complete."""
    return [ground["code"] for ground in decision.grounds] == ["incomplete"]


def _not_taken_up(snapshot: Snapshot) -> Iterator[Block]:
    yield Paragraph(
        f"Wij nemen uw aanvraag om subsidie uit {_from(snapshot)} niet in behandeling. Het gaat om "
        f"uw actie “{snapshot.campaign.title}”. {_who_decided(snapshot)}"
    )
    yield Heading("Waarom nemen wij uw aanvraag niet in behandeling?")
    yield from why(snapshot)
    yield from _afterwards()
    yield from _legal(snapshot, "artikel 4:5 (niet in behandeling nemen)")


def _afterwards() -> Iterator[Block]:
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        "Dit besluit verandert niets aan de giften van uw donateurs. Verandert er iets aan uw "
        "plan, of komt er een nieuw fonds? Dan mag u opnieuw een aanvraag doen."
    )


def _from(snapshot: Snapshot) -> str:
    return f"het fonds {snapshot.fund.name}"


def _who_decided(snapshot: Snapshot) -> str:
    body = authority(snapshot)
    return f"Dat besluit nam {body} op uw aanvraag van {day(snapshot.application.received_at)}."


def _annexes() -> str:
    return (
        "In bijlage 1 staat de hele regel in woorden. In bijlage 2 staan de gegevens die wij "
        "gebruikten."
    )


def _arithmetic(snapshot: Snapshot) -> Iterator[Block]:
    """The table of steps. Where the officers decided otherwise than the rule, it says so."""
    computation, decision = snapshot.computed, snapshot.decision
    yield Heading("Zo is uw bedrag berekend")
    rows = [(step, sentence, outcome) for step, sentence, outcome in computation.arithmetic["nl"]]
    if snapshot.basis.kind == "alone" or computation.award_cents != decision.amount_cents:
        has_reason = decision.grounds or decision.reason
        sentence = "Zie de reden hierboven." if has_reason else "Dit bedrag krijgt u."
        rows.append(("Besluit", sentence, euros(decision.amount_cents)))
    yield Table(_HEAD, tuple(rows), amounts=True, total=True)


def _money_comes(snapshot: Snapshot) -> Iterator[Block]:
    fund, campaign = snapshot.fund, snapshot.campaign
    yield Heading("Wanneer krijgt u het geld?")
    if campaign.status in _RUNNING:
        yield Paragraph(
            "U krijgt het geld alleen als uw actie slaagt. Slaagt uw actie niet, dan krijgt u "
            "geen subsidie."
        )
    source = (
        "Het geld staat klaar bij de stichting die ook de giften bewaart."
        if fund.prepaid
        else "De gemeente maakt het geld over aan de stichting die ook de giften bewaart."
    )
    yield Paragraph(
        f"{source} U krijgt het samen met de giften, als voorschot. Dat gebeurt binnen zes weken "
        "nadat uw actie is geslaagd en uw rekening is gecontroleerd. Dat staat in de artikelen "
        "4:87 en 4:95 van de Algemene wet bestuursrecht (Awb)."
    )
    if snapshot.application.undertaking:
        yield Paragraph(_DE_MINIMIS)
    yield Heading("Wat moet u doen?")
    yield Points(
        (
            "Voer uw plan uit zoals het bij uw actie staat.",
            "Wordt het anders of later, of gaat het niet door? Laat het ons dan meteen weten.",
            "Bewaar uw bonnen en rekeningen.",
            "Vertel ons waaraan u het geld hebt uitgegeven, zodra uw plan klaar is. Dat doet u op "
            "de website waar u de aanvraag deed.",
        )
    )
    yield Paragraph(
        "Daarna stellen wij het bedrag vast. Het kan dan lager worden. Dat mag alleen als u uw "
        "plan niet of niet helemaal hebt uitgevoerd, u zich niet aan dit besluit hebt gehouden, "
        "of iets in uw aanvraag niet klopte (artikel 4:46 Awb)."
    )


def _legal(snapshot: Snapshot, articles: str) -> Iterator[Block]:
    fund = snapshot.fund
    yield Heading("Op welke regels rust dit besluit?")
    basis = (f"{fund.legal_basis}.".replace("..", "."),) if fund.legal_basis else ()
    yield Points(
        (
            *basis,
            f"De regel van het fonds {fund.name}, versie {fund.version}, bekendgemaakt op "
            f"{day(fund.published_at)}. Dat moet volgens de artikelen 4:26 en 4:27 Awb.",
            f"De Algemene wet bestuursrecht (Awb): artikel 4:23, {articles}.",
        )
    )
