"""The letter that says what is intended and asks for views (Awb 4:7, 4:8, 4:9). Pure."""

from collections.abc import Iterator
from datetime import date

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import Block, Heading, Letter, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.maximums import had_maximum, is_maximum
from voorjebuurt.decisions.letters.parts import (
    addressee,
    closing,
    fund_and_campaign,
    house,
    references,
    why,
)
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.rules.grounds import WITH_TERM
from voorjebuurt.decisions.rules.views import article_of_views


def intention_letter(
    snapshot: Snapshot, until: date, announcement: Announcement | None = None
) -> Letter:
    """The letter; without an announcement it is a draft. ``until``: the last day to answer."""
    decision, own = snapshot.decision, house(snapshot)
    return known(
        Letter(
            title=_title(snapshot),
            municipality=own.name,
            sender=own.head,
            addressee=addressee(snapshot),
            references=references(snapshot, announcement, 0),
            salutation=f"Geachte {snapshot.application.applicant or 'aanvrager'},",
            blocks=tuple(_blocks(snapshot, until, announcement)),
            closing=closing(snapshot, announcement),
            annexes=(),
            number=decision.number,
            date=announcement.sent_on.isoformat() if announcement else decision.proposed_at[:10],
            mark="" if announcement else "CONCEPT – NIET VERZONDEN",
            logo=own.own.logo,
            return_address=own.own.return_address,
        )
    )


def _title(snapshot: Snapshot) -> str:
    amount = euros(snapshot.decision.amount_cents)
    most = "hoogstens " if is_maximum(snapshot) else ""
    return {
        "refusal": "Voornemen: wij willen uw aanvraag om subsidie afwijzen",
        "partial_award": f"Voornemen: wij willen u een deel toekennen, {amount}",
        "withdrawal": "Voornemen: wij willen uw subsidie intrekken",
        "lower_determination": f"Voornemen: wij willen uw subsidie lager vaststellen, op {amount}",
        "clawback": f"Voornemen: wij willen {amount} van u terugvragen",
        "award_change": f"Voornemen: wij willen uw subsidie verlagen, tot {most}{amount}",
        "determination_change": f"Voornemen: wij willen uw vaststelling verlagen, tot {amount}",
    }[snapshot.decision.kind]


def _intended(snapshot: Snapshot) -> str:
    decision, where = snapshot.decision, fund_and_campaign(snapshot)
    amount, before = euros(decision.amount_cents), euros(decision.before_cents)
    most = "hoogstens " if is_maximum(snapshot) else ""
    at_most = "hoogstens " if had_maximum(snapshot) else ""
    return {
        "refusal": (
            f"Wij zijn van plan uw aanvraag af te wijzen. U krijgt dan geen subsidie {where}."
        ),
        "partial_award": (
            f"Wij zijn van plan u {most}{amount} subsidie toe te kennen {where}. Dat is minder dan "
            f"het berekende bedrag van {euros(decision.claim_cents)}."
        ),
        "withdrawal": (
            f"Wij zijn van plan de subsidie van {at_most}{before} in te trekken, die wij u hebben "
            f"toegekend {where}."
        ),
        "lower_determination": (
            f"Wij zijn van plan uw subsidie vast te stellen op {amount}. Dat is "
            f"{euros(decision.before_cents - decision.amount_cents)} minder dan wij u hebben "
            f"toegekend {where}."
        ),
        "award_change": (
            f"Wij hebben u {most}{before} subsidie toegekend {where}. Wij zijn van plan dat bedrag "
            f"te verlagen tot {most}{amount}."
        ),
        "determination_change": (
            f"Wij hebben uw subsidie vastgesteld op {before}. Wij zijn van plan dat bedrag te "
            f"verlagen tot {amount}. Het gaat om subsidie {where}."
        ),
        "clawback": (
            f"Wij zijn van plan {amount} van u terug te vragen. Het gaat om subsidie {where}."
        ),
    }[decision.kind]


def _with_term(snapshot: Snapshot) -> Iterator[Block]:
    """Of a change by Awb 4:50: that it takes a reasonable term, and that damage is paid."""
    codes = {ground["code"] for ground in snapshot.decision.grounds}
    if snapshot.decision.kind != "award_change" or not codes & WITH_TERM:
        return
    effect_on = snapshot.decision.effect_on
    term = f"Wij denken aan {day(effect_on)}. " if effect_on else "Het besluit noemt de dag. "
    yield Heading("Vanaf wanneer, en wat als u schade hebt?")
    yield Paragraph(
        "De verlaging gaat niet meteen in. U krijgt eerst een redelijke termijn om uw plan aan te "
        f"passen (artikel 4:50, eerste lid, Awb). {term}Hebt u meer tijd nodig? Laat ons dan "
        "weten hoeveel."
    )
    yield Paragraph(
        "Hebt u schade doordat u op de subsidie vertrouwde? Die schade vergoeden wij (artikel "
        "4:50, tweede lid, Awb). Schrijf ons welke schade dat is, en stuur bewijs mee."
    )


def _blocks(snapshot: Snapshot, until: date, announcement: Announcement | None) -> Iterator[Block]:
    application, own = snapshot.application, house(snapshot)
    yield Paragraph(_intended(snapshot))
    yield Paragraph(
        "Dit is nog geen besluit. Er verandert nu niets. U kunt nog geen bezwaar maken: dat kan "
        "pas tegen het besluit zelf. Eerst willen wij weten wat u ervan vindt."
    )
    yield Heading("Waarom zijn wij dit van plan?")
    yield from why(snapshot)
    yield from _with_term(snapshot)
    yield Heading("Wat vindt u ervan?")
    yield Paragraph(
        "Klopt er iets niet? Of moeten wij iets weten voordat wij beslissen? Laat het ons "
        f"uiterlijk op {day(until.isoformat())} weten. Dat heet uw zienswijze "
        f"({article_of_views(snapshot.decision.kind)} van de Algemene wet bestuursrecht, de Awb). "
        "U kiest zelf hoe u dat doet (artikel 4:9 van de Awb):"
    )
    site = announcement.website if announcement else ""
    where = f" ({site})" if site else ""
    paper = "naar het adres boven aan deze brief" if len(own.head) > 1 else f"naar {own.reached}"
    yield Points(
        (
            f"Op de website{where}, bij uw aanvraag {application.number}. U kunt ook bestanden "
            "meesturen.",
            f"Op papier, {paper}. Noem het kenmerk {snapshot.decision.number}.",
            "Door de telefoon of aan de balie van de gemeente. Wij schrijven dan op wat u zegt.",
        )
    )
    yield Heading("Hoe gaat het verder?")
    yield Paragraph(
        "U hoeft niet te reageren. Na die dag kunnen wij beslissen, ook zonder uw reactie. Laat u "
        "weten dat u geen zienswijze hebt, dan kan het eerder. Twee medewerkers beslissen. In het "
        "besluit staat hoe wij uw zienswijze hebben meegewogen. Tegen dat besluit kunt u bezwaar "
        "maken."
    )
    about = " als u meer tijd nodig hebt, of als iets niet duidelijk is"
    yield from own.contact(snapshot.decision.number, about=about)
