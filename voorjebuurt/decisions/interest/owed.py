"""The interest that a municipality owes on an award as it stands, and what can be laid down."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.term_queries import first_term
from voorjebuurt.decisions.interest.clawbacks import valid_decisions
from voorjebuurt.decisions.interest.returns import sums_paid_back
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.proof.owed_interest import OwedInterestFacts, owed_interest_facts
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.kinds import GRANTS, OPEN
from voorjebuurt.decisions.rules.owed_interest import AwardDue, pauses_of
from voorjebuurt.decisions.rules.payment import PAYMENT_WEEKS
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.matching.models import Application, ClawbackReturn
from voorjebuurt.matching.pots.owed_interest import owed_interest_laid_down, undo_owed_interest
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


def owed_order(session: Session, application_id: UUID, table: RateTable) -> InterestOrder | None:
    """Up to which day it can be laid down: the one before the payment; None while not paid."""
    paid_on = session.get_one(CampaignMatch, application_id).paid_on
    return InterestOrder(paid_on - timedelta(days=1), table) if paid_on else None


def owed_facts_now(
    session: Session, application_id: UUID, order: InterestOrder
) -> OwedInterestFacts | None:
    """What it follows from now, up to and including the day of the order.

    None where no award was sent that is owed, or no bank account was ever checked.
    """
    award = award_due(session, application_id)
    if award is None:
        return None
    return OwedInterestFacts(
        award=award,
        rates=order.table.rates,
        until=order.until,
        before_cents=owed_interest_laid_down(session, application_id),
        least_cents=order.table.owed_least_cents,
        returns=sums_paid_back(session, application_id, order.table.known_until),
    )


def owed_facts_due(
    session: Session, application_id: UUID, table: RateTable
) -> OwedInterestFacts | None:
    """The same of an award that is paid, where the percentages of all its days are known."""
    order = owed_order(session, application_id, table)
    if order is None or order.until > table.known_until:
        return None
    return owed_facts_now(session, application_id, order)


def award_due(session: Session, application_id: UUID) -> AwardDue | None:
    """The award of an application that is owed, and the days that its term hangs on."""
    match = session.get_one(CampaignMatch, application_id)
    if match.status not in OWED_MATCH or not match.net_cents:
        return None
    campaign = session.get_one(Campaign, match.campaign_id)
    grants = [
        each
        for kind in GRANTS
        for each in valid_decisions(session, kind, application_id=application_id)
    ]
    last = max(grants, key=lambda each: (each.sent_at, each.id), default=None)
    checks = _days(session, campaign.id, Action.PAYEE_VERIFIED, match.paid_on)
    if last is None or last.sent_at is None or campaign.decided_at is None or not checks:
        return None
    # What the bank sent back needs another account, as one that was changed needs its check.
    waits = (Action.PAYEE_SUBMITTED, Action.PAYOUT_RETURNED)
    submissions = sorted(
        day for action in waits for day in _days(session, campaign.id, action, match.paid_on)
    )
    return AwardDue(
        number=last.number,
        cents=match.net_cents,
        sent_on=clock.local(last.sent_at).date(),
        ended_on=clock.local(campaign.decided_at).date(),
        checked_on=checks[0],
        paid_on=match.paid_on,
        pauses=pauses_of(submissions, checks),
        decide_by=first_term(session, session.get_one(Application, application_id)).end,
        after_objection=_is_replacement(session, last),
    )


def _is_replacement(session: Session, decision: Decision) -> bool:
    """Whether a decision came in the place of one that an objection undid."""
    statement = select(ObjectionRuling.id).where(ObjectionRuling.replacement_id == decision.id)
    return session.scalars(statement.limit(1)).first() is not None


def _days(session: Session, campaign_id: UUID, action: Action, until: date | None) -> list[date]:
    """The days on which something was done with the account, in order, up to the payment."""
    statement = select(AuditEvent.at).where(
        AuditEvent.subject_kind == SubjectKind.CAMPAIGN,
        AuditEvent.subject_id == campaign_id,
        AuditEvent.action == action,
    )
    days = (clock.local(at).date() for at in session.scalars(statement.order_by(AuditEvent.at)))
    return [day for day in days if until is None or day <= until]


def owed_facts_of(decision: Decision) -> OwedInterestFacts:
    """What a decision rests on that lays it down. Raises ``InvariantError`` without it."""
    document = read(decision.snapshot).interest
    if document is None:
        raise InvariantError(f"decision {decision.number} lays no interest down")
    return owed_interest_facts(document)


def refuse_other_owed_interest(session: Session, decision: Decision) -> None:
    """Raises ``DomainError`` ``interest_changed_since`` when another amount follows now."""
    then = owed_facts_of(decision)
    least = then.least_cents
    known_until = max([then.until, *(each.repaid_on for each in then.returns)])
    table = RateTable(tuple(then.rates), known_until, least, owed_least_cents=least)
    now = owed_facts_now(session, decision.application_id, InterestOrder(then.until, table))
    if now is None or now.due_cents != decision.amount_cents:
        raise DomainError("interest_changed_since")


def undo_owed(session: Session, *, decision: Decision, actor: Actor) -> int:
    """An objection undid the decision: take back what was not paid, and return that (eurocents)."""
    return undo_owed_interest(
        session,
        application_id=decision.application_id,
        decision_id=decision.id,
        cents=decision.amount_cents,
        actor=actor,
    )


def pending_owed(
    session: Session, municipality_id: UUID, table: RateTable
) -> Mapping[UUID, OwedInterestFacts]:
    """By application of a municipality, what can be laid down and never was.

    Not while a decision on the case is under way.
    """
    is_under_way = (
        select(Decision.id)
        .where(
            Decision.application_id == Application.id,
            Decision.status.in_([status.value for status in OPEN]),
        )
        .correlate(Application)
        .exists()
    )
    was_repaid = (
        select(ClawbackReturn.id)
        .where(
            ClawbackReturn.application_id == Application.id,
            ClawbackReturn.excess_cents > 0,
            ClawbackReturn.repaid_on.is_not(None),
        )
        .correlate(Application)
        .exists()
    )
    statement = (
        select(Application.id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .join(Campaign, Campaign.id == CampaignMatch.campaign_id)
        .where(
            Application.municipality_id == municipality_id,
            # The term can't end before that; so most are left out without looking closer.
            or_(
                CampaignMatch.paid_on > func.date(Campaign.decided_at) + PAYMENT_WEEKS * 7,
                was_repaid,
            ),
            ~is_under_way,
        )
    )
    pending = {}
    for application_id in session.scalars(statement):
        facts = owed_facts_due(session, application_id, table)
        if facts is not None and facts.due_cents and (facts.returns or not facts.before_cents):
            pending[application_id] = facts
    return pending
