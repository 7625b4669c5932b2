"""Cash collected, confirmed and deposited through the services."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.staff import with_role
from tests.support.members import join, signer_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.pledges.tins.collecting import CashTerms, confirm_cash, enter_cash
from voorjebuurt.pledges.tins.depositing import book_arrival, deposit_by_reference, make_deposit
from voorjebuurt.pledges.tins.models import CashArrival, CashDeposit
from voorjebuurt.pledges.tins.reversing import propose_reversal, release_reversal
from voorjebuurt.pledges.tins.rules import Giver
from voorjebuurt.settings import CashSettings

LIMITS = CashSettings(gift_max_cents=50_000, anonymous_max_cents=10_000, tin_max_cents=200_000)


class CashScene:
    """Two who collect for a campaign, and two of the staff who look at the bank."""

    def __init__(self, session: Session, campaign: Campaign) -> None:
        self.session, self.campaign = session, campaign
        self.first = signer_of(campaign)
        self.second = actor_of(join(session, campaign, PersonFactory()))
        self.anna = actor_of(with_role(session, "staff", "Anna Bakker"))
        self.bram = actor_of(with_role(session, "staff", "Bram Smit"))
        session.flush()

    def entry(self, cents: int = 2_500, *, actor: Actor | None = None, **values: Any) -> UUID:
        """Cash of somebody by name, entered."""
        terms = {"giver": Giver.PERSON, "name": "Noor Visser", "got_on": clock.today(), **values}
        return enter_cash(
            self.session,
            campaign_id=self.campaign.id,
            terms=CashTerms(amount_cents=cents, **terms),
            limits=LIMITS,
            actor=actor or self.first,
        )

    def in_tin(self, cents: int = 2_500, **values: Any) -> UUID:
        """The same, confirmed."""
        gift_id = self.entry(cents, **values)
        self.confirm(gift_id, self.second)
        return gift_id

    def confirm(self, gift_id: UUID, actor: Actor) -> int:
        """Confirm cash."""
        return confirm_cash(
            self.session, campaign_id=self.campaign.id, gift_id=gift_id, actor=actor
        )

    def deposit(self) -> CashDeposit:
        """Everything in the tin, on its way."""
        deposit_id = make_deposit(self.session, campaign_id=self.campaign.id, actor=self.first)
        return self.session.get_one(CashDeposit, deposit_id)

    def seen(
        self,
        deposit: CashDeposit,
        cents: int | None = None,
        *,
        line: str = "L1",
        day: date | None = None,
    ) -> CashArrival:
        """A line of the bank statement, entered."""
        deposit_by_reference(
            self.session,
            reference=deposit.reference or "",
            cents=deposit.amount_cents if cents is None else cents,
            received_on=day or clock.today(),
            line=line,
            actor=self.anna,
        )
        return self.session.query(CashArrival).filter_by(line=line, state="entry").one()

    def arrived(self, deposit: CashDeposit, cents: int | None = None, **values: Any) -> CashArrival:
        """The same, booked by another."""
        arrival = self.seen(deposit, cents, **values)
        book_arrival(self.session, arrival_id=arrival.id, actor=self.bram)
        self.session.flush()
        return arrival

    def reversal(self, arrival: CashArrival) -> UUID:
        """A proposal to take back a line that was booked wrongly."""
        return propose_reversal(
            self.session,
            arrival_id=arrival.id,
            campaign_id=self.campaign.id,
            reason="Het was van een andere actie",
            actor=self.bram,
        )

    def reverse(self, reversal_id: UUID) -> None:
        """The same, booked by another."""
        release_reversal(
            self.session, reversal_id=reversal_id, campaign_id=self.campaign.id, actor=self.anna
        )
        self.session.flush()
