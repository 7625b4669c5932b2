"""The first decision: money is awarded, in part, or refused (Awb 4:29 and on). Pure."""

from collections.abc import Iterator

from voorjebuurt.decisions.letters.annexes import annexes_in_words
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Table
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.duties import (
    condition,
    duties,
    has_reservation,
    is_running,
    payment,
    reservation,
)
from voorjebuurt.decisions.letters.maximums import how_much, is_maximum
from voorjebuurt.decisions.letters.parts import about_gifts, decided, fund_and_campaign, why
from voorjebuurt.decisions.letters.sizes import duty_articles, is_direct, way_then
from voorjebuurt.decisions.letters.statutes import articles_of, statutes
from voorjebuurt.decisions.proof.schema import Ruling, Snapshot
from voorjebuurt.matching.arrangements import Way

_HEAD = ("Stap", "Uitleg", "Uitkomst")
_MATCH_MONEY = "Op de website heet deze subsidie matchgeld."


def award(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter of an award of the whole computed amount, or of a maximum (Awb 4:31)."""
    if is_maximum(snapshot):
        yield from _maximum_award(snapshot, announcement)
        return
    yield Paragraph(f"{_granted(snapshot)}. {_MATCH_MONEY} {_about_application(snapshot)}")
    yield Heading("Waarom krijgt u dit bedrag?")
    yield Paragraph(
        "Uw aanvraag past bij het fonds. Het bedrag volgt uit de regel van het fonds. Die regel "
        "was bekend voordat u de aanvraag deed."
    )
    yield from why(snapshot)
    yield from _grant(snapshot, announcement)


def partial(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """Letter of an award below the computed amount, or of a lower maximum."""
    decision = snapshot.decision
    if is_maximum(snapshot):
        yield from _maximum_partial(snapshot, announcement)
        return
    direct = "Wij stellen de subsidie meteen vast. " if is_direct(snapshot) else ""
    yield Paragraph(
        f"Wij kennen u een subsidie toe van {euros(decision.amount_cents)} "
        f"{fund_and_campaign(snapshot)}. Dat is minder dan het berekende bedrag van "
        f"{euros(decision.claim_cents)}. {direct}{_MATCH_MONEY} {_about_application(snapshot)}"
    )
    yield Heading("Waarom krijgt u niet het hele bedrag?")
    yield from why(snapshot)
    yield from _grant(snapshot, announcement)


def _granted(snapshot: Snapshot) -> str:
    """A small one is determined at once, in the same decision (Awb 4:42, 4:43)."""
    direct = ". Wij stellen de subsidie meteen vast" if is_direct(snapshot) else ""
    return (
        f"Wij kennen u een subsidie toe van {euros(snapshot.decision.amount_cents)} "
        f"{fund_and_campaign(snapshot)}{direct}"
    )


def _maximum_award(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    yield Paragraph(
        f"Wij kennen u een subsidie toe van hoogstens {euros(snapshot.decision.amount_cents)} "
        f"{fund_and_campaign(snapshot)}. {_MATCH_MONEY} {_about_application(snapshot)}"
    )
    yield Heading("Waarom krijgt u subsidie?")
    yield Paragraph(
        "Uw aanvraag past bij het fonds. Het bedrag volgt uit de regel van het fonds. Die regel "
        "was bekend voordat u de aanvraag deed."
    )
    yield from why(snapshot)
    yield from how_much(snapshot)
    yield from _grant(snapshot, announcement)


def _maximum_partial(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    decision = snapshot.decision
    yield Paragraph(
        f"Wij kennen u een subsidie toe van hoogstens {euros(decision.amount_cents)} "
        f"{fund_and_campaign(snapshot)}. Dat is minder dan het hoogste bedrag volgens de regel, "
        f"{euros(decision.claim_cents)}. {_MATCH_MONEY} {_about_application(snapshot)}"
    )
    yield Heading("Waarom is het hoogste bedrag lager?")
    yield from why(snapshot)
    yield from how_much(snapshot)
    yield from _grant(snapshot, announcement)


def refusal(snapshot: Snapshot, _announcement: Announcement | None) -> Iterator[Block]:
    """Letter of a refusal, or of an application that is not taken up (Awb 4:5)."""
    if not_taken_up(snapshot.decision):
        yield from _not_taken_up(snapshot)
        return
    yield Paragraph(
        f"Wij wijzen uw aanvraag af. U krijgt geen subsidie {fund_and_campaign(snapshot)}. "
        f"{_MATCH_MONEY} {_about_application(snapshot)}"
    )
    yield Heading("Waarom krijgt u geen subsidie?")
    yield from why(snapshot)
    yield Paragraph(annexes_in_words(snapshot))
    yield from _arithmetic(snapshot)
    yield from _afterwards(snapshot)
    yield from statutes(snapshot, articles_of(snapshot.decision), by_rule=True)


def not_taken_up(decision: Ruling) -> bool:
    """Whether the only ground is that the application was not complete."""
    return [ground["code"] for ground in decision.grounds] == ["incomplete"]


def _not_taken_up(snapshot: Snapshot) -> Iterator[Block]:
    yield Paragraph(
        f"Wij nemen uw aanvraag om subsidie {fund_and_campaign(snapshot)} niet in behandeling. "
        f"{_MATCH_MONEY} {_about_application(snapshot)}"
    )
    yield Heading("Waarom nemen wij uw aanvraag niet in behandeling?")
    yield from why(snapshot)
    yield from _afterwards(snapshot)
    yield from statutes(snapshot, articles_of(snapshot.decision))


def _afterwards(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading("Wat betekent dit voor u?")
    yield Paragraph(
        f"{about_gifts(snapshot)} Verandert er iets aan uw plan, of komt er een nieuw fonds? Dan "
        "mag u opnieuw een aanvraag doen."
    )


def _about_application(snapshot: Snapshot) -> str:
    received_on = day(snapshot.application.received_at)
    return f"U vroeg de subsidie aan op {received_on}. {decided(snapshot)}"


def _grant(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    """What an award of the whole and one of a part both say after the reasons."""
    activities = "zoals die in bijlage 3 staan" if snapshot.campaign.budget else "van uw actie"
    yield Paragraph(
        f"{annexes_in_words(snapshot)} De subsidie is voor de activiteiten {activities} (artikel "
        f"{'4:43' if is_direct(snapshot) else '4:30'} van de Algemene wet bestuursrecht, de Awb)."
    )
    yield from _arithmetic(snapshot)
    yield from condition(snapshot)
    yield from reservation(snapshot)
    yield from payment(snapshot)
    yield from duties(snapshot, announcement)
    yield from statutes(
        snapshot,
        (
            "artikel 4:23 (wettelijke grondslag)",
            *articles_of(snapshot.decision),
            *(
                ("de artikelen 4:42 en 4:43 (vaststelling zonder verlening vooraf)",)
                if is_direct(snapshot)
                else ("de artikelen 4:29 tot en met 4:31 (subsidieverlening)",)
            ),
            *(("artikel 4:33 (voorwaarde)",) if _has_condition(snapshot) else ()),
            *(("artikel 4:34 (begroting)",) if has_reservation(snapshot) else ()),
            duty_articles(snapshot),
            *(
                ("artikel 4:44, eerste lid, onder a, en artikel 4:47, onder a (vaststelling)",)
                if way_then(snapshot) is Way.EX_OFFICIO
                else ()
            ),
        ),
        by_rule=True,
    )


def _has_condition(snapshot: Snapshot) -> bool:
    return is_running(snapshot) and snapshot.campaign.kind != "keep_what_comes"


def _arithmetic(snapshot: Snapshot) -> Iterator[Block]:
    """The table of steps. Where the officers decided otherwise than the rule, it says so."""
    computation, decision = snapshot.computed, snapshot.decision
    maximum = is_maximum(snapshot)
    yield Heading("Zo is het hoogste bedrag berekend" if maximum else "Zo is uw bedrag berekend")
    rows = [(step, sentence, outcome) for step, sentence, outcome in computation.arithmetic["nl"]]
    if snapshot.decision.kind == "refusal" and maximum:
        rows.append(("Besluit", "Zie de reden hierboven.", euros(decision.amount_cents)))
    elif snapshot.basis.kind == "alone" or computation.award_cents != decision.amount_cents:
        has_reason = decision.grounds or decision.reason
        sentence = "Zie de reden hierboven." if has_reason else "Dit bedrag kennen wij toe."
        rows.append(("Besluit", sentence, euros(decision.amount_cents)))
    yield Table(_HEAD, tuple(rows), amounts=True, total=True)
