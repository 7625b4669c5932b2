"""Awards that a municipality paid late, and the interest on them that two officers lay down."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.deposits import fund_paid
from tests.support.factories import payouts as make
from tests.support.factories.payouts import Payable
from tests.support.factories.towns import Town, town_divided
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.interest.owed import owed_facts_now, owed_order
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.rates import RateTable
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.payouts.bank_files import execute_payout, export_payouts
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import propose_payout, release_payout

CLAIM = 500_000
"""What was awarded and paid late, in eurocents."""
TABLE = RateTable(((date(2015, 1, 1), Decimal(6)),), date(2099, 12, 31), 1_000)
"""One percentage for all days, so that figures can be counted by hand."""
FREE = 20_000
"""What a prepaid fund has beside the award, in eurocents."""


def late_award(
    session: Session, *, days_ago: int = 200, paid_ago: int = 20, prepaid: bool = True
) -> Town:
    """A town whose award was due from so many days ago, and was paid later."""
    then = clock.now() - timedelta(days=days_ago)
    with clock.at(then):
        case = town_divided(
            session, claim=CLAIM, prepaid=prepaid, paid_in=CLAIM + FREE if prepaid else 0
        )
        case.campaign.decided_at = then
        case.send(session, "award", CLAIM)
        make.verified(session, staff_of(session, case))
    with clock.at(clock.now() - timedelta(days=paid_ago)):
        if not prepaid:
            fund_paid(session, fund_id=case.fund.id, cents=CLAIM, reference=f"IN {case.fund.id}")
        paid(session, case)
    return case


def staff_of(session: Session, case: Town) -> Payable:
    """Two members of staff, who pay the campaign out."""
    anna = make.person(session, "Anna Bakker")
    bram = make.person(session, "Bram Smit")
    campaign = session.get_one(Campaign, case.campaign.id)
    return Payable(campaign, case.initiator, make.actor(anna, "staff"), make.actor(bram, "staff"))


def paid(session: Session, case: Town) -> Payout:
    """Everything payable is paid, through the real steps."""
    staff = staff_of(session, case)
    payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=staff.anna)
    release_payout(session, payout_id=payout_id, actor=staff.bram)
    export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=staff.anna)
    execute_payout(
        session, payout_id=payout_id, executed_on=clock.today(), remark="", actor=staff.anna
    )
    session.flush()
    return session.get_one(Payout, payout_id)


def owed_terms(session: Session, case: Town, table: RateTable = TABLE) -> ChangeTerms:
    """Interest up to the day of payment."""
    return ChangeTerms(interest=owed_order(session, case.application.id, table))


def owed_due(session: Session, case: Town) -> int:
    """What can be laid down now (eurocents)."""
    order = owed_terms(session, case).interest
    facts = owed_facts_now(session, case.application.id, order) if order else None
    return facts.due_cents if facts else 0


def owed_proposed(session: Session, case: Town, cents: int | None = None) -> UUID:
    """Olga proposes to lay it down."""
    case.application = session.get_one(Application, case.application.id)
    return propose(
        session,
        application_id=case.application.id,
        kind="interest_owed",
        amount_cents=owed_due(session, case) if cents is None else cents,
        grounds=(),
        reason="",
        terms=owed_terms(session, case),
        actor=case.olga,
    )


def owed_sent(session: Session, case: Town) -> Decision:
    """Olga proposes, Piet approves, and it is sent at once."""
    decision_id = owed_proposed(session, case)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    return session.get_one(Decision, decision_id)
