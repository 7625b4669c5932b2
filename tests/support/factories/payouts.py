"""Campaigns with money that waits to be paid, and the people around them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.checklists import complete_checklist
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import PROVIDER, credit, debit, payable
from voorjebuurt.ledger.service import post
from voorjebuurt.payouts.bank_files import execute_payout, export_payouts
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.pain001 import Debtor
from voorjebuurt.payouts.payee_queries import current_payee
from voorjebuurt.payouts.payees import submit_payee, verify_payee
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality, Neighbourhood

IBAN = "NL91ABNA0417164300"
OTHER_IBAN = "NL20INGB0001234567"
DEBTOR = Debtor("Stichting Voor je Buurt", "NL02ABNA0123456789", "ABNANL2A")
SEALER = Sealer(("a key of at least thirty-two characters",))
_numbers = count(5000)
"""Far from the numbers of the other factories."""


def person(session: Session, name: str = "Iris de Vries", **fields: object) -> Person:
    """Somebody with an address of their own."""
    email = f"persoon{next(_numbers)}@voorbeeld.example"
    somebody = Person(**{"email": email, "name": name, "created_at": clock.now(), **fields})
    session.add(somebody)
    session.flush()
    return somebody


def actor(person: Person, *roles: str) -> Actor:
    """That person, doing something."""
    return Actor("person", person.id, frozenset(roles))


def municipality(session: Session) -> Municipality:
    """A municipality with a code of its own."""
    number = next(_numbers)
    place = Municipality(
        code=f"GM{number:04}", slug=f"gemeente-{number}", name=f"Gemeente {number}"
    )
    session.add(place)
    session.flush()
    return place


def campaign(session: Session, initiator: Person, *, status: str, **fields: object) -> Campaign:
    """A complete campaign in one state, without money."""
    number, place = next(_numbers), municipality(session)
    buurt = Neighbourhood(
        municipality_id=place.id,
        code=f"BU{number:08}",
        kind="buurt",
        parent_code=f"WK{number:06}",
        vintage=2026,
        name="Bloemenbuurt",
    )
    session.add(buurt)
    session.flush()
    opening = datetime(2026, 9, 1, tzinfo=UTC)
    values = {
        "slug": f"plein-{number}",
        "title": "Een groen plein",
        "summary": "Bomen en een bank.",
        "story": "Wij maken het plein groen.",
        "theme": "green",
        "goal_cents": 100_000,
        "minimum_cents": 80_000,
        "deadline_on": date(2026, 10, 31),
        "created_at": opening,
        "opened_at": opening,
        "closes_at": clock.end_of_day(date(2026, 10, 31)),
        "decided_at": opening if status in ("succeeded", "paid_out", "failed") else None,
    }
    row = Campaign(
        municipality_id=place.id,
        neighbourhood_id=buurt.id,
        initiator_id=initiator.id,
        status=status,
        **{**values, **fields},
    )
    session.add(row)
    session.flush()
    return row


def make_payable(session: Session, campaign_id: UUID, cents: int) -> None:
    """Money for a succeeded campaign, as if donors had given it."""
    post(
        session,
        kind=BookingKind.PAYMENT_UNEXPLAINED,
        key=f"test:{next(_numbers)}",
        entries=[debit(PROVIDER, cents), credit(payable(campaign_id), cents)],
        campaign_id=campaign_id,
    )


@dataclass
class Payable:
    """A succeeded campaign with € 900 to pay, its initiator and two members of staff."""

    campaign: Campaign
    initiator: Actor
    anna: Actor
    bram: Actor


def payable_campaign(session: Session, *, cents: int = 90_000, **fields: Any) -> Payable:
    """See ``Payable``; nothing is submitted yet."""
    initiator = person(session)
    row = campaign(session, initiator, **{"status": "succeeded", **fields})
    if cents:
        make_payable(session, row.id, cents)
    anna, bram = person(session, "Anna Bakker"), person(session, "Bram Smit")
    return Payable(row, actor(initiator), actor(anna, "staff"), actor(bram, "staff"))


def submit(
    session: Session,
    case: Payable,
    iban: str = IBAN,
    holder: str = "Buurtgroep",
    sealer: Sealer = SEALER,
) -> Payee:
    """The initiator gives an account."""
    submit_payee(
        session,
        campaign_id=case.campaign.id,
        holder=holder,
        iban=iban,
        cooling_off_days=3,
        sealer=sealer,
        actor=case.initiator,
    )
    payee = current_payee(session, case.campaign.id)
    assert payee is not None
    return session.get_one(Payee, payee.id)


def verified(session: Session, case: Payable, sealer: Sealer = SEALER) -> Payee:
    """The initiator gives an account and staff approve it, with the whole list done."""
    payee = submit(session, case, sealer=sealer)
    verify_payee(session, payee_id=payee.id, evidence="Bankafschrift gezien.", actor=case.anna)
    complete_checklist(session, payee.id, case.anna)
    return payee


def payout_in(session: Session, case: Payable, status: str, sealer: Sealer = SEALER) -> Payout:
    """A payout that went through the real steps as far as ``status``."""
    verified(session, case, sealer)
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    if status != "proposed":
        release_payout(session, payout_id=payout_id, actor=case.bram)
    if status in ("exported", "executed"):
        export_payouts(session, debtor=DEBTOR, sealer=sealer, actor=case.anna)
    if status == "executed":
        execute_payout(
            session, payout_id=payout_id, executed_on=clock.today(), remark="", actor=case.anna
        )
    session.flush()
    return session.get_one(Payout, payout_id)
