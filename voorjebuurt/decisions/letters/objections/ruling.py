"""The decision on an objection (Awb 7:11, 7:12): what, how it went, why, and what next. Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Letter, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.objections.course import how_it_went
from voorjebuurt.decisions.letters.objections.court import appeal
from voorjebuurt.decisions.letters.objections.frame import framed, house
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot

_OUTCOMES = {
    "upheld": "gegrond",
    "partly_upheld": "voor een deel gegrond",
    "rejected": "ongegrond",
    "inadmissible": "niet-ontvankelijk",
}
_KINDS = {
    "award": "het besluit om subsidie toe te kennen",
    "partial_award": "het besluit om een deel van de subsidie toe te kennen",
    "refusal": "het besluit om uw aanvraag af te wijzen",
    "withdrawal": "het besluit om de subsidie in te trekken",
    "determination": "het besluit om de subsidie vast te stellen",
    "lower_determination": "het besluit om de subsidie lager vast te stellen",
    "clawback": "het besluit om geld terug te vorderen",
    "interest": "het besluit om wettelijke rente vast te stellen",
    "interest_owed": "het besluit over de wettelijke rente die wij betalen",
    "award_change": "het besluit om de subsidie te verlagen",
    "plan_change": "het besluit om de toekenning te wijzigen op uw verzoek",
    "plan_refusal": "het besluit om de toekenning niet te wijzigen",
    "determination_change": "het besluit om de vaststelling van de subsidie te wijzigen",
}
_GRANTS = ("award", "partial_award")
_FOUNDED = ("upheld", "partly_upheld")


def ruling_letter(snapshot: RulingSnapshot, announcement: Announcement | None = None) -> Letter:
    """The letter; without an announcement it is a draft, without days and signature."""
    return framed(
        snapshot,
        announcement,
        kind="ruling",
        title=f"Beslissing op uw bezwaar: {_OUTCOMES[snapshot.outcome]}",
        blocks=tuple(_blocks(snapshot, announcement)),
    )


def _blocks(snapshot: RulingSnapshot, announcement: Announcement | None) -> Iterator[Block]:
    yield from _what(snapshot)
    yield from how_it_went(snapshot)
    yield from _why(snapshot)
    yield from _money(snapshot)
    yield from _statutes(snapshot)
    yield from house(snapshot).explanation("ruling")
    yield from appeal(snapshot, announcement)


def _what(snapshot: RulingSnapshot) -> Iterator[Block]:
    objection, old = snapshot.objection, snapshot.contested
    yield Paragraph(
        f"U maakte bezwaar tegen besluit {old['number']} van {day(old['sent_on'])}: "
        f"{_kind(snapshot)} voor de actie ‘{snapshot.title}’. Wij ontvingen uw bezwaar op "
        f"{day(objection['received_on'])}. Hieronder leest u wat wij beslissen."
    )
    if objection["joined"]:
        yield Paragraph(
            "Wij beslissen tegelijk op andere bezwaren tegen hetzelfde besluit: "
            f"{', '.join(objection['joined'])}. Wie die maakte, krijgt een eigen brief."
        )
    yield Heading("Wat beslissen wij?")
    yield Points(tuple(_rulings(snapshot)))
    yield Paragraph(house(snapshot).rules_in_whose_name)


def _kind(snapshot: RulingSnapshot) -> str:
    words = _KINDS[snapshot.contested["kind"]]
    return words if snapshot.party == "applicant" else words.replace("uw aanvraag", "de aanvraag")


def _rulings(snapshot: RulingSnapshot) -> Iterator[str]:
    number, old = snapshot.objection["number"], snapshot.contested["number"]
    yield f"Wij verklaren uw bezwaar {number} {_OUTCOMES[snapshot.outcome]}."
    if snapshot.outcome not in _FOUNDED:
        if snapshot.outcome == "inadmissible":
            yield (
                "Dat betekent: wij mogen niet beoordelen of u gelijk hebt. Besluit "
                f"{old} blijft gelden."
            )
        else:
            yield f"Besluit {old} blijft gelden."
        return
    yield f"Wij herroepen besluit {old}. Dat geldt niet meer."
    yield _instead(snapshot)


def _instead(snapshot: RulingSnapshot) -> str:
    new = snapshot.replacement
    if new is None and snapshot.contested["kind"] == "interest":
        return "Er komt geen ander besluit voor in de plaats: u hoeft deze rente niet te betalen."
    if new is None and snapshot.contested["kind"] == "interest_owed":
        return (
            "Er komt nu geen ander besluit voor in de plaats. Wat van de rente nog niet is "
            "betaald, betalen wij niet meer op grond van dat besluit. Wij berekenen de rente "
            "opnieuw."
        )
    if new is None and snapshot.contested["kind"] in ("plan_change", "plan_refusal"):
        return (
            "Wij beslissen opnieuw op het verzoek om de toekenning te wijzigen. Daarover komt een "
            "apart besluit."
        )
    if new is None:
        return (
            "Er komt geen ander besluit voor in de plaats: er hoeft niets te worden terugbetaald."
        )
    amount, claim = euros(new["amount_cents"]), euros(new["claim_cents"])
    at_most = "hoogstens " if new.get("is_maximum") and new["kind"] in _GRANTS else ""
    less = f"dat is minder dan het hoogste bedrag volgens de regel, {claim}"
    what = {
        "award": f"wij kennen {at_most}{amount} subsidie toe",
        "partial_award": f"wij kennen hoogstens {amount} subsidie toe; {less}"
        if at_most
        else f"wij kennen {amount} subsidie toe van de berekende {claim}",
        "refusal": "wij wijzen de aanvraag af om de redenen die daar staan",
        "determination": f"wij stellen de subsidie vast op {amount}",
        "lower_determination": f"wij stellen de subsidie lager vast, op {amount}",
        "clawback": f"wij vorderen {amount} terug",
    }[new["kind"]]
    return (
        f"Daarvoor komt besluit {new['number']} in de plaats: {what}. Dat besluit hoort bij deze "
        "brief en is op dezelfde dag verzonden."
    )


def _why(snapshot: RulingSnapshot) -> Iterator[Block]:
    yield Heading("Waarom beslissen wij zo?")
    if snapshot.objection["grounds"]:
        yield Paragraph("U schreef ons:")
        yield Paragraph(snapshot.objection["grounds"])
    else:
        yield Paragraph("U gaf geen reden voor uw bezwaar.")
    if not snapshot.objection["in_time"]:
        yield from _late(snapshot)
    yield Paragraph("Onze overwegingen:")
    yield Paragraph(snapshot.reason)
    if snapshot.deviation:
        yield Paragraph(
            f"Wij volgen het advies van de commissie niet, of niet helemaal. De reden: "
            f"{snapshot.deviation}"
        )


def _late(snapshot: RulingSnapshot) -> Iterator[Block]:
    excuse = next((step for step in snapshot.steps[::-1] if step["kind"] == "excuse"), None)
    text = "Uw bezwaar kwam binnen na de laatste dag om bezwaar te maken."
    if excuse is None:
        yield Paragraph(text)
        return
    verdict = "Wij vinden dat u daar niets aan kon doen."
    if excuse["detail"] != "yes":
        verdict = "Wij vinden niet dat daar een goede reden voor was."
    yield Paragraph(f"{text} {verdict} {excuse['body']}")


def _money(snapshot: RulingSnapshot) -> Iterator[Block]:
    if snapshot.extra_cents:
        yield Heading("Het geld van het fonds")
        yield Paragraph(
            "Het geld van het fonds was al (bijna) op. Daarom stellen wij voor dit besluit "
            f"{euros(snapshot.extra_cents)} extra beschikbaar, boven het subsidieplafond. Bij een "
            "beslissing op bezwaar telt het plafond zoals het was bij het eerste besluit (artikel "
            f"4:25, derde lid, van de Awb). {snapshot.extra_reason}"
        )
    has_asked = any(step["kind"] == "costs" for step in snapshot.steps)
    if not has_asked:
        return
    yield Heading("De kosten van uw hulp")
    if snapshot.costs_cents:
        yield Paragraph(
            "U vroeg om een vergoeding voor de hulp van een professional. U krijgt "
            f"{euros(snapshot.costs_cents)}. De gemeente betaalt dat bedrag zelf aan u, los van de "
            "subsidie."
        )
        return
    yield Paragraph(
        "U vroeg om een vergoeding voor de hulp van een professional. Die krijgt u niet. Dat kan "
        "alleen als wij het besluit herroepen om een fout van ons (artikel 7:15 van de Awb)."
    )


def _statutes(snapshot: RulingSnapshot) -> Iterator[Block]:
    kinds = {step["kind"] for step in snapshot.steps}
    articles = ["7:11 en 7:12 (de beslissing op bezwaar)"]
    if "hearing" in kinds or "invitation" in kinds:
        articles.append("7:2 en 7:7 (horen en verslag)")
    if "waiver" in kinds:
        articles.append("7:3 (niet horen)")
    if "committee" in kinds:
        articles.append("7:13 (de commissie)")
    if "costs" in kinds:
        articles.append("7:15 (kosten)")
    if not snapshot.objection["in_time"]:
        articles.append("6:7 tot en met 6:11 (de termijn)")
    if "question" in kinds:
        articles.append("6:5 en 6:6 (wat ontbrak)")
    yield Heading("Op welke regels rust deze beslissing?")
    yield Paragraph("De Algemene wet bestuursrecht (Awb), de artikelen:")
    yield Points((*(f"{article};" for article in articles[:-1]), f"{articles[-1]}."))
