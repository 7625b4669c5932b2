"""From a snapshot to the letter's content, by kind of decision. Pure."""

from collections.abc import Callable, Iterator

from voorjebuurt.decisions.letters import awards as awarding
from voorjebuurt.decisions.letters import changes as changing
from voorjebuurt.decisions.letters import determinations as settling
from voorjebuurt.decisions.letters import interest as charging
from voorjebuurt.decisions.letters import owed_interest as owing
from voorjebuurt.decisions.letters import plans as planning
from voorjebuurt.decisions.letters.annexes import annexes
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import Block, Letter
from voorjebuurt.decisions.letters.dutch import euros
from voorjebuurt.decisions.letters.maximums import is_maximum
from voorjebuurt.decisions.letters.parts import (
    addressee,
    closing,
    contact,
    house,
    references,
)
from voorjebuurt.decisions.letters.remedies import remedies
from voorjebuurt.decisions.letters.sizes import is_direct
from voorjebuurt.decisions.letters.views import views
from voorjebuurt.decisions.proof.schema import Snapshot

_BODIES: dict[str, Callable[[Snapshot, Announcement | None], Iterator[Block]]] = {
    "award": awarding.award,
    "partial_award": awarding.partial,
    "refusal": awarding.refusal,
    "determination": settling.determination,
    "lower_determination": settling.lower,
    "withdrawal": settling.withdrawal,
    "clawback": settling.clawback,
    "award_change": changing.change,
    "determination_change": changing.determination_change,
    "interest": charging.interest,
    "interest_owed": owing.owed_interest,
    "plan_change": planning.plan_change,
    "plan_refusal": planning.plan_refusal,
}


def letter_of(snapshot: Snapshot, announcement: Announcement | None = None) -> Letter:
    """The letter; without an announcement it is a draft, without days and signature."""
    decision, enclosures, own = snapshot.decision, annexes(snapshot), house(snapshot)
    return known(
        Letter(
            title=_title(snapshot),
            municipality=own.name,
            sender=own.head,
            addressee=addressee(snapshot),
            references=references(snapshot, announcement, len(enclosures)),
            salutation=f"Geachte {snapshot.application.applicant or 'aanvrager'},",
            blocks=tuple(_blocks(snapshot, announcement)),
            closing=closing(snapshot, announcement),
            annexes=enclosures,
            number=decision.number,
            date=announcement.sent_on.isoformat() if announcement else decision.proposed_at[:10],
            mark="" if announcement else "CONCEPT – NIET VERZONDEN",
            logo=own.own.logo,
            return_address=own.own.return_address,
        )
    )


def _title(snapshot: Snapshot) -> str:
    decision = snapshot.decision
    amount, claim = euros(decision.amount_cents), euros(decision.claim_cents)
    most = "hoogstens " if is_maximum(snapshot) else ""
    if decision.kind == "refusal" and awarding.not_taken_up(decision):
        return "Besluit: wij nemen uw aanvraag niet in behandeling"
    if is_maximum(snapshot) and decision.kind in ("award", "partial_award"):
        return f"Besluit: wij kennen u hoogstens {amount} subsidie toe"
    return {
        "award": f"Besluit: wij kennen u {amount} subsidie toe{_at_once(snapshot)}",
        "partial_award": (
            f"Besluit: wij kennen u {amount} toe van de berekende {claim}{_at_once(snapshot)}"
        ),
        "refusal": "Besluit: wij wijzen uw aanvraag om subsidie af",
        "determination": f"Besluit: uw subsidie is vastgesteld op {amount}",
        "lower_determination": f"Besluit: uw subsidie is lager vastgesteld, op {amount}",
        "withdrawal": "Besluit: wij trekken uw subsidie in",
        "clawback": f"Besluit: u moet {amount} terugbetalen",
        "interest": f"Besluit: u moet {amount} wettelijke rente betalen",
        "interest_owed": f"Besluit: wij betalen u {amount} wettelijke rente",
        "plan_change": planning.plan_title(snapshot),
        "plan_refusal": planning.plan_title(snapshot),
        "award_change": f"Besluit: wij verlagen uw subsidie tot {most}{amount}",
        "determination_change": f"Besluit: wij verlagen uw vastgestelde subsidie tot {amount}",
    }[decision.kind]


def _at_once(snapshot: Snapshot) -> str:
    return " en stellen dat vast" if is_direct(snapshot) else ""


def _blocks(snapshot: Snapshot, announcement: Announcement | None) -> Iterator[Block]:
    own, kind = house(snapshot), snapshot.decision.kind
    yield from own.opening(kind)
    yield from _BODIES[kind](snapshot, announcement)
    yield from views(snapshot)
    yield from own.explanation(kind)
    yield from remedies(snapshot, announcement)
    yield from contact(snapshot)
    yield from own.ending(kind)
